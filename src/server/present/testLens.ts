import type { FunctionReach } from '../../engine/indexView';
import type { Guideline } from '../../model/guideline';
import type { TestDemand } from '../../model/guestSite';
import type { TraceEntry } from '../../model/trace';
import { strongestStatus } from '../../guideline/capabilityStatus';
import { pickCurrentGuidelines } from '../../guideline/guidelineOrder';
import { highestLevel } from '../../model/guestLevel';
import { describeFlag, isRequired } from './entryText';
import { levelBadge } from './levelText';
import { count } from './markdown';

/** What a lens above a test says: `compute-servers-create: required (2020.06, next) · guest: linux`. */
export function printTestLens(
  entries: readonly TraceEntry[],
  guidelines: readonly Guideline[],
  demands: readonly TestDemand[],
): string {
  const parts = printCapabilities(entries, guidelines);
  if (demands.length > 0) parts.push(`guest: ${printLevel(demands)}`);
  return parts.join(' · ');
}

/** What a lens above a class says: `12 tests · 5 required · guest: linux`. */
export function printClassLens(tests: number, requiredTests: number, demands: readonly TestDemand[]): string {
  const parts = [count(tests, 'test')];
  if (requiredTests > 0) parts.push(`${requiredTests} required`);
  if (demands.length > 0) parts.push(`guest: ${printLevel(demands)}`);
  return parts.join(' · ');
}

/** What a lens above a helper says: `reaches linux · used by 14 tests · 6 required`. */
export function printHelperLens(reach: FunctionReach, requiredTests: number): string {
  const parts = [`reaches ${reach.level}`, `used by ${count(reach.tests.length, 'test')}`];
  if (requiredTests > 0) parts.push(`${requiredTests} required`);
  return parts.join(' · ');
}

/** One part per capability, of the newest guidelines; older guidelines are counted, so that nothing is hidden. */
function printCapabilities(entries: readonly TraceEntry[], guidelines: readonly Guideline[]): string[] {
  const order = pickCurrentGuidelines(guidelines).map((guideline) => guideline.uri);
  const current = entries
    .filter((entry) => order.includes(entry.guideline.uri))
    .sort((a, b) => order.indexOf(a.guideline.uri) - order.indexOf(b.guideline.uri));
  const groups = new Map<string, { capability: string; status: string; flags: Set<string>; guidelines: Set<string> }>();
  for (const entry of current) {
    const status = strongestStatus(entry.components) ?? 'unlisted';
    const key = `${entry.capability.name.value}\n${status}`;
    const group = groups.get(key) ?? {
      capability: entry.capability.name.value,
      status,
      flags: new Set(),
      guidelines: new Set(),
    };
    group.guidelines.add(entry.guideline.id.value);
    if (entry.entry.flag) group.flags.add(describeFlag(entry.entry.flag));
    groups.set(key, group);
  }
  const parts = [...groups.values()].map((group) => {
    const flags = group.flags.size === 0 ? '' : `, ${[...group.flags].join(', ')}`;
    return `${group.capability}: ${group.status} (${[...group.guidelines].join(', ')})${flags}`;
  });
  if (parts.length === 0 && entries.length > 0) {
    const older = new Set(entries.map((entry) => entry.guideline.id.value));
    const required = entries.some((entry) => isRequired(entry)) ? 'required' : 'listed';
    parts.push(`${required} by ${count(older.size, 'older guideline')}`);
  }
  return parts;
}

function printLevel(demands: readonly TestDemand[]): string {
  return levelBadge({
    level: highestLevel(demands.map((demand) => demand.level)),
    levelWithValidationOff: highestLevel(demands.map((demand) => demand.levelWithValidationOff)),
  });
}
