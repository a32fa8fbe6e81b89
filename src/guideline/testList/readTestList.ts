import type { Ranged } from '../../model/guideline';
import type { NamedTest, TestList, TestListEntry } from '../../model/testList';
import { parseTestId } from '../testId';

/** `package.module.Class.test_x`, brackets, parentheses: what stands in a list of names, and nothing else on its line. */
const NAMED = /^([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+)(\[[^\][]*\])?(\([^()]*\))?(\[[^\][]*\])?$/;
/** What only a regular expression has: a dot and brackets alone stand in names too. */
const EXPRESSION = /[\\^$*+?|{}]|\[[^\]]*\^|\(\?/;
/** What makes a line one about tests rather than about anything else. */
const TEST_WORD = /(^|[^A-Za-z0-9])(test_|Test[A-Z]|tempest)|tempest_plugin/;
/** Two segments with a dot between them, which an expression may escape. */
const DOTTED = /\w\\?\.[\w(*]/;
/** No test's name comes near it: what is longer is other text, and is not matched against anything. */
const MAX_LINE = 1000;
/** More of the lines than this must be of a list, so that prose and requirements are none. */
const LIST_SHARE = 0.8;

/** Decides by content whether a text is a list of tests: nearly every line names a test, or selects some by a pattern. */
export function detectTestList(text: string): boolean {
  const lines = splitLines(text).map(({ value }) => withoutComment(value));
  const told = lines.filter((line) => line !== '');
  const hits = told.filter(
    (line) => line.length <= MAX_LINE && !/\s/.test(line) && TEST_WORD.test(line) && isSelector(line),
  );
  return hits.length > 0 && hits.length >= told.length * LIST_SHARE;
}

function isSelector(line: string): boolean {
  const segments = NAMED.exec(line)?.[1]?.split('.') ?? [];
  return segments.length >= 3 || (EXPRESSION.test(line) && DOTTED.test(line));
}

/**
 * Reads a list of tests. Offsets count in UTF-16 code units of `text`. In a list of patterns `#` starts a comment anywhere,
 * as stestr has it; in a list of names a whole line may be one. Never throws.
 */
export function readTestList(uri: string, text: string): TestList {
  const lines = splitLines(text);
  const isPattern = (line: string): boolean =>
    line !== '' && line.length <= MAX_LINE && !NAMED.test(line) && EXPRESSION.test(line);
  const kind = lines.some(({ value }) => isPattern(withoutComment(value))) ? 'patterns' : 'names';
  const entries = lines.flatMap((line, index): TestListEntry[] => {
    const selector = trim(line, withoutComment(line.value));
    if (selector.value === '') return [];
    return [{ line: index, text: selector, named: readName(selector), comment: readComment(line) }];
  });
  return { uri, kind, entries };
}

/** `name[attributes](scenario)`; null for anything else. */
function readName(text: Ranged<string>): NamedTest | null {
  const match = text.value.length > MAX_LINE ? null : NAMED.exec(text.value);
  const [, name = '', before = '', scenario = '', behind = ''] = match ?? [];
  if (match === null || (before !== '' && behind !== '')) return null;
  const { start } = text.range;
  const suffix = before || behind;
  const suffixStart = start + name.length + (before === '' ? scenario.length : 0);
  const attributes = readAttributes(suffix, suffixStart);
  const withId = attributes.find(({ value }) => parseTestId(value).id !== null);
  return {
    name: { value: name, range: { start, end: start + name.length } },
    suffix: suffix === '' ? null : { start: suffixStart, end: suffixStart + suffix.length },
    attributes,
    id: withId ? parseTestId(withId.value).id : null,
    idRange: withId?.range ?? null,
    scenario,
  };
}

function readAttributes(suffix: string, start: number): Ranged<string>[] {
  const result: Ranged<string>[] = [];
  let offset = start + 1;
  for (const part of suffix.slice(1, -1).split(',')) {
    const value = part.trim();
    const from = offset + part.indexOf(value);
    if (value !== '') result.push({ value, range: { start: from, end: from + value.length } });
    offset += part.length + 1;
  }
  return result;
}

function readComment(line: Ranged<string>): Ranged<string> | null {
  const at = line.value.indexOf('#');
  if (at < 0) return null;
  const { start } = line.range;
  const comment = line.value.slice(at + 1);
  return trim({ value: comment, range: { start: start + at + 1, end: start + line.value.length } }, comment);
}

function withoutComment(line: string): string {
  const at = line.indexOf('#');
  return (at < 0 ? line : line.slice(0, at)).trim();
}

/** The stretch of a line that a trimmed part of it, taken from its start, has. */
function trim(line: Ranged<string>, part: string): Ranged<string> {
  const value = part.trim();
  const start = line.range.start + line.value.indexOf(value);
  return { value, range: { start, end: start + value.length } };
}

function splitLines(text: string): Ranged<string>[] {
  const result: Ranged<string>[] = [];
  let start = text.startsWith('\ufeff') ? 1 : 0;
  for (const match of text.matchAll(/\r\n|\r|\n|$/g)) {
    if (match.index < start) continue;
    result.push({ value: text.slice(start, match.index), range: { start, end: match.index } });
    start = match.index + match[0].length;
  }
  return result;
}
