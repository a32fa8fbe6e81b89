import type { TextRange } from '../../model/text';
import type { ProjectFunction } from '../../project/project';
import type { Frame } from './machine';

/** A call that was run: who calls whom, and where. */
export interface RecordedCall {
  /** Key of the function that holds the call. */
  readonly caller: string;
  readonly callee: string;
  /** Counted from the start of the caller's range, so that it holds while the caller only moves. */
  readonly start: number;
  readonly end: number;
}

/**
 * Every call that was run, each under one number: a test's calls are then a list of numbers, and what tests share is kept once. A
 * number stands for its call for good; whether the call is still there is for those who keep the lists to say.
 */
export class CallRecord {
  private readonly calls: RecordedCall[] = [];
  private readonly numbers = new Map<string, Map<number, number[]>>();

  /** The number of a call, or -1 for one that no function holds (module level) or that ends outside of its function's text. */
  numberOf(frame: Frame, range: TextRange, callee: ProjectFunction): number {
    const caller = frame.fn ?? holderOf(frame, range);
    if (!caller) return -1;
    const base = caller.facts.range.start;
    if (range.start < base || range.end > caller.facts.range.end) return -1;
    const places = this.placesOf(caller.key);
    const start = range.start - base;
    let known = places.get(start);
    if (!known) places.set(start, (known = []));
    for (const number of known) {
      const call = this.calls[number];
      if (call?.callee === callee.key && call.end === range.end - base) return number;
    }
    const number = this.calls.length;
    this.calls.push({ caller: caller.key, callee: callee.key, start, end: range.end - base });
    known.push(number);
    return number;
  }

  /** Takes a call of an earlier record. @returns its number in this one */
  add(call: RecordedCall): number {
    const places = this.placesOf(call.caller);
    const known = places.get(call.start);
    if (known) known.push(this.calls.length);
    else places.set(call.start, [this.calls.length]);
    return this.calls.push(call) - 1;
  }

  private placesOf(caller: string): Map<number, number[]> {
    let places = this.numbers.get(caller);
    if (!places) this.numbers.set(caller, (places = new Map<number, number[]>()));
    return places;
  }

  callOf(number: number): RecordedCall | undefined {
    return this.calls[number];
  }
}

/** The function around a lambda: the innermost one whose text holds the call. */
function holderOf({ module, name }: Frame, range: TextRange): ProjectFunction | null {
  if (name !== '<lambda>') return null;
  let best: ProjectFunction['facts'] | null = null;
  for (const facts of module.facts.functions) {
    if (facts.range.start > range.start || facts.range.end < range.end) continue;
    if (!best || facts.range.start >= best.range.start) best = facts;
  }
  return best && { module, facts: best, index: 0, key: `${module.uri}#${module.facts.functions.indexOf(best)}` };
}
