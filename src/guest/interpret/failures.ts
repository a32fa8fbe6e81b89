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

/** Marks what was done where one of the conditions does not hold; all of them have to for the test to pass. */
export function markContradicting(events: GuestEvent[], from: number, literals: readonly Literal[]): void {
  const held = withConsequences(literals);
  for (let i = from; i < events.length; i++) {
    const { conditions = [] } = events[i] ?? {};
    if (held.some(({ key, holds }) => lookUpLiteral(key, conditions) === !holds)) markDebugOnly(events, i, i + 1);
  }
}
