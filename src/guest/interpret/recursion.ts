import { MAX_DEPTH, MAX_RECURSION, MAX_RECURSION_OVER_OBJECTS } from './limits';
import type { Frame } from './machine';
import type { Alternative, Value } from './values';

/**
 * True where a call is too deep to be followed, or the function active too often already. A closure made anew (the wrapper of
 * another decorator) is another function; a method that calls itself on another object (a client that asks the client before
 * it) ends where the objects do.
 */
export function isTooDeep(stack: readonly Frame[], call: Extract<Alternative, { k: 'fn' }>): boolean {
  if (stack.length >= MAX_DEPTH) return true;
  let all = 0;
  let onSame = 0;
  for (const { fn, closures, bound } of stack) {
    if (fn !== call.fn || (closures[0] ?? null) !== call.closure) continue;
    all++;
    if (!isAnotherObject(call.self, bound[0])) onSame++;
  }
  return onSame >= MAX_RECURSION || all >= MAX_RECURSION_OVER_OBJECTS;
}

/** True for two receivers that are one object each, and not the same. */
function isAnotherObject(self: Value | null, other: Value | undefined): boolean {
  const [a, b] = [self?.[0], other?.[0]];
  return self?.length === 1 && other?.length === 1 && a?.k === 'obj' && b?.k === 'obj' && a.obj !== b.obj;
}
