import { addDrafts, type DraftCapability } from '../fixes/guideline/addDrafts';
import type { TextEdit } from '../model/text';
import { draftCapabilities, type DraftKind } from '../policy/draftCapabilities';
import type { IndexView } from './indexView';

/**
 * The edits that add the drafts of a kind to a draft guideline (C: an uploaded image can be run; E: a capability per guest system), or why
 * there are none, in a sentence without a full stop.
 */
export function makeDraftEdits(view: IndexView, uri: string, kind: DraftKind): readonly TextEdit[] | string {
  const input = view.whatIf();
  const guideline = input.guidelines.find(({ file }) => input.files[file]?.uri === uri);
  if (!view.complete || !guideline) return 'the file is no guideline of the index';
  const drafts = draftCapabilities(input, guideline, kind).map(({ tests, ...draft }): DraftCapability => ({
    ...draft,
    tests: tests.map((name) => ({ name, id: view.test(name)?.ids[0] ?? null })),
  }));
  return addDrafts(uri, drafts, view);
}
