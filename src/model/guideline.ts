import type { TextRange } from './text';

export const CAPABILITY_STATUSES = ['required', 'advisory', 'deprecated', 'removed'] as const;
export type CapabilityStatus = (typeof CAPABILITY_STATUSES)[number];

/**
 * A JSON value together with its range in the file. For a string (and for a key) the range is the content between the
 * quotes, as written: escapes count as they stand in the file, so its length may differ from the value's, and an empty
 * string has an empty range just behind the opening quote. Every other value has the range of its whole text.
 */
export interface Ranged<T> {
  readonly value: T;
  readonly range: TextRange;
}

/** `main` = dated or next guideline; `legacy` = the 1.0 core files and drafts. */
export type GuidelineKind = 'main' | 'add-on' | 'vertical' | 'legacy';

/** Every guideline schema (1.0 … 2.0) read into one shape. What a schema does not have is null or empty. */
export interface Guideline {
  readonly uri: string;
  readonly kind: GuidelineKind;
  /** `metadata.id` (2.0), `id` (1.2–1.6) or `release` (1.0); "" when missing. */
  readonly id: Ranged<string>;
  readonly schemaVersion: Ranged<string>;
  readonly status: Ranged<string> | null;
  readonly replaces: Ranged<string> | null;
  readonly targetApproval: Ranged<string> | null;
  readonly source: Ranged<string> | null;
  readonly releases: readonly Ranged<string>[];
  /** 2.0 `platforms` and `add-ons`; 1.x: one program `platform`. */
  readonly programs: readonly Program[];
  readonly components: readonly Component[];
  readonly capabilities: readonly Capability[];
  readonly criteria: readonly Criterion[];
  readonly cutoffScore: Ranged<number> | null;
  readonly designatedSections: readonly DesignatedProject[];
  readonly testRepositories: readonly TestRepository[];
  /** Keys that the schema does not know, wherever they stand; for lint. */
  readonly unknownKeys?: readonly UnknownKey[];
  /** Keys that stand twice in one object; the model holds the last one, as every JSON parser does. For lint. */
  readonly duplicateKeys?: readonly DuplicateKey[];
}

/** A key that is not in the vocabulary of the object that holds it. */
export interface UnknownKey {
  readonly key: Ranged<string>;
  /** What the object is, for messages: `capability`, `test entry`, `metadata` … */
  readonly holder: string;
  /** The known key that it most likely stands for (the model was read as if it were that key), or null. */
  readonly meant: string | null;
}

/** The later of two equal keys of one object. */
export interface DuplicateKey {
  readonly key: Ranged<string>;
  readonly first: TextRange;
}

export interface Program {
  readonly name: Ranged<string>;
  readonly kind: 'platform' | 'add-on';
  readonly description: string | null;
  readonly components: readonly ProgramComponent[];
}

export interface ProgramComponent {
  readonly name: Ranged<string>;
  /** `required` in 1.x `platform.required`; 2.0 lists components without a status, which means required. */
  readonly status: CapabilityStatus;
  /** URL of another guideline that holds the component (2.0 verticals and add-ons). */
  readonly source: Ranged<string> | null;
  /** Set for an add-on's `required_platform_components` and `optional_platform_components`, which it stands on. */
  readonly platform?: 'required' | 'optional';
}

export interface Component {
  readonly name: Ranged<string>;
  readonly capabilities: Readonly<Record<CapabilityStatus, readonly Ranged<string>[]>>;
  readonly designatedSections: Readonly<Record<CapabilityStatus, readonly Ranged<string>[]>>;
}

export interface Capability {
  readonly name: Ranged<string>;
  /** The whole `"name": {…}` property. */
  readonly range: TextRange;
  readonly description: Ranged<string> | null;
  readonly project: Ranged<string> | null;
  readonly admin: Ranged<boolean> | null;
  /** 1.0 only. */
  readonly core: Ranged<boolean> | null;
  /** 1.2 and 1.3 only: status on the capability itself. */
  readonly status: Ranged<string> | null;
  readonly achievements: readonly Ranged<string>[];
  readonly requiredSince: Ranged<string> | null;
  readonly tests: readonly GuidelineTest[];
  /** Every key as written, for lint. */
  readonly keys: readonly Ranged<string>[];
}

/** One (capability, test) entry. */
export interface GuidelineTest {
  /** The key (or list element) exactly as written. */
  readonly name: Ranged<string>;
  /** The whole entry: key and value. */
  readonly range: TextRange;
  readonly idAsWritten: Ranged<string> | null;
  /** Lower-case UUID without `id-` and without tags after a comma; null when there is none. */
  readonly id: string | null;
  /** Tags written behind the id (`id-…,image,smoke`). */
  readonly idTags: readonly string[];
  readonly aliases: readonly Ranged<string>[];
  readonly flag: TestFlag | null;
}

export interface TestFlag {
  /** `list`: the parallel `flagged` list of 1.0 and 1.2, which has no reason. */
  readonly key: 'flagged' | 'flag' | 'list';
  readonly range: TextRange;
  readonly reason: Ranged<string> | null;
  readonly action: Ranged<string> | null;
  readonly date: Ranged<string> | null;
  /** `D400` … parsed from the reason, or null. */
  readonly code: string | null;
}

export interface Criterion {
  readonly tag: Ranged<string>;
  readonly name: string | null;
  readonly description: string | null;
  readonly weight: number | null;
}

export interface DesignatedProject {
  readonly project: Ranged<string>;
  readonly status: CapabilityStatus | 'informational';
  readonly guidance: string | null;
  readonly comment: string | null;
  readonly sections: readonly {
    readonly name: Ranged<string>;
    readonly designated: boolean | null;
    readonly description: string | null;
  }[];
}

export interface TestRepository {
  readonly name: Ranged<string>;
  readonly url: string | null;
  /** Pinned commit or branch. */
  readonly reference: string | null;
}

/** A located complaint about a file that could not be read as what it claims to be. */
export interface ReadProblem {
  readonly uri: string;
  readonly range: TextRange;
  readonly message: string;
  /** `warning`: all was read none the less. Without it: `error`. */
  readonly severity?: 'error' | 'warning';
}

/** Status of a capability in each component that lists it. */
export interface ComponentStatus {
  readonly component: string;
  readonly status: CapabilityStatus;
}
