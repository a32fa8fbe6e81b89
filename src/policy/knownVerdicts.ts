import type { ProfileGuest, ProfileRegion } from '../model/cloudProfile';
import type { WhatIfInput } from '../model/whatIfInput';
import type { Policy } from '../model/whatIfPolicy';
import type { Reason, Verdict } from '../model/whatIfVerdict';

/** How one test fares in one run. */
export interface JudgedTest {
  readonly verdict: Verdict;
  /** The heaviest first. */
  readonly reasons: readonly Reason[];
}

/** By region, then guest system, then the test's position. */
export type KnownVerdicts = WeakMap<ProfileRegion, Map<ProfileGuest | null, JudgedTest[]>>;

const known = new WeakMap<WhatIfInput, Map<string, KnownVerdicts>>();

/**
 * What is known already of a table under what of a policy a single test's verdict depends on: the other switches only count verdicts in
 * another way, so that flipping one of them, or one back, judges no test again.
 */
export function findKnown(input: WhatIfInput, policy: Policy): KnownVerdicts {
  const { implementation, guests, rewrites, osBranch, containers } = policy;
  const key = [implementation, guests, rewrites, osBranch, containers].join(' ');
  let ofInput = known.get(input);
  if (!ofInput) known.set(input, (ofInput = new Map<string, KnownVerdicts>()));
  let verdicts = ofInput.get(key);
  if (!verdicts) ofInput.set(key, (verdicts = new WeakMap<ProfileRegion, Map<ProfileGuest | null, JudgedTest[]>>()));
  return verdicts;
}
