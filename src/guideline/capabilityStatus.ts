import {
  type Capability,
  CAPABILITY_STATUSES,
  type CapabilityStatus,
  type Component,
  type ComponentStatus,
  type Guideline,
  type Program,
} from '../model/guideline';

/** Strongest first. */
const STRENGTH: Readonly<Record<CapabilityStatus, number>> = { required: 0, advisory: 1, deprecated: 2, removed: 3 };

/**
 * Status of every capability in each component that lists it, by capability name, in the file's order of components. A
 * capability that a component lists under two statuses has the stronger one there. Capabilities in no component are absent.
 */
export function indexComponentStatuses(guideline: Guideline): ReadonlyMap<string, readonly ComponentStatus[]> {
  const result = new Map<string, ComponentStatus[]>();
  for (const component of guideline.components) {
    const seen = new Set<string>();
    for (const status of CAPABILITY_STATUSES) {
      for (const { value } of component.capabilities[status]) {
        if (seen.has(value)) continue;
        seen.add(value);
        const statuses = result.get(value);
        const entry = { component: component.name.value, status };
        if (statuses === undefined) result.set(value, [entry]);
        else statuses.push(entry);
      }
    }
  }
  return result;
}

/** The strongest of several statuses (required > advisory > deprecated > removed, as RefStack has it), or null for none. */
export function strongestStatus(statuses: readonly ComponentStatus[]): CapabilityStatus | null {
  let best: CapabilityStatus | null = null;
  for (const { status } of statuses) if (best === null || STRENGTH[status] < STRENGTH[best]) best = status;
  return best;
}

/**
 * The status to show for a capability as a whole: the strongest over the components, else the one that stands on the
 * capability itself (1.2, 1.3), else null (1.0, and capabilities that no component lists).
 */
export function statusOfCapability(
  capability: Capability,
  statuses: ReadonlyMap<string, readonly ComponentStatus[]>,
): CapabilityStatus | null {
  const own = CAPABILITY_STATUSES.find((status) => status === capability.status?.value) ?? null;
  return strongestStatus(statuses.get(capability.name.value) ?? []) ?? own;
}

/** Names of the capabilities that a component lists under any of the statuses, each once, in the file's order. */
export function listCapabilityNames(component: Component, statuses: readonly CapabilityStatus[]): readonly string[] {
  const names = new Set<string>();
  for (const status of CAPABILITY_STATUSES) {
    if (!statuses.includes(status)) continue;
    for (const { value } of component.capabilities[status]) names.add(value);
  }
  return [...names];
}

/**
 * The components of a program that this file defines, in the program's order: `required` ones only for 1.x platforms, and
 * without the platform components that an add-on or vertical takes from another guideline.
 */
export function listProgramComponents(guideline: Guideline, program: Program): readonly Component[] {
  const byName = new Map(guideline.components.map((component) => [component.name.value, component]));
  return program.components
    .filter(({ status, platform }) => status === 'required' && platform === undefined)
    .map(({ name }) => byName.get(name.value))
    .filter((component) => component !== undefined);
}
