import { strongestStatus } from '../../guideline/capabilityStatus';
import type { TestCase } from '../../model/testCase';
import type { TraceEntry } from '../../model/trace';

/**
 * What guidelines say of tests beyond leading to them, by the tests' runtime names. Names and entries alone: places in Python files
 * move with every edit.
 */
export interface TestClaims {
  /** Entries that name the test, by key or, where nothing else is live, by alias, with an id that the test does not have. */
  readonly otherId: ReadonlyMap<string, readonly TraceEntry[]>;
  /** Entries that name a test without any id. */
  readonly withoutId: ReadonlyMap<string, readonly TraceEntry[]>;
  /** Entries of other tests that have the test's name as an alias. */
  readonly aliasOfOther: ReadonlyMap<string, readonly TraceEntry[]>;
  /** Required, unflagged and nowhere to be found: entries by `package.module.Class` of their key and aliases. */
  readonly gone: ReadonlyMap<string, readonly TraceEntry[]>;
}

/** Reads the entries of all guidelines once. `testNamed` finds a test by its runtime name. */
export function collectClaims(
  entries: readonly TraceEntry[],
  testNamed: (name: string) => TestCase | undefined,
): TestClaims {
  const otherId = new Map<string, TraceEntry[]>();
  const withoutId = new Map<string, TraceEntry[]>();
  const aliasOfOther = new Map<string, TraceEntry[]>();
  const gone = new Map<string, TraceEntry[]>();
  for (const trace of entries) {
    const named = findNamed(trace, testNamed);
    if (named !== undefined && named.ids.length === 0) add(withoutId, named.name, trace);
    else if (named !== undefined && trace.entry.id !== null && !named.ids.includes(trace.entry.id))
      add(otherId, named.name, trace);
    if (trace.state !== 'id-mismatch') for (const name of trace.conflictingAliases) add(aliasOfOther, name, trace);
    if (isRequiredAndGone(trace)) for (const cls of listClasses(trace)) add(gone, cls, trace);
  }
  return { otherId, withoutId, aliasOfOther, gone };
}

/** The test that the entry's names mean: that of the key, else the one that an alias names while the id leads nowhere. */
function findNamed(
  { entry, target, state, resolvedBy }: TraceEntry,
  testNamed: (name: string) => TestCase | undefined,
): TestCase | undefined {
  const byKey = testNamed(entry.name.value);
  if (byKey !== undefined || target === null) return byKey;
  const aliasStandsIn = resolvedBy === 'alias' && (entry.id === null || state === 'id-mismatch');
  return aliasStandsIn ? target : undefined;
}

function isRequiredAndGone({ entry, state, components }: TraceEntry): boolean {
  const isGone = state === 'removed' || state === 'no-id';
  return isGone && entry.flag === null && strongestStatus(components) === 'required';
}

function listClasses({ entry }: TraceEntry): Set<string> {
  const names = [entry.name, ...entry.aliases].map(({ value }) => value);
  return new Set(names.map((name) => name.slice(0, Math.max(name.lastIndexOf('.'), 0))));
}

function add(map: Map<string, TraceEntry[]>, name: string, trace: TraceEntry): void {
  const known = map.get(name);
  if (known) known.push(trace);
  else map.set(name, [trace]);
}
