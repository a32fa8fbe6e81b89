import type { ProfileGuest, ProfileRegion } from '../model/cloudProfile';
import { compareLevels, type GuestOs } from '../model/guestLevel';
import type { SiteKind } from '../model/siteKind';
import { SUPPORTS, type Support } from '../model/portability';
import type { WhatIfSite, WhatIfWord } from '../model/whatIfInput';
import type { Policy } from '../model/whatIfPolicy';
import type { Reason } from '../model/whatIfVerdict';

/** Where a site is tried. */
export interface Trial {
  readonly region: ProfileRegion;
  /** Null: the region boots nothing. */
  readonly guest: ProfileGuest | null;
  readonly policy: Policy;
}

/** A reason without the use that it belongs to. */
export type SiteReason = Omit<Reason, 'use'>;

/** Ways to the guest that a text takes: the login comes first. */
const OVER_SSH: ReadonlySet<SiteKind> = new Set(['ssh', 'login', 'upload']);

/** What stands against a site in one region with one guest system; empty when nothing does. */
export function judgeSite(site: WhatIfSite, trial: Trial): readonly SiteReason[] {
  const { region, guest, policy } = trial;
  if (site.level === 'api') return [];
  if (region.virtualization === 'container' && policy.containers === 'elsewhere')
    return [
      against('containers-elsewhere', null, `servers of region ${region.name} are containers, which count elsewhere`),
    ];
  if (guest === null) return [against('no-guest', null, `region ${region.name} boots no guest`)];
  const way = missingWay(site, region);
  if (way !== null) return [against('not-reachable', guest.os, `guests of region ${region.name} do not offer ${way}`)];
  return judgeText(site, trial, guest);
}

/** The way to the guest that the site needs and the region does not have, or null. */
function missingWay(site: WhatIfSite, { reachability }: ProfileRegion): string | null {
  if (OVER_SSH.has(site.kind)) return reachability.includes('ssh') ? null : 'an SSH login';
  if (site.kind === 'ping') return reachability.includes('ping') ? null : 'an answer to ping';
  if (site.kind === 'connect') return reachability.length > 0 ? null : 'a connection from outside';
  return null;
}

function judgeText(site: WhatIfSite, trial: Trial, guest: ProfileGuest): readonly SiteReason[] {
  const isCommand = compareLevels(site.level, 'login') > 0;
  if (isCommand && site.words.length === 0) return judgeUnknownText(guest.os);
  const reasons = site.words.flatMap((word, index) => judgeWord(word, index, trial, guest));
  const branched =
    trial.policy.osBranch && site.words.every(({ alternatives }) => alternatives[guest.os] !== undefined);
  if (reasons.length > 0 || branched || !isCommand || guest.os !== 'windows') return reasons;
  return [
    {
      kind: 'text-unknown',
      verdict: 'unknown',
      os: guest.os,
      word: null,
      text: 'the command is there on windows, but it is sent as text for a POSIX shell',
    },
  ];
}

/** A command of which nothing is known: a Linux guest is what it was written for. */
function judgeUnknownText(os: GuestOs): readonly SiteReason[] {
  if (os === 'linux' || os === 'busybox') return [];
  return [
    {
      kind: 'text-unknown',
      verdict: 'unknown',
      os,
      word: null,
      text: `what runs in the guest is not known, so ${os} may lack it`,
    },
  ];
}

function judgeWord(word: WhatIfWord, index: number, trial: Trial, guest: ProfileGuest): readonly SiteReason[] {
  const support = supportOf(word, trial, guest);
  if (support.value === 'yes') return [];
  return [
    {
      kind: 'word',
      verdict: support.value === 'no' ? 'blocked' : 'unknown',
      os: guest.os,
      word: index,
      text: describeSupport(word, support, guest.os),
    },
  ];
}

interface JudgedSupport {
  readonly value: Support;
  readonly because: 'system' | 'container';
}

function supportOf(word: WhatIfWord, { region, policy }: Trial, guest: ProfileGuest): JudgedSupport {
  const branch = policy.osBranch ? word.alternatives[guest.os] : undefined;
  const written = word.support[guest.os];
  const carried = written === 'may' && carries(guest, word.tool);
  const value: Support = branch !== undefined || carried ? 'yes' : written;
  const inContainer = region.virtualization === 'container' ? word.inContainer : null;
  if (inContainer !== null && SUPPORTS.indexOf(inContainer) > SUPPORTS.indexOf(value))
    return { value: inContainer, because: 'container' };
  return { value, because: 'system' };
}

function carries({ tools }: ProfileGuest, tool: string | null): boolean {
  return tools === 'any' || (tool !== null && tools.includes(tool));
}

function describeSupport(word: WhatIfWord, { value, because }: JudgedSupport, os: GuestOs): string {
  // Ways of reaching the guest (IL2xx) are named in words, commands and paths in code.
  const subject = word.rule.startsWith('IL1') ? `\`${word.subject}\`` : word.subject;
  if (because === 'container')
    return value === 'no'
      ? `${subject} needs a kernel of its own, which a container does not have`
      : `${subject} asks the kernel, which a container shares with its host, so it may tell of the host`;
  switch (value) {
    case 'no':
      return `${subject} is not there on ${os}`;
    case 'may':
      return `${subject} may be missing on ${os}: that depends on the image`;
    case 'differs':
      return `${subject} is there on ${os}, with other options or output`;
    default:
      return `whether ${os} has ${subject} is not known`;
  }
}

function against(kind: SiteReason['kind'], os: GuestOs | null, text: string): SiteReason {
  return { kind, verdict: 'blocked', os, word: null, text };
}
