import type { TextRange } from './text';

/** What a `# noqa` says, wherever it stands. */
export interface Noqa {
  /** Upper-case codes as written (`IL101`, `E501`); empty for a bare `# noqa`. */
  readonly codes: readonly string[];
  readonly reason: string | null;
  /** From `#` to the end of the line, without blanks at the end. */
  readonly range: TextRange;
}

const NOQA = /#\s*noqa(?::\s*(?<codes>[A-Z]+[0-9]+(?:[,\s]+[A-Z]+[0-9]+)*))?(?<rest>[^\n\r]*)/gi;

/** Whatever reads as flake8's `# noqa` in a text. Whether it stands in a comment is for the language's own reader to tell. */
export function findNoqas(text: string): Noqa[] {
  if (!/noqa/i.test(text)) return [];
  return Array.from(text.matchAll(NOQA), (match) => {
    const codes = (match.groups?.['codes'] ?? '')
      .toUpperCase()
      .split(/[,\s]+/)
      .filter((code) => code !== '');
    const rest = (match.groups?.['rest'] ?? '').replace(/^[\s:;,–-]+/, '').trim();
    const range = { start: match.index, end: match.index + match[0].trimEnd().length };
    return { codes, reason: rest === '' ? null : rest, range };
  });
}
