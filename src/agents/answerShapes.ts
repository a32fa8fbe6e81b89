import type { CapabilityStatus } from '../model/guideline';
import type { GuestLevel } from '../model/guestLevel';
import type { LinkState } from '../model/trace';
import type { DiffChange } from '../model/guidelineDiff';
import type { DiffReport, PrintedEntryDiff, PrintedEntrySide } from '../report/diffReport';
import type { PrintedSite } from '../report/levelsReport';
import type { PrintedFlag } from '../report/traceReport';

/** What every answer carries. Places are as in all outputs: paths below their root, 1-based lines and columns. */
export interface AnswerHead {
  readonly schema: 'interop-lens/agent/1';
  readonly tool: string;
  /** When the files were last looked at, ISO 8601 in UTC; null before the first time. */
  readonly indexedAt: string | null;
  /** False while files are being read: what is absent from the answer may still come. */
  readonly complete: boolean;
  /** Why there is no answer, and what to ask instead; null when there is one. */
  readonly problem: string | null;
  /** How many items were left out for length, by list. */
  readonly omitted: Readonly<Record<string, number>>;
  /** How to ask for what was left out; null when nothing was. */
  readonly narrow: string | null;
}

/** A test with its definition and level. */
export interface NamedTest {
  readonly name: string;
  readonly ids: readonly string[];
  readonly file: string;
  readonly line: number;
  readonly level: GuestLevel;
  readonly levelWithValidationOff: GuestLevel;
}

/** A guideline entry that leads to a test that was asked for. */
export interface CapabilityOfTest {
  readonly guideline: string;
  readonly guidelineStatus: string | null;
  readonly capability: string;
  readonly components: Readonly<Record<string, CapabilityStatus>>;
  readonly entry: string;
  readonly state: LinkState;
  readonly flagged: PrintedFlag | null;
  readonly test: string | null;
  readonly file: string;
  readonly line: number;
}

export interface CapabilitiesAnswer extends AnswerHead {
  readonly tests: readonly NamedTest[];
  readonly capabilities: readonly CapabilityOfTest[];
}

/** A capability in one guideline. */
export interface TestsOfCapability {
  readonly guideline: string;
  readonly guidelineStatus: string | null;
  readonly components: Readonly<Record<string, CapabilityStatus>>;
  readonly file: string;
  readonly line: number;
  readonly description: string;
  /** Highest level of the tests that are live; null when none is. */
  readonly level: GuestLevel | null;
  readonly testCount: number;
  readonly tests: readonly EntryOfCapability[];
}

/** An entry of a capability, with the test that it leads to. */
export interface EntryOfCapability {
  /** As the guideline writes it. */
  readonly test: string;
  /** Its name today; null when it has none. */
  readonly today: string | null;
  readonly id: string | null;
  readonly aliases: readonly string[];
  readonly flagged: PrintedFlag | null;
  readonly state: LinkState;
  /** Of the test's definition; null when there is no test. */
  readonly file: string | null;
  readonly line: number | null;
  readonly level: GuestLevel | null;
  readonly levelWithValidationOff: GuestLevel | null;
  readonly guards: readonly string[];
}

export interface TestsAnswer extends AnswerHead {
  readonly capability: string;
  readonly guidelines: readonly TestsOfCapability[];
}

export interface ExplainedLevel extends NamedTest {
  readonly guards: readonly { readonly condition: string; readonly kind: 'skip' | 'inline' }[];
  readonly siteCount: number;
  /** The sites of the highest levels first; long texts are cut. */
  readonly sites: readonly PrintedSite[];
  /** Calls whose target could not be told: what they do is not in `sites`. */
  readonly unresolvedCalls: number;
}

export interface LevelAnswer extends AnswerHead {
  readonly tests: readonly ExplainedLevel[];
}

/** An entry that changed: whole where one side has none, else only what the sides do not have in common. */
export interface ChangedEntry extends Pick<PrintedEntryDiff, 'capability' | 'test' | 'id' | 'elsewhere'> {
  readonly changes: readonly DiffChange[];
  readonly before: Partial<PrintedEntrySide> | null;
  readonly after: Partial<PrintedEntrySide> | null;
}

export interface ChangeAnswer extends AnswerHead {
  readonly change: (Omit<DiffReport, 'schema' | 'entries'> & { readonly entries: readonly ChangedEntry[] }) | null;
}

export type AgentAnswer = CapabilitiesAnswer | TestsAnswer | LevelAnswer | ChangeAnswer | AnswerHead;
