import type { Node } from 'jsonc-parser';
import { parseJson, rangeOfNode } from '../../guideline/jsonTree';
import { keyOfEntry } from '../../guideline/lint/checkCommitted';
import type { Finding, Fix } from '../../model/finding';
import type { Capability } from '../../model/guideline';
import type { TextEdit } from '../../model/text';
import type { FixContext, Offer } from '../fixContext';
import { findEntryAt, type GuidelineFile, type MakeGuidelineFixes } from './guidelineFile';
import { findPropertyPath, findValue, lineEndOf, removeChild, replaceString } from './jsonEdits';

/**
 * A test list of an approved guideline that differs from what git has committed (IL440): tests that are gone come back with their
 * exact text at their place, a changed key gets its old name, a test that is new goes.
 */
export const restoreCommitted: MakeGuidelineFixes = (file, finding, context) => {
  const committed = openCommitted(file.uri, context);
  if (committed === null) return 'nothing is committed of this file';
  const placed = findEntryAt(file.guideline, finding.range.start);
  if (placed === null) return putBack(file, committed, finding);
  const key = keyOfEntry(placed.entry);
  const before = findCapability(committed, placed.capability.name.value)?.tests.find((one) => keyOfEntry(one) === key);
  if (before === undefined) return takeOut(file, placed.capability, finding);
  const title = 'Write the key as it is committed';
  return suggest(title, replaceString(file, placed.entry.name.range, before.name.value));
};

function openCommitted(uri: string, context: FixContext): GuidelineFile | null {
  const known = context.committed?.(uri);
  const root = known && parseJson(known.text).root;
  return known && root ? { uri, text: known.text, root, guideline: known.guideline } : null;
}

function findCapability({ guideline }: GuidelineFile, name: string): Capability | undefined {
  return guideline.capabilities.find((capability) => capability.name.value === name);
}

/** The finding stands on a capability whose tests are gone, or on the file's id where whole capabilities are. */
function putBack(file: GuidelineFile, committed: GuidelineFile, { range }: Finding): Offer {
  const now = file.guideline.capabilities.find(({ name }) => name.range.start === range.start);
  if (now === undefined) return putCapabilitiesBack(file, committed);
  const before = findCapability(committed, now.name.value);
  const lists = [findTests(committed, before), findTests(file, now)] as const;
  if (before === undefined || !lists[0] || !lists[1]) return 'the list of tests cannot be edited';
  const kept = new Map(now.tests.map((entry, index) => [keyOfEntry(entry), index]));
  const places = before.tests.map((entry) => kept.get(keyOfEntry(entry)) ?? null);
  const edits = insertMissing(file, committed, lists[0], lists[1], places);
  const gone = places.filter((place) => place === null).length;
  const what = gone === 1 ? (before.tests[places.indexOf(null)]?.name.value.split('.').at(-1) ?? '') : `${gone} tests`;
  return edits === null ? 'the list of tests cannot be edited' : suggest(`Put ${what} back as committed`, ...edits);
}

function putCapabilitiesBack(file: GuidelineFile, committed: GuidelineFile): Offer {
  const [before, now] = [findValue(committed.root, 'capabilities'), findValue(file.root, 'capabilities')];
  const nameOf = (property: Node): unknown => property.children?.[0]?.value;
  const names = now?.children?.map(nameOf) ?? [];
  const places = (before?.children ?? []).map((property) => {
    const place = names.indexOf(nameOf(property));
    return place < 0 ? null : place;
  });
  const edits = before && now ? insertMissing(file, committed, before, now, places) : null;
  const gone = places.filter((place) => place === null).length;
  if (edits === null || gone === 0) return 'no capability is missing';
  return suggest(`Put ${gone === 1 ? 'the capability' : `${gone} capabilities`} back as committed`, ...edits);
}

/** The object (or, where a schema has names alone, the list) of a capability's tests. */
function findTests(file: GuidelineFile, capability: Capability | undefined): Node | undefined {
  const holder = capability && findPropertyPath(file.root, capability.range.start).at(-1)?.children?.[1];
  const tests = findValue(holder, 'tests');
  return tests?.children?.length === capability?.tests.length ? tests : undefined;
}

/**
 * Puts what is missing behind the one that stood before it and is still there, else before the first one that is. What parts the
 * neighbours is taken from the committed text as well, so that a line that was taken out comes back byte for byte.
 * @param places for each child of `before` the index of its like in `now`, or null
 */
function insertMissing(
  file: GuidelineFile,
  committed: GuidelineFile,
  before: Node,
  now: Node,
  places: readonly (number | null)[],
): TextEdit[] | null {
  const children = before.children ?? [];
  const standing = now.children ?? [];
  const text = (start: number, end: number): string => adoptLineEnds(file, committed.text.slice(start, end));
  if (standing.length === 0) {
    const inside = { start: rangeOfNode(now).start + 1, end: rangeOfNode(now).end - 1 };
    if (file.text.slice(inside.start, inside.end).trim() !== '') return null;
    const whole = rangeOfNode(before);
    return [{ uri: file.uri, range: inside, newText: text(whole.start + 1, whole.end - 1) }];
  }
  const added = new Map<number, string>();
  let anchor: number | null = null;
  for (const [index, child] of children.entries()) {
    const place = places[index] ?? null;
    const { start, end } = rangeOfNode(child);
    if (place !== null) anchor = place;
    else {
      const known = added.get(anchor ?? -1) ?? '';
      const previous = children[index - 1];
      const next = children[index + 1];
      const piece =
        anchor === null
          ? text(start, next ? next.offset : end)
          : text(previous ? rangeOfNode(previous).end : start, end);
      added.set(anchor ?? -1, known + piece);
    }
  }
  return [...added].map(([place, newText]) => {
    const node = standing[Math.max(place, 0)];
    const at = node === undefined ? 0 : place < 0 ? node.offset : rangeOfNode(node).end;
    return { uri: file.uri, range: { start: at, end: at }, newText };
  });
}

function adoptLineEnds(file: GuidelineFile, text: string): string {
  return text.replace(/\r?\n/g, lineEndOf(file.text));
}

function takeOut(file: GuidelineFile, capability: Capability, { range }: Finding): Offer {
  const tests = findTests(file, capability);
  const index = capability.tests.findIndex(({ name }) => name.range.start === range.start);
  const child = tests?.children?.[index];
  const edit = tests && child ? removeChild(file, tests, child) : null;
  return edit === null ? 'the list of tests cannot be edited' : suggest('Take the test out, as committed', edit);
}

function suggest(title: string, ...edits: readonly TextEdit[]): Fix[] {
  return [{ title, safe: false, note: 'What git has committed.', edits }];
}
