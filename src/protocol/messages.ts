/**
 * What the client and the language server say to each other beyond the Language Server Protocol: plain types and method names,
 * so that neither side imports the other.
 */

import type { WhatIfInput } from '../model/whatIfInput';
import type { Rewrites } from '../model/whatIfPolicy';

/** Settings as the server takes them, in `initializationOptions.settings` and in `workspace/didChangeConfiguration` under `interopLens`. */
export interface ServerSettings {
  readonly guidelines: {
    /** Folders or files: absolute, `~/…`, relative to every workspace folder, or URIs. */
    readonly paths: readonly string[];
  };
  /** In MiB; larger files are skipped and listed. */
  readonly maxFileSize: number;
  readonly codeLens: {
    readonly tests: boolean;
    readonly helpers: boolean;
    readonly guidelines: boolean;
    /** The lens above a test list and the levels behind its lines. */
    readonly testLists: boolean;
  };
}

export const DEFAULT_SERVER_SETTINGS: ServerSettings = {
  guidelines: { paths: [] },
  maxFileSize: 5,
  codeLens: { tests: true, helpers: true, guidelines: true, testLists: true },
};

/** Every field is optional: editors other than VS Code send what they like. */
export interface InitializationOptions {
  readonly settings?: unknown;
  /** Folder of fetched guidelines (the client's storage), or missing. */
  readonly fetchedGuidelines?: string;
  /** Folder (`file:`) in which a server with a disk keeps its index between sessions, or missing. */
  readonly indexFolder?: string;
  /** The client serves `interopLens/fs/list` and `interopLens/fs/read`. */
  readonly servesFiles?: boolean;
  /** Folder of the grammars for a server that has no disk. */
  readonly grammars?: string;
  /** Folder of the rule pages that the client carries, with a slash at its end; else the published ones are linked. */
  readonly rulePages?: string;
  /** File patterns under which the client knows our JSON Schema; it offers keys and words of such files by itself. */
  readonly schemaPatterns?: readonly string[];
  /** Commands that the client has; without them lenses and actions carry no command of ours. */
  readonly commands?: readonly string[];
}

/** Commands that lenses and code actions of the server name. Their arguments are plain JSON. */
export const CLIENT_COMMANDS = {
  /** [uri, Position, Location[]] */
  showReferences: 'interopLens.showReferences',
  /** [EvidenceArguments] */
  showEvidence: 'interopLens.showEvidence',
  /** [EvidenceArguments] */
  explainTest: 'interopLens.explainTest',
  /** [rule id] */
  openRulePage: 'interopLens.openRulePage',
  /** [SuppressArguments] */
  suppressWithReason: 'interopLens.suppressWithReason',
  /** [FlagFormArguments] */
  flagTest: 'interopLens.flagTest',
} as const;

/** A `# noqa` comment that the client writes once it knows the reason. */
export interface SuppressArguments {
  readonly uri: string;
  /** Version of the document that the edit was made for, or null when it was not open. */
  readonly version: number | null;
  readonly rule: string;
  readonly range: RangeJson;
  readonly newText: string;
}

export type IndexState = 'starting' | 'indexing' | 'ready' | 'failed';

/** server → client, `interopLens/status`: what the status item shows. */
export interface IndexStatus {
  readonly state: IndexState;
  /** Progress while indexing: "Reading 120 of 966"; the reason when failed; else "". */
  readonly detail: string;
  readonly files: number;
  readonly tests: number;
  readonly guidelines: number;
  readonly skipped: number;
}
export const STATUS_NOTIFICATION = 'interopLens/status';

/** client → server, `interopLens/skipped`: files left out, with reasons. */
export interface SkippedFileInfo {
  readonly uri: string;
  readonly reason: string;
}
export const SKIPPED_REQUEST = 'interopLens/skipped';

/** client → server, `interopLens/reindex`: read everything again; answers when the index is complete. */
export const REINDEX_REQUEST = 'interopLens/reindex';

