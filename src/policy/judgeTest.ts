import type { ProfileGuest, ProfileRegion } from '../model/cloudProfile';
import { GUEST_OSES, type GuestLevel, type GuestOs } from '../model/guestLevel';
import { VALIDATION_OPTIONS } from '../model/validationOptions';
import type { WhatIfGuard, WhatIfInput, WhatIfTest } from '../model/whatIfInput';
import type { Policy } from '../model/whatIfPolicy';
import type { Reason } from '../model/whatIfVerdict';
import { judgeSite } from './judgeSite';
import { findKnown, type JudgedTest, type KnownVerdicts } from './knownVerdicts';
import { compareVerdicts, worstVerdict } from './verdicts';

const HOLDS: JudgedTest = { verdict: 'holds', reasons: [] };

/** BusyBox is a userland on the kernel of Linux: as a second system it does not count. */
const FAMILIES: Readonly<Record<GuestOs, string>> = {
  linux: 'linux',
  busybox: 'linux',
  freebsd: 'freebsd',
  illumos: 'illumos',
  windows: 'windows',
};

/** Judges tests against regions under one policy; each question is answered once. */
export class TestJudge {
  private readonly known: KnownVerdicts;

  constructor(
    readonly input: WhatIfInput,
    readonly policy: Policy,
  ) {
    this.known = findKnown(input, policy);
  }

  /** How a test fares in a region: with the guest given, or with several where the policy wants that. */
  judge(test: number, region: ProfileRegion, guest: ProfileGuest | null): JudgedTest {
    const isOne = this.policy.guests === 'one';
    const known = this.knownIn(region, isOne ? guest : null);
    return (known[test] ??= isOne ? this.judgeWithOne(test, region, guest) : this.judgeWithSeveral(test, region));
  }

  private knownIn(region: ProfileRegion, guest: ProfileGuest | null): JudgedTest[] {
    let byGuest = this.known.get(region);
    if (!byGuest) this.known.set(region, (byGuest = new Map<ProfileGuest | null, JudgedTest[]>()));
    let known = byGuest.get(guest);
    if (!known) byGuest.set(guest, (known = []));
    return known;
  }

  /** What the test demands under the policy, whatever the region. */
  levelOf(test: number): GuestLevel {
    const one = this.input.tests[test];
    if (!one) return 'api';
    const { level, levelWithValidationOff } = rewrittenOf(one, this.policy) ?? one;
    return this.policy.implementation === 'api' ? levelWithValidationOff : level;
  }

  /** Positions of the uses that count under the policy. */
  usesOf(test: number): readonly number[] {
    const one = this.input.tests[test];
    return one ? (rewrittenOf(one, this.policy) ?? one).uses : [];
  }

  private judgeWithOne(test: number, region: ProfileRegion, guest: ProfileGuest | null): JudgedTest {
    const one = this.input.tests[test];
    if (!one) return HOLDS;
    const options = optionsOf(region, this.policy);
    const reasons: Reason[] = [];
    if (one.upload !== 'none' && region.imageUpload === 'none')
      reasons.push(general('no-upload', 'blocked', `users of region ${region.name} cannot upload images`));
    for (const index of this.usesOf(test)) {
      const use = this.input.uses[index];
      const site = use && this.input.sites[use.site];
      if (!use || !site) continue;
      const run = runsUnder(use.guards, options);
      if (run !== 'yes') {
        if (run !== 'no') reasons.push(skippedBy(run, index));
        continue;
      }
      const found = judgeSite(site, { region, guest, policy: this.policy });
      reasons.push(...found.map((reason) => ({ ...reason, use: index })));
    }
    if (one.unresolvedCalls > 0 && reasons.length === 0)
      reasons.push(
        general('unresolved-call', 'unknown', `${one.unresolvedCalls} calls of the test could not be followed`),
      );
    return conclude(reasons);
  }

