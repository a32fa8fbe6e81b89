import type { ProfileGuest, ProfileRegion } from '../model/cloudProfile';
import { highestLevel } from '../model/guestLevel';
import { CAPABILITY_STATUSES, type CapabilityStatus } from '../model/guideline';
import type { WhatIfCapability, WhatIfComponent, WhatIfEntry, WhatIfGuideline } from '../model/whatIfInput';
import type {
  CapabilityVerdict,
  ComponentVerdict,
  ProgramVerdict,
  Reason,
  RunVerdict,
  TestCounts,
  TestVerdict,
  Verdict,
} from '../model/whatIfVerdict';
import type { TestJudge } from './judgeTest';
import type { JudgedTest } from './knownVerdicts';
import { compareNames, compareVerdicts, countVerdicts, worstVerdict } from './verdicts';

/** One run: a region, and the guest system that the tests are configured for. */
export interface Run {
  readonly region: ProfileRegion;
  readonly guest: ProfileGuest | null;
}

/** The runs that a region offers: one per guest system, or one without any. */
export function listRuns(region: ProfileRegion): readonly Run[] {
  if (region.guests.length === 0) return [{ region, guest: null }];
  return region.guests.map((guest) => ({ region, guest }));
}

/** The run of a region that leaves the fewest required tests standing against it; the first declared one of equals. */
export function pickBestRun(guideline: WhatIfGuideline, region: ProfileRegion, judge: TestJudge): Run {
  const [first, ...rest] = listRuns(region);
  if (first === undefined) return { region, guest: null };
  if (rest.length === 0) return first;
  let best = { run: first, tests: countRequired(guideline, first, judge) };
  for (const run of rest) {
    const tests = countRequired(guideline, run, judge);
    if (compareCounts(tests, best.tests) < 0) best = { run, tests };
  }
  return best.run;
}

/** Negative when `a` is better: fewer blocked ones, then fewer of which nothing is known. */
export function compareCounts(a: TestCounts, b: TestCounts): number {
  return a.blocked - b.blocked || a.unknown - b.unknown;
}

const requiredOf = new WeakMap<WhatIfGuideline, readonly WhatIfCapability[]>();

/** Capabilities that some component requires, each once, in the file's order. */
export function listRequired(guideline: WhatIfGuideline): readonly WhatIfCapability[] {
  let known = requiredOf.get(guideline);
  if (!known) requiredOf.set(guideline, (known = findRequired(guideline)));
  return known;
}

function findRequired(guideline: WhatIfGuideline): readonly WhatIfCapability[] {
  const required = new Set(
    guideline.components.flatMap(({ statuses }) =>
      statuses.flatMap(([capability, status]) => (status === 'required' ? [capability] : [])),
    ),
  );
  return guideline.capabilities.filter((_, index) => required.has(index));
}

/** Unflagged and flagged tests of capabilities, each once, by verdict. */
export function countTests(capabilities: readonly WhatIfCapability[], run: Run, judge: TestJudge): TestCounts {
  const counts = { holds: 0, unknown: 0, blocked: 0, flagged: 0 };
  const seen = new Set<string>();
  for (const { entries } of capabilities) {
    for (const entry of entries) {
      if (seen.has(entry.name)) continue;
      seen.add(entry.name);
      counts[entry.flagged ? 'flagged' : judgeEntry(entry, run, judge).verdict]++;
    }
  }
  return counts;
}

function countRequired(guideline: WhatIfGuideline, run: Run, judge: TestJudge): TestCounts {
  return countTests(listRequired(guideline), run, judge);
}

/** How a guideline's entry fares; one that the tree has no test for is unknown. */
export function judgeEntry(entry: WhatIfEntry, { region, guest }: Run, judge: TestJudge): JudgedTest {
  if (entry.test !== null) return judge.judge(entry.test, region, guest);
  return entry.state === 'external' ? EXTERNAL : MISSING;
}

const EXTERNAL = unknownEntry('the test belongs to a repository that is not in this tree');
const MISSING = unknownEntry('there is no such test in this tree');

function unknownEntry(text: string): JudgedTest {
  const reason: Reason = { kind: 'not-in-tree', verdict: 'unknown', os: null, use: null, word: null, text };
  return { verdict: 'unknown', reasons: [reason] };
}

/** The worst of its unflagged tests. */
export function verdictOfCapability(capability: WhatIfCapability, run: Run, judge: TestJudge): Verdict {
  let worst: Verdict = 'holds';
  for (const entry of capability.entries) {
    if (entry.flagged) continue;
    const { verdict } = judgeEntry(entry, run, judge);
    if (compareVerdicts(verdict, worst) > 0) worst = verdict;
  }
  return worst;
}

/** Everything about one run. */
export function judgeRun(guideline: WhatIfGuideline, run: Run, judge: TestJudge): RunVerdict {
  const components = guideline.components.map((component) => judgeComponent(guideline, component, run, judge));
  return {
    region: run.region.name,
    guest: run.guest?.os ?? null,
    components,
    programs: judgePrograms(guideline, new Map(components.map(({ component, verdict }) => [component, verdict]))),
  };
}

/** A program holds when every component of this file that it requires does. */
export function judgePrograms(
  guideline: WhatIfGuideline,
  verdicts: ReadonlyMap<string, Verdict>,
): readonly ProgramVerdict[] {
  return guideline.programs.map(({ name, components }) => ({
    program: name,
    verdict: worstVerdict(components.flatMap((component) => verdicts.get(component) ?? [])),
  }));
}

function judgeComponent(
  guideline: WhatIfGuideline,
  component: WhatIfComponent,
  run: Run,
  judge: TestJudge,
): ComponentVerdict {
  const list = component.statuses.flatMap(([index, status]): CapabilityVerdict[] => {
    const capability = guideline.capabilities[index];
    return capability ? [judgeCapability(capability, index, status, run, judge)] : [];
  });
  list.sort((a, b) => compareStatuses(a.status, b.status) || compareNames(a.name, b.name));
  const required = list.filter(({ status }) => status === 'required');
  const capabilities = required.flatMap(({ capability }) => guideline.capabilities[capability] ?? []);
  return {
    component: component.name,
    verdict: worstVerdict(required.map(({ verdict }) => verdict)),
    capabilities: countVerdicts(required.map(({ verdict }) => verdict)),
    tests: countTests(capabilities, run, judge),
    list,
  };
}

function judgeCapability(
  capability: WhatIfCapability,
  index: number,
  status: CapabilityStatus,
  run: Run,
  judge: TestJudge,
): CapabilityVerdict {
  const counted = capability.entries.filter(({ flagged }) => !flagged);
  const against = counted.flatMap((entry): TestVerdict[] => {
    const { verdict, reasons } = judgeEntry(entry, run, judge);
    return verdict === 'holds' ? [] : [{ entry: entry.name, test: entry.test, verdict, reasons }];
  });
  against.sort((a, b) => compareVerdicts(b.verdict, a.verdict) || compareNames(a.entry, b.entry));
  return {
    capability: index,
    name: capability.name,
    status,
    level: highestLevel(counted.flatMap(({ test }) => (test === null ? [] : [judge.levelOf(test)]))),
    verdict: worstVerdict(against.map(({ verdict }) => verdict)),
    tests: countTests([capability], run, judge),
    against,
  };
}

function compareStatuses(a: CapabilityStatus, b: CapabilityStatus): number {
  return CAPABILITY_STATUSES.indexOf(a) - CAPABILITY_STATUSES.indexOf(b);
}
