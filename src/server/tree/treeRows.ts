import type { IndexView } from '../../engine/indexView';
import { indexComponentStatuses } from '../../guideline/capabilityStatus';
import type { Capability, Guideline } from '../../model/guideline';
import type { GuestLevel } from '../../model/guestLevel';
import type { TestDemand } from '../../model/guestSite';
import type { LinkState, TraceEntry } from '../../model/trace';
import type { TreeStatus } from '../../protocol/treeMessages';

/**
 * One leaf of the guideline tree with all that filters ask: an entry of a capability in a component under a status. A capability
 * without tests has one row without an entry.
 */
export interface EntryRow {
  readonly guideline: Guideline;
  /** "" for a capability that no component lists. */
  readonly component: string;
  readonly programs: readonly string[];
  readonly status: TreeStatus;
  readonly capability: Capability;
  readonly entry: TraceEntry | null;
  /** Which one it is of the entries of that name in its capability. */
  readonly occurrence: number;
  readonly demand: TestDemand | null;
  readonly level: GuestLevel | null;
  readonly state: LinkState | null;
  /** What the text filter looks into, in lower case. */
  readonly words: string;
}

interface Remembered {
  readonly version: number;
  readonly rows: Map<string, readonly EntryRow[]>;
}

const rememberedByView = new WeakMap<IndexView, Remembered>();

/** The rows of a guideline, in file order. Kept until the index changes. */
export function rowsOfGuideline(view: IndexView, guideline: Guideline): readonly EntryRow[] {
  let remembered = rememberedByView.get(view);
  if (remembered?.version !== view.version) {
    remembered = { version: view.version, rows: new Map() };
    rememberedByView.set(view, remembered);
  }
  let rows = remembered.rows.get(guideline.uri);
  if (!rows) remembered.rows.set(guideline.uri, (rows = makeRows(view, guideline)));
  return rows;
}

function makeRows(view: IndexView, guideline: Guideline): readonly EntryRow[] {
  const traced = new Map(view.trace(guideline.uri).map((entry) => [entry.entry.range.start, entry]));
  const statuses = indexComponentStatuses(guideline);
  return guideline.capabilities.flatMap((capability) => {
    const listed = statuses.get(capability.name.value) ?? [];
    const entries = listEntries(view, guideline, capability, traced);
    const places = listed.length > 0 ? listed : [{ component: '', status: 'unlisted' as const }];
    return places.flatMap(({ component, status }) => {
      const programs = programsOf(guideline, component);
      return entries.map((entry): EntryRow => ({ ...entry, component, status, programs }));
    });
  });
}

type EntryPart = Omit<EntryRow, 'component' | 'status' | 'programs'>;

function listEntries(
  view: IndexView,
  guideline: Guideline,
  capability: Capability,
  traced: ReadonlyMap<number, TraceEntry>,
): readonly EntryPart[] {
  const seen = new Map<string, number>();
  const parts = capability.tests.flatMap((test): EntryPart[] => {
    const entry = traced.get(test.range.start);
    if (!entry) return [];
    const occurrence = seen.get(test.name.value) ?? 0;
    seen.set(test.name.value, occurrence + 1);
    const demand = entry.target ? (view.demand(entry.target.name) ?? null) : null;
    const { state } = entry;
    const words = wordsOf(guideline, capability, entry);
    return [{ guideline, capability, entry, occurrence, demand, level: demand?.level ?? null, state, words }];
  });
  if (parts.length > 0) return parts;
  const words = wordsOf(guideline, capability, null);
  return [{ guideline, capability, entry: null, occurrence: 0, demand: null, level: null, state: null, words }];
}

function wordsOf(guideline: Guideline, capability: Capability, entry: TraceEntry | null): string {
  const parts = [guideline.id.value, capability.name.value, capability.project?.value ?? ''];
  if (entry) {
    const { name, id, flag, aliases } = entry.entry;
    parts.push(name.value, id ?? '', entry.target?.name ?? '', ...aliases.map((alias) => alias.value));
    if (flag) parts.push('flagged', flag.code ?? '');
  }
  return parts.join('\n').toLowerCase();
}

function programsOf(guideline: Guideline, component: string): readonly string[] {
  return guideline.programs
    .filter((program) => program.components.some(({ name }) => name.value === component))
    .map((program) => program.name.value);
}