export interface PositionJson {
  readonly line: number;
  readonly character: number;
}

export interface RangeJson {
  readonly start: PositionJson;
  readonly end: PositionJson;
}

/** client → server, `interopLens/evidence`: the call path that proves a level. Either a test, or a place with a guest site or test. */
export interface EvidenceArguments {
  readonly test?: string;
  readonly uri?: string;
  readonly position?: PositionJson;
}

export interface EvidenceStep {
  readonly label: string;
  readonly uri: string;
  readonly range: RangeJson;
}

export interface EvidenceAnswer {
  /** "test_x needs linux: …"; the reason when there is no path. */
  readonly title: string;
  /** From the test (first) to the guest site (last); empty when there is nothing to show. */
  readonly steps: readonly EvidenceStep[];
}
export const EVIDENCE_REQUEST = 'interopLens/evidence';

/** client → server, `interopLens/callers`: who calls the function at a place, and which tests come through it. */
export interface PlaceArguments {
  readonly uri: string;
  readonly position: PositionJson;
}

export interface LocationJson {
  readonly uri: string;
  readonly range: RangeJson;
}

export interface CallersAnswer {
  /** The function with numbers; the reason when there is none. */
  readonly title: string;
  /** The places of the calls. */
  readonly callers: readonly LocationJson[];
  /** The names of the tests. */
  readonly tests: readonly LocationJson[];
}
export const CALLERS_REQUEST = 'interopLens/callers';

/** client → server, `interopLens/designatedSections`: every project with designated sections, in every guideline. */
export interface DesignatedProjectInfo {
  readonly project: string;
  /** Edition of the guideline. */
  readonly guideline: string;
  /** required, advisory, deprecated, removed or informational */
  readonly status: string;
  readonly guidance: string;
  readonly uri: string;
  readonly range: RangeJson;
  readonly sections: readonly {
    readonly name: string;
    /** True when a product has to ship it, false when it may replace it. */
    readonly designated: boolean;
    readonly description: string;
    readonly range: RangeJson;
  }[];
}
export const DESIGNATED_SECTIONS_REQUEST = 'interopLens/designatedSections';

/** client → server, `interopLens/checkGuideline`: is this text a guideline? */
export interface CheckGuidelineArguments {
  /** File name, for messages. */
  readonly name: string;
  readonly text: string;
}

export interface CheckGuidelineAnswer {
  readonly isGuideline: boolean;
  /** `2020.06` and the like; "" when it is no guideline. */
  readonly id: string;
  /** Why not, as a sentence; "" when it is one. */
  readonly problem: string;
}
export const CHECK_GUIDELINE_REQUEST = 'interopLens/checkGuideline';

/** client → server, `interopLens/whatIf`: the table from which verdicts are computed, by `evaluatePolicy` on the client's side. */
export interface WhatIfArguments {
  /** Rewrites to be tried (missing: none); `all` takes seconds on a large tree. */
  readonly rewrites?: Rewrites;
}

export interface WhatIfAnswer {
  /** False while the index is being built: then there is no table. */
  readonly complete: boolean;
  readonly input: WhatIfInput | null;
}
export const WHAT_IF_REQUEST = 'interopLens/whatIf';

/** server → client, `interopLens/fs/list`: source files below a folder, for servers that cannot read its scheme. */
export interface ListFilesArguments {
  readonly root: string;
}

export interface ListedFile {
  readonly uri: string;
  /** Relative to the root, with `/`. */
  readonly path: string;
  readonly size: number | null;
}
export const LIST_FILES_REQUEST = 'interopLens/fs/list';

/** server → client, `interopLens/fs/read`: the bytes of one file, as base64 (JSON carries no bytes). */
export interface ReadFileArguments {
  readonly uri: string;
}

export interface ReadFileAnswer {
  readonly base64: string;
}
export const READ_FILE_REQUEST = 'interopLens/fs/read';
