import type { CapabilityStatus } from '../model/guideline';
import type { GuestLevel } from '../model/guestLevel';
import type { LinkState } from '../model/trace';
import type { PositionJson, RangeJson } from './messages';

/** The trees of the activity bar. */
export const TREE_IDS = ['guidelines', 'findings'] as const;
export type TreeId = (typeof TREE_IDS)[number];

/** How guest findings are grouped: rule → file → site, or capability → file → site. */
export type FindingGrouping = 'rule' | 'capability';

/** The status of a capability in a component; `unlisted` where no component lists it. */
export type TreeStatus = CapabilityStatus | 'unlisted';

/** What is left of a tree. An empty list asks for nothing of its kind; several values of one kind are alternatives. */
export interface TreeFilter {
  readonly levels: readonly GuestLevel[];
  readonly statuses: readonly TreeStatus[];
  /** Names of programs (2.0 platforms and add-ons; 1.x `platform`). */
  readonly programs: readonly string[];
  /** Link states of guideline entries; the tree of findings has none. */
  readonly states: readonly LinkState[];
  /** Words that must all occur, in any case, in names, ids, capabilities, files or commands; "" for any. */
  readonly text: string;
}

export const NO_FILTER: TreeFilter = { levels: [], statuses: [], programs: [], states: [], text: '' };

/** client → server, `interopLens/tree`: the children of nodes. */
export interface TreeArguments {
  readonly tree: TreeId;
  readonly grouping?: FindingGrouping;
  readonly filter?: TreeFilter;
  /** Keys of the parents; null stands for the root. One list of children comes back for each. */
  readonly parents: readonly (string | null)[];
}

export type TreeNodeKind =
  'guideline' | 'component' | 'status' | 'capability' | 'test' | 'rule' | 'group' | 'file' | 'site';

export interface TreeNode {
  /** Stable over re-indexing and over filters. */
  readonly key: string;
  readonly kind: TreeNodeKind;
  readonly label: string;
  /** Text twin of every icon: status, level, link state, counts. */
  readonly description: string;
  readonly tooltip: string;
  readonly expandable: boolean;
  /** The guest level that the icon shows; null where there is none to show. */
  readonly level: GuestLevel | null;
  /** Where a click leads, or null. */
  readonly target: TreeTarget | null;
  /** The entry in the guideline, when the click leads elsewhere. */
  readonly entry: TreeTarget | null;
  /** What "show evidence" asks for (a runtime test or a place), or null when there is no evidence. */
  readonly evidence: TreeEvidence | null;
  /** The name that is copied: full test name, capability, rule. */
  readonly name: string;
  /** Idempotent id, or null. */
  readonly id: string | null;
}

export interface TreeTarget {
  readonly uri: string;
  readonly range: RangeJson;
}

export type TreeEvidence = { readonly test: string } | { readonly uri: string; readonly position: PositionJson };

export const TREE_REQUEST = 'interopLens/tree';

/** client → server, `interopLens/treePath`: the nodes from the root to what stands at a place; empty when nothing does. */
export interface TreePathArguments {
  readonly tree: TreeId;
  readonly grouping?: FindingGrouping;
  readonly filter?: TreeFilter;
  readonly uri: string;
  readonly position: PositionJson;
}
export const TREE_PATH_REQUEST = 'interopLens/treePath';

/** client → server, `interopLens/treeSummary`: what a tree holds, for its badge, its message and the choice of filters. */
export interface TreeSummaryArguments {
  readonly tree: TreeId;
  readonly filter?: TreeFilter;
}

export interface TreeSummary {
  /** Guideline entries, or findings, that the filter leaves. */
  readonly shown: number;
  readonly total: number;
  /** Of all that the filter leaves: entries that demand Linux, or findings that a current guideline requires. */
  readonly telling: number;
  /** Files with findings; guidelines. */
  readonly files: number;
  /** Each value that occurs, with how often, in a fixed order. */
  readonly levels: readonly TreeFacet<GuestLevel>[];
  readonly statuses: readonly TreeFacet<TreeStatus>[];
  readonly programs: readonly TreeFacet<string>[];
  readonly states: readonly TreeFacet<LinkState>[];
}

export interface TreeFacet<T> {
  readonly value: T;
  readonly count: number;
}
export const TREE_SUMMARY_REQUEST = 'interopLens/treeSummary';

/** server → client, `interopLens/changed`: the index changed; what was shown may be outdated. */
export const CHANGED_NOTIFICATION = 'interopLens/changed';
