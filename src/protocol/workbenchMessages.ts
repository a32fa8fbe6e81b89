/** Messages of the guideline workbench: compare guidelines, judge results, flag a test. */
import type { EvidenceArguments, PositionJson, RangeJson } from './messages';

/** client → server, `interopLens/guidelines`: the guidelines of the workspace, the newest first. */
export interface GuidelineInfo {
  readonly uri: string;
  /** `2020.06`, or the name of the file. */
  readonly label: string;
  /** Status and path. */
  readonly description: string;
}
export const GUIDELINES_REQUEST = 'interopLens/guidelines';

/** Scheme of documents that show a comparison or a result; the address says which. */
export const REPORT_SCHEME = 'interop-lens-report';
/** Scheme of documents that show a file as a revision of its git repository has it. */
export const REVISION_SCHEME = 'interop-lens-revision';

/** client → server, `interopLens/revision`: a file as git has it, from a server that can run git. */
export interface RevisionArguments {
  readonly uri: string;
  /** What git takes: `HEAD`, a branch, a commit. */
  readonly revision: string;
}

export interface RevisionAnswer {
  /** null when it cannot be read. */
  readonly text: string | null;
  /** Why not; null when this server never can (a worker). */
  readonly problem: string | null;
}
export const REVISION_REQUEST = 'interopLens/revision';

/** A guideline of the workspace, or the text that a revision has of it. */
export interface ComparedGuideline {
  readonly uri: string;
  readonly revision?: {
    readonly name: string;
    readonly text: string;
    /** Address of a document that shows it; lines are appended as `#L12`. */
    readonly address: string;
  };
}

/** client → server, `interopLens/compare`: two guidelines compared, as a Markdown document. */
export interface CompareArguments {
  readonly before: ComparedGuideline;
  readonly after: ComparedGuideline;
  /** Where names lead; `addresses` without it. */
  readonly links?: DocumentLinks;
}

/**
 * How names of a document are links: `addresses` of files with a line (`file:///x.json#L3`), `places` by number (`#place-3`; the
 * answer has their addresses), or `none`: names alone.
 */
export type DocumentLinks = 'addresses' | 'places' | 'none';

/** A document, or why there is none. */
export interface DocumentAnswer {
  /** Addresses that the numbers of the links stand for. */
  readonly places?: readonly string[];
  readonly markdown: string;
  readonly problem: string | null;
}
export const COMPARE_REQUEST = 'interopLens/compare';

/** client → server, `interopLens/explain`: all that is known of a test, or of the most demanding test of a place, as Markdown. */
export interface ExplainArguments extends EvidenceArguments {
  /** Where the places lead that it names; `addresses` without it. */
  readonly links?: DocumentLinks;
}

export interface ExplainAnswer extends DocumentAnswer {
  /** The test that it is about; null with a problem. */
  readonly test: string | null;
}
export const EXPLAIN_REQUEST = 'interopLens/explain';

/** client → server, `interopLens/result`: the results of a run against a guideline of the workspace. */
export interface ResultArguments {
  readonly uri: string;
  /** Name of the results file, for the text. */
  readonly file: string;
  /** Its bytes, as base64: a list, a subunit v2 stream, or refstack-client's JSON. */
  readonly base64: string;
  /** Where names of the table lead; nowhere without it. */
  readonly links?: DocumentLinks;
}

export type OutcomeName = 'passed' | 'failed' | 'skipped' | 'not run';

/** A guideline entry, or a capability, with what the run says of it. */
export interface ResultNote {
  readonly range: RangeJson;
  readonly text: string;
}

export interface ResultAnswer extends DocumentAnswer {
  /** A line for each target: verdict, required, required without flag. */
  readonly summary: readonly string[];
  /** Where the summary stands: the guideline's id. */
  readonly head: RangeJson;
  readonly capabilities: readonly ResultNote[];
  readonly entries: readonly (ResultNote & { readonly outcome: OutcomeName })[];
}
export const RESULT_REQUEST = 'interopLens/result';

/** client → server, `interopLens/flagForm`: what a form for flagging the test at a place starts with. */
export interface FlagFormArguments {
  readonly uri: string;
  readonly position: PositionJson;
}

export interface FlagProposal {
  /** `D404`. */
  readonly code: string;
  readonly meaning: string;
  /** Starts with the code in brackets. */
  readonly reason: string;
  readonly action: string;
}

export interface FlagFormAnswer {
  /** Why the test cannot be flagged; null when it can. */
  readonly problem: string | null;
  readonly test: string;
  readonly capability: string;
  /** One for each flag type; the one that the evidence speaks for comes first. */
  readonly proposals: readonly FlagProposal[];
  readonly date: string;
  /** The id of `next` when it has the test without a flag; else null. */
  readonly next: string | null;
  /** False for schemas whose flags are lists of names. */
  readonly hasReason: boolean;
}
export const FLAG_FORM_REQUEST = 'interopLens/flagForm';

/** client → server, `interopLens/flagEdits`: the edits that flag the test at a place. */
export interface FlagEditArguments extends FlagFormArguments {
  /** The test that the form was for: the text may have moved since. */
  readonly test: string;
  readonly reason: string;
  readonly action: string;
  readonly date: string;
  /** Flag it in `next` as well. */
  readonly mirror: boolean;
}

export interface FileEdits {
  readonly uri: string;
  /** Of the open document that the edits are for; null when it is not open. */
  readonly version: number | null;
  readonly edits: readonly { readonly range: RangeJson; readonly newText: string }[];
}

export interface FlagEditAnswer {
  readonly problem: string | null;
  readonly files: readonly FileEdits[];
}
export const FLAG_EDIT_REQUEST = 'interopLens/flagEdits';
