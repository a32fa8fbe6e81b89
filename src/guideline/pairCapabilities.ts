import type { Guideline } from '../model/guideline';
import { indexComponentStatuses } from './capabilityStatus';
import type { TestIdentity } from './testIdentity';

/** The name of a capability before and after; null on the side that does not have it. */
export interface CapabilityPair {
  readonly before: string | null;
  readonly after: string | null;
}

/** Two capabilities of different names are one when they share at least this part of their tests taken together. */
const SAME_FROM = 0.5;

/**
 * Pairs the capabilities of two guidelines, those included that components list and the file does not define: by name
 * first; of the rest, those that share half of their tests are one that was renamed (the best match first).
 */
export function pairCapabilities(before: Guideline, after: Guideline, identify: TestIdentity): CapabilityPair[] {
  const old = indexTestsByCapability(before, identify);
  const now = indexTestsByCapability(after, identify);
  const pairs: CapabilityPair[] = [];
  for (const name of old.keys()) if (now.has(name)) pairs.push({ before: name, after: name });
  const gone = [...old.keys()].filter((name) => !now.has(name));
  const fresh = [...now.keys()].filter((name) => !old.has(name));
  const renamed = pairRenamed(gone, fresh, (a, b) => measureOverlap(old.get(a), now.get(b)));
  const renamedFrom = new Set(renamed.map((pair) => pair.before));
  const renamedTo = new Set(renamed.map((pair) => pair.after));
  return [
    ...pairs,
    ...renamed,
    ...gone.filter((name) => !renamedFrom.has(name)).map((name) => ({ before: name, after: null })),
    ...fresh.filter((name) => !renamedTo.has(name)).map((name) => ({ before: null, after: name })),
  ];
}

function indexTestsByCapability(guideline: Guideline, identify: TestIdentity): Map<string, ReadonlySet<string>> {
  const result = new Map<string, ReadonlySet<string>>();
  for (const name of indexComponentStatuses(guideline).keys()) result.set(name, new Set());
  for (const { name, tests } of guideline.capabilities) result.set(name.value, new Set(tests.map(identify)));
  return result;
}

function pairRenamed(
  gone: readonly string[],
  fresh: readonly string[],
  overlap: (a: string, b: string) => number,
): CapabilityPair[] {
  const candidates = gone.flatMap((before) =>
    fresh.map((after) => ({ before, after, share: overlap(before, after) })).filter(({ share }) => share >= SAME_FROM),
  );
  candidates.sort(
    (a, b) => b.share - a.share || (a.before < b.before ? -1 : a.before > b.before ? 1 : a.after < b.after ? -1 : 1),
  );
  const taken = new Set<string>();
  return candidates.flatMap(({ before, after }) => {
    // Names of the two lists differ by construction, so one set serves both.
    if (taken.has(before) || taken.has(after)) return [];
    taken.add(before).add(after);
    return [{ before, after }];
  });
}

/** Tests in both as a part of the tests in either; 0 for capabilities without tests. */
function measureOverlap(a: ReadonlySet<string> = new Set(), b: ReadonlySet<string> = new Set()): number {
  const shared = [...a].filter((test) => b.has(test)).length;
  const either = a.size + b.size - shared;
  return either === 0 ? 0 : shared / either;
}
