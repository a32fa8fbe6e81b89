import {
  type Capability,
  type Component,
  type ComponentStatus,
  type Guideline,
  type GuidelineTest,
} from '../../model/guideline';
import type {
  CapabilityResult,
  EntryResult,
  MatchedBy,
  PassCount,
  ResultComparison,
  TargetVerdict,
  TestOutcome,
  TestResult,
  TestResults,
} from '../../model/testResults';
import { indexComponentStatuses, strongestStatus } from '../capabilityStatus';
import { findTargetComponents } from '../selectTests';

/**
 * Compares a guideline with a run. An entry passed when a test of its key, of one of its aliases, or with its id passed:
 * names first, because RefStack knows no others. Flagged tests are counted and decide nothing.
 * @param targets names that `findTargetComponents` knows in this guideline; others are left out
 * @param idsOf ids that the sources give a test's name, for results without ids
 */
export function compareResults(
  guideline: Guideline,
  results: TestResults,
  targets: readonly string[],
  idsOf: (name: string) => readonly string[] = () => [],
): ResultComparison {
  const run = indexRun(results, idsOf);
  const statuses = indexComponentStatuses(guideline);
  const entries = guideline.capabilities.flatMap((capability) => {
    const components = statuses.get(capability.name.value) ?? [];
    return capability.tests.map((entry) => ({ capability, entry, components, ...judge(entry, run) }));
  });
  const asked = targets.flatMap((target) => {
    const components = findTargetComponents(guideline, target);
    return components === null ? [] : [{ target, components }];
  });
  const names = new Set(asked.flatMap(({ components }) => components.map(({ name }) => name.value)));
  return {
    guideline,
    results,
    targets: asked.map(({ target, components }) => judgeTarget(target, components, entries)),
    capabilities: guideline.capabilities.map((capability) => sumUp(capability, statuses, names, entries)),
    entries,
    others: listOthers(entries, results, run),
  };
}

interface Run {
  readonly byName: ReadonlyMap<string, TestOutcome>;
  readonly byId: ReadonlyMap<string, TestOutcome>;
  readonly byClass: ReadonlyMap<string, TestOutcome>;
  readonly idsOf: (result: TestResult) => readonly string[];
}

function indexRun(results: TestResults, idsOf: (name: string) => readonly string[]): Run {
  const ids = (result: TestResult): readonly string[] => (result.id === null ? idsOf(result.name) : [result.id]);
  const byId = new Map<string, TestOutcome>();
  for (const result of results.results) {
    // Inherited tests share their id: one class that passes is what a reader of ids can see.
    for (const id of ids(result)) if (byId.get(id) !== 'passed') byId.set(id, result.outcome);
  }
  return {
    byName: new Map(results.results.map(({ name, outcome }) => [name, outcome])),
    byId,
    byClass: results.classOutcomes,
    idsOf: ids,
  };
}

function judge(entry: GuidelineTest, run: Run): Pick<EntryResult, 'outcome' | 'matchedBy'> {
  const names = [entry.name.value, ...entry.aliases.map(({ value }) => value)];
  const outcomes: [MatchedBy, TestOutcome | undefined][] = [
    ...names.map((name, index): [MatchedBy, TestOutcome | undefined] => [
      index === 0 ? 'key' : 'alias',
      run.byName.get(name),
    ]),
    ['id', entry.id === null ? undefined : run.byId.get(entry.id)],
  ];
  const passed = outcomes.find(([, outcome]) => outcome === 'passed');
  if (passed !== undefined) return { outcome: 'passed', matchedBy: passed[0] };
  const classes = names.map((name) => run.byClass.get(name.slice(0, Math.max(0, name.lastIndexOf('.')))));
  const told = [...outcomes.map(([, outcome]) => outcome), ...classes].find((outcome) => outcome !== undefined);
  // A class fixture that "passed" says nothing of the tests.
  return { outcome: told === undefined || told === 'passed' ? null : told, matchedBy: null };
}

function judgeTarget(target: string, components: readonly Component[], entries: readonly EntryResult[]): TargetVerdict {
  const names = new Set(components.map(({ name }) => name.value));
  const required = entries.filter((one) =>
    one.components.some(({ component, status }) => names.has(component) && status === 'required'),
  );
  const unflagged = required.filter(({ entry }) => entry.flag === null);
  const count = countPassed(unflagged);
  const byNames = unflagged.every(({ matchedBy }) => matchedBy === 'key' || matchedBy === 'alias');
  return {
    target,
    components: [...names],
    required: countPassed(required),
    unflagged: count,
    met: count.tests === 0 ? null : count.passed === count.tests,
    metByNames: count.tests === 0 ? null : byNames,
    missing: unflagged.filter(({ outcome }) => outcome !== 'passed'),
  };
}

function countPassed(entries: readonly EntryResult[]): PassCount {
  const tests = entries.length;
  const passed = entries.filter(({ outcome }) => outcome === 'passed').length;
  return { tests, passed, percent: tests === 0 ? null : Math.floor((passed * 1000) / tests) / 10 };
}

function sumUp(
  capability: Capability,
  statuses: ReadonlyMap<string, readonly ComponentStatus[]>,
  names: ReadonlySet<string>,
  entries: readonly EntryResult[],
): CapabilityResult {
  const own = entries.filter((one) => one.capability === capability);
  const components = statuses.get(capability.name.value) ?? [];
  return {
    capability,
    components,
    status: strongestStatus(components.filter(({ component }) => names.has(component))),
    all: countPassed(own),
    flagged: own.filter(({ entry }) => entry.flag !== null).length,
    notPassed: own.filter(({ outcome }) => outcome !== 'passed'),
  };
}

function listOthers(entries: readonly EntryResult[], results: TestResults, run: Run): string[] {
  const names = new Set(entries.flatMap(({ entry }) => [entry.name.value, ...entry.aliases.map(({ value }) => value)]));
  const ids = new Set(entries.map(({ entry }) => entry.id));
  return results.results
    .filter((result) => result.outcome === 'passed' && !names.has(result.name))
    .filter((result) => !run.idsOf(result).some((id) => ids.has(id)))
    .map(({ name }) => name)
    .sort();
}
