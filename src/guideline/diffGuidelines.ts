import type { ComponentStatus, Guideline, GuidelineTest, TestFlag } from '../model/guideline';
import {
  type CapabilityDiff,
  type CapabilitySide,
  type DiffChange,
  type EntryDiff,
  type EntrySide,
  type GuidelineDiff,
  laterNameOf,
  type TestChurn,
} from '../model/guidelineDiff';
import { type GuestLevel, highestLevel } from '../model/guestLevel';
import { indexComponentStatuses } from './capabilityStatus';
import { type CapabilityPair, pairCapabilities } from './pairCapabilities';
import { identifyTests, type TestIdentity } from './testIdentity';

/** What the sources say an entry demands of a guest; null when there are none or no test answers it. */
export type LevelOf = (entry: GuidelineTest) => GuestLevel | null;

/**
 * What changed from one guideline to another, of any two schemas: capabilities (status per component, guest level), entries
 * (name, flag, aliases, status, level), and distinct tests. Tests are matched by id first, by key and alias where there is
 * no id. Deterministic; linear but for the capabilities that only one side has.
 */
export function diffGuidelines(before: Guideline, after: Guideline, levelOf: LevelOf = () => null): GuidelineDiff {
  const identify = identifyTests(before, after);
  const pairs = pairCapabilities(before, after, identify);
  const old = openSide(before, identify, levelOf);
  const now = openSide(after, identify, levelOf);
  const entries = pairs.flatMap((pair) => diffEntries(pair, old, now)).filter(({ changes }) => changes.length > 0);
  const capabilities = pairs.map((pair) => diffCapability(pair, old, now)).filter(({ changes }) => changes.length > 0);
  return {
    before,
    after,
    capabilities: capabilities.sort((a, b) => compareText(nameOf(a), nameOf(b))),
    entries: entries.sort(compareEntries),
    tests: countChurn(old, now),
  };
}

/** One guideline, indexed for the comparison. */
interface Side {
  readonly identify: TestIdentity;
  readonly capabilities: ReadonlyMap<string, CapabilitySide>;
  readonly entries: ReadonlyMap<string, readonly EntrySide[]>;
  /** Names of the capabilities that list a test, by its identity. */
  readonly holders: ReadonlyMap<string, ReadonlySet<string>>;
  readonly keys: ReadonlyMap<string, ReadonlySet<string>>;
}

function openSide(guideline: Guideline, identify: TestIdentity, levelOf: LevelOf): Side {
  const statuses = indexComponentStatuses(guideline);
  const capabilities = new Map<string, CapabilitySide>();
  const entries = new Map<string, readonly EntrySide[]>();
  const holders = new Map<string, Set<string>>();
  const keys = new Map<string, Set<string>>();
  for (const [name, components] of statuses)
    capabilities.set(name, { name, capability: null, components, level: null });
  for (const capability of guideline.capabilities) {
    const name = capability.name.value;
    const components = statuses.get(name) ?? listOwnStatus(capability.status?.value);
    const sides = capability.tests.map((entry) => ({ capability, entry, components, level: levelOf(entry) }));
    const levels = sides.flatMap(({ level }) => (level === null ? [] : [level]));
    capabilities.set(name, {
      name,
      capability,
      components,
      level: levels.length === 0 ? null : highestLevel(levels),
    });
    entries.set(name, sides);
    for (const { entry } of sides) {
      addTo(holders, identify(entry), name);
      addTo(keys, identify(entry), entry.name.value);
    }
  }
  return { identify, capabilities, entries, holders, keys };
}

/** 1.2 and 1.3 keep the status of a capability that left its component on the capability. */
function listOwnStatus(status: string | undefined): readonly ComponentStatus[] {
  return status === 'removed' ? [{ component: '', status }] : [];
}

function addTo(index: Map<string, Set<string>>, key: string, value: string): void {
  const known = index.get(key);
  if (known === undefined) index.set(key, new Set([value]));
  else known.add(value);
}

function diffCapability(pair: CapabilityPair, old: Side, now: Side): CapabilityDiff {
  const before = pair.before === null ? null : (old.capabilities.get(pair.before) ?? null);
  const after = pair.after === null ? null : (now.capabilities.get(pair.after) ?? null);
  if (before === null || after === null) return { changes: [before === null ? 'added' : 'removed'], before, after };
  const changes: DiffChange[] = [];
  if (before.name !== after.name) changes.push('renamed');
  if (printStatuses(before.components) !== printStatuses(after.components)) changes.push('statusChanged');
  if (isOtherLevel(before.level, after.level)) changes.push('levelChanged');
  return { changes, before, after };
}

