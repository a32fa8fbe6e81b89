import type { LevelsReport } from '../../src/report/levelsReport';
import type { GuestRecord, RecordedCall } from './pythonOracle';

/** The kinds of site that a record can confirm: a command that ran in the guest, a login without one. */
export const COMPARED_KINDS = ['ssh', 'login'] as const;
export type ComparedKind = (typeof COMPARED_KINDS)[number];

/** A (test, site) pair. */
export interface GuestPair {
  readonly test: string;
  readonly kind: string;
  readonly file: string;
  readonly line: number;
  readonly command: string;
}

/** A recorded pair that the analysis does not predict, with the call path that proves it. */
export interface MissingPair extends GuestPair {
  readonly call: RecordedCall;
  /** True when another frame of the recorded stack is predicted for this test: the pair is there, shown at another line. */
  readonly elsewhere: boolean;
}

export interface RecordComparison {
  readonly recorded: number;
  readonly matched: number;
  readonly missing: readonly MissingPair[];
  /** Predicted pairs of tests that ran to their end in some variant; those of debugging, which no passing test demands, apart. */
  readonly predictedInEnded: number;
  /** Those of them that were seen: a lower bound of precision, since one run takes one path. */
  readonly confirmed: number;
  readonly unconfirmed: readonly GuestPair[];
  /** Pairs of debugging in the same tests, and how many of them were seen. */
  readonly debugging: { readonly predicted: number; readonly confirmed: number };
  readonly recall: number;
  readonly precisionLowerBound: number;
}

/** Compares the pairs that really happened with those that the analysis predicts (`interop-lens levels`). */
export function compareGuestRecord(record: GuestRecord, levels: LevelsReport): RecordComparison {
  const calls = new Map<string, RecordedCall>();
  const named = nameAtDefinition(levels);
  for (const recorded of record.calls) {
    const call = { ...recorded, test: named(recorded.test) };
    if (isCompared(call.kind) && !calls.has(keyOf(call))) calls.set(keyOf(call), call);
  }
  const predicted = predictedPairs(levels);
  const places = new Set([...predicted.values()].map((pair) => placeOf(pair.test, pair.file, pair.line)));
  const missing = [...calls].filter(([key]) => !predicted.has(key)).map(([, call]) => describeMissing(call, places));
  const ended = new Set(record.tests.filter((test) => test.outcome === 'ended').map((test) => named(test.test)));
  const inEnded = [...predicted].filter(([, pair]) => ended.has(pair.test));
  const judged = inEnded.filter(([, pair]) => !pair.debugOnly);
  const debugging = inEnded.filter(([, pair]) => pair.debugOnly);
  const unconfirmed = judged.filter(([key]) => !calls.has(key)).map(([, pair]) => pair);
  return {
    recorded: calls.size,
    matched: calls.size - missing.length,
    missing,
    predictedInEnded: judged.length,
    confirmed: judged.length - unconfirmed.length,
    unconfirmed,
    debugging: { predicted: debugging.length, confirmed: debugging.filter(([key]) => calls.has(key)).length },
    recall: ratio(calls.size - missing.length, calls.size),
    precisionLowerBound: ratio(judged.length - unconfirmed.length, judged.length),
  };
}

/** Data-driven tests (`test_x_1_value`) are listed once, by the name at their `def` (`test_x`). */
function nameAtDefinition(levels: LevelsReport): (name: string) => string {
  const listed = new Set(levels.tests.map((test) => test.name));
  return (name) => {
    if (listed.has(name)) return name;
    const written = name.replace(/_\d+(?:_\w*)?$/, '');
    return listed.has(written) ? written : name;
  };
}

function isCompared(kind: string): kind is ComparedKind {
  return (COMPARED_KINDS as readonly string[]).includes(kind);
}

function keyOf(pair: { test: string; kind: string; file: string; line: number }): string {
  return `${pair.test} ${pair.kind} ${pair.file}:${pair.line}`;
}

function placeOf(test: string, file: string, line: number): string {
  return `${test} ${file}:${line}`;
}

interface PredictedPair extends GuestPair {
  /** Every site of the pair only explains a failure. */
  readonly debugOnly: boolean;
}

function predictedPairs(levels: LevelsReport): Map<string, PredictedPair> {
  const pairs = new Map<string, PredictedPair>();
  for (const test of levels.tests) {
    for (const site of test.sites) {
      if (!isCompared(site.kind)) continue;
      const { kind, file, line, command, debugOnly } = site;
      const pair = { test: test.name, kind, file, line, command, debugOnly };
      const kept = pairs.get(keyOf(pair));
      if (!kept || (kept.debugOnly && !debugOnly)) pairs.set(keyOf(pair), pair);
    }
  }
  return pairs;
}

function describeMissing(call: RecordedCall, places: ReadonlySet<string>): MissingPair {
  const { test, kind, file, line, command } = call;
  const elsewhere = call.stack.some((step) => places.has(placeOf(test, step.file, step.line)));
  return { test, kind, file, line, command, call, elsewhere };
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole;
}
