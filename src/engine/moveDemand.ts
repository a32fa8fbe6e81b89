import type { GuestSite, PathStep, RuleMatch, TestDemand, WordRange } from '../model/guestSite';
import type { TextRange } from '../model/text';
import type { TextChange } from '../model/textChange';

function moveOffset(offset: number, change: TextChange): number {
  if (offset <= change.start) return offset;
  return offset >= change.oldEnd ? offset + change.shift : Math.min(offset, change.oldEnd + change.shift);
}

function moveRange(range: TextRange, change: TextChange): TextRange {
  const end = moveOffset(range.end, change);
  // What is inserted right before a place does not become part of it.
  const isBefore = range.start === change.start && change.oldEnd === change.start && range.end > range.start;
  return { start: isBefore ? range.start + change.shift : moveOffset(range.start, change), end };
}

/** The same demand with its places in one file moved along with a change of that file. */
export function moveDemand(demand: TestDemand, uri: string, change: TextChange): TestDemand {
  const moveStep = (step: PathStep): PathStep =>
    step.uri === uri ? { ...step, range: moveRange(step.range, change) } : step;
  const moveWord = (word: WordRange): WordRange =>
    word.uri === uri ? { uri, range: moveRange(word.range, change) } : word;
  const moveMatch = (match: RuleMatch): RuleMatch => ({
    ...match,
    words: match.words.map(moveWord),
    ...(match.respelling && { respelling: match.respelling.map((edit) => ({ ...edit, ...moveWord(edit) })) }),
  });
  const moveSite = (site: GuestSite): GuestSite => ({
    ...site,
    range: site.uri === uri ? moveRange(site.range, change) : site.range,
    path: site.path.map(moveStep),
    ...(site.ways && { ways: site.ways.map(({ path, guards }) => ({ path: path.map(moveStep), guards })) }),
    matches: site.matches.map(moveMatch),
    ...(site.written && { written: site.written.map(moveWord) }),
  });
  return {
    ...demand,
    sites: demand.sites.map(moveSite),
    unresolvedCalls: demand.unresolvedCalls.map((call) =>
      call.uri === uri ? { ...call, range: moveRange(call.range, change) } : call,
    ),
  };
}

/** True when the demand points into the changed stretch itself: what became of such a place, only a new run can tell. */
export function pointsInside(demand: TestDemand, uri: string, change: TextChange): boolean {
  const isInside = (at: string, { start, end }: TextRange): boolean =>
    at === uri && start < change.oldEnd && end > change.start;
  return (
    demand.sites.some(
      (site) =>
        isInside(site.uri, site.range) ||
        site.path.some((step) => isInside(step.uri, step.range)) ||
        (site.ways ?? []).some(({ path }) => path.some((step) => isInside(step.uri, step.range))) ||
        site.matches.some(({ words }) => words.some((word) => isInside(word.uri, word.range))) ||
        (site.written ?? []).some((word) => isInside(word.uri, word.range)),
    ) || demand.unresolvedCalls.some((call) => isInside(call.uri, call.range))
  );
}
