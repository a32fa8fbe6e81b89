import { createScanner, type Node, parseTree, type ParseError } from 'jsonc-parser';
import type { Ranged } from '../model/guideline';
import type { TextRange } from '../model/text';

/** Deeper JSON is refused before it is parsed: no guideline nests beyond ten levels, and the parser recurses. */
const MAX_DEPTH = 200;

/** jsonc-parser's codes (a const enum there, which isolated modules cannot read), with what a user can do about each. */
const ERROR_MESSAGES: Readonly<Record<number, string>> = {
  1: 'This is no JSON value.',
  2: 'This is no valid number.',
  3: 'A key in double quotes is expected here (is there a comma too many?).',
  4: 'A value is expected here.',
  5: 'A colon is expected between a key and its value.',
  6: 'A comma is missing before this.',
  7: 'The closing brace "}" is missing.',
  8: 'The closing bracket "]" is missing.',
  9: 'The JSON ends before this; what follows is not read.',
  10: 'JSON has no comments.',
  11: 'This comment is never closed.',
  12: 'This string is never closed (a line break inside a string is written \\n).',
  13: 'This number is cut off.',
  14: 'This \\u escape needs four hexadecimal digits.',
  15: 'This escape is not one of \\" \\\\ \\/ \\b \\f \\n \\r \\t \\u.',
  16: 'A control character must be escaped in a string.',
};
const COMMENT_ERROR = 10;

/** jsonc-parser's token kinds, likewise. */
const Token = { openBrace: 1, closeBrace: 2, openBracket: 3, closeBracket: 4, end: 17 } as const;

export interface JsonError {
  readonly range: TextRange;
  readonly message: string;
  /** True for what loses nothing: a comment. */
  readonly harmless: boolean;
}

export interface ParsedJson {
  /** Undefined when there is no value at all. After errors it holds what the parser could save. */
  readonly root: Node | undefined;
  /** By place, at most one for each place. */
  readonly errors: readonly JsonError[];
}

/** Parses JSON as far as it can be read: comments and a byte order mark are skipped, errors collected. Never throws. */
export function parseJson(text: string): ParsedJson {
  // jsonc-parser takes a byte order mark for a wrong character; a blank in its place keeps every offset.
  const source = text.charCodeAt(0) === 0xfeff ? ` ${text.slice(1)}` : text;
  const tooDeep = findTooDeep(source);
  if (tooDeep !== null) {
    const message = `The JSON is nested more than ${MAX_DEPTH} levels deep here and is not read.`;
    return { root: undefined, errors: [{ range: tooDeep, message, harmless: false }] };
  }
  const errors: ParseError[] = [];
  const root = parseTree(source, errors, { disallowComments: true, allowTrailingComma: false });
  clampEnds(root, source.length);
  return { root, errors: describeErrors(errors, source.length) };
}

/**
 * The scanner steps one past the end of a text that breaks off inside a comment, and every value that is still open there
 * ends with it: these are the last children, down from the root.
 */
function clampEnds(root: Node | undefined, textLength: number): void {
  for (let node = root; node !== undefined; node = node.children?.[node.children.length - 1]) {
    (node as { length: number }).length = Math.min(node.length, textLength - node.offset);
  }
}

function describeErrors(errors: readonly ParseError[], textLength: number): JsonError[] {
  const result: JsonError[] = [];
  const seen = new Set<number>();
  for (const { error, offset, length } of errors) {
    // One slip makes the parser complain several times at the same place; the first complaint names the cause.
    if (seen.has(offset)) continue;
    seen.add(offset);
    result.push({
      range: { start: Math.min(offset, textLength), end: Math.min(offset + length, textLength) },
      message: ERROR_MESSAGES[error] ?? 'This is no valid JSON.',
      harmless: Number(error) === COMMENT_ERROR,
    });
  }
  return result.sort((a, b) => a.range.start - b.range.start);
}

/** The first bracket beyond the depth that is read, or null. A closer that does not match closes nothing, as for the parser. */
function findTooDeep(text: string): TextRange | null {
  const scanner = createScanner(text, true);
  const open: number[] = [];
  for (let token = Number(scanner.scan()); token !== Token.end; token = Number(scanner.scan())) {
    if (token === Token.openBrace || token === Token.openBracket) open.push(token);
    // A closer's number is its opener's plus one.
    else if ((token === Token.closeBrace || token === Token.closeBracket) && open.at(-1) === token - 1) open.pop();
    if (open.length > MAX_DEPTH) return { start: scanner.getTokenOffset(), end: scanner.getTokenOffset() + 1 };
  }
  return null;
}

/** The whole node; an unfinished one (length unknown to the parser) ends with its last child. */
export function rangeOfNode(node: Node): TextRange {
  if (node.length >= 0) return { start: node.offset, end: node.offset + node.length };
  const last = node.children?.[node.children.length - 1];
  return { start: node.offset, end: last === undefined ? node.offset + 1 : rangeOfNode(last).end };
}

/** A string node's value with the range between its quotes; null for any other node. */
export function stringOf(text: string, node: Node | null | undefined): Ranged<string> | null {
  if (node === null || node === undefined || node.type !== 'string') return null;
  const { start, end } = rangeOfNode(node);
  const closed = end - start >= 2 && text[end - 1] === '"' && !isEscaped(text, end - 1);
  return { value: String(node.value), range: { start: start + 1, end: Math.max(start + 1, closed ? end - 1 : end) } };
}

function isEscaped(text: string, offset: number): boolean {
  let backslashes = 0;
  while (text[offset - 1 - backslashes] === '\\') backslashes++;
  return backslashes % 2 === 1;
}

export function booleanOf(node: Node | null): Ranged<boolean> | null {
  return node?.type === 'boolean' ? { value: node.value === true, range: rangeOfNode(node) } : null;
}

/** The elements of an array; empty for anything else. */
export function elementsOf(node: Node | null): readonly Node[] {
  return node?.type === 'array' ? (node.children ?? []) : [];
}

/** A property as written. `value` is null when the text breaks off behind the key. */
export interface JsonProperty {
  readonly key: Ranged<string>;
  readonly value: Node | null;
  /** Key and value. */
  readonly range: TextRange;
}

/** Every property of an object in order, duplicates included; empty for anything else. */
export function propertiesOf(text: string, node: Node | null | undefined): JsonProperty[] {
  const result: JsonProperty[] = [];
  if (node?.type !== 'object') return result;
  for (const property of node.children ?? []) {
    const key = stringOf(text, property.children?.[0]);
    if (key !== null) result.push({ key, value: property.children?.[1] ?? null, range: rangeOfNode(property) });
  }
  return result;
}

/** The value of a key, the last one when the key stands twice (as Python's and JavaScript's parsers do). */
export function valueOf(text: string, node: Node | null | undefined, key: string): Node | null {
  let found: Node | null = null;
  for (const property of propertiesOf(text, node)) if (property.key.value === key) found = property.value;
  return found;
}
