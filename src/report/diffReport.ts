import type { CapabilityStatus, ComponentStatus, Guideline, GuidelineTest } from '../model/guideline';
import type {
  CapabilityDiff,
  CapabilitySide,
  DiffChange,
  EntryDiff,
  EntrySide,
  GuidelineDiff,
} from '../model/guidelineDiff';
import { DIFF_CHANGES } from '../model/guidelineDiff';
import type { GuestLevel } from '../model/guestLevel';
import { compareText, printPlace, type Places } from './places';

/** `interop-lens/diff/1`, see schemas/diff-1.schema.json. */
export interface DiffReport {
  readonly schema: 'interop-lens/diff/1';
  readonly before: PrintedHead;
  readonly after: PrintedHead;
  readonly summary: DiffSummary;
  readonly capabilities: readonly PrintedCapabilityDiff[];
  readonly entries: readonly PrintedEntryDiff[];
}

export interface PrintedHead {
  readonly file: string;
  readonly id: string;
  readonly schemaVersion: string;
  readonly status: string | null;
}

export interface DiffSummary {
  /** Distinct tests, whatever capabilities list them. */
  readonly tests: { readonly added: number; readonly removed: number; readonly renamed: number };
  readonly capabilities: Readonly<Partial<Record<DiffChange, number>>>;
  readonly entries: Readonly<Partial<Record<DiffChange, number>>>;
}

export interface PrintedCapabilityDiff {
  readonly name: string;
  readonly changes: readonly DiffChange[];
  readonly before: PrintedCapabilitySide | null;
  readonly after: PrintedCapabilitySide | null;
}

export interface PrintedCapabilitySide {
  readonly name: string;
  /** null when components list the name and the file does not define it. */
  readonly line: number | null;
  readonly components: Readonly<Record<string, CapabilityStatus>>;
  readonly tests: number;
  readonly level: GuestLevel | null;
}

export interface PrintedEntryDiff {
  readonly capability: string;
  readonly test: string;
  readonly id: string | null;
  readonly changes: readonly DiffChange[];
  /** Where the other guideline has the test that was added or removed here. */
  readonly elsewhere: readonly string[];
  readonly before: PrintedEntrySide | null;
  readonly after: PrintedEntrySide | null;
}

export interface PrintedEntrySide {
  readonly capability: string;
  readonly test: string;
  readonly id: string | null;
  readonly line: number;
  readonly aliases: readonly string[];
  readonly flagged: PrintedDiffFlag | null;
  readonly components: Readonly<Record<string, CapabilityStatus>>;
  readonly level: GuestLevel | null;
}

export interface PrintedDiffFlag {
  readonly reason: string | null;
  readonly action: string | null;
  readonly date: string | null;
}

/** The comparison as plain data. Lines are those of each guideline's own file. */
export function reportDiff(diff: GuidelineDiff, places: Places): DiffReport {
  const { added, removed, renamed } = diff.tests;
  return {
    schema: 'interop-lens/diff/1',
    before: printHead(diff.before, places),
    after: printHead(diff.after, places),
    summary: {
      tests: { added: added.length, removed: removed.length, renamed: renamed.length },
      capabilities: countChanges(diff.capabilities),
      entries: countChanges(diff.entries),
    },
    capabilities: diff.capabilities.map((capability) => printCapability(capability, diff, places)),
    entries: diff.entries.map((entry) => printEntry(entry, diff, places)),
  };
}

function printHead(guideline: Guideline, places: Places): PrintedHead {
  return {
    file: places.pathOf(guideline.uri),
    id: guideline.id.value,
    schemaVersion: guideline.schemaVersion.value,
    status: guideline.status?.value ?? null,
  };
}

function countChanges(changed: readonly { readonly changes: readonly DiffChange[] }[]): DiffSummary['entries'] {
  const counts: Partial<Record<DiffChange, number>> = {};
  for (const change of DIFF_CHANGES) {
    const count = changed.filter(({ changes }) => changes.includes(change)).length;
    if (count > 0) counts[change] = count;
  }
  return counts;
}

function printCapability(
  { changes, before, after }: CapabilityDiff,
  diff: GuidelineDiff,
  places: Places,
): PrintedCapabilityDiff {
  return {
    name: (after ?? before)?.name ?? '',
    changes,
    before: before && printCapabilitySide(before, diff.before.uri, places),
    after: after && printCapabilitySide(after, diff.after.uri, places),
  };
}

function printCapabilitySide(side: CapabilitySide, uri: string, places: Places): PrintedCapabilitySide {
  const { name, capability, components, level } = side;
  return {
    name,
    line: capability === null ? null : printPlace(places, uri, capability.name.range.start).line,
    components: printComponents(components),
    tests: capability?.tests.length ?? 0,
    level,
  };
}

function printEntry(changed: EntryDiff, diff: GuidelineDiff, places: Places): PrintedEntryDiff {
  const { changes, elsewhere } = changed;
  const before = changed.before && printEntrySide(changed.before, diff.before.uri, places);
  const after = changed.after && printEntrySide(changed.after, diff.after.uri, places);
  const shown = after ?? before;
  return {
    capability: shown?.capability ?? '',
    test: shown?.test ?? '',
    id: shown?.id ?? null,
    changes,
    elsewhere,
    before,
    after,
  };
}

function printEntrySide(side: EntrySide, uri: string, places: Places): PrintedEntrySide {
  const { entry, capability, components, level } = side;
  return {
    capability: capability.name.value,
    test: entry.name.value,
    id: entry.id,
    line: printPlace(places, uri, entry.name.range.start).line,
    aliases: entry.aliases.map(({ value }) => value),
    flagged: printFlag(entry),
    components: printComponents(components),
    level,
  };
}

function printFlag({ flag }: GuidelineTest): PrintedDiffFlag | null {
  if (flag === null) return null;
  return {
    reason: flag.reason?.value ?? null,
    action: flag.action?.value ?? null,
    date: flag.date?.value ?? null,
  };
}

/** By component. The status that 1.2 keeps on the capability itself has the component "". */
function printComponents(components: readonly ComponentStatus[]): Record<string, CapabilityStatus> {
  const sorted = [...components].sort((a, b) => compareText(a.component, b.component));
  return Object.fromEntries(sorted.map(({ component, status }) => [component, status]));
}
