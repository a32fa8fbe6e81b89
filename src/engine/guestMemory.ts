import type { RecordedCall } from '../guest/interpret/callRecord';
import type { TestDemand } from '../model/guestSite';

/** What is known of one analysed test: its demand, and what it rests on. */
export interface AnalysedTest {
  readonly demand: TestDemand;
  /** Keys of what the result depends on (functions, modules); the class's fixtures apart, since they are shared. */
  readonly visited: ReadonlySet<string>;
  readonly visitedByClass: ReadonlySet<string>;
  /** Numbers of the calls that ran (see CallRecord), those of the class's fixtures apart. */
  readonly calls: Uint32Array;
  readonly callsByClass: ReadonlySet<number>;
}

/** Everything that is known of the tests of an index, as it goes from one session to the next. */
export interface GuestMemory {
  readonly tests: Iterable<AnalysedTest>;
  readonly callOf: (number: number) => RecordedCall | undefined;
  /** What the relevance of functions was found to be, by key. */
  readonly relevance: ReadonlyMap<string, boolean>;
}

/** The same as plain data: keys and shared sets are written once and named by number. */
export interface PackedGuest {
  readonly keys: readonly string[];
  /** Caller, callee (both keys), start and end of each call. */
  readonly calls: readonly (readonly [number, number, number, number])[];
  readonly keySets: readonly (readonly number[])[];
  readonly callSets: readonly (readonly number[])[];
  readonly tests: readonly {
    readonly demand: TestDemand;
    readonly visited: readonly number[];
    readonly byClass: number;
    readonly calls: readonly number[];
    readonly callsByClass: number;
  }[];
  readonly relevant: readonly number[];
  readonly idle: readonly number[];
}

/** Gives each thing a number, in the order of first sight. */
class Numbering<T> {
  readonly things: T[] = [];
  private readonly numbers = new Map<T, number>();

  of(thing: T): number {
    let number = this.numbers.get(thing);
    if (number === undefined) {
      number = this.things.length;
      this.things.push(thing);
      this.numbers.set(thing, number);
    }
    return number;
  }
}

/** Packs what is known; calls that no test runs any more are left behind. */
export function packGuest({ tests, callOf, relevance }: GuestMemory): PackedGuest {
  const keys = new Numbering<string>();
  const calls = new Numbering<number>();
  const keySets = new Numbering<ReadonlySet<string>>();
  const callSets = new Numbering<ReadonlySet<number>>();
  const numbersOf = (set: Iterable<string>): number[] => [...set].map((key) => keys.of(key));
  const packed = [...tests].map((test) => ({
    demand: test.demand,
    visited: numbersOf(test.visited),
    byClass: keySets.of(test.visitedByClass),
    calls: [...test.calls].map((call) => calls.of(call)),
    callsByClass: callSets.of(test.callsByClass),
  }));
  const packedCallSets = callSets.things.map((set) => [...set].map((call) => calls.of(call)));
  return {
    tests: packed,
    keySets: keySets.things.map(numbersOf),
    callSets: packedCallSets,
    calls: calls.things.map((number) => {
      const call = callOf(number);
      return [keys.of(call?.caller ?? ''), keys.of(call?.callee ?? ''), call?.start ?? 0, call?.end ?? 0] as const;
    }),
    relevant: [...relevance].filter(([, idle]) => !idle).map(([key]) => keys.of(key)),
    idle: [...relevance].filter(([, idle]) => idle).map(([key]) => keys.of(key)),
    keys: keys.things,
  };
}

/** Unpacks what `packGuest` packed. */
export function unpackGuest(packed: PackedGuest): GuestMemory {
  const keyOf = (number: number): string => packed.keys[number] ?? '';
  const keySets = packed.keySets.map((numbers) => new Set(numbers.map(keyOf)));
  const callSets = packed.callSets.map((numbers) => new Set(numbers));
  return {
    tests: packed.tests.map((test) => ({
      demand: test.demand,
      visited: new Set(test.visited.map(keyOf)),
      visitedByClass: keySets[test.byClass] ?? new Set<string>(),
      calls: Uint32Array.from(test.calls),
      callsByClass: callSets[test.callsByClass] ?? new Set<number>(),
    })),
    callOf: (number) => {
      const call = packed.calls[number];
      return call && { caller: keyOf(call[0]), callee: keyOf(call[1]), start: call[2], end: call[3] };
    },
    relevance: new Map([
      ...packed.relevant.map((key) => [keyOf(key), false] as const),
      ...packed.idle.map((key) => [keyOf(key), true] as const),
    ]),
  };
}
