/** A model reads an answer whole, and pays for every word of it: about five thousand words of one. In characters of JSON. */
export const ANSWER_SIZE = 20_000;

/** How much of its lists an answer keeps, step by step, until it fits. */
const SHARES = [1, 0.75, 0.5, 0.35, 0.25, 0.15, 0.1, 0.05, 0] as const;

/**
 * The fullest answer that is short enough.
 * @param make an answer that keeps this share (1 to 0) of its lists, and says what it leaves out
 */
export function fitAnswer<T>(make: (share: number) => T): T {
  let answer = make(1);
  for (const share of SHARES.slice(1)) {
    if (JSON.stringify(answer).length <= ANSWER_SIZE) break;
    answer = make(share);
  }
  return answer;
}

/** How many of `length` items a share keeps: at least `least`, and at most `most`. */
export function countKept(length: number, share: number, least: number, most: number): number {
  return Math.min(length, Math.max(least, Math.ceil(Math.min(length, most) * share)));
}

const LONGEST_TEXT = 300;

/** A text for an answer: scripts and templates are cut, and say so. */
export function shortenText(text: string): string {
  return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT)}… (${String(text.length)} characters)`;
}
