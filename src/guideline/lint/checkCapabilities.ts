import { type Capability, CAPABILITY_STATUSES, type Component, type Guideline } from '../../model/guideline';
import { indexComponentStatuses, strongestStatus } from '../capabilityStatus';
import { CRITERIA_TAGS } from '../guidelineVocabulary';
import { findMeantWord } from '../../model/meantWord';
import type { LintDraft } from './lintDraft';

/** Capabilities against components, and what each capability says of itself. */
export function checkCapabilities(guideline: Guideline): LintDraft[] {
  return [
    ...guideline.components.flatMap((component) => checkComponent(guideline, component)),
    ...checkUnlisted(guideline),
    ...guideline.capabilities.flatMap((capability) => checkCapability(guideline, capability)),
    ...checkScores(guideline),
    ...checkAdmin(guideline),
  ];
}

function checkComponent(guideline: Guideline, component: Component): LintDraft[] {
  const defined = new Set(guideline.capabilities.map(({ name }) => name.value));
  const listed = new Map<string, { status: string; range: LintDraft['range'] }>();
  const result: LintDraft[] = [];
  for (const status of CAPABILITY_STATUSES) {
    for (const { value, range } of component.capabilities[status]) {
      const earlier = listed.get(value);
      if (earlier !== undefined) {
        const message = `${component.name.value} lists "${value}" as ${earlier.status} and again as ${status}; the first counts.`;
        const related = [{ uri: guideline.uri, range: earlier.range, message: `Listed as ${earlier.status} here.` }];
        result.push({ rule: 'IL408', range, message, related });
      } else listed.set(value, { status, range });
      if (defined.has(value)) continue;
      const message = `${component.name.value} lists "${value}" as ${status}, but the file defines no such capability.`;
      // A capability that is gone needs no definition any more: its name under "removed" only tells its history.
      result.push({ rule: 'IL405', range, message, atMost: status === 'removed' ? 'info' : 'error' });
    }
  }
  return result;
}

function checkUnlisted(guideline: Guideline): LintDraft[] {
  if (guideline.components.length === 0) return [];
  const statuses = indexComponentStatuses(guideline);
  return guideline.capabilities
    .filter(({ name }) => !statuses.has(name.value))
    .map(({ name, status }) => ({
      rule: 'IL406',
      range: name.range,
      message: `No component lists "${name.value}", so it is neither required nor anything else.`,
      // In 1.2 and 1.3 a removed capability leaves its component and keeps its status on itself.
      atMost: status?.value === 'removed' ? 'hint' : 'error',
    }));
}

function checkCapability(guideline: Guideline, capability: Capability): LintDraft[] {
  const result: LintDraft[] = [];
  const { name } = capability;
  if (capability.tests.length === 0) {
    result.push({ rule: 'IL407', range: name.range, message: `"${name.value}" has no tests: nothing proves it.` });
  }
  const tags = guideline.criteria.length > 0 ? guideline.criteria.map(({ tag }) => tag.value) : [...CRITERIA_TAGS];
  for (const { value, range } of capability.achievements) {
    if (tags.includes(value) || CRITERIA_TAGS.some((tag) => tag === value)) continue;
    const meant = findMeantWord(value, tags) ?? tags.find((tag) => tag !== '' && value.startsWith(tag)) ?? null;
    const hint = meant === null ? '' : ` Did you mean "${meant}"?`;
    result.push({ rule: 'IL404', range, message: `"${value}" is none of the criteria.${hint}` });
  }
  return [...result, ...checkRequiredSince(guideline, capability)];
}

function checkRequiredSince(guideline: Guideline, capability: Capability): LintDraft[] {
  const right = guideline.schemaVersion.value.startsWith('2') ? 'required_since' : 'required-since';
  const wrong = right === 'required_since' ? 'required-since' : 'required_since';
  return capability.keys
    .filter(({ value }) => value === wrong)
    .map(({ range }) => ({
      rule: 'IL403',
      range,
      message: `Schema ${guideline.schemaVersion.value} spells this key "${right}".`,
    }));
}

function checkScores(guideline: Guideline): LintDraft[] {
  const cutoff = guideline.cutoffScore?.value;
  const weights = new Map(guideline.criteria.map(({ tag, weight }) => [tag.value, weight ?? 0]));
  if (cutoff === undefined || weights.size === 0) return [];
  const statuses = indexComponentStatuses(guideline);
  return guideline.capabilities.flatMap(({ name, achievements }): LintDraft[] => {
    if (strongestStatus(statuses.get(name.value) ?? []) !== 'required') return [];
    const met = [...new Set(achievements.map(({ value }) => value))];
    const sum = met.reduce((total, tag) => total + (weights.get(tag) ?? 0), 0);
    if (sum >= cutoff) return [];
    const message = `"${name.value}" is required, but its achievements weigh ${sum} and the cutoff score is ${cutoff}.`;
    return [{ rule: 'IL423', range: name.range, message }];
  });
}

/** An API for administrators alone is vetoed, whatever its score: users of a cloud cannot call it. */
function checkAdmin(guideline: Guideline): LintDraft[] {
  if (guideline.components.length === 0) return [];
  const statuses = indexComponentStatuses(guideline);
  return guideline.capabilities.flatMap(({ name, admin }): LintDraft[] => {
    if (admin?.value !== true || strongestStatus(statuses.get(name.value) ?? []) !== 'required') return [];
    const message = `"${name.value}" is required, but only administrators may use it: such a capability scores nothing.`;
    return [{ rule: 'IL443', range: admin.range, message }];
  });
}
