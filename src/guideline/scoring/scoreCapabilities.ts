import type { Guideline } from '../../model/guideline';
import {
  type CapabilityScores,
  type Score,
  type ScoredCapability,
  type ScoreTable,
  WORKSHEET_TAGS,
  type WorksheetTag,
} from '../../model/scoring';
import { indexComponentStatuses, statusOfCapability } from '../capabilityStatus';

/**
 * Weighs scores with the criteria of a guideline. As the worksheets have it: an admin API is vetoed (total 0), and a
 * total is negative as long as a score is open.
 */
export function scoreCapabilities(guideline: Guideline, capabilities: readonly CapabilityScores[]): ScoreTable {
  const cutoff = guideline.cutoffScore?.value ?? null;
  const criteria = WORKSHEET_TAGS.map((tag) => {
    const criterion = guideline.criteria.find((one) => one.tag.value === tag);
    return { tag, name: criterion?.name ?? tag, weight: criterion?.weight ?? 0 };
  });
  const rows = capabilities.map((capability): ScoredCapability => {
    const vetoed = capability.nonAdmin === '0';
    const open = capability.nonAdmin === '?' || WORKSHEET_TAGS.some((tag) => capability.scores[tag] === '?');
    const sum = criteria.reduce((total, { tag, weight }) => total + (capability.scores[tag] === '1' ? weight : 0), 0);
    const total = vetoed || sum === 0 ? 0 : open ? -sum : sum;
    return { ...capability, total, vetoed, open, reachesCutoff: cutoff !== null && total >= cutoff };
  });
  return { guideline: guideline.id.value, criteria, cutoff, rows };
}

/** The capabilities of a guideline as scores: their achievements, and `admin`. In the order of the file. */
export function listOwnScores(guideline: Guideline): CapabilityScores[] {
  const statuses = indexComponentStatuses(guideline);
  return guideline.capabilities.map((capability) => {
    const met = new Set(capability.achievements.map(({ value }) => value));
    return {
      name: capability.name.value,
      scores: makeScores((tag) => (met.has(tag) ? '1' : '0')),
      nonAdmin: capability.admin?.value === true ? '0' : '1',
      status: statusOfCapability(capability, statuses),
    };
  });
}

/** The scores of a worksheet with the status that the guideline gives each capability. */
export function addStatuses(guideline: Guideline, scores: readonly CapabilityScores[]): CapabilityScores[] {
  const statuses = indexComponentStatuses(guideline);
  const byName = new Map(guideline.capabilities.map((capability) => [capability.name.value, capability]));
  return scores.map((row) => {
    const capability = byName.get(row.name);
    return capability === undefined ? row : { ...row, status: statusOfCapability(capability, statuses) };
  });
}

/** Scores by tag. */
export function makeScores(scoreOf: (tag: WorksheetTag, index: number) => Score): Record<WorksheetTag, Score> {
  return Object.fromEntries(WORKSHEET_TAGS.map((tag, index) => [tag, scoreOf(tag, index)])) as Record<
    WorksheetTag,
    Score
  >;
}
