import type { CloudProfile } from './cloudProfile';
import type { GuestLevel, GuestOs } from './guestLevel';
import type { CapabilityStatus } from './guideline';
import type { GuestChoice, Implementation, Policy } from './whatIfPolicy';

/** `unknown`: the tree or the catalogue does not say. */
export const VERDICTS = ['holds', 'unknown', 'blocked'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What stands against a test. */
export type ReasonKind =
  /** The region boots no guest. */
  | 'no-guest'
  /** Container regions are counted elsewhere (F). */
  | 'containers-elsewhere'
  /** The region does not offer the way to the guest that the site takes. */
  | 'not-reachable'
  /** The guest system lacks a word of the command. */
  | 'word'
  /** Text that is not known goes to the guest. */
  | 'text-unknown'
  /** The test is skipped, which is no pass. */
  | 'skipped'
  /** It passes with one kind of guest system only. */
  | 'one-system'
  /** Users cannot upload images. */
  | 'no-upload'
  /** The tree has no such test. */
  | 'not-in-tree'
  /** Calls that may lead to the guest and were not followed. */
  | 'unresolved-call';

/** One reason, with its evidence as positions in the input. */
export interface Reason {
  readonly kind: ReasonKind;
  readonly verdict: 'blocked' | 'unknown';
  readonly os: GuestOs | null;
  /** Position in `WhatIfInput.uses`, or null. */
  readonly use: number | null;
  /** Position in the site's `words`, or null. */
  readonly word: number | null;
  /** One sentence without a full stop. */
  readonly text: string;
}

/** A test that does not simply hold. */
export interface TestVerdict {
  /** As written in the guideline. */
  readonly entry: string;
  /** Position in `WhatIfInput.tests`, or null. */
  readonly test: number | null;
  readonly verdict: 'blocked' | 'unknown';
  /** The heaviest first. */
  readonly reasons: readonly Reason[];
}

export interface TestCounts {
  readonly holds: number;
  readonly unknown: number;
  readonly blocked: number;
  /** Not counted: flagged tests need not pass. */
  readonly flagged: number;
}

export interface CapabilityVerdict {
  /** Position in the guideline's `capabilities`. */
  readonly capability: number;
  readonly name: string;
  readonly status: CapabilityStatus;
  /** What its unflagged tests demand together, under the policy. */
  readonly level: GuestLevel;
  readonly verdict: Verdict;
  readonly tests: TestCounts;
  /** Blocked ones first, then by name. */
  readonly against: readonly TestVerdict[];
}

export interface VerdictCounts {
  readonly holds: number;
  readonly unknown: number;
  readonly blocked: number;
}

export interface ComponentVerdict {
  readonly component: string;
  /** Over its required capabilities. */
  readonly verdict: Verdict;
  /** Required capabilities. */
  readonly capabilities: VerdictCounts;
  /** Tests of required capabilities, each once. */
  readonly tests: TestCounts;
  /** All capabilities of the component, by status and name. */
  readonly list: readonly CapabilityVerdict[];
}

export interface ProgramVerdict {
  readonly program: string;
  readonly verdict: Verdict;
}

/** A run against one region with one guest system. */
export interface RunVerdict {
  readonly region: string;
  /** The guest system of the run; null where none boots. */
  readonly guest: GuestOs | null;
  readonly components: readonly ComponentVerdict[];
  readonly programs: readonly ProgramVerdict[];
}

/** The regions together, by the policy's rule. */
export interface OverallVerdict {
  readonly components: readonly {
    readonly component: string;
    readonly verdict: Verdict;
    /** Regions in which it holds. */
    readonly heldBy: readonly string[];
    /** The region that decides. */
    readonly decidedBy: string;
    readonly capabilities: VerdictCounts;
    readonly tests: TestCounts;
  }[];
  readonly programs: readonly ProgramVerdict[];
}

/** One cell of the chart of 2015. */
export interface ChartCell {
  readonly implementation: Implementation;
  readonly guests: GuestChoice;
  readonly verdict: Verdict;
  /** Required capabilities over all components, each once, and their tests. */
  readonly capabilities: VerdictCounts;
  readonly tests: TestCounts;
  /** Names, sorted. */
  readonly blocked: readonly string[];
  readonly unknown: readonly string[];
}

/** C: tests of the guideline that upload an image, boot it and check it. */
export interface UploadVerdict {
  readonly verdict: Verdict;
  /** Tests of the tree that go all the way, guideline or not, as positions in `WhatIfInput.tests`. */
  readonly candidates: readonly number[];
  /** Capabilities with a test that goes all the way. */
  readonly proved: readonly string[];
  /** Required capabilities with a test that boots a server, none of which goes all the way. */
  readonly unproved: readonly string[];
  readonly text: string;
}

/** D: one system of the list. */
export interface MustRunVerdict {
  readonly os: GuestOs;
  readonly verdict: Verdict;
  /** The region that decides, or null when none declares the system. */
  readonly region: string | null;
  /** Required capabilities that stand against it. */
  readonly against: readonly string[];
}

/** E: the tests that ask something of a guest, as a capability of one system. */
export interface GuestCapabilityVerdict {
  readonly os: GuestOs;
  readonly name: string;
  readonly verdict: Verdict;
  readonly region: string | null;
  readonly tests: TestCounts;
}

/** H: base or a named set. */
export interface FlavorVerdict {
  readonly flavor: string;
  readonly verdict: Verdict;
  readonly capabilities: VerdictCounts;
  /** Names, sorted. */
  readonly members: readonly string[];
  readonly against: readonly string[];
}

/** The Technical Committee's resolution of 2015-12-11 against what a region declares. */
export interface ResolutionVerdict {
  readonly region: string;
  readonly imageUpload: boolean;
  readonly linuxGuest: boolean;
  readonly anyKernel: boolean;
  readonly virtualMachines: boolean;
}

/** The verdict on one guideline. */
export interface GuidelineVerdict {
  /** Position in `WhatIfInput.guidelines`. */
  readonly guideline: number;
  readonly id: string;
  /** The best run of each region, in the profile's order. */
  readonly regions: readonly RunVerdict[];
  readonly overall: OverallVerdict;
  readonly chart: readonly ChartCell[];
  readonly upload: UploadVerdict | null;
  readonly mustRun: readonly MustRunVerdict[];
  readonly guestCapabilities: readonly GuestCapabilityVerdict[];
  readonly flavors: readonly FlavorVerdict[];
}

/** What `evaluatePolicy` gives. */
export interface WhatIfVerdict {
  /** J: the declaration that was judged. */
  readonly profile: CloudProfile;
  readonly policy: Policy;
  readonly resolution: readonly ResolutionVerdict[];
  readonly guidelines: readonly GuidelineVerdict[];
}
