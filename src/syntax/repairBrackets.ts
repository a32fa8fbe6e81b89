import type { TextRange } from '../model/text';
import { endOfLine, endOfString } from './pythonScan';

/** A text of the same length in which statements with a bracket that is never closed have become `pass`, and where they stood. */
export interface RepairedBrackets {
  readonly text: string;
  readonly replaced: readonly TextRange[];
}

/** Words that begin a statement and never stand at the start of a line inside brackets. */
const STATEMENT_WORDS: ReadonlySet<string> = new Set(
  'def class return raise import while with try pass del global assert elif except finally break continue'.split(' '),
);
const MAX_REPAIRS = 20;

/**
 * While a call is being typed its bracket is open, and to a parser everything up to the next closing one belongs to it: the
 * functions below would be lost. Such a statement is told by a `def`, `class` or the like inside brackets, or by the end of the
 * file, and made harmless.
 * @returns null when no bracket is left open
 */
export function repairBrackets(text: string): RepairedBrackets | null {
  const replaced: TextRange[] = [];
  let repaired = text;
  for (let count = 0; count < MAX_REPAIRS; count++) {
    const open = findOpenStatement(repaired);
    if (!open) break;
    replaced.push(open);
    repaired =
      repaired.slice(0, open.start) + harmless(repaired.slice(open.start, open.end)) + repaired.slice(open.end);
  }
  return replaced.length > 0 ? { text: repaired, replaced } : null;
}

/** `pass` and spaces; line ends stay where they are. */
export function harmless(statement: string): string {
  const blank = statement.replace(/[^\r\n]/g, ' ');
  return /^ {4}/.test(blank) ? `pass${blank.slice(4)}` : blank;
}

function findOpenStatement(text: string): TextRange | null {
  const scan = new BracketScan(text);
  const end = scan.run();
  return end === null ? null : { start: scan.statementStart, end: endOfStatement(text, scan.statementStart, end) };
}

/** The statement goes on as long as its lines are indented more than its first one, and at most to `limit`. */
function endOfStatement(text: string, start: number, limit: number): number {
  const indentation = start - (text.lastIndexOf('\n', start - 1) + 1);
  let lineEnd = endOfLine(text, start);
  while (lineEnd < limit) {
    const next = lineEnd + 1;
    const nextEnd = endOfLine(text, next);
    const line = text.slice(next, nextEnd);
    const width = line.length - line.trimStart().length;
    if (line.trim() !== '' && (next + width >= limit || (width <= indentation && !/^[)\]}]/.test(line.trimStart()))))
      break;
    if (nextEnd > limit) break;
    lineEnd = nextEnd;
  }
  return Math.min(lineEnd, text.length);
}

/** One pass over the tokens that matter here: strings, comments, brackets, line ends. */
class BracketScan {
  /** Where the statement that is being read began. */
  statementStart = 0;
  private at = 0;
  private depth = 0;

  constructor(private readonly text: string) {}

  /** @returns where it showed that a bracket is never closed; null when all are closed */
  run(): number | null {
    this.startLine();
    while (this.at < this.text.length) {
      const char = this.text[this.at] ?? '';
      if (char === '#') this.at = endOfLine(this.text, this.at);
      else if (char === '"' || char === "'") this.at = endOfString(this.text, this.at);
      else if ('([{'.includes(char)) this.move(1);
      else if (')]}'.includes(char)) this.move(-1);
      else if (char === '\n') {
        this.at++;
        const word = this.startLine();
        if (this.depth > 0 && STATEMENT_WORDS.has(word)) return this.at;
      } else this.at += char === '\\' ? 2 : 1;
    }
    return this.depth > 0 ? this.text.length : null;
  }

  private move(by: number): void {
    this.depth = Math.max(0, this.depth + by);
    this.at++;
  }

  /** Skips the indentation. @returns the first word of the line */
  private startLine(): string {
    while (this.text[this.at] === ' ' || this.text[this.at] === '\t') this.at++;
    const word = /^[a-z]+(?![\w])/.exec(this.text.slice(this.at, this.at + 12))?.[0] ?? '';
    const char = this.text[this.at];
    if (this.depth === 0 && char !== '\n' && char !== '\r' && char !== '#') this.statementStart = this.at;
    return word;
  }
}
