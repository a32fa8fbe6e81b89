import type { Finding } from '../../model/finding';
import type { TestCase } from '../../model/testCase';
import type { NamedTest, TestList, TestListEntry } from '../../model/testList';
import type { TextRange } from '../../model/text';
import { compilePythonPattern } from './pythonPattern';
import { TEST_LIST_RULES, type TestListRuleId } from './testListRules';

/** The tests of the workspace, as lists ask for them. */
export interface ListedTests {
  readonly byName: ReadonlyMap<string, TestCase>;
  readonly byId: ReadonlyMap<string, readonly TestCase[]>;
  /** Top-level packages: a name from another one says nothing of the workspace. */
  readonly packages: ReadonlySet<string>;
  /** `name[attribute,id-uuid]` of every test, as `stestr list` prints them. */
  readonly lines: readonly string[];
}

/** Indexes tests for lists. */
export function indexListedTests(tests: readonly TestCase[]): ListedTests {
  const byId = new Map<string, TestCase[]>();
  for (const test of tests) for (const id of test.ids) byId.set(id, [...(byId.get(id) ?? []), test]);
  return {
    byName: new Map(tests.map((test) => [test.name, test])),
    byId,
    packages: new Set(tests.map(({ name }) => name.split('.')[0] ?? '')),
    lines: tests.map((test) => `${test.name}${printSuffix(test)}`),
  };
}

/** The attributes of a test as testtools puts them behind its name: sorted, in brackets; "" for none. */
export function printSuffix({ attrs, ids }: TestCase): string {
  const all = [...attrs, ...ids.map((id) => `id-${id}`)].sort();
  return all.length === 0 ? '' : `[${all.join(',')}]`;
}

/**
 * Every finding of a list, by place. Without tests (an incomplete index) only what the list says by itself: repetitions,
 * broken expressions, brackets in expressions.
 */
export function lintTestList(list: TestList, tests: ListedTests | null): Finding[] {
  const findings = [...checkRepeated(list), ...list.entries.flatMap((entry) => checkEntry(list, entry, tests))];
  return findings.sort((a, b) => a.range.start - b.range.start || (a.rule < b.rule ? -1 : 1));
}

function checkEntry(list: TestList, entry: TestListEntry, tests: ListedTests | null): Finding[] {
  if (list.kind === 'patterns') return checkPattern(list, entry, tests);
  return entry.named !== null && tests !== null ? checkName(list, entry.named, tests) : [];
}

function checkName(list: TestList, named: NamedTest, tests: ListedTests): Finding[] {
  const { name, id, idRange, suffix } = named;
  const test = tests.byName.get(name.value);
  const sameId = id === null ? [] : (tests.byId.get(id) ?? []);
  if (test === undefined) return checkUnknownName(list, named, sameId, tests);
  if (id !== null && !test.ids.includes(id)) {
    const owner = sameId[0];
    const whose = owner ? `belongs to ${owner.name}` : 'is carried by no test';
    const carried = test.ids.length > 0 ? `; the named test has ${test.ids.join(', ')}` : '';
    return [report(list, 'IL505', idRange ?? name.range, `This id ${whose}${carried}.`)];
  }
  const wanted = printSuffix(test);
  if (suffix === null) {
    if (wanted === '') return [];
    const message = `--load-list compares whole lines: it finds this test only as ${test.name}${wanted}.`;
    return [report(list, 'IL501', name.range, message)];
  }
  const written = `[${named.attributes.map(({ value }) => value).join(',')}]`;
  if (written === wanted) return [];
  return [
    report(list, 'IL502', suffix, `The test has ${wanted || 'no attributes'} today; --load-list compares whole lines.`),
  ];
}

function checkUnknownName(
  list: TestList,
  { name, id }: NamedTest,
  sameId: readonly TestCase[],
  tests: ListedTests,
): Finding[] {
  const [today] = sameId;
  if (today !== undefined) return [report(list, 'IL504', name.range, `The test is called ${today.name} today.`)];
  if (!tests.packages.has(name.value.split('.')[0] ?? '')) return [];
  const message = `No test is called ${name.value}${id === null ? '' : ', and none has its id'}.`;
  return [report(list, 'IL503', name.range, message)];
}

function checkPattern(list: TestList, { text, named }: TestListEntry, tests: ListedTests | null): Finding[] {
  if (named?.suffix) {
    const message =
      'In a regular expression brackets are a set of letters: escape them as \\[ and \\], or leave them out.';
    return [report(list, 'IL509', named.suffix, message)];
  }
  const pattern = compilePythonPattern(text.value);
  if (pattern === null) return [report(list, 'IL508', text.range, `"${text.value}" is no regular expression.`)];
  if (tests === null || tests.lines.length === 0 || tests.lines.some((line) => pattern.test(line))) return [];
  return [report(list, 'IL507', text.range, 'No test of the workspace matches this.')];
}

/** The first stays; every later one is told. */
function checkRepeated(list: TestList): Finding[] {
  const first = new Map<string, TestListEntry>();
  return list.entries.flatMap((entry): Finding[] => {
    const key = list.kind === 'names' && entry.named ? entry.named.name.value + entry.named.scenario : entry.text.value;
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, entry);
      return [];
    }
    const range = entry.named?.name.range ?? entry.text.range;
    const related = [{ uri: list.uri, range: earlier.text.range, message: 'The first one.' }];
    return [{ ...report(list, 'IL506', range, `This stands on line ${earlier.line + 1} already.`), related }];
  });
}

function report(list: TestList, rule: TestListRuleId, range: TextRange, message: string): Finding {
  const severity = TEST_LIST_RULES.find(({ id }) => id === rule)?.severity ?? 'warning';
  return {
    rule,
    severity,
    // Python's expressions and JavaScript's differ in corners.
    confidence: rule === 'IL507' || rule === 'IL508' ? 'likely' : 'certain',
    message,
    uri: list.uri,
    range,
    related: [],
    fixes: [],
    suppressed: false,
    suppressionReason: null,
    flows: [],
  };
}
