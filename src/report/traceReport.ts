import type { CapabilityStatus, Guideline, TestFlag } from '../model/guideline';
import type { GuestLevel } from '../model/guestLevel';
import type { TestDemand } from '../model/guestSite';
import type { TestCase } from '../model/testCase';
import type { LinkState, ResolvedBy, TraceEntry } from '../model/trace';
import { compareText, printPlace, sortedUnique, type Places } from './places';

/** `interop-lens/trace/1`, see schemas/trace-1.schema.json. */
export interface TraceReport {
  readonly schema: 'interop-lens/trace/1';
  readonly guidelines: readonly PrintedGuideline[];
}

export interface PrintedGuideline {
  readonly file: string;
  readonly id: string;
  readonly schemaVersion: string;
  readonly entries: readonly PrintedEntry[];
}

export interface PrintedEntry {
  readonly capability: string;
  /** The name as written. */
  readonly test: string;
  readonly id: string | null;
  readonly aliases: readonly string[];
  readonly flagged: PrintedFlag | null;
  readonly components: Readonly<Record<string, CapabilityStatus>>;
  readonly state: LinkState;
  readonly resolvedBy: ResolvedBy;
  readonly target: PrintedTarget | null;
  /** null when there is no target. */
  readonly level: GuestLevel | null;
  readonly levelWithValidationOff: GuestLevel | null;
  readonly guards: readonly string[];
}

/** Fields that the file does not have are null: 1.0 and 1.2 list flagged tests without a reason. */
export interface PrintedFlag {
  readonly reason: string | null;
  readonly action: string | null;
  readonly date: string | null;
}

/** The runtime name, and the site of the `def`. */
export interface PrintedTarget {
  readonly name: string;
  readonly names: readonly string[];
  readonly file: string;
  readonly line: number;
  readonly class: string;
  readonly function: string;
}

/** A guideline and its entries joined to tests, as the engine gives them. */
export interface TracedGuideline {
  readonly guideline: Guideline;
  readonly entries: readonly TraceEntry[];
}

/** Every entry of every guideline with its link and level. Guidelines by file, entries in the order of the file. */
export function reportTrace(
  traced: readonly TracedGuideline[],
  demandOf: (testName: string) => TestDemand | undefined,
  places: Places,
): TraceReport {
  const guidelines = traced.map(({ guideline, entries }) => ({
    file: places.pathOf(guideline.uri),
    id: guideline.id.value,
    schemaVersion: guideline.schemaVersion.value,
    entries: [...entries].sort(compareEntries).map((entry) => printEntry(entry, demandOf, places)),
  }));
  guidelines.sort((a, b) => compareText(a.file, b.file) || compareText(a.id, b.id));
  return { schema: 'interop-lens/trace/1', guidelines };
}

/** The place in the guideline file decides; entries of one place (1.0 lists) go by capability and name. */
function compareEntries(a: TraceEntry, b: TraceEntry): number {
  return (
    a.entry.range.start - b.entry.range.start ||
    compareText(a.capability.name.value, b.capability.name.value) ||
    compareText(a.entry.name.value, b.entry.name.value)
  );
}

function printEntry(
  traced: TraceEntry,
  demandOf: (testName: string) => TestDemand | undefined,
  places: Places,
): PrintedEntry {
  const { entry, target } = traced;
  const demand = target ? demandOf(target.name) : undefined;
  return {
    capability: traced.capability.name.value,
    test: entry.name.value,
    id: entry.id,
    aliases: entry.aliases.map((alias) => alias.value),
    flagged: entry.flag ? printFlag(entry.flag) : null,
    components: printComponents(traced),
    state: traced.state,
    resolvedBy: traced.resolvedBy,
    target: target ? printTarget(target, traced.candidates, places) : null,
    level: demand?.level ?? null,
    levelWithValidationOff: demand?.levelWithValidationOff ?? null,
    guards: sortedUnique((demand?.guards ?? []).map((guard) => guard.condition)),
  };
}

function printFlag(flag: TestFlag): PrintedFlag {
  return {
    reason: flag.reason?.value ?? null,
    action: flag.action?.value ?? null,
    date: flag.date?.value ?? null,
  };
}

function printComponents(traced: TraceEntry): Record<string, CapabilityStatus> {
  const sorted = [...traced.components].sort((a, b) => compareText(a.component, b.component));
  return Object.fromEntries(sorted.map(({ component, status }) => [component, status]));
}

function printTarget(target: TestCase, candidates: readonly TestCase[], places: Places): PrintedTarget {
  const { definition } = target;
  const { file, line } = printPlace(places, definition.uri, definition.nameRange.start);
  return {
    name: target.name,
    names: sortedUnique([target.name, ...candidates.map((candidate) => candidate.name)]),
    file,
    line,
    class: definition.className,
    function: target.method,
  };
}
