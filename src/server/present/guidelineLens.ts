import type { ComponentStatus } from '../../model/guideline';
import type { TestDemand } from '../../model/guestSite';
import type { TraceEntry } from '../../model/trace';
import { describeFlag, describeState, describeStatuses } from './entryText';
import { levelBadge, needsLinux } from './levelText';
import { count } from './markdown';

/** A guideline entry with what is known of its test; `demand` is missing when the entry leads to no test. */
export interface EntryDemand {
  readonly entry: TraceEntry;
  readonly demand: TestDemand | undefined;
}

/** What a lens above a capability says: `5 tests · required in compute · 2 need linux · 1 flagged`. */
export function printCapabilityLens(components: readonly ComponentStatus[], entries: readonly EntryDemand[]): string {
  const parts = [count(entries.length, 'test'), describeStatuses(components)];
  const linux = entries.filter(({ demand }) => demand !== undefined && needsLinux(demand.level)).length;
  if (linux > 0) parts.push(linux === 1 ? '1 needs linux' : `${linux} need linux`);
  const flagged = entries.filter(({ entry }) => entry.entry.flag !== null).length;
  if (flagged > 0) parts.push(`${flagged} flagged`);
  const broken = entries.filter(({ entry }) => entry.target === null && entry.state !== 'external').length;
  if (broken > 0) parts.push(`${broken} without a test today`);
  return parts.join(' · ');
}

/** What a lens above a test entry says: `guest: linux · ok`, `removed: no test has this id or name any more`. */
export function printEntryLens({ entry, demand }: EntryDemand): string {
  const parts: string[] = [];
  if (demand) parts.push(`guest: ${levelBadge(demand)}`);
  parts.push(entry.state === 'ok' ? 'ok' : `${entry.state}: ${describeState(entry.state)}`);
  if (entry.target && entry.state !== 'ok' && entry.target.name !== entry.entry.name.value)
    parts.push(`today ${entry.target.name}`);
  if (entry.entry.flag) parts.push(describeFlag(entry.entry.flag));
  return parts.join(' · ');
}
