import type { Finding } from '../../model/finding';
import type { GuidelineTest } from '../../model/guideline';
import type { TextEdit } from '../../model/text';
import {
  findEntryAt,
  findEntryBody,
  type GuidelineFile,
  type MakeGuidelineFixes,
  openGuidelineFile,
  type PlacedEntry,
} from './guidelineFile';
import { findPropertyPath, findValue, insertElement, insertProperty, replaceString } from './jsonEdits';

/** What a flag says (interop HACKING rules D307, D309). */
export interface FlagFields {
  /** Starts with the type in brackets: `[D406] …`. */
  readonly reason: string;
  readonly action: string;
  /** `yyyy-mm-dd`, when the flag was proposed. */
  readonly date: string;
}

/**
 * Flags a test: the block after the entry's other fields, under the key that the file uses; in schemas with lists of
 * names, the name in the capability's list `flagged`. Null when the test is flagged, or its place cannot be edited.
 */
export function addFlag(file: GuidelineFile, { capability, entry }: PlacedEntry, fields: FlagFields): TextEdit | null {
  if (entry.flag !== null) return null;
  const { reason, action, date } = fields;
  const body = findEntryBody(file, entry);
  if (body !== null) return insertProperty(file, body, flagKeyOf(file), { reason, action, date });
  const holder = findPropertyPath(file.root, capability.range.start).at(-1)?.children?.[1];
  if (holder?.type !== 'object') return null;
  const list = findValue(holder, 'flagged');
  if (list === undefined) return insertProperty(file, holder, 'flagged', [entry.name.value]);
  return list.type === 'array' ? insertElement(file, list, entry.name.value) : null;
}

/** `flagged`, which every reader knows, unless the file says `flag` throughout. */
function flagKeyOf({ guideline }: GuidelineFile): 'flagged' | 'flag' {
  const keys = guideline.capabilities.flatMap(({ tests }) => tests.flatMap(({ flag }) => (flag ? [flag.key] : [])));
  return keys.length > 0 && keys.every((key) => key === 'flag') ? 'flag' : 'flagged';
}

/** A test that is gone (IL430): flag D406 in a guideline whose test list is settled. */
export const flagRemovedTest: MakeGuidelineFixes = (file, finding, context) => {
  const placed = findEntryAt(file.guideline, finding.range.start);
  const date = context.today?.();
  if (!placed || date === undefined) return 'the date is not known';
  const edit = addFlag(file, placed, {
    reason: '[D406] The test was removed from its suite.',
    action: 'Remove the test from the next guideline.',
    date,
  });
  if (edit === null) return 'the test is flagged already';
  return [
    { title: 'Flag the test as removed (D406)', safe: false, note: 'See whether a test replaced it.', edits: [edit] },
  ];
};

/** A flag of an approved guideline, in `next` too (IL428). */
export const mirrorFlag: MakeGuidelineFixes = (file, finding, context) => {
  const source = findEntryAt(file.guideline, finding.range.start)?.entry;
  const place = finding.related[0];
  const next = place ? openGuidelineFile(place.uri, context) : null;
  const target = next && place ? findEntryAt(next.guideline, place.range.start) : null;
  if (!source?.flag || !next || !target) return 'next cannot be read';
  const { reason, action, date } = source.flag;
  const edit = addFlag(next, target, {
    reason: reason?.value ?? '',
    action: action?.value ?? '',
    date: date?.value ?? '',
  });
  if (edit === null) return 'the test is flagged there already';
  return [{ title: `Copy the flag to ${next.guideline.id.value}`, safe: false, note: null, edits: [edit] }];
};

/** `D401: x` and `D401 x` → `[D401] x` (IL417); a reason without a type needs a reviewer. */
export const bracketFlagCode: MakeGuidelineFixes = (file, finding) => {
  const flag = findEntryAt(file.guideline, finding.range.start)?.entry.flag;
  const rest = /^\s*\[?(D\d{3})\]?[:,.]?\s*(.*)$/s.exec(flag?.reason?.value ?? '');
  if (!flag?.reason || rest === null) return 'the reason names no flag type';
  const reason = `[${rest[1] ?? ''}] ${rest[2] ?? ''}`;
  return [
    {
      title: `Write [${rest[1] ?? ''}]`,
      safe: true,
      note: null,
      edits: [replaceString(file, flag.reason.range, reason)],
    },
  ];
};

/** `flag` → `flagged` (IL416). */
export const renameFlagKey: MakeGuidelineFixes = (file, finding) => {
  const entry = findEntryAt(file.guideline, finding.range.start)?.entry;
  const key = entry && findFlagKey(file, entry);
  if (!key) return 'the flag was not found';
  return [{ title: 'Write "flagged"', safe: true, note: null, edits: [replaceString(file, key, 'flagged')] }];
};

function findFlagKey(file: GuidelineFile, entry: GuidelineTest): TextEdit['range'] | null {
  const body = findEntryBody(file, entry);
  const key = body?.children?.find((property) => property.children?.[0]?.value === 'flag')?.children?.[0];
  return key ? { start: key.offset + 1, end: key.offset + key.length - 1 } : null;
}

/** The date of today where a flag has none (IL419); reason and action need a reviewer. */
export const dateFlag: MakeGuidelineFixes = (file, finding, context) => {
  const entry = findEntryAt(file.guideline, finding.range.start)?.entry;
  const date = context.today?.();
  const flag = entry?.flag;
  if (!entry || !flag || date === undefined || (flag.date?.value.trim() ?? '') !== '')
    return 'only a reviewer knows the rest';
  const body = findEntryBody(file, entry);
  const block = body ? (findValue(body, 'flagged') ?? findValue(body, 'flag')) : undefined;
  if (block?.type !== 'object') return 'the flag is no block';
  const edit = flag.date ? replaceString(file, flag.date.range, date) : insertProperty(file, block, 'date', date);
  return edit === null ? [] : [{ title: `Date the flag ${date}`, safe: false, note: null, edits: [edit] }];
};

/** What a flag for a test that depends on its guest would say: the evidence, one sentence a site. */
export function describeGuestFlag(
  finding: Pick<Finding, 'message'>,
  test: string,
): Pick<FlagFields, 'reason' | 'action'> {
  return {
    reason: `[D404] ${test} depends on its guest: ${finding.message}`,
    action: 'Make the test independent of the guest, then remove the flag.',
  };
}
