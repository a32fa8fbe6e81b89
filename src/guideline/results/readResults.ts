import type { TestOutcome, TestResult, TestResults } from '../../model/testResults';
import { parseTestId } from '../testId';
import { looksLikeSubunit, readSubunit, type SubunitStatus } from './readSubunit';
import { ResultsError } from './resultsError';

/** Statuses that end a test. An unexpected success or an expected failure is no pass: RefStack counts successes alone. */
const OUTCOMES: Readonly<Partial<Record<SubunitStatus, TestOutcome>>> = {
  success: 'passed',
  fail: 'failed',
  uxsuccess: 'failed',
  xfail: 'failed',
  skip: 'skipped',
};

/** A class-level fixture as unittest and testtools name it: `setUpClass (package.module.Class)`. */
const CLASS_FIXTURE = /^(?:setUpClass|tearDownClass) \((.+)\)$/;

/**
 * Reads results in any of three forms, told apart by their first byte: a subunit v2 stream; the JSON that refstack-client
 * uploads (`{"results": [{"name", "uuid"}]}`); else a list of passed tests, one a line, with or without attributes in
 * brackets, blank lines and `#` comments passed over.
 * @throws ResultsError when the form is clear and the content is damaged, and for other binary content.
 */
export function readResults(bytes: Uint8Array): TestResults {
  if (looksLikeSubunit(bytes)) return readStream(bytes);
  const text = decode(bytes);
  const results = text.trimStart().startsWith('{') ? readUpload(text) : readList(text);
  const format = text.trimStart().startsWith('{') ? 'refstack' : 'list';
  return { format, results: keepLast(results), classOutcomes: new Map() };
}

/** A name as lists and streams have it: `name`, `name[id-…,smoke]`, `name(scenario)`, `name[…](scenario)`. */
export function parseListedName(written: string): { readonly name: string; readonly id: string | null } {
  const open = written.indexOf('[');
  const close = written.indexOf(']', open);
  if (open < 0 || close < 0) return { name: written.trim(), id: null };
  const name = `${written.slice(0, open)}${written.slice(close + 1)}`.trim();
  return { name, id: parseTestId(written.slice(open + 1, close)).id };
}

function readStream(bytes: Uint8Array): TestResults {
  const results: TestResult[] = [];
  const classOutcomes = new Map<string, TestOutcome>();
  for (const { testId, status } of readSubunit(bytes)) {
    const outcome = OUTCOMES[status];
    if (testId === null || outcome === undefined) continue;
    const fixture = CLASS_FIXTURE.exec(testId)?.[1];
    if (fixture !== undefined) classOutcomes.set(fixture, outcome);
    else results.push({ ...parseListedName(testId), outcome });
  }
  return { format: 'subunit', results: keepLast(results), classOutcomes };
}

function readList(text: string): TestResult[] {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ ...parseListedName(line), outcome: 'passed' }));
}

function readUpload(text: string): TestResult[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ResultsError(`The results are no valid JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
  const results = isRecord(value) ? value.results : undefined;
  if (!Array.isArray(results)) {
    throw new ResultsError('The JSON has no list "results"; refstack-client writes {"results": [{"name", "uuid"}]}.');
  }
  return results.map((one: unknown, index) => {
    const entry: Record<string, unknown> = isRecord(one) ? one : { name: one };
    if (typeof entry.name !== 'string') throw new ResultsError(`Result ${index + 1} has no "name".`);
    const { name, id } = parseListedName(entry.name);
    const uuid = typeof entry.uuid === 'string' ? parseTestId(entry.uuid).id : null;
    return { name, id: uuid ?? id, outcome: 'passed' };
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A test that was run again counts as it ended; its id may stand in one of the lines only. */
function keepLast(results: readonly TestResult[]): TestResult[] {
  const byName = new Map<string, TestResult>();
  for (const result of results)
    byName.set(result.name, { ...result, id: result.id ?? byName.get(result.name)?.id ?? null });
  return [...byName.values()];
}

function decode(bytes: Uint8Array): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // The message below says it.
  }
  throw new ResultsError(
    'The results are neither text in UTF-8 nor a subunit v2 stream. Save them with "stestr last --subunit", or list the passed tests.',
  );
}
