import { RE2JS, RE2JSSyntaxException } from 're2js';

/**
 * A Python regular expression as far as it can be run in time linear in the text. `invalid`: Python refuses it too.
 * `unknown`: nothing is said about it (back references, and what else a linear matcher does not know).
 */
export type PythonPattern =
  | { readonly k: 'invalid' }
  | { readonly k: 'unknown' }
  | {
      readonly k: 'known';
      /** False when look-around was left out: then more is matched than Python would match. */
      readonly isExact: boolean;
      /** As `re.search` on one line. */
      readonly matches: (line: string) => boolean;
      /** True when some line of a text may match; false only when none does. */
      readonly mayMatchIn: (text: string) => boolean;
    };

const UNKNOWN: PythonPattern = { k: 'unknown' };
/** A line of a list longer than this is left alone: the time for a match grows with the expression as well. */
const MAX_LENGTH = 500;
/** What no dialect of expressions takes, as the library words it; anything else may be Python's own syntax. */
const FAULTS: readonly string[] = [
  'missing closing )',
  'unexpected )',
  'missing closing ]',
  'invalid character class range',
  'missing argument to repetition operator',
  'trailing backslash at end of expression',
];

/**
 * Compiles a Python regular expression as stestr uses it (`re.search` over the lines of `stestr list`). Lists come with
 * workspaces, and JavaScript's own expressions can be made to run for years: these are run by an automaton.
 */
export function compilePythonPattern(pattern: string): PythonPattern {
  if (pattern.length > MAX_LENGTH) return UNKNOWN;
  const { text, isExact } = translate(pattern);
  try {
    const line = RE2JS.compile(text);
    const lines = RE2JS.compile(text, RE2JS.MULTILINE);
    return { k: 'known', isExact, matches: (one) => line.test(one), mayMatchIn: (all) => lines.test(all) };
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) return UNKNOWN;
    const fault = error.getDescription();
    return isExact && FAULTS.includes(fault) ? { k: 'invalid' } : UNKNOWN;
  }
}

/** Leading flags that change nothing for names of tests go, `\Z` and `\A` become line ends, look-around is left out. */
function translate(pattern: string): { readonly text: string; readonly isExact: boolean } {
  const flags = /^\(\?([aiLmsu]+)\)/.exec(pattern);
  const kept = [...(flags?.[1] ?? '')].filter((flag) => 'ims'.includes(flag)).join('');
  let text = kept === '' ? '' : `(?${kept})`;
  let isExact = true;
  let at = flags?.[0].length ?? 0;
  while (at < pattern.length) {
    const end = endOfUnit(pattern, at);
    const unit = pattern.slice(at, end);
    if (/^\(\?<?[=!]/.test(unit)) isExact = false;
    else text += unit === '\\Z' ? '$' : unit === '\\A' ? '^' : unit;
    at = end;
  }
  return { text, isExact };
}

/** The end of what starts at `at`: an escape, a set in brackets, a whole look-around, else one character. */
function endOfUnit(pattern: string, at: number): number {
  const rest = pattern.slice(at);
  if (rest.startsWith('\\')) return at + 2;
  if (rest.startsWith('[')) return endOfSet(pattern, at);
  return /^\(\?<?[=!]/.test(rest) ? endOfGroup(pattern, at) : at + 1;
}

/** Behind the closing bracket; a bracket that comes first is a member of the set. */
function endOfSet(pattern: string, start: number): number {
  let at = start + (pattern.startsWith('[^', start) ? 2 : 1);
  if (pattern.charAt(at) === ']') at++;
  while (at < pattern.length && pattern.charAt(at) !== ']') at += pattern.charAt(at) === '\\' ? 2 : 1;
  return at + 1;
}

/** Behind the closing parenthesis; of a group that is never closed, behind its own parenthesis alone. */
function endOfGroup(pattern: string, start: number): number {
  let depth = 0;
  for (let at = start; at < pattern.length;) {
    const char = pattern.charAt(at);
    if (char === '(') depth++;
    if (char === ')' && --depth === 0) return at + 1;
    at = char === '\\' ? at + 2 : char === '[' ? endOfSet(pattern, at) : at + 1;
  }
  return start + 1;
}
