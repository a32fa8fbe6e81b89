import type { CloudProfile } from '../model/cloudProfile';
import { compareLevels, GUEST_OSES, type GuestOs } from '../model/guestLevel';
import type { WhatIfCapability, WhatIfGuideline } from '../model/whatIfInput';
import type { Flavor } from '../model/whatIfPolicy';
import type {
  FlavorVerdict,
  GuestCapabilityVerdict,
  MustRunVerdict,
  ResolutionVerdict,
  UploadVerdict,
} from '../model/whatIfVerdict';
import { pickByRule } from './judgeRegions';
import { compareCounts, countTests, listRequired, listRuns, type Run, verdictOfCapability } from './judgeRun';
import type { TestJudge } from './judgeTest';
import { bestVerdict, compareNames, compareVerdicts, countVerdicts, worstVerdict } from './verdicts';

/** The Technical Committee's resolution of 2015-12-11 ("Compute Requirements for Images and Kernels"), point by point. */
export function checkResolution({ regions }: CloudProfile): readonly ResolutionVerdict[] {
  return regions.map(({ name, virtualization, guests, imageUpload }) => ({
    region: name,
    imageUpload: imageUpload !== 'none',
    linuxGuest: guests.some(({ os }) => os === 'linux' || os === 'busybox'),
    anyKernel: imageUpload === 'any-kernel',
    virtualMachines: virtualization === 'vm',
  }));
}

/** C: is it proved that an uploaded image can be run, and would it be? */
export function judgeUpload(guideline: WhatIfGuideline, runs: readonly Run[], judge: TestJudge): UploadVerdict {
  const candidates = judge.input.tests.flatMap(({ upload }, index) => (upload === 'checks' ? [index] : []));
  const goesAllTheWay = new Set(candidates);
  const proves = ({ entries }: WhatIfCapability): boolean =>
    entries.some(({ test, flagged }) => !flagged && test !== null && goesAllTheWay.has(test));
  const boots = ({ entries }: WhatIfCapability): boolean =>
    entries.some(({ test }) => test !== null && judge.levelOf(test) !== 'api');
  const names = (list: readonly WhatIfCapability[]): readonly string[] =>
    list.map(({ name }) => name).sort(compareNames);
  const verdicts = runs.map(({ region, guest }) =>
    region.imageUpload === 'none'
      ? 'blocked'
      : candidates.length === 0
        ? 'unknown'
        : bestVerdict(candidates.map((test) => judge.judge(test, region, guest).verdict)),
  );
  const verdict = pickByRule(verdicts, compareVerdicts, judge.policy.regions) ?? 'blocked';
  const required = listRequired(guideline);
  return {
    verdict,
    candidates,
    proved: names(guideline.capabilities.filter(proves)),
    unproved: names(required.filter((capability) => boots(capability) && !proves(capability))),
    text: describeUpload(verdict, candidates.length, runs),
  };
}

function describeUpload(verdict: UploadVerdict['verdict'], candidates: number, runs: readonly Run[]): string {
  if (runs.every(({ region }) => region.imageUpload === 'none')) return 'no region lets users upload images';
  if (candidates === 0) return 'the tree has no test that uploads an image, boots it and checks the guest';
  if (verdict === 'holds') return 'at least one of the tests that go all the way would pass';
  return verdict === 'blocked'
    ? 'none of the tests that go all the way would pass'
    : 'whether a test that goes all the way would pass is not known';
}

/** D: each system that must run, as the guest of a run of its own. */
export function judgeMustRun(
  guideline: WhatIfGuideline,
  profile: CloudProfile,
  judge: TestJudge,
): readonly MustRunVerdict[] {
  const wanted = new Set(judge.policy.mustRunOs);
  const required = listRequired(guideline);
  return GUEST_OSES.filter((os) => wanted.has(os)).map((os) => {
    const best = pickRunOf(os, profile, required, judge);
    if (!best) return { os, verdict: 'blocked', region: null, against: [] };
    const judged = required.map((capability) => ({
      name: capability.name,
      verdict: verdictOfCapability(capability, best, judge),
    }));
    return {
      os,
      verdict: worstVerdict(judged.map(({ verdict }) => verdict)),
      region: best.region.name,
      against: judged
        .filter(({ verdict }) => verdict !== 'holds')
        .map(({ name }) => name)
        .sort(compareNames),
    };
  });
}

