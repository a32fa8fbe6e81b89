import type { ProfileRegion } from '../model/cloudProfile';
import { compareLevels, GUEST_OSES, type GuestOs } from '../model/guestLevel';
import type { WhatIfGuideline, WhatIfInput } from '../model/whatIfInput';
import { TODAYS_POLICY } from '../model/whatIfPolicy';
import { listRequired } from './judgeRun';
import { TestJudge } from './judgeTest';

/** C: a capability "an uploaded image can be run"; E: a capability per guest system. */
export const DRAFT_KINDS = ['C', 'E'] as const;
export type DraftKind = (typeof DRAFT_KINDS)[number];

/** A capability that a guideline could have, computed from what tests do. Its criteria are for people to judge. */
export interface CapabilityDraft {
  readonly name: string;
  readonly description: string;
  readonly project: string;
  /** Runtime names, sorted. */
  readonly tests: readonly string[];
}

const NAMES: Readonly<Record<GuestOs, string>> = {
  linux: 'Linux',
  busybox: 'Linux with BusyBox',
  freebsd: 'FreeBSD',
  illumos: 'illumos',
  windows: 'Windows',
};

/** The drafts of a kind for one guideline of the table; those without tests are left out. */
export function draftCapabilities(input: WhatIfInput, guideline: WhatIfGuideline, kind: DraftKind): CapabilityDraft[] {
  const drafts = kind === 'C' ? [draftUpload(input)] : GUEST_OSES.map((os) => draftGuest(input, guideline, os));
  return drafts.filter(({ tests }) => tests.length > 0);
}

/** Every test of the tree that uploads an image, boots a server from it and looks whether the guest answers. */
function draftUpload({ tests }: WhatIfInput): CapabilityDraft {
  return {
    name: 'compute-servers-uploaded-image',
    description: 'Boot a server from an uploaded image and check that the guest answers',
    project: 'nova',
    tests: tests.flatMap(({ name, upload }) => (upload === 'checks' ? [name] : [])).sort(),
  };
}

/** The unflagged tests of required capabilities that look into a guest and hold on a system, by the portability rows. */
function draftGuest(input: WhatIfInput, guideline: WhatIfGuideline, os: GuestOs): CapabilityDraft {
  const judge = new TestJudge(input, TODAYS_POLICY);
  const region = regionOf(os);
  const [guest = null] = region.guests;
  const tests = listRequired(guideline).flatMap(({ entries }) =>
    entries.flatMap(({ test, flagged }) => (test === null || flagged ? [] : [test])),
  );
  const holds = [...new Set(tests)].filter(
    (test) => compareLevels(judge.levelOf(test), 'boot') > 0 && judge.judge(test, region, guest).verdict === 'holds',
  );
  return {
    name: `compute-guest-${os}`,
    description: `Look into a server whose guest runs ${NAMES[os]}`,
    project: 'nova',
    tests: holds.flatMap((test) => input.tests[test]?.name ?? []).sort(),
  };
}

/** A region that is in no test's way but for its guest: what an image of the system can carry, it carries. */
function regionOf(os: GuestOs): ProfileRegion {
  return {
    name: os,
    virtualization: 'vm',
    guests: [{ os, tools: 'any' }],
    imageUpload: 'any-kernel',
    reachability: ['ping', 'ssh'],
    options: {},
  };
}
