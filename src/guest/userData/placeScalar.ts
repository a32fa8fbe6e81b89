import { Scalar } from 'yaml';
import { printText, type EvaluatedText, type LiteralPart, type TextPart } from '../../model/commandText';
import { sliceText } from '../interpret/textPieces';
import { blockLines } from './blockLines';

/** Escapes of a double-quoted text in YAML, which are more than those of JSON. Source: YAML 1.2, 5.7. */
const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
};
const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([\s\S]))/g;

/**
 * What a scalar of a YAML or JSON text reads as, with the places of its words as far as they stand in the text one by one.
 * @param document the whole text
 * @param printed the same as `printText` shows it: the scalar's range counts in it
 */
export function placeScalar(document: EvaluatedText, printed: string, node: Scalar): EvaluatedText {
  const value = String(node.value);
  const [start, end] = node.range ?? [0, 0];
  const source = printed.slice(start, end);
  if (node.type === Scalar.BLOCK_LITERAL) {
    const lines = blockLines(source, value);
    if (lines) return lines.flatMap((line) => sliceText(document, start + line.start, start + line.end));
  }
  const at = source.indexOf(value);
  if (at >= 0) return sliceText(document, start + at, start + at + value.length);
  const quoted = node.type === Scalar.QUOTE_DOUBLE ? placeEscaped(document, start + 1, source.slice(1, -1)) : null;
  return quoted && printText(quoted) === value ? quoted : [wholeOf(document, value, start, end)];
}

/** A double-quoted text: plain stretches stand one to one, each escape for itself. */
function placeEscaped(document: EvaluatedText, start: number, source: string): EvaluatedText {
  const parts: TextPart[] = [];
  let at = 0;
  for (const match of source.matchAll(ESCAPE)) {
    const [written, short, middle, long, letter] = match;
    parts.push(...sliceText(document, start + at, start + match.index));
    const code = short ?? middle ?? long;
    const text = code === undefined ? (ESCAPES[letter ?? ''] ?? '') : readCodePoint(code);
    at = match.index + written.length;
    if (text !== '') parts.push(wholeOf(document, text, start + match.index, start + at));
  }
  return [...parts, ...sliceText(document, start + at, start + source.length)];
}

/** The character of a hexadecimal number; nothing for a number that is no character. */
function readCodePoint(hexadecimal: string): string {
  const code = Number.parseInt(hexadecimal, 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

/** A text that is written otherwise than it reads (folded, escaped): all of it stands for the whole stretch. */
export function wholeOf(document: EvaluatedText, value: string, start: number, end: number): LiteralPart {
  const written = sliceText(document, start, end);
  const literals = written.flatMap((part) => (part.kind === 'literal' ? [part] : []));
  const segments = literals.flatMap((part) => part.segments);
  const from = segments[0];
  const to = segments[segments.length - 1];
  return {
    kind: 'literal',
    text: value,
    uri: literals[0]?.uri ?? '',
    segments:
      from && to
        ? [{ textStart: 0, textEnd: value.length, sourceStart: from.sourceStart, sourceEnd: to.sourceEnd }]
        : [],
  };
}
