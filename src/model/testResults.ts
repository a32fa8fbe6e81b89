import type { Capability, CapabilityStatus, ComponentStatus, Guideline, GuidelineTest } from './guideline';

export const TEST_OUTCOMES = ['passed', 'failed', 'skipped'] as const;
export type TestOutcome = (typeof TEST_OUTCOMES)[number];

/** What one run says of one test. */
export interface TestResult {
  /** Without the attributes in brackets; the scenario in parentheses stays. */
  readonly name: string;
  /** Normalised UUID from the attributes behind the name, or null. */
  readonly id: string | null;
  readonly outcome: TestOutcome;
}

/** A file or stream of results. */
export interface TestResults {
  /** `list`: names of passed tests, one a line; `subunit`: a subunit v2 stream; `refstack`: what refstack-client uploads. */
  readonly format: 'list' | 'subunit' | 'refstack';
  /** One per test: the last word counts when a test ran twice. In the order of their first appearance. */
  readonly results: readonly TestResult[];
  /** Classes whose setUpClass failed or was skipped, with the outcome: their tests have no results of their own. */
  readonly classOutcomes: ReadonlyMap<string, TestOutcome>;
}

/** How a guideline entry found its result. */
export type MatchedBy = 'key' | 'alias' | 'id';

/** One guideline entry and what the run says of it. */
export interface EntryResult {
  readonly capability: Capability;
  readonly entry: GuidelineTest;
  readonly components: readonly ComponentStatus[];
  /** null: the run does not speak of it. */
  readonly outcome: TestOutcome | null;
  /** What led to a passed result, by names first; null when it did not pass. */
  readonly matchedBy: MatchedBy | null;
}

/** Entries counted. `percent` is rounded down to a tenth, so that 100 is all of them; null when there are none. */
export interface PassCount {
  readonly tests: number;
  readonly passed: number;
  readonly percent: number | null;
}

/** A marketing programme or component, and whether the run meets its requirements. */
export interface TargetVerdict {
  readonly target: string;
  readonly components: readonly string[];
  readonly required: PassCount;
  /** Required tests without a flag: these decide. */
  readonly unflagged: PassCount;
  /** Every unflagged required test passed; null when nothing is required. */
  readonly met: boolean | null;
  /** The same by keys and aliases alone, as RefStack judges; ids are no help there. */
  readonly metByNames: boolean | null;
  /** Unflagged required entries that did not pass. */
  readonly missing: readonly EntryResult[];
}

export interface CapabilityResult {
  readonly capability: Capability;
  readonly components: readonly ComponentStatus[];
  /** Strongest over the components that were asked for; null when none lists it. */
  readonly status: CapabilityStatus | null;
  readonly all: PassCount;
  readonly flagged: number;
  readonly notPassed: readonly EntryResult[];
}

/** A guideline against the results of one run. */
export interface ResultComparison {
  readonly guideline: Guideline;
  readonly results: TestResults;
  readonly targets: readonly TargetVerdict[];
  readonly capabilities: readonly CapabilityResult[];
  readonly entries: readonly EntryResult[];
  /** Passed tests that no entry of the guideline knows, sorted. */
  readonly others: readonly string[];
}
