import type { GuestOs } from './guestLevel';

/** How servers of a region run. */
export const VIRTUALIZATIONS = ['vm', 'container', 'baremetal'] as const;
export type Virtualization = (typeof VIRTUALIZATIONS)[number];

/** What a user may bring: nothing, an image, or an image with any kernel of the right architecture. */
export const IMAGE_UPLOADS = ['none', 'image', 'any-kernel'] as const;
export type ImageUpload = (typeof IMAGE_UPLOADS)[number];

/** How the tester gets at a guest. */
export const REACH_WAYS = ['ping', 'ssh'] as const;
export type ReachWay = (typeof REACH_WAYS)[number];

/** A guest system that a region boots. */
export interface ProfileGuest {
  readonly os: GuestOs;
  /** Tools outside the base system that its image carries (`sudo`, `curl`); `any`: an image that carries what is asked for can be had. */
  readonly tools: readonly string[] | 'any';
}

/** One region of a cloud. A test run is made against one region, with one guest system. */
export interface ProfileRegion {
  readonly name: string;
  readonly virtualization: Virtualization;
  /** In order of preference; none: nothing boots. */
  readonly guests: readonly ProfileGuest[];
  readonly imageUpload: ImageUpload;
  readonly reachability: readonly ReachWay[];
  /** Options of the test run that the cloud fixes, by `group.option`. */
  readonly options: Readonly<Record<string, boolean>>;
}

/** What a cloud declares of itself, as far as a guideline's tests can tell. */
export interface CloudProfile {
  readonly name: string;
  readonly description: string;
  readonly regions: readonly ProfileRegion[];
}
