import { lookUpLiteral, withConsequences } from './conditionalValues';
import type { GuestEvent } from './machine';
import type { Literal } from './values';

/** What is done on a way that can only fail the test explains the failure. */
export function markDebugOnly(events: GuestEvent[], from: number, to = events.length): void {
  for (let i = from; i < to; i++) {
    const event = events[i];
    if (event) events[i] = { ...event, debugOnly: true };
  }
}

/**
 * All of the conditions have to hold for the test to pass: marks what was done where one does not as explaining a failure, and
 * what must not be answered for one to hold.
 */
export function markContradicting(events: GuestEvent[], from: number, literals: readonly Literal[]): void {
  const held = withConsequences(literals);
  for (let i = from; i < events.length; i++) {
    const event = events[i];
    if (!event) continue;
    const { conditions, answer } = event;
    if (held.some(({ key, holds }) => lookUpLiteral(key, conditions) === !holds)) markDebugOnly(events, i, i + 1);
    else if (held.some(({ key, holds }) => key === answer && !holds)) events[i] = { ...event, mustFail: true };
  }
}
