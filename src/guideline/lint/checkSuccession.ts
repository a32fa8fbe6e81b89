import type { Guideline, GuidelineTest, Ranged } from '../../model/guideline';
import { indexComponentStatuses, strongestStatus } from '../capabilityStatus';
import { editionOf, parseEdition } from '../guidelineOrder';
import type { LintDraft } from './lintDraft';

/**
 * What changes from one guideline to the next (HACKING D304, D305, D312): releases, `replaces`, since when capabilities are
 * required, and flags, which a new guideline does not take over.
 */
export function checkSuccession(guideline: Guideline, siblings: readonly Guideline[]): LintDraft[] {
  if (guideline.kind === 'legacy') return [];
  const { family } = editionOf(guideline);
  const others = siblings.filter((other) => other.uri !== guideline.uri && editionOf(other).family === family);
  return [
    ...checkReleases(guideline),
    ...checkReplaces(guideline, others),
    ...checkRequiredSince(guideline),
    ...checkCarriedFlags(guideline, others),
  ];
}

/** Releases are named in the order of the alphabet, and begin with "a" again behind "z". */
function checkReleases({ releases, id }: Guideline): LintDraft[] {
  if (releases.length === 0) {
    return [{ rule: 'IL439', range: id.range, message: 'No releases are named that the guideline covers (D305).' }];
  }
  return releases.flatMap(({ value, range }, i): LintDraft[] => {
    const before = releases[i - 1]?.value;
    if (before === undefined) return [];
    if (releases.findIndex((other) => other.value === value) < i)
      return [{ rule: 'IL439', range, message: `"${value}" is named twice.` }];
    const expected = followerOf(letterOf(before));
    if (expected === null || letterOf(value) === null || letterOf(value) === expected) return [];
    const message = `Behind "${before}" the release with ${expected.toUpperCase()} is expected, not "${value}" (D305).`;
    return [{ rule: 'IL439', range, message }];
  });
}

/** Newer releases may be written by their number, which tells no letter. */
function letterOf(release: string): string | null {
  const letter = release.charAt(0).toLowerCase();
  return letter >= 'a' && letter <= 'z' ? letter : null;
}

function followerOf(letter: string | null): string | null {
  if (letter === null) return null;
  return letter === 'z' ? 'a' : String.fromCharCode(letter.charCodeAt(0) + 1);
}

function checkReplaces(guideline: Guideline, others: readonly Guideline[]): LintDraft[] {
  const { replaces } = guideline;
  if (replaces === null || replaces.value === '') return [];
  const own = editionOf(guideline);
  const named = parseEdition(replaces.value);
  const place = { rule: 'IL446', range: replaces.range };
  if (own.kind === 'dated' && named?.kind === 'dated' && named.edition >= own.edition)
    return [{ ...place, message: `${own.edition} cannot replace ${replaces.value}, which is not earlier.` }];
  const approved = others.filter((other) => other.status?.value === 'approved' && editionOf(other).kind === 'dated');
  const newest = approved
    .map((other) => editionOf(other).edition)
    .sort()
    .at(-1);
  if (own.kind !== 'next' || newest === undefined || named?.kind !== 'dated' || named.edition >= newest) return [];
  return [{ ...place, message: `Here ${replaces.value} is replaced, but ${newest} is the newest approved guideline.` }];
}

function checkRequiredSince(guideline: Guideline): LintDraft[] {
  // 1.0 does not know the key; 1.2 has a list of guidelines in its place.
  if (['1.0', '1.2'].includes(guideline.schemaVersion.value)) return [];
  const statuses = indexComponentStatuses(guideline);
  const own = editionOf(guideline);
  return guideline.capabilities.flatMap(({ name, requiredSince }): LintDraft[] => {
    const since = requiredSince?.value ?? '';
    if (since === '') {
      if (strongestStatus(statuses.get(name.value) ?? []) !== 'required') return [];
      const message = `"${name.value}" is required, but it is not said since when.`;
      return [{ rule: 'IL445', range: requiredSince?.range ?? name.range, message }];
    }
    const edition = parseEdition(since);
    const range = rangeOf(requiredSince, name);
    if (edition === null) return [{ rule: 'IL445', range, message: `"${since}" is no edition of a guideline.` }];
    if (own.kind !== 'dated' || edition.kind !== 'dated' || edition.edition <= own.edition) return [];
    const message = `"${name.value}" cannot be required since ${since}, which comes after this guideline.`;
    return [{ rule: 'IL445', range, message }];
  });
}

function rangeOf(written: Ranged<string> | null, otherwise: Ranged<string>): LintDraft['range'] {
  return (written ?? otherwise).range;
}

/** Flags of a dated draft that were copied with the file. Once approved, nobody can tell them from flags of its own. */
function checkCarriedFlags(guideline: Guideline, others: readonly Guideline[]): LintDraft[] {
  const isSettled = ['approved', 'superseded'].includes(guideline.status?.value ?? '');
  const before = others.find(({ id }) => id.value === guideline.replaces?.value);
  if (isSettled || editionOf(guideline).kind !== 'dated' || before === undefined) return [];
  const earlier = new Map(
    before.capabilities.flatMap(({ tests }) => tests).map((entry) => [entry.id ?? entry.name.value, entry]),
  );
  return guideline.capabilities.flatMap(({ tests }) =>
    tests.flatMap((entry): LintDraft[] => {
      if (entry.flag === null || !isSameFlag(entry, earlier.get(entry.id ?? entry.name.value))) return [];
      const message = `This flag was taken over from ${before.id.value}: a new guideline starts without flags (D312).`;
      const range = entry.flag.reason?.range ?? entry.name.range;
      return [{ rule: 'IL429', range, message }];
    }),
  );
}

function isSameFlag({ flag }: GuidelineTest, earlier: GuidelineTest | undefined): boolean {
  return flag?.reason?.value === earlier?.flag?.reason?.value && flag?.date?.value === earlier?.flag?.date?.value;
}
