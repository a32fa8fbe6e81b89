import type { Confidence } from './guestSite';
import type { TextEdit, TextLocation } from './text';

export type Severity = 'error' | 'warning' | 'info' | 'hint';

export interface RelatedLocation extends TextLocation {
  readonly message: string;
}

/** A way out of a finding. `safe` fixes may be applied without review and take part in fixAll. */
export interface Fix {
  readonly title: string;
  readonly safe: boolean;
  /** What it weakens or needs; shown with the title of a suggestion. */
  readonly note: string | null;
  readonly edits: readonly TextEdit[];
  /** Which way out it is (`QF1`, `noqa`), whatever its title says. */
  readonly id?: string;
  /** Rules that may be found where this finding was: weaker ones, as the note says. */
  readonly mayLeave?: readonly string[];
  /** True when the finding stays all the same (a tag, a guard of another kind). */
  readonly keepsFinding?: boolean;
  /** True for what is never applied in bulk: a comment that silences, a tag, a flag in a guideline. */
  readonly onlyByHand?: boolean;
}

export interface Finding extends TextLocation {
  /** `ILnnn`. */
  readonly rule: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly message: string;
  readonly related: readonly RelatedLocation[];
  readonly fixes: readonly Fix[];
  /** True when a `# noqa` on the line covers it; the reason behind the noqa is kept. */
  readonly suppressed: boolean;
  readonly suppressionReason: string | null;
  /** Call paths from required tests to the site (SARIF codeFlows), outermost first. */
  readonly flows: readonly (readonly RelatedLocation[])[];
  /** Runtime names of the tests that reach the guest site, sorted; absent for findings that are not about one. */
  readonly tests?: readonly string[];
}

/** What is known of a rule without looking at code: one per id, a page each. */
export interface RuleInfo {
  readonly id: string;
  /** kebab-case; the page is `docs/rules/<id>.md`. */
  readonly name: string;
  readonly severity: Severity;
  /** One line for lists and SARIF. */
  readonly summary: string;
  readonly url: string;
}
