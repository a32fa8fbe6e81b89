import type { Capability, Guideline, GuidelineTest } from '../../model/guideline';
import { compareGuidelines, editionOf } from '../guidelineOrder';
import type { LintDraft } from './lintDraft';

/**
 * A guideline against what its repository has committed (HACKING D300, D301, D311): nothing while it was a draft there. Test
 * lists that were approved stay as they are, flags come to the newest approved guideline alone, and stay.
 */
export function checkCommitted(
  guideline: Guideline,
  committed: Guideline | null,
  siblings: readonly Guideline[],
): LintDraft[] {
  const standing = committed?.status?.value;
  if (committed === null || (standing !== 'approved' && standing !== 'superseded')) return [];
  const isOld = guideline.uri !== findNewestApproved(guideline, siblings)?.uri;
  const now = new Map(guideline.capabilities.map((capability) => [capability.name.value, capability]));
  const before = new Map(committed.capabilities.map((capability) => [capability.name.value, capability]));
  return [
    ...committed.capabilities.flatMap((earlier) => checkRemoved(guideline, earlier, now.get(earlier.name.value))),
    ...guideline.capabilities.flatMap((capability) => {
      const earlier = new Map(
        (before.get(capability.name.value)?.tests ?? []).map((entry) => [keyOfEntry(entry), entry]),
      );
      return capability.tests.flatMap((entry) => checkEntry(entry, earlier.get(keyOfEntry(entry)), isOld));
    }),
  ];
}

function findNewestApproved(guideline: Guideline, siblings: readonly Guideline[]): Guideline | undefined {
  const { family } = editionOf(guideline);
  return [...siblings, guideline]
    .filter((other) => editionOf(other).family === family && other.status?.value === 'approved')
    .sort(compareGuidelines)
    .find((other) => editionOf(other).kind === 'dated');
}

/** Entries of two states of one file are the same by id; without one, by name. */
export function keyOfEntry({ id, name }: GuidelineTest): string {
  return id ?? name.value;
}

function checkRemoved(guideline: Guideline, earlier: Capability, now: Capability | undefined): LintDraft[] {
  const kept = new Set(now?.tests.map(keyOfEntry) ?? []);
  const gone = earlier.tests.filter((entry) => !kept.has(keyOfEntry(entry))).map(({ name }) => name.value);
  if (gone.length === 0) return [];
  const what = gone.length === 1 ? `the test ${gone.join('')}` : `${gone.length} tests (${gone.join(', ')})`;
  const message = `"${earlier.name.value}" had ${what} when it was committed: tests of an approved guideline are flagged, not removed (D301).`;
  return [{ rule: 'IL440', range: now?.name.range ?? guideline.id.range, message }];
}

function checkEntry(entry: GuidelineTest, earlier: GuidelineTest | undefined, isOld: boolean): LintDraft[] {
  const { name, flag } = entry;
  if (earlier === undefined) {
    const message = `"${name.value}" was not in the list when it was committed: test lists of approved guidelines stay as they are (D301).`;
    return [{ rule: 'IL440', range: name.range, message }];
  }
  const result: LintDraft[] = [];
  if (earlier.name.value !== name.value) {
    const message = `The key was "${earlier.name.value}" when it was committed: an approved guideline keeps its keys, and takes new names as aliases (D301).`;
    result.push({ rule: 'IL440', range: name.range, message });
  }
  if (flag !== null && earlier.flag === null && isOld) {
    const message = `"${name.value}" is newly flagged, but this is not the newest approved guideline: flags go there and to next (D300).`;
    result.push({ rule: 'IL441', range: flag.reason?.range ?? name.range, message });
  }
  if (flag === null && earlier.flag !== null) {
    const reason = earlier.flag.reason?.value ?? '';
    const message = `"${name.value}" was flagged${reason === '' ? '' : ` ("${reason}")`} when it was committed: a flag stays for its guideline (D311).`;
    result.push({ rule: 'IL442', range: name.range, message });
  }
  return result;
}
