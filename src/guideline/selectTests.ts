import type { Capability, CapabilityStatus, Component, Guideline, GuidelineTest } from '../model/guideline';
import { CAPABILITY_STATUSES } from '../model/guideline';
import { listCapabilityNames, listProgramComponents } from './capabilityStatus';

export interface TestSelection {
  /** `platform`, `compute`, `object`, `dns`, `orchestration`, or the name of a component of the file. */
  readonly target: string;
  /** Statuses; null or empty for all. */
  readonly types: readonly CapabilityStatus[] | null;
  /** List aliases too (RefStack's default: true). */
  readonly alias: boolean;
  /** Include flagged tests and their aliases (RefStack's default: true). */
  readonly flag: boolean;
}

/** One line of a test list. */
export interface SelectedTest {
  readonly capability: Capability;
  readonly entry: GuidelineTest;
  /** The key, or one of the entry's aliases. */
  readonly name: string;
}

/** RefStack's short names for the programs of 2.0. */
const PROGRAM_NAMES: Readonly<Record<string, string>> = {
  platform: 'OpenStack Powered Platform',
  compute: 'OpenStack Powered Compute',
  object: 'OpenStack Powered Storage',
};

/**
 * The entries that RefStack lists for a target, in the file's order and not sorted: a capability that several of the
 * target's components list counts once, a test of two capabilities twice. Null when the guideline has no such target.
 */
export function selectTests(guideline: Guideline, selection: TestSelection): readonly SelectedTest[] | null {
  const components = findTargetComponents(guideline, selection.target);
  if (components === null) return null;
  const types = selection.types === null || selection.types.length === 0 ? CAPABILITY_STATUSES : selection.types;
  const wanted = new Set(components.flatMap((component) => listCapabilityNames(component, types)));
  return guideline.capabilities
    .filter((capability) => wanted.has(capability.name.value))
    .flatMap((capability) =>
      capability.tests
        .filter((entry) => selection.flag || entry.flag === null)
        .flatMap((entry) => listNames(entry, selection.alias).map((name) => ({ capability, entry, name }))),
    );
}

function listNames(entry: GuidelineTest, alias: boolean): string[] {
  return [entry.name.value, ...(alias ? entry.aliases.map(({ value }) => value) : [])];
}

/** The components behind a target, or null when the guideline does not have it. */
export function findTargetComponents(guideline: Guideline, target: string): readonly Component[] | null {
  const named = guideline.components.find(({ name }) => name.value === target || name.value === `os_powered_${target}`);
  const programName = PROGRAM_NAMES[target];
  const program = guideline.programs.find(
    ({ name }) => name.value === programName || (target === 'platform' && name.value === 'platform'),
  );
  // 2.0 goes by program where there is one; `compute` is a component in 1.x and a program in 2.0.
  if (program !== undefined) return listProgramComponents(guideline, program);
  return named === undefined ? null : [named];
}

/** Every target that the guideline has, for messages and completion: RefStack's short names, then components. */
export function listTargets(guideline: Guideline): readonly string[] {
  const short = ['platform', 'compute', 'object', 'dns', 'orchestration'];
  const known = short.filter((target) => findTargetComponents(guideline, target) !== null);
  return [...new Set([...known, ...guideline.components.map(({ name }) => name.value)])];
}

/** What a result is judged by when no target is asked for: RefStack's short names where the guideline has them, else its components. */
export function listMainTargets(guideline: Guideline): readonly string[] {
  const known = listTargets(guideline);
  const components = new Set(guideline.components.map(({ name }) => name.value));
  const short = known.filter((target) => !components.has(target) || !target.includes('_'));
  return short.length > 0 ? short : known;
}
