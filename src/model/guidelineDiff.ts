import type { Capability, ComponentStatus, Guideline, GuidelineTest } from './guideline';
import type { GuestLevel } from './guestLevel';

/** What may have become of an entry or a capability between two guidelines; several at once, but for the first two. */
export const DIFF_CHANGES = [
  'added',
  'removed',
  'renamed',
  'statusChanged',
  'flagChanged',
  'aliasesChanged',
  'levelChanged',
] as const;
export type DiffChange = (typeof DIFF_CHANGES)[number];

/** Each change as people read it. */
export const DIFF_CHANGE_WORDS: Readonly<Record<DiffChange, string>> = {
  added: 'added',
  removed: 'removed',
  renamed: 'renamed',
  statusChanged: 'status changed',
  flagChanged: 'flag changed',
  aliasesChanged: 'aliases changed',
  levelChanged: 'guest level changed',
};

/** Two guidelines compared. Only what changed is listed. */
export interface GuidelineDiff {
  readonly before: Guideline;
  readonly after: Guideline;
  /** By name (the later one where there are two). */
  readonly capabilities: readonly CapabilityDiff[];
  /** By capability, then name of the test (the later ones). */
  readonly entries: readonly EntryDiff[];
  readonly tests: TestChurn;
}

/**
 * Distinct tests, whatever capabilities list them: by idempotent id, by name where there is none. Each list holds ids (or
 * names), sorted. Renamed: no key of the earlier guideline is a key of the later one.
 */
export interface TestChurn {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly renamed: readonly string[];
}

export interface CapabilityDiff {
  readonly changes: readonly DiffChange[];
  readonly before: CapabilitySide | null;
  readonly after: CapabilitySide | null;
}

/** A capability in one of the two guidelines: defined, or only listed by a component. */
export interface CapabilitySide {
  readonly name: string;
  /** null when components list the name and the file does not define it. */
  readonly capability: Capability | null;
  readonly components: readonly ComponentStatus[];
  /** The highest level of its tests; null without sources or without live tests. */
  readonly level: GuestLevel | null;
}

/** One (capability, test) entry. A test that went to another capability is removed from the one and added to the other. */
export interface EntryDiff {
  readonly changes: readonly DiffChange[];
  readonly before: EntrySide | null;
  readonly after: EntrySide | null;
  /**
   * Of an added or removed entry: the capabilities in which the other guideline has the same test, sorted. Empty when it
   * does not have it at all.
   */
  readonly elsewhere: readonly string[];
}

export interface EntrySide {
  readonly capability: Capability;
  readonly entry: GuidelineTest;
  readonly components: readonly ComponentStatus[];
  /** null without sources, or when no live test answers the entry. */
  readonly level: GuestLevel | null;
}

/** What 1.x calls its two components is what 2.0 calls os_powered_compute and os_powered_storage. */
const LATER_NAMES: Readonly<Record<string, string>> = {
  compute: 'os_powered_compute',
  object: 'os_powered_storage',
};

/** One name for a component of any schema, to compare statuses by: that of 2.0. */
export function laterNameOf(component: string): string {
  return LATER_NAMES[component] ?? component;
}
