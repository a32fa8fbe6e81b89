/** One contiguous change of a text: what lies before `start` stays, what lies behind `oldEnd` moves by `shift`. */
export interface TextChange {
  readonly start: number;
  readonly oldEnd: number;
  readonly shift: number;
}

/** The smallest contiguous change that makes one text of the other. */
export function findChange(before: string, after: string): TextChange {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let tail = 0;
  while (
    tail < shorter - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  )
    tail++;
  return { start, oldEnd: before.length - tail, shift: after.length - before.length };
}
