import type { IndexView } from '../engine/indexView';
import type { Capability, ComponentStatus, Guideline, GuidelineTest, Ranged } from '../model/guideline';
import type { TestCase } from '../model/testCase';
import type { TraceEntry } from '../model/trace';
import { indexComponentStatuses } from '../guideline/capabilityStatus';
import { CAPABILITY_STATUSES } from '../model/guideline';
import { touches } from './convert';

/** What stands at a place of a guideline file. */
export type GuidelinePlace =
  | {
      readonly kind: 'entry';
      readonly guideline: Guideline;
      readonly capability: Capability;
      readonly entry: GuidelineTest;
    }
  | { readonly kind: 'capability'; readonly guideline: Guideline; readonly capability: Capability }
  /** A capability name in a component's list; `capability` is null when nothing defines it. */
  | {
      readonly kind: 'listed';
      readonly guideline: Guideline;
      readonly name: Ranged<string>;
      readonly capability: Capability | null;
    };

/** The entry, capability or listed capability name at an offset, innermost first. */
export function locateInGuideline(guideline: Guideline, offset: number): GuidelinePlace | null {
  const capability = guideline.capabilities.find((candidate) => touches(candidate.range, offset));
  if (capability) {
    const entry = capability.tests.find((candidate) => touches(candidate.range, offset));
    if (entry) return { kind: 'entry', guideline, capability, entry };
    return touches(capability.name.range, offset) ? { kind: 'capability', guideline, capability } : null;
  }
  const name = listedNames(guideline).find((candidate) => touches(candidate.range, offset));
  if (!name) return null;
  return {
    kind: 'listed',
    guideline,
    name,
    capability: guideline.capabilities.find((each) => each.name.value === name.value) ?? null,
  };
}

/** Every capability name in the lists of the components, in file order of components and statuses. */
export function listedNames(guideline: Guideline): readonly Ranged<string>[] {
  return guideline.components.flatMap((component) =>
    CAPABILITY_STATUSES.flatMap((status) => component.capabilities[status]),
  );
}

/** Status of a capability in each component that lists it. */
export function statusesOf(guideline: Guideline, capability: string): readonly ComponentStatus[] {
  return indexComponentStatuses(guideline).get(capability) ?? [];
}

/** The traced entry that stands for an entry of the file. */
export function tracedEntry(view: IndexView, guideline: Guideline, entry: GuidelineTest): TraceEntry | undefined {
  return view.trace(guideline.uri).find((traced) => traced.entry.range.start === entry.range.start);
}

/** Runtime tests whose `def` name or id stands at the offset of a Python file. */
export function testsAt(view: IndexView, uri: string, offset: number): readonly TestCase[] {
  return view
    .testsDefinedIn(uri)
    .filter(
      ({ definition }) =>
        touches(definition.nameRange, offset) || (definition.idRange !== null && touches(definition.idRange, offset)),
    );
}

/** The tests of a file, those of one `def` together, in order of the `def`s. */
export function groupByDefinition(tests: readonly TestCase[]): readonly (readonly TestCase[])[] {
  const groups = new Map<number, TestCase[]>();
  for (const test of tests) {
    const group = groups.get(test.definition.nameRange.start);
    if (group) group.push(test);
    else groups.set(test.definition.nameRange.start, [test]);
  }
  return [...groups.entries()].sort(([a], [b]) => a - b).map(([, group]) => group);
}

/** Every guideline entry of the tests, each once: variants of one definition share their entries. */
export function entriesOf(view: IndexView, tests: readonly TestCase[]): readonly TraceEntry[] {
  return [...new Set(tests.flatMap((test) => view.entriesForTest(test.name)))];
}

/** How many of the tests some guideline requires. */
export function countRequired(view: IndexView, testNames: readonly string[]): number {
  return testNames.filter((name) =>
    view.entriesForTest(name).some((entry) => entry.components.some(({ status }) => status === 'required')),
  ).length;
}
