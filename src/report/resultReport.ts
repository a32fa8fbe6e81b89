import type { CapabilityStatus, ComponentStatus } from '../model/guideline';
import type {
  CapabilityResult,
  EntryResult,
  MatchedBy,
  PassCount,
  ResultComparison,
  TargetVerdict,
  TestOutcome,
  TestResults,
} from '../model/testResults';
import { compareText, printPlace, type Places } from './places';

/** `interop-lens/result/1`, see schemas/result-1.schema.json. */
export interface ResultReport {
  readonly schema: 'interop-lens/result/1';
  readonly guideline: { readonly file: string; readonly id: string; readonly schemaVersion: string };
  readonly results: PrintedRun;
  readonly targets: readonly PrintedTargetVerdict[];
  readonly capabilities: readonly PrintedCapabilityResult[];
  readonly entries: readonly PrintedEntryResult[];
  /** Passed tests that the guideline does not know. */
  readonly others: readonly string[];
}

export interface PrintedRun {
  /** As given on the command line; `-` for standard input. */
  readonly file: string;
  readonly format: TestResults['format'];
  readonly tests: number;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export interface PrintedTargetVerdict {
  readonly target: string;
  readonly components: readonly string[];
  readonly required: PassCount;
  readonly unflagged: PassCount;
  /** null when nothing is required. */
  readonly verdict: 'yes' | 'no' | null;
  /** By names and aliases alone, as RefStack judges. */
  readonly verdictByNames: 'yes' | 'no' | null;
  /** Names of unflagged required tests that did not pass. */
  readonly missing: readonly string[];
}

export interface PrintedCapabilityResult {
  readonly capability: string;
  /** Strongest in the components of the targets. */
  readonly status: CapabilityStatus | null;
  readonly components: Readonly<Record<string, CapabilityStatus>>;
  readonly all: PassCount;
  readonly flagged: number;
  readonly notPassed: readonly string[];
}

export type PrintedOutcome = TestOutcome | 'not run';

export interface PrintedEntryResult {
  readonly capability: string;
  readonly test: string;
  readonly id: string | null;
  readonly line: number;
  readonly flagged: boolean;
  readonly outcome: PrintedOutcome;
  readonly matchedBy: MatchedBy | null;
}

const STATUS_ORDER: readonly (CapabilityStatus | null)[] = ['required', 'advisory', 'deprecated', 'removed', null];

/**
 * The comparison as plain data: capabilities by status and name, entries in the order of the file.
 * @param source where the results come from, as the user named it
 */
export function reportResult(comparison: ResultComparison, source: string, places: Places): ResultReport {
  const { guideline, results, targets, capabilities, entries, others } = comparison;
  return {
    schema: 'interop-lens/result/1',
    guideline: {
      file: places.pathOf(guideline.uri),
      id: guideline.id.value,
      schemaVersion: guideline.schemaVersion.value,
    },
    results: { file: source, format: results.format, tests: results.results.length, ...countOutcomes(results) },
    targets: targets.map(printTarget),
    capabilities: [...capabilities].sort(compareCapabilities).map(printCapability),
    entries: entries.map((entry) => printEntry(entry, guideline.uri, places)),
    others,
  };
}

function countOutcomes({ results }: TestResults): Pick<PrintedRun, TestOutcome> {
  const count = (wanted: TestOutcome): number => results.filter(({ outcome }) => outcome === wanted).length;
  return { passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
}

function printTarget(verdict: TargetVerdict): PrintedTargetVerdict {
  const { target, components, required, unflagged, met, metByNames, missing } = verdict;
  return {
    target,
    components,
    required,
    unflagged,
    verdict: printVerdict(met),
    verdictByNames: printVerdict(metByNames),
    missing: missing.map(({ entry }) => entry.name.value),
  };
}

function printVerdict(met: boolean | null): 'yes' | 'no' | null {
  if (met === null) return null;
  return met ? 'yes' : 'no';
}

function compareCapabilities(a: CapabilityResult, b: CapabilityResult): number {
  return (
    STATUS_ORDER.indexOf(a.status) - STATUS_ORDER.indexOf(b.status) ||
    compareText(a.capability.name.value, b.capability.name.value)
  );
}

function printCapability({
  capability,
  status,
  components,
  all,
  flagged,
  notPassed,
}: CapabilityResult): PrintedCapabilityResult {
  return {
    capability: capability.name.value,
    status,
    components: printComponents(components),
    all,
    flagged,
    notPassed: notPassed.map(({ entry }) => entry.name.value),
  };
}

function printComponents(components: readonly ComponentStatus[]): Record<string, CapabilityStatus> {
  const sorted = [...components].sort((a, b) => compareText(a.component, b.component));
  return Object.fromEntries(sorted.map(({ component, status }) => [component, status]));
}

function printEntry(result: EntryResult, uri: string, places: Places): PrintedEntryResult {
  const { capability, entry, outcome, matchedBy } = result;
  return {
    capability: capability.name.value,
    test: entry.name.value,
    id: entry.id,
    line: printPlace(places, uri, entry.name.range.start).line,
    flagged: entry.flag !== null,
    outcome: outcome ?? 'not run',
    matchedBy,
  };
}
