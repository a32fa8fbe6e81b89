import type { TestCase } from '../../model/testCase';
import type { NamedTest } from '../../model/testList';
import { compilePythonPattern, type PythonPattern } from './pythonPattern';

/** The tests of the workspace, as lists ask for them. */
export interface ListedTests {
  readonly tests: readonly TestCase[];
  readonly byName: ReadonlyMap<string, TestCase>;
  readonly byId: ReadonlyMap<string, readonly TestCase[]>;
  /** Top-level packages: a name from another one says nothing of the workspace. */
  readonly packages: ReadonlySet<string>;
  /** `name[attribute,id-uuid]` of every test, as `stestr list` prints them; one a line, in the order of `tests`. */
  readonly lines: readonly string[];
  readonly text: string;
  /** What was found out of an expression stays for as long as the tests do: lists are checked on every edit. */
  readonly patterns: Map<string, PatternVerdict>;
}

export interface PatternVerdict {
  readonly pattern: PythonPattern;
  /** False when no test matches; true when some may, or when it cannot be told. */
  readonly isAlive: boolean;
}

/** Indexes tests for lists. */
export function indexListedTests(tests: readonly TestCase[]): ListedTests {
  const byId = new Map<string, TestCase[]>();
  for (const test of tests) {
    for (const id of test.ids) {
      const owners = byId.get(id);
      if (owners) owners.push(test);
      else byId.set(id, [test]);
    }
  }
  const lines = tests.map((test) => `${test.name}${printSuffix(test)}`);
  return {
    tests,
    byName: new Map(tests.map((test) => [test.name, test])),
    byId,
    packages: new Set(tests.map(({ name }) => name.split('.')[0] ?? '')),
    lines,
    text: lines.join('\n'),
    patterns: new Map(),
  };
}

/** The attributes of a test as testtools puts them behind its name: sorted, in brackets; "" for none. */
export function printSuffix({ attrs, ids }: TestCase): string {
  const all = [...attrs, ...ids.map((id) => `id-${id}`)].sort();
  return all.length === 0 ? '' : `[${all.join(',')}]`;
}

/** The tests that a line names: the one of its name, else those of its id. Empty when there is none. */
export function resolveNamed({ name, id }: NamedTest, tests: ListedTests): readonly TestCase[] {
  const test = tests.byName.get(name.value);
  if (test) return [test];
  return id === null ? [] : (tests.byId.get(id) ?? []);
}

/** Whether an expression selects anything, asked once for each. */
export function judgePattern(expression: string, tests: ListedTests): PatternVerdict {
  let verdict = tests.patterns.get(expression);
  if (!verdict) {
    const pattern = compilePythonPattern(expression);
    const isAlive = pattern.k !== 'known' || tests.lines.length === 0 || pattern.mayMatchIn(tests.text);
    tests.patterns.set(expression, (verdict = { pattern, isAlive }));
  }
  return verdict;
}

/** The tests that an expression selects; null when that cannot be told exactly. */
export function selectByPattern(expression: string, tests: ListedTests): readonly TestCase[] | null {
  const { pattern, isAlive } = judgePattern(expression, tests);
  if (!isAlive) return [];
  if (pattern.k !== 'known' || !pattern.isExact) return null;
  return tests.tests.filter((_, index) => pattern.matches(tests.lines[index] ?? ''));
}
