import type { CloudProfile } from '../model/cloudProfile';
import type { WhatIfGuideline, WhatIfInput } from '../model/whatIfInput';
import { GUEST_CHOICES, IMPLEMENTATIONS, type Policy } from '../model/whatIfPolicy';
import type { ChartCell } from '../model/whatIfVerdict';
import { pickByRule } from './judgeRegions';
import { compareCounts, countTests, listRequired, pickBestRun, verdictOfCapability } from './judgeRun';
import { TestJudge } from './judgeTest';
import { compareNames, compareVerdicts, countVerdicts, worstVerdict } from './verdicts';

/** A judge for each cell of the chart, the other switches as the policy has them: shared by all guidelines. */
export function makeChartJudges(input: WhatIfInput, policy: Policy): readonly TestJudge[] {
  return IMPLEMENTATIONS.flatMap((implementation) =>
    GUEST_CHOICES.map((guests) => new TestJudge(input, { ...policy, implementation, guests })),
  );
}

/** The chart of 2015: {APIs and a Linux implementation, APIs alone} × {one guest system, several to choose from}. */
export function judgeChart(
  guideline: WhatIfGuideline,
  profile: CloudProfile,
  judges: readonly TestJudge[],
): readonly ChartCell[] {
  return judges.map((judge) => judgeCell(guideline, profile, judge));
}

function judgeCell(guideline: WhatIfGuideline, profile: CloudProfile, judge: TestJudge): ChartCell {
  const required = listRequired(guideline);
  const regions = profile.regions.map((region) => {
    const run = pickBestRun(guideline, region, judge);
    const list = required.map((capability) => ({
      name: capability.name,
      verdict: verdictOfCapability(capability, run, judge),
    }));
    return { list, verdict: worstVerdict(list.map(({ verdict }) => verdict)), tests: countTests(required, run, judge) };
  });
  const decisive = pickByRule(
    regions,
    (a, b) => compareVerdicts(a.verdict, b.verdict) || compareCounts(a.tests, b.tests),
    judge.policy.regions,
  );
  const list = decisive?.list ?? [];
  const named = (wanted: string): readonly string[] =>
    list
      .filter(({ verdict }) => verdict === wanted)
      .map(({ name }) => name)
      .sort(compareNames);
  return {
    implementation: judge.policy.implementation,
    guests: judge.policy.guests,
    verdict: decisive?.verdict ?? 'blocked',
    capabilities: countVerdicts(list.map(({ verdict }) => verdict)),
    tests: decisive?.tests ?? { holds: 0, unknown: 0, blocked: 0, flagged: 0 },
    blocked: named('blocked'),
    unknown: named('unknown'),
  };
}
