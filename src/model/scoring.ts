import type { CapabilityStatus } from './guideline';

/** One criterion for one capability: met, not met, or still to be decided. */
export type Score = '0' | '1' | '?';

/** The criteria in the order of a scoring worksheet: usage, direction, community, system. */
export const WORKSHEET_TAGS = [
  'deployed',
  'tools',
  'clients',
  'future',
  'complete',
  'stable',
  'discover',
  'doc',
  'sticky',
  'foundation',
  'atomic',
  'proximity',
] as const;
export type WorksheetTag = (typeof WORKSHEET_TAGS)[number];

/** The scores of one capability, before weighing. */
export interface CapabilityScores {
  readonly name: string;
  readonly scores: Readonly<Record<WorksheetTag, Score>>;
  /** `0`: an API for administrators, which is vetoed. */
  readonly nonAdmin: Score;
  /** Status in the guideline; null when it is not known there. */
  readonly status: CapabilityStatus | null;
}

/** Scores weighed. */
export interface ScoredCapability extends CapabilityScores {
  /** Sum of the weights of the criteria that are met; 0 for a vetoed API; negative while a score is open. */
  readonly total: number;
  readonly vetoed: boolean;
  readonly open: boolean;
  readonly reachesCutoff: boolean;
}

export interface ScoreTable {
  readonly guideline: string;
  /** One per worksheet column, in its order; weight 0 where the guideline does not use the criterion. */
  readonly criteria: readonly { readonly tag: WorksheetTag; readonly name: string; readonly weight: number }[];
  readonly cutoff: number | null;
  readonly rows: readonly ScoredCapability[];
}
