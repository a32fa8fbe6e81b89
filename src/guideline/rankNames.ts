/** How well a name fits what is typed: smaller is better, null for not at all. */
function judge(name: string, typed: string): number | null {
  if (name.startsWith(typed)) return 0;
  if (name.includes(typed)) return 1;
  return isSubsequence(typed, name) ? 2 : null;
}

function isSubsequence(typed: string, name: string): boolean {
  let at = 0;
  for (const letter of typed) {
    at = name.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

export interface RankedNames<T> {
  /** Best first; at most the limit. */
  readonly best: readonly T[];
  /** True when more fit. */
  readonly more: boolean;
}

/**
 * The things whose names fit what is typed so far, best first: those that start with it, those that hold it, those that
 * hold its letters in order, each group in the given order. Case does not count. Linear in the names.
 */
export function rankNames<T>(
  things: readonly T[],
  nameOf: (thing: T) => string,
  typed: string,
  limit: number,
): RankedNames<T> {
  const wanted = typed.toLowerCase();
  const groups: [T[], T[], T[]] = [[], [], []];
  for (const thing of things) {
    const fit = judge(nameOf(thing).toLowerCase(), wanted);
    if (fit !== null) groups[fit]?.push(thing);
  }
  const all = groups.flat();
  return { best: all.slice(0, limit), more: all.length > limit };
}
