/** What a site, test, capability or guideline demands of a guest, weakest first (design: the ladder of guest levels). */
export const GUEST_LEVELS = ['api', 'boot', 'reach', 'login', 'posix', 'linux', 'image'] as const;
export type GuestLevel = (typeof GUEST_LEVELS)[number];

/** What each level asks of a cloud, as half a sentence. */
export const LEVEL_MEANING: Readonly<Record<GuestLevel, string>> = {
  api: 'no server at all',
  boot: 'a server must become ACTIVE; any guest will do',
  reach: 'the guest must answer on the network',
  login: 'the guest must accept an SSH login',
  posix: 'the guest must run POSIX utilities',
  linux: 'the guest must be Linux',
  image: 'the guest must be one distribution or image',
};

/** Negative when `a` demands less than `b`, 0 when equal. */
export function compareLevels(a: GuestLevel, b: GuestLevel): number {
  return GUEST_LEVELS.indexOf(a) - GUEST_LEVELS.indexOf(b);
}

/** The highest of the levels; `api` for none. */
export function highestLevel(levels: Iterable<GuestLevel>): GuestLevel {
  let highest: GuestLevel = 'api';
  for (const level of levels) if (compareLevels(level, highest) > 0) highest = level;
  return highest;
}

/** Guest operating systems that a portability row speaks of. */
export const GUEST_OSES = ['linux', 'busybox', 'freebsd', 'illumos', 'windows'] as const;
export type GuestOs = (typeof GUEST_OSES)[number];
