import type { TestCase } from '../model/testCase';
import { compareText, printPlace, type Places } from './places';

/** `interop-lens/tests/1`, see schemas/tests-1.schema.json. */
export interface TestsReport {
  readonly schema: 'interop-lens/tests/1';
  readonly tests: readonly PrintedTest[];
}

export interface PrintedTest {
  readonly name: string;
  readonly ids: readonly string[];
  readonly attrs: readonly string[];
  readonly file: string;
  readonly line: number;
  readonly definedIn: string;
}

/** Every runtime test with its definition site, sorted by file, line and name. */
export function reportTests(tests: readonly TestCase[], places: Places): TestsReport {
  const printed = tests.map((test) => printTest(test, places));
  printed.sort((a, b) => compareText(a.file, b.file) || a.line - b.line || compareText(a.name, b.name));
  return { schema: 'interop-lens/tests/1', tests: printed };
}

/** One line per test, as `stestr list` shows them, for reading. */
export function printTestsText(report: TestsReport): string {
  return report.tests.map((test) => `${test.name}${printAttributes(test.attrs, test.ids)}\n`).join('');
}

/**
 * The bracket that testtools puts behind a runtime name: attributes and `id-` ids, sorted, or nothing where there are none.
 */
export function printAttributes(attrs: readonly string[], ids: readonly string[]): string {
  const attributes = [...attrs, ...ids.map((id) => `id-${id}`)].sort(compareText);
  return attributes.length > 0 ? `[${attributes.join(',')}]` : '';
}

function printTest(test: TestCase, places: Places): PrintedTest {
  const { file, line } = printPlace(places, test.definition.uri, test.definition.nameRange.start);
  return {
    name: test.name,
    ids: test.ids,
    attrs: test.attrs,
    file,
    line,
    definedIn: test.definition.name,
  };
}
