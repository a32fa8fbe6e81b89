import type { Fix } from '../../model/finding';
import type { TextRange } from '../../model/text';
import { findEntryAt, findEntryBody, type GuidelineFile, type MakeGuidelineFixes } from './guidelineFile';
import { findProperty, removeChild } from './jsonEdits';

/** An alias that leads nowhere (IL435) or to another test (IL434): a suggestion, because old results may still use it. */
export const removeAlias: MakeGuidelineFixes = (file, finding) =>
  offerRemoval(file, finding.range, false, 'Results under this name count for the entry no more.');

/** An alias that says what the entry says anyway (IL424). */
export const removeUselessAlias: MakeGuidelineFixes = (file, finding) => offerRemoval(file, finding.range, true, null);

function offerRemoval(file: GuidelineFile, range: TextRange, safe: boolean, note: string | null): Fix[] {
  const edit = removeAliasAt(file, range);
  return edit === null ? [] : [{ title: 'Remove the alias', safe, note, edits: [edit] }];
}

/** The list goes with its only alias. `range` is the alias between its quotes. */
function removeAliasAt(file: GuidelineFile, range: TextRange): Fix['edits'][number] | null {
  const placed = findEntryAt(file.guideline, range.start);
  const body = placed && findEntryBody(file, placed.entry);
  const property = body && findProperty(body, 'aliases');
  const list = property?.children?.[1];
  // A range between quotes starts one behind its string.
  const alias = list?.children?.find(({ offset }) => offset === range.start - 1);
  if (!body || !property || !list || !alias) return null;
  return list.children?.length === 1 ? removeChild(file, body, property) : removeChild(file, list, alias);
}
