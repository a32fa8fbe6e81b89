import type { WhatIfGuideline } from '../model/whatIfInput';
import type { RegionRule } from '../model/whatIfPolicy';
import type { ComponentVerdict, OverallVerdict, RunVerdict } from '../model/whatIfVerdict';
import { compareCounts } from './judgeRun';
import { bestVerdict, compareVerdicts, worstVerdict } from './verdicts';

/**
 * The regions together. `any`: one region that complies is enough, which is the rule today; a run is made against one region, so its
 * capabilities have to hold there together. `each`: all have to.
 */
export function joinRegions(
  guideline: WhatIfGuideline,
  regions: readonly RunVerdict[],
  rule: RegionRule,
): OverallVerdict {
  const join = rule === 'any' ? bestVerdict : worstVerdict;
  return {
    components: guideline.components.flatMap(({ name }) => {
      const found = regions.flatMap((run) => {
        const verdict = run.components.find(({ component }) => component === name);
        return verdict ? [{ region: run.region, verdict }] : [];
      });
      const decisive = pickByRule(found, comparePlaced, rule);
      if (!decisive) return [];
      return [
        {
          component: name,
          verdict: decisive.verdict.verdict,
          heldBy: found.filter(({ verdict }) => verdict.verdict === 'holds').map(({ region }) => region),
          decidedBy: decisive.region,
          capabilities: decisive.verdict.capabilities,
          tests: decisive.verdict.tests,
        },
      ];
    }),
    programs: guideline.programs.map(({ name }) => ({
      program: name,
      verdict: join(
        regions.flatMap(({ programs }) =>
          programs.flatMap(({ program, verdict }) => (program === name ? [verdict] : [])),
        ),
      ),
    })),
  };
}

interface Placed {
  readonly region: string;
  readonly verdict: ComponentVerdict;
}

function comparePlaced(a: Placed, b: Placed): number {
  return compareVerdicts(a.verdict.verdict, b.verdict.verdict) || compareCounts(a.verdict.tests, b.verdict.tests);
}

/** The item of the region that decides: the best one under `any`, the worst under `each`; the first one of equals. */
export function pickByRule<T>(items: readonly T[], compare: (a: T, b: T) => number, rule: RegionRule): T | undefined {
  const sign = rule === 'any' ? 1 : -1;
  return [...items].sort((a, b) => sign * compare(a, b))[0];
}
