import type { CloudProfile } from '../model/cloudProfile';
import type { WhatIfGuideline, WhatIfInput } from '../model/whatIfInput';
import type { Policy } from '../model/whatIfPolicy';
import type { GuidelineVerdict, WhatIfVerdict } from '../model/whatIfVerdict';
import { judgeChart, makeChartJudges } from './judgeChart';
import { joinRegions } from './judgeRegions';
import { judgeRun, pickBestRun } from './judgeRun';
import { checkResolution, judgeFlavors, judgeGuestCapabilities, judgeMustRun, judgeUpload } from './judgeSwitches';
import { TestJudge } from './judgeTest';

/**
 * What a cloud's guidelines would say of it under a policy. Pure, without any dependency and fast enough to be asked again at every
 * flip of a switch: it runs in a browser on `WhatIfInput` as it crossed as JSON.
 */
export function evaluatePolicy(input: WhatIfInput, profile: CloudProfile, policy: Policy): WhatIfVerdict {
  const judge = new TestJudge(input, policy);
  const chartJudges = makeChartJudges(input, policy);
  return {
    profile,
    policy,
    resolution: checkResolution(profile),
    guidelines: input.guidelines.map((guideline, index) =>
      judgeGuideline(guideline, index, profile, judge, chartJudges),
    ),
  };
}

function judgeGuideline(
  guideline: WhatIfGuideline,
  index: number,
  profile: CloudProfile,
  judge: TestJudge,
  chartJudges: readonly TestJudge[],
): GuidelineVerdict {
  const { policy } = judge;
  const runs = profile.regions.map((region) => pickBestRun(guideline, region, judge));
  const regions = runs.map((run) => judgeRun(guideline, run, judge));
  return {
    guideline: index,
    id: guideline.id,
    regions,
    overall: joinRegions(guideline, regions, policy.regions),
    chart: judgeChart(guideline, profile, chartJudges),
    upload: policy.uploadTest ? judgeUpload(guideline, runs, judge) : null,
    mustRun: judgeMustRun(guideline, profile, judge),
    guestCapabilities: policy.guestCapabilities ? judgeGuestCapabilities(guideline, profile, judge) : [],
    flavors: judgeFlavors(guideline, runs, judge),
  };
}
