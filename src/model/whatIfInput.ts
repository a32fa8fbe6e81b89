import type { GuestLevel, GuestOs } from './guestLevel';
import type { CapabilityStatus } from './guideline';
import type { Confidence } from './guestSite';
import type { SiteKind } from './siteKind';
import type { Support } from './portability';
import type { LinkState } from './trace';
import type { UploadChain } from './uploadChain';
import type { Rewrites } from './whatIfPolicy';

/**
 * All that a verdict needs, out of the index: plain tables that refer to each other by position, so that they cross to a
 * browser as JSON and are judged there without the engine.
 */
export interface WhatIfInput {
  readonly schema: 'interop-lens/whatif-input/1';
  /** Which rewrites were tried: a policy that wants more of them needs another table. */
  readonly rewrites: Rewrites;
  /** Files that places name, by position. */
  readonly files: readonly WhatIfFile[];
  readonly sites: readonly WhatIfSite[];
  readonly uses: readonly WhatIfUse[];
  /** Tests that guidelines name, by name. */
  readonly tests: readonly WhatIfTest[];
  readonly guidelines: readonly WhatIfGuideline[];
}

/** `path` is relative to the file's root. `uri` is null where the table leaves the machine. */
export interface WhatIfFile {
  readonly path: string;
  readonly uri: string | null;
}

/** 1-based, columns in UTF-16 code units. */
export interface WhatIfPlace {
  /** Position in `files`. */
  readonly file: number;
  readonly line: number;
  readonly column: number;
}

/** A place where the guest is made to do something, whichever test comes along. */
export interface WhatIfSite extends WhatIfPlace {
  readonly kind: SiteKind;
  readonly level: GuestLevel;
  /** With `{}` for what is not known. */
  readonly command: string;
  /** What of the text asks more of a guest than to boot; empty where no text goes to the guest. */
  readonly words: readonly WhatIfWord[];
}

/** A word of a command with the rule that speaks of it, and which guest systems have it. */
export interface WhatIfWord {
  readonly rule: string;
  readonly subject: string;
  readonly level: GuestLevel;
  /** The program that `may` speaks of, or null. */
  readonly tool: string | null;
  readonly support: Readonly<Record<GuestOs, Support>>;
  /** What holds in a container, which has no kernel of its own; null where that makes no difference. */
  readonly inContainer: Support | null;
  /** Commands that answer the same question, by guest system. */
  readonly alternatives: Readonly<Partial<Record<GuestOs, string>>>;
}

/** A condition on the way to a site: runs when `option` has the value `holds`. */
export interface WhatIfGuard {
  /** `group.option`, or the condition as written where it is none. */
  readonly option: string;
  readonly holds: boolean;
  /** Otherwise the test is skipped, which is no pass; or it goes on without the site. */
  readonly kind: 'skip' | 'inline';
}

/** How one test comes to a site. */
export interface WhatIfUse {
  /** Position in `sites`. */
  readonly site: number;
  readonly guards: readonly WhatIfGuard[];
  readonly confidence: Confidence;
  /** From the test (first) to the function that holds the site (last). */
  readonly path: readonly WhatIfStep[];
}

export interface WhatIfStep {
  readonly function: string;
  readonly file: number;
  readonly line: number;
}

export interface WhatIfTest extends WhatIfPlace {
  readonly name: string;
  readonly level: GuestLevel;
  readonly levelWithValidationOff: GuestLevel;
  readonly upload: UploadChain;
  readonly unresolvedCalls: number;
  /** Positions in `uses`. */
  readonly uses: readonly number[];
  /** With every safe rewrite made; null: the same. */
  readonly afterSafe: WhatIfRewritten | null;
  /** With suggestions as well; null: the same. */
  readonly afterAll: WhatIfRewritten | null;
}

/** What a test demands once rewrites are made. */
export interface WhatIfRewritten {
  readonly level: GuestLevel;
  readonly levelWithValidationOff: GuestLevel;
  readonly uses: readonly number[];
  /** Titles of the fixes whose files the test runs through, sorted. */
  readonly fixes: readonly string[];
}

export interface WhatIfGuideline {
  /** Position in `files`. */
  readonly file: number;
  readonly id: string;
  readonly schemaVersion: string;
  readonly status: string | null;
  readonly components: readonly WhatIfComponent[];
  readonly programs: readonly WhatIfProgram[];
  readonly capabilities: readonly WhatIfCapability[];
  readonly designated: readonly WhatIfDesignated[];
}

export interface WhatIfComponent {
  readonly name: string;
  /** Status by position in the guideline's `capabilities`. */
  readonly statuses: readonly (readonly [capability: number, status: CapabilityStatus])[];
}

export interface WhatIfProgram {
  readonly name: string;
  /** Components of this file that it requires. */
  readonly components: readonly string[];
}

export interface WhatIfCapability extends WhatIfPlace {
  readonly name: string;
  readonly project: string | null;
  readonly entries: readonly WhatIfEntry[];
}

export interface WhatIfEntry extends WhatIfPlace {
  /** As written in the guideline. */
  readonly name: string;
  /** Position in `tests`, or null when the tree has no such test. */
  readonly test: number | null;
  readonly state: LinkState;
  readonly flagged: boolean;
}

/** A designated section, for the capabilities of its project. */
export interface WhatIfDesignated extends WhatIfPlace {
  readonly project: string;
  readonly status: CapabilityStatus | 'informational';
  readonly sections: readonly { readonly name: string; readonly designated: boolean | null }[];
}
