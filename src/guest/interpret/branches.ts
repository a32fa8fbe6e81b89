import { isConfigured } from './conditionalValues';
import { newestObject } from './heap';
import { Flow, type FlowSet, type Frame, type Machine, type PathCondition } from './machine';
import type { ConditionLiterals, Literal } from './values';

/** Runs both ways of a condition from the same state and joins what they did. */
export function runBranch(
  m: Machine,
  literals: ConditionLiterals,
  first: () => FlowSet,
  second: () => FlowSet,
): FlowSet {
  const base = m.conditions.length;
  const start = m.heap.mark();
  const runWay = (holding: readonly Literal[], way: () => FlowSet): Way => {
    push(m, holding, 'branch', 'inline');
    const flow = m.markFailure(m.eventCount(), m.onWay(way));
    const raise = m.lastRaise;
    m.conditions.length = base;
    return { holding, flow, raise, falls: (flow & Flow.normal) !== 0, changes: m.heap.rollBack(start) };
  };
  const a = runWay(literals.whenTrue, first);
  const b = runWay(literals.whenFalse, second);
  if (a.falls === b.falls) m.heap.applyJoined(a.changes, b.changes, a.holding, b.holding);
  else if (a.falls) continueAfterExit(m, a, b);
  else continueAfterExit(m, b, a);
  return a.flow | b.flow;
}

const GUARDS = { skip: 'skip', error: null, caught: 'inline' } as const;

interface Way {
  readonly holding: readonly Literal[];
  readonly flow: FlowSet;
  readonly raise: Machine['lastRaise'];
  readonly falls: boolean;
  readonly changes: ReturnType<Machine['heap']['rollBack']>;
}

/** What the way that left has done to objects may be seen later; what holds on the other way holds from here on. */
function continueAfterExit(m: Machine, stays: Way, leaves: Way): void {
  m.heap.apply(stays.changes);
  const left = new Map([...leaves.changes].filter(([obj]) => obj.kind !== 'frame'));
  m.heap.applyJoined(left, new Map(), leaves.holding, stays.holding);
  const raises = (leaves.flow & ~Flow.raises) === 0;
  const frame = m.stack.at(-1);
  const outlives = raises && frame?.mayHaveReturned !== true;
  if (raises && leaves.raise === 'error') m.passAssertion(stays.holding);
  if (frame && !outlives) noteEarlyReturn(m, frame, stays, leaves);
  const guard = raises ? GUARDS[leaves.raise] : 'inline';
  push(m, stays.holding, outlives ? 'raise' : 'return', guard);
}

function push(
  m: Machine,
  literals: readonly Literal[],
  exit: PathCondition['exit'],
  guard: PathCondition['guard'],
): void {
  for (const literal of literals) m.conditions.push({ literal, exit, guard });
}

function noteEarlyReturn(m: Machine, frame: Frame, stays: Way, leaves: Way): void {
  if (m.wayDepth !== frame.depth) return;
  const last = frame.earlyReturns.at(-1);
  // Where a later condition must hold for the test to go on at all, it does behind the return before.
  if ((leaves.flow & ~Flow.raises) === 0) {
    if (last) last.whereStayed = [...last.whereStayed, ...stays.holding];
  } else if (stays.holding.some(isConfigured) && leaves.flow & Flow.returns) {
    const mark = m.heap.mark();
    frame.earlyReturns.push({ mark, newest: newestObject(), whereLeft: leaves.holding, whereStayed: stays.holding });
  }
}

/** At the end of a function: what was written behind an early return is there only where that was not taken. */
export function joinEarlyReturns(m: Machine, { earlyReturns }: Frame): void {
  for (const { mark, newest, whereLeft, whereStayed } of earlyReturns.reverse()) {
    const changes = m.heap.rollBack(mark);
    // What was made behind it is reached only through what was written.
    const isOlder = (id: number, kind: string): boolean => id <= newest || kind === 'class';
    const older = new Map([...changes].filter(([{ id, kind }]) => isOlder(id, kind)));
    const newer = new Map([...changes].filter(([{ id, kind }]) => !isOlder(id, kind)));
    m.heap.apply(newer);
    m.heap.applyJoined(older, new Map(), whereStayed, whereLeft);
  }
}