  /** It has to pass with two systems that have nothing in common: declared ones, or any where users may bring their own kernel. */
  private judgeWithSeveral(test: number, region: ProfileRegion): JudgedTest {
    const candidates = listCandidates(region);
    const alone = this.judgeWithOne(test, region, candidates[0] ?? null);
    const one = this.input.tests[test];
    const options = optionsOf(region, this.policy);
    const asksGuest = this.usesOf(test).some((index) => {
      const use = this.input.uses[index];
      const site = use && this.input.sites[use.site];
      return use && site && site.level !== 'api' && runsUnder(use.guards, options) !== 'no';
    });
    if (!asksGuest || !one || candidates.length === 0) return alone;
    const byFamily = new Map<string, { judged: JudgedTest; os: GuestOs }>();
    for (const guest of candidates) {
      const judged = this.judgeWithOne(test, region, guest);
      const family = FAMILIES[guest.os];
      const known = byFamily.get(family);
      if (!known || compareVerdicts(judged.verdict, known.judged.verdict) < 0)
        byFamily.set(family, { judged, os: guest.os });
    }
    const ranked = [...byFamily.values()].sort((a, b) => compareVerdicts(a.judged.verdict, b.judged.verdict));
    const second = ranked[1];
    if (second?.judged.verdict === 'holds') return HOLDS;
    const passing = ranked.filter(({ judged }) => judged.verdict === 'holds').map(({ os }) => os);
    const others = ranked.flatMap(({ judged }) => judged.reasons.slice(0, 1));
    if (second?.judged.verdict === 'unknown')
      return conclude([...others.filter(({ verdict }) => verdict === 'unknown')]);
    return conclude([oneSystem(passing, candidates.length), ...others]);
  }
}

function rewrittenOf(test: WhatIfTest, policy: Policy): WhatIfTest['afterAll'] {
  if (policy.rewrites === 'none') return null;
  return policy.rewrites === 'safe' ? test.afterSafe : test.afterAll;
}

function listCandidates(region: ProfileRegion): readonly ProfileGuest[] {
  if (region.imageUpload !== 'any-kernel') return region.guests;
  const declared = new Set(region.guests.map(({ os }) => os));
  const brought = GUEST_OSES.filter((os) => !declared.has(os)).map((os): ProfileGuest => ({ os, tools: 'any' }));
  return [...region.guests, ...brought];
}

function optionsOf(region: ProfileRegion, policy: Policy): ReadonlyMap<string, boolean> {
  const validation = policy.implementation === 'linux';
  return new Map([
    ...VALIDATION_OPTIONS.map((option): [string, boolean] => [option, validation]),
    ...Object.entries(region.options),
  ]);
}

/** Whether guards let a site run: the guard itself when it skips the whole test. An option that is not declared stands as the site needs it. */
function runsUnder(guards: readonly WhatIfGuard[], options: ReadonlyMap<string, boolean>): 'yes' | 'no' | WhatIfGuard {
  let inline = false;
  for (const guard of guards) {
    const value = options.get(guard.option);
    if (value === undefined || value === guard.holds) continue;
    if (guard.kind === 'skip') return guard;
    inline = true;
  }
  return inline ? 'no' : 'yes';
}

function skippedBy(guard: WhatIfGuard, use: number): Reason {
  const setting = `${guard.option} = ${guard.holds ? 'false' : 'true'}`;
  return {
    kind: 'skipped',
    verdict: 'blocked',
    os: null,
    use,
    word: null,
    text: `with ${setting} the test is skipped, and a skipped test is not a pass`,
  };
}

function oneSystem(passing: readonly GuestOs[], offered: number): Reason {
  const only = passing.join(', ');
  const text =
    passing.length > 0
      ? offered > 1
        ? `of the systems that users may choose it passes with ${only} only`
        : `${only} is the only system that the region offers`
      : 'it passes with none of the systems that the region offers';
  return general('one-system', 'blocked', text);
}

function general(kind: Reason['kind'], verdict: Reason['verdict'], text: string): Reason {
  return { kind, verdict, os: null, use: null, word: null, text };
}

function conclude(reasons: readonly Reason[]): JudgedTest {
  if (reasons.length === 0) return HOLDS;
  const unique = new Map<string, Reason>();
  // One skip says it for all sites behind it.
  for (const reason of reasons) {
    const key =
      reason.kind === 'skipped'
        ? `skipped ${reason.text}`
        : [reason.kind, reason.verdict, reason.os, reason.use, reason.word, reason.text].join('|');
    if (!unique.has(key)) unique.set(key, reason);
  }
  const sorted = [...unique.values()].sort((a, b) => compareVerdicts(b.verdict, a.verdict));
  return { verdict: worstVerdict(sorted.map(({ verdict }) => verdict)), reasons: sorted };
}
