import type { TextRange } from '../model/text';
import { endOfLine, endOfString } from './pythonScan';
import { harmless } from './repairBrackets';

/** Text that was put in, at an offset of the text as it was written. */
export interface Insertion {
  readonly at: number;
  readonly text: string;
}

export interface RepairedHeaders {
  readonly text: string;
  readonly inserted: readonly Insertion[];
  /** The lines that were mended, where they are written. */
  readonly mended: readonly TextRange[];
}

/** Words that begin a statement with a block of its own; no other statement begins with one. */
const HEADER_WORDS: ReadonlySet<string> = new Set(
  'if elif else for while with try except finally def class'.split(' '),
);
/** Words behind which an expression has to come. */
const OPEN_WORDS: ReadonlySet<string> = new Set('if elif while with in and or not is'.split(' '));
const MAX_REPAIRS = 20;

/**
 * While the first line of a block is being typed its colon is not there yet, or its block, and to a parser the function around
 * it may end there. Such lines get what they lack. One that names nothing yet (`def`) becomes `pass`.
 * @returns null when no line lacks anything
 */
export function repairHeaders(text: string): RepairedHeaders | null {
  const lines = scanLines(text);
  const inserted: Insertion[] = [];
  const mended: TextRange[] = [];
  let blanked = text;
  lines.forEach((line, i) => {
    if (inserted.length >= MAX_REPAIRS || !HEADER_WORDS.has(line.word)) return;
    const next = lines[i + 1];
    const hasBlock = next !== undefined && next.indentation > line.indentation;
    const missing =
      line.colon === null ? findMissing(line, text, hasBlock) : line.colon + 1 < line.end || hasBlock ? '' : 'pass';
    if (missing === '') return;
    mended.push({ start: line.start, end: line.end });
    if (missing !== null) inserted.push({ at: line.end, text: missing });
    else blanked = blanked.slice(0, line.start) + harmless(text.slice(line.start, line.end)) + blanked.slice(line.end);
  });
  if (mended.length === 0) return null;
  return { text: insertAll(blanked, inserted), inserted, mended };
}

function insertAll(text: string, inserted: readonly Insertion[]): string {
  let from = 0;
  const pieces = inserted.map(({ at, text: added }) => {
    const piece = text.slice(from, at) + added;
    from = at;
    return piece;
  });
  return pieces.join('') + text.slice(from);
}

/** The offset in the text as it was written, of one in the text with the insertions. */
export function placeBeforeInsertions(inserted: readonly Insertion[], offset: number): number {
  let place = offset;
  for (const { at, text } of inserted) {
    if (place <= at) break;
    place = Math.max(at, place - text.length);
  }
  return place;
}

/** The offset in the text with the insertions, of one in the text as it was written. */
export function placeAfterInsertions(inserted: readonly Insertion[], offset: number): number {
  return inserted.reduce((place, { at, text }) => (at <= offset ? place + text.length : place), offset);
}

/** What a header without its colon lacks; null for one that names nothing yet. */
function findMissing(line: LogicalLine, text: string, hasBlock: boolean): string | null {
  const words = text.slice(line.start, line.end);
  const block = hasBlock ? ':' : ':pass';
  if (line.word === 'def') return words.includes('(') ? block : null;
  if (line.word === 'class' && line.last === 'class') return null;
  if (line.word === 'for' && !line.hasIn) return line.last === 'for' ? null : ` in ...${block}`;
  if (words.endsWith('.')) return `_${block}`;
  return OPEN_WORDS.has(line.last) || /[=<>+\-*/%|&^~,]$/.test(words) ? ` ...${block}` : block;
}

/** A line as Python reads it: brackets and backslashes make one of several. */
interface LogicalLine {
  readonly start: number;
  readonly indentation: number;
  /** The word that it begins with, `async` left out. */
  readonly word: string;
  /** Behind the last thing in it that is no comment. */
  end: number;
  /** The last word outside brackets, if nothing follows it. */
  last: string;
  /** The colon that its block follows; null when there is none. */
  colon: number | null;
  /** There is an `in` outside brackets. */
  hasIn: boolean;
}

function scanLines(text: string): LogicalLine[] {
  const lines: LogicalLine[] = [];
  let line: LogicalLine | null = null;
  let depth = 0;
  let lambdas = 0;
  let at = 0;
  while (at < text.length) {
    const char = text[at] ?? '';
    if (char === '\n' && depth === 0) line = null;
    if (/\s/.test(char)) at++;
    else if (char === '#') at = endOfLine(text, at);
    else if (char === '\\') at += text[at + 1] === '\r' ? 3 : 2;
    else {
      if (!line) {
        lines.push((line = startLine(text, at)));
        lambdas = 0;
      }
      const word = depth === 0 ? wordAt(text, at) : '';
      if (word === 'lambda') lambdas++;
      if (word === 'in') line.hasIn = true;
      if (depth === 0 && char === ':' && text[at + 1] !== '=') {
        if (lambdas > 0) lambdas--;
        else line.colon ??= at;
      }
      if ('([{'.includes(char)) depth++;
      if (')]}'.includes(char)) depth = Math.max(0, depth - 1);
      at = char === '"' || char === "'" ? endOfString(text, at) : at + Math.max(word.length, 1);
      line.last = word;
      line.end = at;
    }
  }
  return lines;
}

function startLine(text: string, start: number): LogicalLine {
  const first = wordAt(text, start);
  const rest = text.slice(start + first.length, start + first.length + 80);
  const word = first === 'async' ? wordAt(rest, rest.length - rest.trimStart().length) : first;
  const indentation = start - (text.lastIndexOf('\n', start - 1) + 1);
  return { start, indentation, word, end: start, last: '', colon: null, hasIn: false };
}

const WORD = /[\p{L}\p{N}_]+/uy;

/** The name or keyword that starts at an offset; "" for anything else. */
function wordAt(text: string, at: number): string {
  WORD.lastIndex = at;
  return WORD.exec(text)?.[0] ?? '';
}
