import type { Expr } from '../model/facts';
import type { PythonReader } from './pythonReader';

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\n': '',
};

/** Reads the expression under the cursor: given by the caller, since strings and expressions contain each other. */
type ReadInterpolated = (reader: PythonReader) => Expr;

/** Collects cooked text and where each stretch of it came from. */
class CookedText {
  value = '';
  readonly segments: number[] = [];

  addPlain(text: string, sourceStart: number): void {
    if (text === '') return;
    this.segments.push(this.value.length, this.value.length + text.length, sourceStart, sourceStart + text.length);
    this.value += text;
  }

  addEscape(text: string, sourceStart: number, sourceEnd: number): void {
    if (text === '') return;
    this.segments.push(this.value.length, this.value.length + text.length, sourceStart, sourceEnd);
    this.value += text;
  }
}

/** One escape sequence at `source[at]` (a backslash): its text and length (Python reference, "Escape sequences"). */
function decodeEscape(source: string, at: number, bytes: boolean): { text: string; length: number } {
  const next = source[at + 1] ?? '';
  if (next === '\r') return { text: '', length: source[at + 2] === '\n' ? 3 : 2 };
  const simple = SIMPLE_ESCAPES[next];
  if (simple !== undefined) return { text: simple, length: 2 };
  const digits = { x: 2, u: bytes ? 0 : 4, U: bytes ? 0 : 8 }[next] ?? 0;
  if (digits > 0) {
    const written = source.slice(at + 2, at + 2 + digits);
    const code = written.length === digits ? Number.parseInt(written, 16) : Number.NaN;
    if (Number.isInteger(code) && code <= 0x10ffff) return { text: String.fromCodePoint(code), length: 2 + digits };
  }
  const octal = /^[0-7]{1,3}/.exec(source.slice(at + 1, at + 4));
  if (octal) return { text: String.fromCharCode(Number.parseInt(octal[0], 8)), length: 1 + octal[0].length };
  if (next === 'N' && !bytes && source[at + 2] === '{') {
    const close = source.indexOf('}', at);
    if (close > 0) return { text: '\ufffd', length: close - at + 1 };
  }
  return { text: '\\' + next, length: 1 + next.length };
}

function cook(source: string, sourceStart: number, raw: boolean, bytes: boolean, into: CookedText): void {
  if (raw || !source.includes('\\')) {
    into.addPlain(source, sourceStart);
    return;
  }
  let plainFrom = 0;
  let at = source.indexOf('\\');
  while (at >= 0) {
    into.addPlain(source.slice(plainFrom, at), sourceStart + plainFrom);
    const escape = decodeEscape(source, at, bytes);
    into.addEscape(escape.text, sourceStart + at, sourceStart + at + escape.length);
    plainFrom = at + escape.length;
    at = source.indexOf('\\', plainFrom);
  }
  into.addPlain(source.slice(plainFrom), sourceStart + plainFrom);
}

/** Prefix letters and quotes of a string token: where its content starts and ends, and how to read it. */
function measureString(token: string): { open: number; close: number; raw: boolean; bytes: boolean; format: boolean } {
  let prefix = 0;
  while (prefix < token.length && token[prefix] !== '"' && token[prefix] !== "'") prefix++;
  const letters = token.slice(0, prefix).toLowerCase();
  const quote = token[prefix] ?? '"';
  const width = token.startsWith(quote.repeat(3), prefix) && token.length >= prefix + 6 ? 3 : 1;
  const closed = token.length >= prefix + 2 * width && token.endsWith(quote.repeat(width));
  return {
    open: prefix + width,
    close: closed ? token.length - width : token.length,
    raw: letters.includes('r'),
    bytes: letters.includes('b'),
    format: letters.includes('f'),
  };
}

function finishCooked(cooked: CookedText, s: number, e: number): Expr {
  return { k: 'str', v: cooked.value, segments: cooked.segments, s, e };
}

function appendFormatted(reader: PythonReader, parts: Expr[], readInterpolated: ReadInterpolated): void {
  const start = reader.start;
  const token = reader.nodeText;
  const { open, close, raw, bytes } = measureString(token);
  let from = start + open;
  const addText = (to: number): void => {
    if (to <= from) return;
    const cooked = new CookedText();
    // `{{` and `}}` stand for one brace; each pair is an escape of two source units.
    let at = from;
    const source = reader.text.slice(from, to);
    const pieces = source.split(/(\{\{|\}\})/);
    for (const piece of pieces) {
      if (piece === '{{' || piece === '}}') cooked.addEscape(piece[0] ?? '', at, at + 2);
      else cook(piece, at, raw, bytes, cooked);
      at += piece.length;
    }
    parts.push(finishCooked(cooked, from, to));
  };
  reader.forEachChild((type) => {
    if (type !== 'interpolation') return;
    addText(reader.start);
    from = reader.end;
    let inner: Expr | null = null;
    reader.forEachChild((innerType) => {
      if (inner === null && innerType !== 'type_conversion' && innerType !== 'format_specifier')
        inner = readInterpolated(reader);
    });
    parts.push(inner ?? reader.unknown());
  });
  addText(start + close);
}

/** Reads a `string` or `concatenated_string` node; implicit concatenation becomes one value. */
export function readString(reader: PythonReader, type: string, readInterpolated: ReadInterpolated): Expr {
  const s = reader.start;
  const e = reader.end;
  if (type === 'string') {
    const token = reader.nodeText;
    const measured = measureString(token);
    if (measured.format) {
      const parts: Expr[] = [];
      appendFormatted(reader, parts, readInterpolated);
      return { k: 'fstr', parts, s, e };
    }
    const cooked = new CookedText();
    cook(token.slice(measured.open, measured.close), s + measured.open, measured.raw, measured.bytes, cooked);
    return finishCooked(cooked, s, e);
  }
  const parts: Expr[] = [];
  reader.forEachChild((childType) => {
    if (childType !== 'string') return;
    const part = readString(reader, childType, readInterpolated);
    if (part.k === 'fstr') parts.push(...part.parts);
    else parts.push(part);
  });
  if (parts.every((part) => part.k === 'str')) return joinStrings(parts, s, e);
  return { k: 'fstr', parts, s, e };
}

function joinStrings(parts: readonly Expr[], s: number, e: number): Expr {
  let value = '';
  const segments: number[] = [];
  for (const part of parts) {
    if (part.k !== 'str') continue;
    for (let i = 0; i + 3 < part.segments.length; i += 4) {
      segments.push((part.segments[i] ?? 0) + value.length, (part.segments[i + 1] ?? 0) + value.length);
      segments.push(part.segments[i + 2] ?? 0, part.segments[i + 3] ?? 0);
    }
    value += part.v;
  }
  return { k: 'str', v: value, segments, s, e };
}
