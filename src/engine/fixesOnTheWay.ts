import { pathsOf } from '../fixes/evidence';
import { fixesFor } from '../fixes/fixesFor';
import type { FixContext } from '../fixes/fixContext';
import type { Finding } from '../model/finding';
import type { PathStep } from '../model/guestSite';
import type { TextLocation } from '../model/text';
import type { GuestIndex } from './guestIndex';
import type { IndexView, OfferedFix } from './indexView';

/** A call may lead to many findings; more than these help nobody. */
const MAX_FINDINGS = 12;

/** What the search looks at. */
export interface WayOutSources {
  readonly view: Pick<IndexView, 'findings'>;
  readonly guest: GuestIndex;
  readonly context: FixContext;
}

/**
 * Fixes of findings elsewhere to which calls at a place lead. Each finding is asked as if the way from here were its only flow, and of its
 * fixes those count that edit this file alone.
 */
export function findFixesOnTheWay({ view, guest, context }: WayOutSources, place: TextLocation): OfferedFix[] {
  const offered = new Map<string, OfferedFix>();
  for (const [finding, path] of findingsBehind(view, guest, place)) {
    const flow = path.map(({ function: name, uri, range }) => ({ uri, range, message: name }));
    for (const fix of fixesFor({ ...finding, flows: [flow] }, context)) {
      if (fix.onlyByHand === true || fix.edits.some(({ uri }) => uri !== place.uri)) continue;
      const key = JSON.stringify(fix.edits);
      if (!offered.has(key)) offered.set(key, { finding, fix });
    }
  }
  return [...offered.values()];
}

/** The findings to which a step at the place leads, each with the first way there. */
function findingsBehind(
  view: Pick<IndexView, 'findings'>,
  guest: GuestIndex,
  place: TextLocation,
): Map<Finding, readonly PathStep[]> {
  const found = new Map<Finding, readonly PathStep[]>();
  for (const test of guest.testsTouching(place.uri)) {
    for (const site of guest.demand(test)?.sites ?? []) {
      const path = pathsOf(site).find((one) => one.some((step) => touches(step, place)));
      if (path === undefined) continue;
      const words = site.matches.flatMap((match) =>
        match.words.slice(0, 1).map((word) => ({ rule: match.rule, word })),
      );
      const own = site.matches.map(({ rule }) => ({ rule, word: { uri: site.uri, range: site.range } }));
      for (const { rule, word } of [...words, ...own]) {
        const finding = view
          .findings(word.uri)
          .find((one) => one.rule === rule && one.range.start === word.range.start);
        if (finding === undefined || finding.suppressed || touches(finding, place) || found.has(finding)) continue;
        if (found.size >= MAX_FINDINGS) return found;
        found.set(finding, path);
      }
    }
  }
  return found;
}

function touches(one: TextLocation, { uri, range }: TextLocation): boolean {
  return one.uri === uri && one.range.start <= range.end && range.start <= one.range.end;
}
