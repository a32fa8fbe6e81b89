import type { Finding } from '../../model/finding';
import type { TestCase } from '../../model/testCase';
import type { NamedTest, TestList, TestListEntry } from '../../model/testList';
import type { TextRange } from '../../model/text';
import { parseTestId } from '../testId';
import { judgePattern, type ListedTests, printSuffix } from './listedTests';
import { compilePythonPattern } from './pythonPattern';
import { TEST_LIST_RULES, type TestListRuleId } from './testListRules';

/**
 * Every finding of a list, by place. Without tests (an incomplete index) only what the list says by itself: repetitions,
 * broken expressions, brackets in expressions.
 */
export function lintTestList(list: TestList, tests: ListedTests | null): Finding[] {
  const found = [...checkRepeated(list), ...list.entries.flatMap((entry) => checkEntry(list, entry, tests))];
  const findings = isLoadList(list) ? found : tellOnce(found);
  return findings.sort((a, b) => a.range.start - b.range.start || (a.rule < b.rule ? -1 : 1));
}

/**
 * True when a list is meant for `--load-list`: some line has attributes beside the id. Lists of bare names and those of
 * RefStack, `name[id-…]`, serve programs that look names up by themselves.
 */
export function isLoadList(list: TestList): boolean {
  return list.entries.some(({ named }) => named?.attributes.some(({ value }) => parseTestId(value).id === null));
}

/** Of a list that is for another program, what `--load-list` would want is said once and not on every line. */
function tellOnce(findings: readonly Finding[]): Finding[] {
  const isAboutForm = ({ rule }: Finding): boolean => rule === 'IL501' || rule === 'IL502';
  return findings.flatMap((finding): Finding[] => {
    if (!isAboutForm(finding)) return [finding];
    const alike = findings.filter(({ rule }) => rule === finding.rule);
    if (alike[0] !== finding) return [];
    const lines = alike.length === 1 ? '' : ` So it is with ${alike.length} lines of this list.`;
    return [{ ...finding, severity: 'info', message: finding.message + lines }];
  });
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
  const pattern = tests === null ? compilePythonPattern(text.value) : judgePattern(text.value, tests).pattern;
  if (pattern.k === 'invalid') return [report(list, 'IL508', text.range, `"${text.value}" is no regular expression.`)];
  if (tests === null || judgePattern(text.value, tests).isAlive) return [];
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
    // Python's expressions and those of the matcher differ in corners.
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
