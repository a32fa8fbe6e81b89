import type { CapabilityStatus, ComponentStatus, GuidelineKind } from '../model/guideline';
import type { GuestLevel } from '../model/guestLevel';
import type { Confidence, Guard } from '../model/guestSite';
import type { SiteKind } from '../model/siteKind';
import type { LinkState } from '../model/trace';
import type { CloudProfile } from '../model/cloudProfile';
import type { WhatIfInput } from '../model/whatIfInput';

/**
 * What the report page shows, as compact plain data: it stands inside the page as JSON, so long texts that recur are
 * kept once and named by index. Lines and columns are 1-based.
 */
export interface ReportModel {
  readonly schema: 'interop-lens/report/1';
  /** Version of the tool that wrote it. */
  readonly version: string;
  readonly files: readonly ReportFile[];
  /** Test names as guidelines write them, sorted; `ReportEntry.name` is an index. */
  readonly names: readonly string[];
  /** Oldest first: legacy, dated, next; main guidelines before the other families. */
  readonly guidelines: readonly ReportGuideline[];
  /** Every capability name of the guidelines, sorted by project and name; `ReportCell.capability` is an index. */
  readonly capabilities: readonly ReportCapability[];
  /** Every test that an entry leads to, by name; `ReportEntry.test` is an index. */
  readonly tests: readonly ReportTest[];
  /** Every guest site that one of these tests reaches, by place; `ReportEvidence.site` is an index. */
  readonly sites: readonly ReportSite[];
  /** Calls that lead to sites; `ReportEvidence.path` are indexes. */
  readonly steps: readonly ReportStep[];
  /** What verdicts are computed from; its guidelines are those above, in their order. */
  readonly whatIf: WhatIfInput;
  /** Where the files of `whatIf` stand in `files`. */
  readonly whatIfFiles: readonly number[];
  /** Clouds to judge: the built-in ones, then those of the workspace. */
  readonly profiles: readonly ReportProfile[];
}

/** A cloud with the name by which the page remembers it. */
export interface ReportProfile {
  readonly key: string;
  readonly profile: CloudProfile;
}

export interface ReportFile {
  /** Relative to its root, with `/`. */
  readonly path: string;
  /** Address for a link, without the line; null where the page's host opens files itself. `{line}` stands for the line. */
  readonly href: string | null;
}

/** Index of a file, line, column. */
export type ReportPlace = readonly [file: number, line: number, column: number];

export interface ReportGuideline {
  readonly id: string;
  readonly kind: GuidelineKind;
  /** "" for main guidelines, else `dns`, `nfv` … */
  readonly family: string;
  /** `approved`, `draft` …; "" when the file does not say. */
  readonly status: string;
  readonly releases: readonly string[];
  readonly place: ReportPlace;
  /** In the order of `capabilities`; a capability that the guideline does not define has no cell. */
  readonly cells: readonly ReportCell[];
}

export interface ReportCapability {
  readonly name: string;
  /** OpenStack project that provides it, as the newest guideline says; "" when none does. */
  readonly project: string;
  readonly description: string;
}

/** One capability in one guideline. */
export interface ReportCell {
  readonly capability: number;
  /** The strongest status over the components; null when no component lists the capability. */
  readonly status: CapabilityStatus | null;
  readonly components: readonly ComponentStatus[];
  /** Over the tests that count (unflagged ones that are found); null when there is none. */
  readonly level: GuestLevel | null;
  readonly levelWithValidationOff: GuestLevel | null;
  readonly place: ReportPlace;
  readonly entries: readonly ReportEntry[];
}

export interface ReportEntry {
  readonly name: number;
  readonly state: LinkState;
  /** null when the entry leads to no test. */
  readonly test: number | null;
  readonly flag: ReportFlag | null;
  readonly place: ReportPlace;
}

export interface ReportFlag {
  /** `D401` …, or null. */
  readonly code: string | null;
  readonly reason: string;
  readonly action: string;
  readonly date: string;
}

export interface ReportTest {
  readonly name: string;
  /** The `def`. */
  readonly place: ReportPlace;
  readonly level: GuestLevel;
  readonly levelWithValidationOff: GuestLevel;
  readonly guards: readonly Guard[];
  readonly unresolvedCalls: number;
  /** The strongest demand first; sites that run only while an exception is handled last. */
  readonly evidence: readonly ReportEvidence[];
}

/** How a test reaches a site. */
export interface ReportEvidence {
  readonly site: number;
  readonly guards: readonly Guard[];
  /** From the test to the site; the last step is the site's own call. */
  readonly path: readonly number[];
}

export interface ReportSite {
  readonly place: ReportPlace;
  readonly kind: SiteKind;
  /** Evaluated text with `{}` for what is not known; "" where no text goes to the guest. */
  readonly command: string;
  readonly rules: readonly string[];
  readonly level: GuestLevel;
  readonly confidence: Confidence;
  readonly debugOnly: boolean;
}

/** The line is that of the call inside the function. */
export interface ReportStep {
  readonly function: string;
  readonly place: ReportPlace;
}
