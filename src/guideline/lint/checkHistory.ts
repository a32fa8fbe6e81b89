import type { Capability, CapabilityStatus, Guideline } from '../../model/guideline';
import { indexComponentStatuses, statusOfCapability } from '../capabilityStatus';
import { editionOf } from '../guidelineOrder';
import type { LintDraft } from './lintDraft';

/** A guideline against its predecessor (status order) and against next (mirrored flags), where the workspace has them. */
export function checkHistory(guideline: Guideline, siblings: readonly Guideline[]): LintDraft[] {
  const { family } = editionOf(guideline);
  const others = siblings.filter((other) => other.uri !== guideline.uri && editionOf(other).family === family);
  const replaced = guideline.replaces?.value;
  const predecessor = others.find((other) => other.id.value === replaced);
  const next = others.find((other) => editionOf(other).kind === 'next');
  return [
    ...(predecessor === undefined ? [] : checkStatusOrder(guideline, predecessor)),
    ...(next === undefined || guideline.status?.value !== 'approved' ? [] : checkMirroredFlags(guideline, next)),
  ];
}

function statusesOf(guideline: Guideline): Map<string, CapabilityStatus | null> {
  const statuses = indexComponentStatuses(guideline);
  const toRow = (capability: Capability): [string, CapabilityStatus | null] => [
    capability.name.value,
    statusOfCapability(capability, statuses),
  ];
  const result = new Map(guideline.capabilities.map(toRow));
  for (const [name, [first]] of statuses) if (!result.has(name)) result.set(name, first?.status ?? null);
  return result;
}

function checkStatusOrder(guideline: Guideline, predecessor: Guideline): LintDraft[] {
  const before = statusesOf(predecessor);
  const now = statusesOf(guideline);
  const earlier = predecessor.id.value;
  const result: LintDraft[] = [];
  for (const { name } of guideline.capabilities) {
    const old = before.get(name.value) ?? null;
    const status = now.get(name.value) ?? null;
    if (status === 'required' && old !== 'required' && old !== 'advisory') {
      const message = `"${name.value}" is required, but ${earlier} had it ${old === null ? 'not at all' : `as ${old}`}: advisory comes first.`;
      result.push({ rule: 'IL426', range: name.range, message });
    }
    if ((status === 'removed' || status === null) && old === 'required') {
      const message = `"${name.value}" was required in ${earlier} and is ${status ?? 'in no component'} now: deprecated comes first.`;
      result.push({ rule: 'IL427', range: name.range, message });
    }
  }
  const gone = [...before].filter(([name, status]) => status === 'required' && !now.has(name)).map(([name]) => name);
  if (gone.length > 0) {
    const message = `Required in ${earlier} and gone without having been deprecated: ${gone.join(', ')}.`;
    result.push({ rule: 'IL427', range: guideline.replaces?.range ?? guideline.id.range, message });
  }
  return result;
}

function checkMirroredFlags(guideline: Guideline, next: Guideline): LintDraft[] {
  const inNext = new Map<string, Guideline['capabilities'][number]['tests'][number]>();
  for (const { tests } of next.capabilities) for (const entry of tests) inNext.set(entry.id ?? entry.name.value, entry);
  return guideline.capabilities.flatMap(({ tests }) =>
    tests.flatMap((entry): LintDraft[] => {
      const mirrored = inNext.get(entry.id ?? entry.name.value);
      if (entry.flag === null || mirrored === undefined || mirrored.flag !== null) return [];
      const message = `"${entry.name.value}" is flagged here but not in ${next.id.value}: mirror the flag, or see that the test gets fixed (D308).`;
      const related = [{ uri: next.uri, range: mirrored.name.range, message: `Without a flag in ${next.id.value}.` }];
      return [{ rule: 'IL428', range: entry.name.range, message, related }];
    }),
  );
}