/** Pairs the entries of one capability: same test and same key, then the same test in order. */
function diffEntries(pair: CapabilityPair, old: Side, now: Side): EntryDiff[] {
  const left = [...(pair.before === null ? [] : (old.entries.get(pair.before) ?? []))];
  const right = [...(pair.after === null ? [] : (now.entries.get(pair.after) ?? []))];
  const same = (a: EntrySide, b: EntrySide): boolean => old.identify(a.entry) === now.identify(b.entry);
  const matches = [
    ...takePairs(left, right, (a, b) => same(a, b) && a.entry.name.value === b.entry.name.value),
    ...takePairs(left, right, same),
  ];
  return [
    ...matches.map(([before, after]) => ({ changes: compareSides(before, after), before, after, elsewhere: [] })),
    ...left.map((before): EntryDiff => {
      const elsewhere = listHolders(now, old.identify(before.entry), pair.after);
      return { changes: ['removed'], before, after: null, elsewhere };
    }),
    ...right.map((after): EntryDiff => {
      const elsewhere = listHolders(old, now.identify(after.entry), pair.before);
      return { changes: ['added'], before: null, after, elsewhere };
    }),
  ];
}

/** Takes what belongs together out of both lists, each entry once. */
function takePairs(
  left: EntrySide[],
  right: EntrySide[],
  belong: (a: EntrySide, b: EntrySide) => boolean,
): [EntrySide, EntrySide][] {
  const result: [EntrySide, EntrySide][] = [];
  for (const before of [...left]) {
    const at = right.findIndex((candidate) => belong(before, candidate));
    const after = right[at];
    if (after === undefined) continue;
    right.splice(at, 1);
    left.splice(left.indexOf(before), 1);
    result.push([before, after]);
  }
  return result;
}

/** The paired capability comes too: there the same test stands under another key (an inherited variant). */
function listHolders(side: Side, test: string, paired: string | null): readonly string[] {
  const names = side.holders.get(test) ?? new Set<string>();
  return [...names].sort((a, b) => Number(b === paired) - Number(a === paired) || compareText(a, b));
}

function compareSides(before: EntrySide, after: EntrySide): DiffChange[] {
  const changes: DiffChange[] = [];
  if (before.entry.name.value !== after.entry.name.value) changes.push('renamed');
  if (printStatuses(before.components) !== printStatuses(after.components)) changes.push('statusChanged');
  if (printFlag(before.entry.flag) !== printFlag(after.entry.flag)) changes.push('flagChanged');
  if (printAliases(before.entry) !== printAliases(after.entry)) changes.push('aliasesChanged');
  if (isOtherLevel(before.level, after.level)) changes.push('levelChanged');
  return changes;
}

/** A level that is not known on one side says nothing. */
function isOtherLevel(before: GuestLevel | null, after: GuestLevel | null): boolean {
  return before !== null && after !== null && before !== after;
}

function printStatuses(components: readonly ComponentStatus[]): string {
  return components
    .map(({ component, status }) => `${laterNameOf(component)} ${status}`)
    .sort(compareText)
    .join('\n');
}

/** Everything that a reader sees of a flag; a parallel list of 1.0 and 1.2 has no reason to compare. */
function printFlag(flag: TestFlag | null): string {
  if (flag === null) return '';
  return JSON.stringify(['flagged', flag.reason?.value ?? '', flag.action?.value ?? '', flag.date?.value ?? '']);
}

function printAliases({ aliases }: GuidelineTest): string {
  return [...new Set(aliases.map(({ value }) => value))].sort(compareText).join('\n');
}

function countChurn(old: Side, now: Side): TestChurn {
  const kept = [...old.keys].filter(([test]) => now.keys.has(test));
  const isRenamed = ([test, names]: [string, ReadonlySet<string>]): boolean =>
    ![...(now.keys.get(test) ?? [])].some((name) => names.has(name));
  return {
    added: [...now.keys.keys()].filter((test) => !old.keys.has(test)).sort(compareText),
    removed: [...old.keys.keys()].filter((test) => !now.keys.has(test)).sort(compareText),
    renamed: kept
      .filter(isRenamed)
      .map(([test]) => test)
      .sort(compareText),
  };
}

function nameOf({ before, after }: CapabilityDiff): string {
  return (after ?? before)?.name ?? '';
}

function compareEntries(a: EntryDiff, b: EntryDiff): number {
  const left = a.after ?? a.before;
  const right = b.after ?? b.before;
  return (
    compareText(left?.capability.name.value ?? '', right?.capability.name.value ?? '') ||
    compareText(left?.entry.name.value ?? '', right?.entry.name.value ?? '') ||
    compareText(left?.entry.id ?? '', right?.entry.id ?? '') ||
    // The same key under another id: the one that went comes first.
    Number(a.before === null) - Number(b.before === null)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