/** E: the tests of required capabilities that ask something of a guest beyond booting, as a capability of each system. */
export function judgeGuestCapabilities(
  guideline: WhatIfGuideline,
  profile: CloudProfile,
  judge: TestJudge,
): readonly GuestCapabilityVerdict[] {
  const capabilities = listRequired(guideline).map((capability) => ({
    ...capability,
    entries: capability.entries.filter(({ test }) => test !== null && compareLevels(judge.levelOf(test), 'boot') > 0),
  }));
  return GUEST_OSES.map((os) => {
    const name = `compute-guest-${os}`;
    const best = pickRunOf(os, profile, capabilities, judge);
    if (!best)
      return { os, name, verdict: 'blocked', region: null, tests: { holds: 0, unknown: 0, blocked: 0, flagged: 0 } };
    const tests = countTests(capabilities, best, judge);
    const verdict = tests.blocked > 0 ? 'blocked' : tests.unknown > 0 ? 'unknown' : 'holds';
    return { os, name, verdict, region: best.region.name, tests };
  });
}

/** The best run with a system among the regions that declare it. */
function pickRunOf(
  os: GuestOs,
  { regions }: CloudProfile,
  capabilities: readonly WhatIfCapability[],
  judge: TestJudge,
): Run | undefined {
  const runs = regions.flatMap((region) => listRuns(region).filter(({ guest }) => guest?.os === os));
  return pickByRule(
    runs.map((run) => ({ run, tests: countTests(capabilities, run, judge) })),
    (a, b) => compareCounts(a.tests, b.tests),
    'any',
  )?.run;
}

/** H: the base, which is every required capability in no named set, and each set. */
export function judgeFlavors(
  guideline: WhatIfGuideline,
  runs: readonly Run[],
  judge: TestJudge,
): readonly FlavorVerdict[] {
  const named = judge.policy.flavors.length > 0 ? judge.policy.flavors : flavorsByLevel(guideline, judge);
  const sets = named.map((flavor) => ({
    name: flavor.name,
    capabilities: guideline.capabilities.filter(({ name }) => isMember(flavor, name)),
  }));
  const taken = new Set(sets.flatMap(({ capabilities }) => capabilities));
  const base = { name: 'base', capabilities: listRequired(guideline).filter((capability) => !taken.has(capability)) };
  return [base, ...sets].map(({ name, capabilities }) => judgeSet(name, capabilities, runs, judge));
}

/** Without names: what needs nothing of a guest but to boot is the base. */
function flavorsByLevel(guideline: WhatIfGuideline, judge: TestJudge): readonly Flavor[] {
  const required = listRequired(guideline);
  const withLevel = (isWanted: (level: ReturnType<TestJudge['levelOf']>) => boolean): readonly string[] =>
    required
      .filter(({ entries }) =>
        entries.some(({ test, flagged }) => !flagged && test !== null && isWanted(judge.levelOf(test))),
      )
      .map(({ name }) => name);
  const linux = withLevel((level) => compareLevels(level, 'posix') > 0);
  const guest = withLevel((level) => compareLevels(level, 'boot') > 0).filter((name) => !linux.includes(name));
  return [
    { name: 'guest', capabilities: guest },
    { name: 'linux-guest', capabilities: linux },
  ];
}

function isMember({ capabilities }: Flavor, name: string): boolean {
  return capabilities.some((wanted) => (wanted.endsWith('*') ? name.startsWith(wanted.slice(0, -1)) : name === wanted));
}

function judgeSet(
  flavor: string,
  capabilities: readonly WhatIfCapability[],
  runs: readonly Run[],
  judge: TestJudge,
): FlavorVerdict {
  const regions = runs.map((run) =>
    capabilities.map((capability) => ({ name: capability.name, verdict: verdictOfCapability(capability, run, judge) })),
  );
  const list =
    pickByRule(
      regions,
      (a, b) => compareVerdicts(worstVerdict(a.map((one) => one.verdict)), worstVerdict(b.map((one) => one.verdict))),
      judge.policy.regions,
    ) ?? [];
  return {
    flavor,
    verdict: worstVerdict(list.map(({ verdict }) => verdict)),
    capabilities: countVerdicts(list.map(({ verdict }) => verdict)),
    members: capabilities.map(({ name }) => name).sort(compareNames),
    against: list
      .filter(({ verdict }) => verdict !== 'holds')
      .map(({ name }) => name)
      .sort(compareNames),
  };
}
