import type { GuestSite, PathStep, RuleMatch, TestDemand } from '../model/guestSite';
import type { TextRange } from '../model/text';

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
  while (tail < shorter - start && before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)) tail++;
  return { start, oldEnd: before.length - tail, shift: after.length - before.length };
}

function moveOffset(offset: number, change: TextChange): number {
  if (offset <= change.start) return offset;
  return offset >= change.oldEnd ? offset + change.shift : Math.min(offset, change.oldEnd + change.shift);
}

function moveRange(range: TextRange, change: TextChange): TextRange {
  return { start: moveOffset(range.start, change), end: moveOffset(range.end, change) };
}

/** The same demand with its places in one file moved along with a change of that file. */
export function moveDemand(demand: TestDemand, uri: string, change: TextChange): TestDemand {
  const moveStep = (step: PathStep): PathStep => (step.uri === uri ? { ...step, range: moveRange(step.range, change) } : step);
  const moveMatch = (match: RuleMatch): RuleMatch => ({
    ...match,
    words: match.words.map((word) => (word.uri === uri ? { uri, range: moveRange(word.range, change) } : word)),
  });
  const moveSite = (site: GuestSite): GuestSite => ({
    ...site,
    range: site.uri === uri ? moveRange(site.range, change) : site.range,
    path: site.path.map(moveStep),
    matches: site.matches.map(moveMatch),
  });
  return {
    ...demand,
    sites: demand.sites.map(moveSite),
    unresolvedCalls: demand.unresolvedCalls.map((call) => (call.uri === uri ? { ...call, range: moveRange(call.range, change) } : call)),
  };
}
