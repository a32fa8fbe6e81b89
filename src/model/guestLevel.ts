/** What a site, test, capability or guideline demands of a guest, weakest first (design: the ladder of guest levels). */
export const GUEST_LEVELS = ['api', 'boot', 'reach', 'login', 'posix', 'linux', 'image'] as const;
export type GuestLevel = (typeof GUEST_LEVELS)[number];

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
