import type { GuestLevel } from './guestLevel';
import type { HopReason } from './hopReason';
import type { SiteKind } from './siteKind';
import type { TextLocation, TextRange } from './text';
import type { UploadChain } from './uploadChain';

export type Confidence = 'certain' | 'likely';

/** A condition that switches a site off. `skip`: the test is skipped (a skipped test is no pass); `inline`: the rest of the test still runs. */
export interface Guard {
  /** `group.option`, with `not ` before it or a comparison behind it: `validation.run_validation`. */
  readonly condition: string;
  readonly kind: 'skip' | 'inline';
  /** Where it is asked, on every way; only in a demand that was made to be explained. */
  readonly at?: readonly TextLocation[];
}

/** A word of a command or script, where it stands in the Python source. */
export interface WordRange {
  readonly uri: string;
  readonly range: TextRange;
}

/** One match of a portability rule on a site's words. */
export interface RuleMatch {
  readonly rule: string;
  /** The word or words that the rule is about, as text. */
  readonly subject: string;
  /** Where they stand; empty when the text was assembled from unknown parts. */
  readonly words: readonly WordRange[];
  readonly level: GuestLevel;
  /** Set by the catalogue: what the command is for, which picks the alternatives. */
  readonly intent: string | null;
  /** The command only looks whether it is there. */
  readonly isProbe?: true;
  /** How POSIX spells the same, where that is sure to mean the same on every guest that takes the words as they are. */
  readonly respelling?: readonly WordEdit[];
}

/** Shell text to be written for a stretch of words. */
export interface WordEdit extends WordRange {
  /** The words as they stand there, one blank between them; "" for an insertion. */
  readonly replaced: string;
  /** Shell text: what the literal around it takes has still to be done (quotes, `%%`). */
  readonly newText: string;
}

/** A guest site reached by a test, with what the path fixed (command text, guards). */
export interface GuestSite {
  readonly uri: string;
  /** The callee expression's last line: what is shown as the site. */
  readonly range: TextRange;
  readonly kind: SiteKind;
  /** Evaluated text with `{}` for what is not known; "" where no text goes to the guest. */
  readonly command: string;
  readonly matches: readonly RuleMatch[];
  /** Where the text that goes to the guest is written, as far as it stands in the source. */
  readonly written?: readonly WordRange[];
  readonly level: GuestLevel;
  readonly guards: readonly Guard[];
  readonly confidence: Confidence;
  readonly path: readonly PathStep[];
  /** Where the test sets out for the site, when it does from more than one place: the shortest path from each, `path` among them. */
  readonly ways?: readonly SiteWay[];
  /** True when the site runs only while an exception is handled: it raises no level. */
  readonly debugOnly: boolean;
}

/** One way to a site, with the guards on it alone. */
export interface SiteWay {
  readonly path: readonly PathStep[];
  readonly guards: readonly Guard[];
}

/** `range` is the call inside `function` that leads on to the next step (the site itself in the last). */
export interface PathStep {
  /** `Class.method` or `function`. */
  readonly function: string;
  readonly uri: string;
  readonly range: TextRange;
  /** Why the step is taken; only in a demand that was made to be explained. */
  readonly why?: readonly HopReason[];
}

/** A call that could lead to the guest and whose target is not known. */
export interface UnresolvedCall {
  readonly uri: string;
  readonly range: TextRange;
  readonly text: string;
}

/** What one test demands. */
export interface TestDemand {
  readonly test: string;
  readonly level: GuestLevel;
  readonly levelWithValidationOff: GuestLevel;
  readonly guards: readonly Guard[];
  readonly sites: readonly GuestSite[];
  readonly unresolvedCalls: readonly UnresolvedCall[];
  /** How far it goes with an image that it uploads itself; missing where it uploads none. */
  readonly upload?: UploadChain;
}
