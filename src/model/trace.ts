import type { GuestLevel } from './guestLevel';
import type { Capability, ComponentStatus, Guideline, GuidelineTest } from './guideline';
import type { TestCase } from './testCase';

/** Link state of a guideline entry (design: words). */
export const LINK_STATES = [
  'ok',
  'renamed',
  'alias-live',
  'moved',
  'id-mismatch',
  'removed',
  'no-id',
  'duplicate',
  'alias-conflict',
  'external',
  'placeholder',
] as const;
export type LinkState = (typeof LINK_STATES)[number];

/** What each link state says, as half a sentence. */
export const LINK_STATE_MEANING: Readonly<Record<LinkState, string>> = {
  ok: 'the test exists under this name',
  renamed: 'the id lives on under another name',
  'alias-live': 'only an alias is the name of a test today',
  moved: 'the id now runs in another class or module',
  'id-mismatch': 'the name exists, with another id',
  removed: 'no test has this id or name any more',
  'no-id': 'the guideline gives no id',
  duplicate: 'another entry names the same test',
  'alias-conflict': 'an alias is the name of a different test',
  external: 'the test repository is not in the workspace',
  placeholder: 'a placeholder, not a test',
};

/** What would have found the entry, with the precedence path > alias > id: how the names fare. */
export type ResolvedBy = 'path' | 'alias' | 'id' | 'none';

/** One guideline entry joined to the tests of the workspace. */
export interface TraceEntry {
  readonly guideline: Guideline;
  readonly capability: Capability;
  readonly entry: GuidelineTest;
  readonly components: readonly ComponentStatus[];
  readonly state: LinkState;
  readonly resolvedBy: ResolvedBy;
  /** The runtime test that the entry names today; null when none. */
  readonly target: TestCase | null;
  /** All runtime tests that carry the entry's id (or the target alone). */
  readonly candidates: readonly TestCase[];
  /** Alias texts that name a live test with another id (the alias-conflict evidence). */
  readonly conflictingAliases: readonly string[];
}

/** The demand of a group of tests, for badges. */
export interface LevelSummary {
  readonly level: GuestLevel;
  readonly levelWithValidationOff: GuestLevel;
}
