import { indexComponentStatuses } from '../guideline/capabilityStatus';
import type { Guideline, GuidelineTest } from '../model/guideline';
import type { TestCase } from '../model/testCase';
import type { LinkState, ResolvedBy, TraceEntry } from '../model/trace';
import { isPlaceholderName } from './placeholderName';
import { indexTests, type TestIndex, topPackageOf } from './testIndex';

/**
 * Joins every entry of the guidelines to the runtime tests of the workspace, in the order of guidelines, capabilities and
 * tests. `packages`: top-level packages of the workspace beyond those of the tests (a package without any test).
 * Linear in entries and tests.
 *
 * **Target.** By id first: of the tests that carry it, the one that the key names (an inherited test runs under one name
 * per class), else the one that an alias names, else the one with the key's `Class.method`, else the one in the class
 * that defines it, else the first by name. Without a live id: the test that the key names, then the first that an alias
 * names. Never by a function's name alone.
 *
 * **State.** The first that applies ("live": a test of that name or id runs in the workspace):
 *
 * | state | when |
 * |---|---|
 * | `id-mismatch` | the entry has an id; the key (or, when the id is not live, an alias) is live and does not carry that id |
 * | `alias-conflict` | there is a target, and an alias names another live test, with another id |
 * | `duplicate` | another key of the guideline has the same id and leads to the same target, and this key is not the target's name (inherited variants, each live, are `ok`) |
 * | `ok` | the key is live; its id agrees, or the entry has none (schemas 1.0 and 1.2 have no ids) |
 * | `alias-live` | the key is not live, an alias names the target |
 * | `moved` | the id is live, no name is; the target has the key's `Class.method` in another module |
 * | `renamed` | the id is live, no name is |
 * | `placeholder` | nothing found, and the key cannot be a test's name (see `isPlaceholderName`) |
 * | `external` | nothing found, and the key's top-level package is not in the workspace |
 * | `removed` | nothing found for an entry with an id |
 * | `no-id` | nothing found for an entry without an id: renamed or removed, nothing can tell |
 *
 * **resolvedBy** tells how the names fare, whatever the state: `path` when the key is live, else `alias` when an alias is,
 * else `id` when the id is, else `none`.
 */
export function linkEntries(
  guidelines: readonly Guideline[],
  tests: readonly TestCase[],
  packages: Iterable<string> = [],
): TraceEntry[] {
  const index = indexTests(tests, packages);
  return guidelines.flatMap((guideline) => linkGuideline(guideline, index));
}

/** The same for one guideline over an index that is kept. */
export function linkGuideline(guideline: Guideline, index: TestIndex): TraceEntry[] {
  const statuses = indexComponentStatuses(guideline);
  const drafts = guideline.capabilities.flatMap((capability) => {
    const components = statuses.get(capability.name.value) ?? [];
    return capability.tests.map((entry) => ({ capability, components, entry, match: matchEntry(entry, index) }));
  });
  const keysByIdAndTarget = countKeys(drafts);
  return drafts.map(({ capability, components, entry, match }) => {
    const keys = keysByIdAndTarget.get(sharingKey(entry, match));
    const state = decideState(entry, match, index, (keys?.size ?? 0) > 1);
    const { target, candidates, conflictingAliases, resolvedBy } = match;
    return { guideline, capability, entry, components, state, resolvedBy, target, candidates, conflictingAliases };
  });
}

interface Match {
  readonly byKey: TestCase | null;
  readonly byAlias: TestCase | null;
  readonly idIsLive: boolean;
  readonly target: TestCase | null;
  readonly candidates: readonly TestCase[];
  readonly conflictingAliases: readonly string[];
  readonly resolvedBy: ResolvedBy;
}

function matchEntry(entry: GuidelineTest, index: TestIndex): Match {
  const byKey = index.byName.get(entry.name.value) ?? null;
  const aliased = entry.aliases.map(({ value }) => index.byName.get(value)).filter((test) => test !== undefined);
  const byAlias = aliased[0] ?? null;
  const sharing = (entry.id === null ? undefined : index.byId.get(entry.id)) ?? [];
  const target = sharing.length > 0 ? chooseVariant(entry, sharing, byKey, aliased) : (byKey ?? byAlias);
  const ownIds = entry.id !== null ? [entry.id] : (target?.ids ?? []);
  const isOwn = (test: TestCase): boolean => test === byKey || (entry.id === null && test === target);
  const conflictingAliases = aliased
    .filter((test) => !isOwn(test) && !test.ids.some((id) => ownIds.includes(id)))
    .map((test) => test.name);
  return {
    byKey,
    byAlias,
    idIsLive: sharing.length > 0,
    target,
    candidates: sharing.length > 0 ? sharing : target === null ? [] : [target],
    conflictingAliases: [...new Set(conflictingAliases)],
    resolvedBy: byKey !== null ? 'path' : byAlias !== null ? 'alias' : sharing.length > 0 ? 'id' : 'none',
  };
}

/** Picks among the runtime tests of one id: they are the classes that inherit it, and rarely two definitions. */
function chooseVariant(
  entry: GuidelineTest,
  sharing: readonly TestCase[],
  byKey: TestCase | null,
  aliased: readonly TestCase[],
): TestCase | null {
  if (byKey !== null && sharing.includes(byKey)) return byKey;
  return (
    aliased.find((test) => sharing.includes(test)) ??
    sharing.find((test) => hasSameClassAndMethod(entry, test)) ??
    sharing.find((test) => test.name === test.definition.name) ??
    sharing[0] ??
    null
  );
}

function hasSameClassAndMethod(entry: GuidelineTest, test: TestCase): boolean {
  return entry.name.value.endsWith(`.${test.className}.${test.method}`);
}

/** Which keys of the guideline lead with the same id to the same test. */
function countKeys(drafts: readonly { entry: GuidelineTest; match: Match }[]): Map<string, Set<string>> {
  const result = new Map<string, Set<string>>();
  for (const { entry, match } of drafts) {
    const shared = sharingKey(entry, match);
    if (shared === '') continue;
    const keys = result.get(shared) ?? new Set<string>();
    result.set(shared, keys.add(entry.name.value));
  }
  return result;
}

function sharingKey(entry: GuidelineTest, match: Match): string {
  return entry.id === null || match.target === null ? '' : `${entry.id} ${match.target.name}`;
}

function decideState(entry: GuidelineTest, match: Match, index: TestIndex, shared: boolean): LinkState {
  const { byKey, byAlias, target, idIsLive } = match;
  if (target === null) return explainMissing(entry, index);
  const id = entry.id;
  const keyDisagrees = id !== null && byKey !== null && !byKey.ids.includes(id);
  const aliasStandsIn = id !== null && !idIsLive && byKey === null && byAlias !== null && !byAlias.ids.includes(id);
  if (keyDisagrees || aliasStandsIn) return 'id-mismatch';
  if (match.conflictingAliases.length > 0) return 'alias-conflict';
  if (target === byKey) return 'ok';
  if (shared) return 'duplicate';
  if (entry.aliases.some(({ value }) => value === target.name)) return 'alias-live';
  return hasSameClassAndMethod(entry, target) ? 'moved' : 'renamed';
}

function explainMissing(entry: GuidelineTest, index: TestIndex): LinkState {
  if (isPlaceholderName(entry.name.value)) return 'placeholder';
  if (!index.packages.has(topPackageOf(entry.name.value))) return 'external';
  return entry.id === null ? 'no-id' : 'removed';
}
