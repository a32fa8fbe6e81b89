import { makeDraftEdits } from '../../engine/draftEdits';
import type { IndexView } from '../../engine/indexView';
import { groupByFile } from '../../model/textEdits';
import { BUILTIN_PROFILES } from '../../policy/builtinProfiles';
import { writeProfileTemplate } from '../../policy/profile/writeTemplate';
import type { DraftAnswer, DraftArguments, ProfileTemplate } from '../../protocol/whatIfMessages';
import type { FileEdits } from '../../protocol/workbenchMessages';
import { toTextEdit } from '../convert';

/** Each built-in profile as a text to start from. */
export function listProfileTemplates(): readonly ProfileTemplate[] {
  return BUILTIN_PROFILES.map(({ key, profile }) => ({
    key,
    name: profile.name,
    description: profile.description,
    text: writeProfileTemplate(profile),
  }));
}

/** The edits that add drafts of capabilities to a guideline, for the documents as they are now. */
export function draftCapabilities(
  view: IndexView,
  { kind, uri }: DraftArguments,
  versionOf: (uri: string) => number | null,
): DraftAnswer {
  const edits = makeDraftEdits(view, uri, kind);
  if (typeof edits === 'string') return { problem: `Nothing is drafted here: ${edits}.`, files: [] };
  return { problem: null, files: toFileEdits(view, edits, versionOf) };
}

/** Edits by file, each with the version of the document that they are for. */
export function toFileEdits(
  view: IndexView,
  edits: Parameters<typeof groupByFile>[0],
  versionOf: (uri: string) => number | null,
): readonly FileEdits[] {
  return [...groupByFile(edits)].map(([file, changes]) => ({
    uri: file,
    version: versionOf(file),
    edits: changes.map((edit) => toTextEdit(view, edit)),
  }));
}
