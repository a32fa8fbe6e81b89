import { getLocation } from 'jsonc-parser';
import type { TextRange } from '../model/text';

/** Where an offset stands in a JSON text, whole or half typed. */
export interface JsonPlace {
  /** Keys and indices from the root down; for a key its own text is the last. */
  readonly path: readonly (string | number)[];
  readonly isKey: boolean;
  /** The string, number or word at the offset with its quotes; empty where nothing is written yet. */
  readonly range: TextRange;
  /** What is written before the offset, without the quote that opens it. */
  readonly typed: string;
  /** True when a string or key is written there, closed or not. */
  readonly quoted: boolean;
  /** For a key: true when a colon follows, so that its value stands there already. */
  readonly hasValue: boolean;
}

/**
 * The place of an offset. Reads the text up to there alone, by jsonc-parser's scanner, so a text that is broken behind or
 * before it is no hindrance; linear in the offset. Null behind a finished value.
 */
export function findJsonPlace(text: string, offset: number): JsonPlace | null {
  const { path, previousNode, isAtPropertyKey } = getLocation(text, offset);
  // A node that ends right before the offset is only the one at hand when the caret may go on typing in it.
  const node =
    previousNode !== undefined && previousNode.type !== 'object' && previousNode.type !== 'array'
      ? previousNode
      : undefined;
  const quoted = node?.type === 'string' || node?.type === 'property';
  if (node === undefined || offset <= node.offset) return placeOfWord(text, offset, path, isAtPropertyKey);
  const range = { start: node.offset, end: endOfToken(text, node.offset, node.length) };
  // Behind a closed string nothing fits but a comma.
  if (offset > range.end || (quoted && offset === range.end && isClosed(text, range))) return null;
  const typed = text.slice(node.offset + (quoted ? 1 : 0), offset);
  return { path, isKey: isAtPropertyKey, range, typed, quoted, hasValue: isFollowedByColon(text, range.end) };
}

/** Where no string is: the bare word before the offset, or nothing. */
function placeOfWord(text: string, offset: number, path: JsonPlace['path'], isKey: boolean): JsonPlace {
  const typed = /[\w.-]*$/.exec(text.slice(Math.max(0, offset - 200), offset))?.[0] ?? '';
  return { path, isKey, range: { start: offset - typed.length, end: offset }, typed, quoted: false, hasValue: false };
}

function isFollowedByColon(text: string, offset: number): boolean {
  let at = offset;
  while (at < text.length && ' \t\r\n'.includes(text[at] ?? '')) at++;
  return text[at] === ':';
}

function isClosed(text: string, { start, end }: TextRange): boolean {
  return /^"(?:[^"\\]|\\.)*"$/s.test(text.slice(start, end));
}

/**
 * An unclosed string runs to the end of its line for the scanner; what stands there behind the caret is no part of it but
 * the commas and brackets of the file, so the token ends before them.
 */
function endOfToken(text: string, start: number, length: number): number {
  const written = text.slice(start, start + length);
  if (!written.startsWith('"') || isClosed(text, { start, end: start + length })) return start + length;
  return start + written.replace(/[\s,\]}:]+$/, '').length;
}
