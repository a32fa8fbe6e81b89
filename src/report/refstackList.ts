import type { Guideline, GuidelineTest } from '../model/guideline';
import type { TestCase } from '../model/testCase';
import type { TraceEntry } from '../model/trace';
import { compareText, sortedUnique } from './places';
import { printAttributes } from './testsReport';

/** A line of a list: an entry under its key or one of its aliases. */
export interface ListedName {
  readonly entry: GuidelineTest;
  readonly name: string;
}

/** Schemas whose tests are plain lists of names, without ids. */
const NAME_LISTS: readonly string[] = ['1.0', '1.2'];

/**
 * The lines of RefStack's `GET /v1/guidelines/<file>/tests`, in its order: `name[id as written]`, empty brackets where the
 * entry has no id, bare names in schemas whose tests are plain lists. Duplicates are kept.
 * @param selected the chosen names of the guideline, in any order
 */
export function listRefstackLines(guideline: Guideline, selected: readonly ListedName[]): readonly string[] {
  const bare = NAME_LISTS.includes(guideline.schemaVersion.value);
  return selected
    .map(({ entry, name }) => (bare ? name : `${name}[${entry.idAsWritten?.value ?? ''}]`))
    .sort(compareText);
}

/** Runtime tests of today for the chosen entries, and the entries that no live test answers. */
export interface CurrentTests {
  /** Each once, by name. */
  readonly tests: readonly TestCase[];
  /** Names as written, sorted. */
  readonly missing: readonly string[];
}

/**
 * The tests that the chosen entries name today.
 * @param trace the same guideline's entries joined to the workspace
 */
export function findCurrentTests(trace: readonly TraceEntry[], selected: readonly ListedName[]): CurrentTests {
  const chosen = new Set(selected.map(({ entry }) => entry));
  const traced = trace.filter(({ entry }) => chosen.has(entry));
  const byName = new Map(traced.flatMap(({ target }) => (target ? [[target.name, target] as const] : [])));
  const tests = [...byName.values()].sort((a, b) => compareText(a.name, b.name));
  const missing = traced.filter(({ target }) => target === null).map(({ entry }) => entry.name.value);
  return { tests, missing: sortedUnique(missing) };
}

/**
 * Lines for stestr's `--load-list`: the names that `stestr list` prints, with testtools' attributes in brackets; a bare name
 * is no test to stestr when the test has attributes.
 */
export function listLoadLines(tests: readonly TestCase[]): readonly string[] {
  return tests.map((test) => `${test.name}${printAttributes(test.attrs, test.ids)}`);
}
