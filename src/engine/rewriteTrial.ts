import { findGuestRule } from '../guest/catalogue/rules';
import type { Finding, Fix } from '../model/finding';
import { compareLevels } from '../model/guestLevel';
import type { TestDemand } from '../model/guestSite';
import type { TextEdit } from '../model/text';
import { groupByFile } from '../model/textEdits';
import { chooseFixes } from './chooseFixes';
import { moveDemand } from './moveDemand';

/** What a trial asks of the engine. */
export interface TrialSource {
  demand(testName: string): TestDemand | undefined;
  findings(uri: string): readonly Finding[];
  fixes(finding: Finding): readonly Fix[];
  /** The demands of tests as they would be with edits made; the texts are as before afterwards. */
  demandsWith(edits: readonly TextEdit[], tests: readonly string[]): ReadonlyMap<string, TestDemand>;
}

/** What a test demands once rewrites are made. */
export interface RewrittenDemand {
  readonly demand: TestDemand;
  /** Titles of the fixes that the test runs through, sorted. */
  readonly fixes: readonly string[];
}

/**
 * Makes the rewrites that the fixes know, all at once, and looks what the tests demand then.
 * @param kind `safe`: those that may be applied unseen; `all`: suggestions as well, which may weaken a test
 * @returns the tests that run through a rewrite
 */
export function tryRewrites(
  source: TrialSource,
  tests: readonly string[],
  kind: 'safe' | 'all',
): ReadonlyMap<string, RewrittenDemand> {
  const askers = tests.filter((name) => compareLevels(source.demand(name)?.level ?? 'api', 'boot') > 0);
  const filesOf = new Map(askers.map((name) => [name, listFiles(source, name)]));
  const files = new Set([...filesOf.values()].flatMap((uris) => [...uris]));
  // What a fix changes elsewhere is of no concern to these tests.
  const isWanted = (fix: Fix, finding: Finding): boolean =>
    fix.edits.every(({ uri }) => files.has(uri)) &&
    (fix.safe || (kind === 'all' && isLowering(finding) && removes(fix, finding)));
  const { taken: wanted } = chooseFixes(
    [...files].sort().flatMap((uri) => [...source.findings(uri)]),
    (finding) => source.fixes(finding).filter((fix) => isWanted(fix, finding)),
    () => true,
  );
  const edits = wanted.flatMap(({ fix }) => fix.edits);
  if (edits.length === 0) return new Map();
  const demands = source.demandsWith(edits, askers);
  const changed = new Map<string, RewrittenDemand>();
  for (const name of askers) {
    const demand = demands.get(name);
    const passed = wanted.filter(({ fix }) => fix.edits.some(({ uri }) => filesOf.get(name)?.has(uri)));
    const before = source.demand(name);
    if (!demand || !before || passed.length === 0 || isSame(before, demand)) continue;
    changed.set(name, {
      demand: moveBack(demand, edits),
      fixes: [...new Set(passed.map(({ fix }) => fix.title))].sort(),
    });
  }
  return changed;
}

/** Suggestions for what raises no level change nothing of what a guest must have. */
function isLowering({ rule }: Finding): boolean {
  return (findGuestRule(rule)?.level ?? null) !== null;
}

/** True for a fix after which its rule has nothing to say at that place any more, and not because it was told to be silent. */
function removes(fix: Fix, { rule }: Finding): boolean {
  return fix.id !== 'noqa' && fix.keepsFinding !== true && !(fix.mayLeave ?? []).includes(rule);
}

/** Files in which the sites of a test beyond booting, their words, and the ways to them stand. */
function listFiles(source: TrialSource, test: string): ReadonlySet<string> {
  const uris = new Set<string>();
  for (const site of source.demand(test)?.sites ?? []) {
    if (site.debugOnly || compareLevels(site.level, 'boot') <= 0) continue;
    for (const step of site.path) uris.add(step.uri);
    for (const { words } of site.matches) for (const { uri } of words) uris.add(uri);
  }
  return uris;
}

/** True when what the guest is asked for is the same, wherever in the files it stands. */
function isSame(before: TestDemand, after: TestDemand): boolean {
  const print = ({ sites }: TestDemand): string =>
    sites
      .map(({ uri, kind, command, level, guards }) => JSON.stringify([uri, kind, command, level, guards]))
      .sort()
      .join('\n');
  return print(before) === print(after);
}

/** The demand with its places as they are in the texts without the edits. */
function moveBack(demand: TestDemand, edits: readonly TextEdit[]): TestDemand {
  let moved = demand;
  for (const [uri, own] of groupByFile(edits)) {
    const sorted = [...own].sort((a, b) => a.range.start - b.range.start);
    let shift = 0;
    const steps = sorted.map(({ range, newText }) => {
      const start = range.start + shift;
      const grown = newText.length - (range.end - range.start);
      shift += grown;
      return { start, oldEnd: start + newText.length, shift: -grown };
    });
    // From the end on: what stands before keeps its place.
    for (const change of steps.reverse()) moved = moveDemand(moved, uri, change);
  }
  return moved;
}
