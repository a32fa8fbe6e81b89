import type { WorkspaceEdit } from 'vscode-languageserver';
import type { IndexView } from '../../engine/indexView';
import { editionOf } from '../../guideline/guidelineOrder';
import type { Guideline, Ranged } from '../../model/guideline';
import type { TextRange } from '../../model/text';
import { toRange } from '../convert';
import { listedNames, locateInGuideline } from '../locate';

/** Why something cannot be renamed, for the user. */
export interface Refusal {
  readonly refused: string;
}

/** The name under the caret, which the editor lets the user change. */
export interface RenameStart {
  readonly name: string;
  readonly range: TextRange;
}

export interface RenameContext {
  readonly view: IndexView;
  /** Version of the open document that the edits are made for, or null when it is not open. */
  readonly versionOf: (uri: string) => number | null;
  /** The editor takes versioned edits, and asks before it makes those that say so. */
  readonly asksBack: boolean;
  readonly documentChanges: boolean;
}

const IN_SIBLINGS = 'siblings';

/** The capability name at an offset, or why it stays; null where no capability is named. */
export function startRename(view: IndexView, uri: string, offset: number): RenameStart | Refusal | null {
  const guideline = view.guideline(uri);
  const place = guideline && locateInGuideline(guideline, offset);
  if (!guideline || !place || place.kind === 'entry') return null;
  const { value: name, range } = place.kind === 'listed' ? place.name : place.capability.name;
  const refused = whySettled(guideline);
  return refused === null ? { name, range } : { refused };
}

/**
 * Renames a capability in every component list and at its definition. Drafts of the same family follow when the user says so;
 * approved and superseded guidelines keep the name under which they were approved.
 */
export function planRename(
  context: RenameContext,
  uri: string,
  offset: number,
  newName: string,
): WorkspaceEdit | Refusal | null {
  const { view } = context;
  const start = startRename(view, uri, offset);
  const guideline = view.guideline(uri);
  if (start === null || !guideline) return null;
  if ('refused' in start) return start;
  const wanted = newName.trim();
  if (wanted === '') return { refused: 'A capability needs a name.' };
  if (wanted === start.name) return {};
  if (namesIn(guideline).some(({ value }) => value === wanted))
    return { refused: `${guideline.id.value} has a capability "${wanted}" already.` };
  const own = mentionsOf(view, guideline, start.name);
  if (own === null) return { refused: 'The JSON is broken: repair it first, then rename.' };
  const siblings =
    context.asksBack && context.documentChanges ? listSiblings(context, guideline, start.name, wanted) : [];
  return toEdit(context, wanted, { guideline, mentions: own }, siblings);
}

/** Why the names of a guideline stay as they are, or null for a draft. */
function whySettled({ id, status, kind }: Guideline): string | null {
  const standing = kind === 'legacy' ? 'a legacy guideline' : (status?.value ?? '');
  if (kind !== 'legacy' && standing !== 'approved' && standing !== 'superseded') return null;
  return `${id.value} is ${standing}: what its capabilities are called is settled. Rename it in a draft.`;
}

interface Mentions {
  readonly guideline: Guideline;
  readonly mentions: readonly TextRange[];
}

function listSiblings({ view }: RenameContext, guideline: Guideline, name: string, wanted: string): Mentions[] {
  const { family } = editionOf(guideline);
  return view.guidelines().flatMap((other) => {
    if (other.uri === guideline.uri || editionOf(other).family !== family || whySettled(other) !== null) return [];
    if (namesIn(other).some(({ value }) => value === wanted)) return [];
    const mentions = mentionsOf(view, other, name) ?? [];
    return mentions.length === 0 ? [] : [{ guideline: other, mentions }];
  });
}

function namesIn(guideline: Guideline): readonly Ranged<string>[] {
  return [...guideline.capabilities.map(({ name }) => name), ...listedNames(guideline)];
}

/** Where a guideline names the capability, in the file's order; null when the model is not of the text that is there now. */
function mentionsOf(view: IndexView, guideline: Guideline, name: string): readonly TextRange[] | null {
  const text = view.text(guideline.uri) ?? '';
  const ranges = namesIn(guideline)
    .filter(({ value }) => value === name)
    .map(({ range }) => range);
  const isThere = ({ start, end }: TextRange): boolean => {
    if (text[start - 1] !== '"' || text[end] !== '"') return false;
    try {
      return JSON.parse(text.slice(start - 1, end + 1)) === name;
    } catch {
      return false;
    }
  };
  return ranges.every(isThere) ? ranges.sort((a, b) => a.start - b.start) : null;
}

function toEdit(
  { view, versionOf, documentChanges }: RenameContext,
  newName: string,
  own: Mentions,
  siblings: readonly Mentions[],
): WorkspaceEdit {
  const newText = JSON.stringify(newName).slice(1, -1);
  const editsOf = ({ guideline, mentions }: Mentions): { range: ReturnType<typeof toRange>; newText: string }[] =>
    mentions.map((range) => ({ range: toRange(view, guideline.uri, range), newText }));
  if (!documentChanges) return { changes: { [own.guideline.uri]: editsOf(own) } };
  const place = ({ guideline: { uri } }: Mentions): { uri: string; version: number | null } => ({
    uri,
    version: versionOf(uri),
  });
  const edit: WorkspaceEdit = {
    documentChanges: [
      { textDocument: place(own), edits: editsOf(own) },
      ...siblings.map((sibling) => ({
        textDocument: place(sibling),
        edits: editsOf(sibling).map((one) => ({ ...one, annotationId: IN_SIBLINGS })),
      })),
    ],
  };
  if (siblings.length === 0) return edit;
  const names = siblings.map(({ guideline }) => guideline.id.value).join(', ');
  const description = `Other drafts of the family: ${names}. Approved guidelines keep the old name.`;
  const annotation = { label: 'Rename in other drafts', needsConfirmation: true, description };
  return { ...edit, changeAnnotations: { [IN_SIBLINGS]: annotation } };
}
