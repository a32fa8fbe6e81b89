import type { GuestOs } from './guestLevel';

/** A set of capabilities beside the base, by name; a `*` at the end takes every name that begins so. */
export interface Flavor {
  readonly name: string;
  readonly capabilities: readonly string[];
}

/** A: which of the rewrites that the fixes know are taken as made. `all` includes suggestions, which may weaken a test. */
export const REWRITES = ['none', 'safe', 'all'] as const;
export type Rewrites = (typeof REWRITES)[number];

/** Row of the chart: the tests with their guest checks, or (`api`) as they run with validation switched off. */
export const IMPLEMENTATIONS = ['linux', 'api'] as const;
export type Implementation = (typeof IMPLEMENTATIONS)[number];

/** Column of the chart: a test has to pass with one guest system, or with two that have nothing in common. */
export const GUEST_CHOICES = ['one', 'several'] as const;
export type GuestChoice = (typeof GUEST_CHOICES)[number];

/** G: one region that complies is enough, or each has to. */
export const REGION_RULES = ['any', 'each'] as const;
export type RegionRule = (typeof REGION_RULES)[number];

/** F: regions of containers count as compute, or belong elsewhere. */
export const CONTAINER_RULES = ['count', 'elsewhere'] as const;
export type ContainerRule = (typeof CONTAINER_RULES)[number];

/** One switch per action that was listed in 2015. */
export interface Policy {
  readonly implementation: Implementation;
  readonly guests: GuestChoice;
  /** A */
  readonly rewrites: Rewrites;
  /** B: tests read the image's `os_type` and use the command of that system, where the catalogue knows one. */
  readonly osBranch: boolean;
  /** C: a capability "an uploaded image can be run" is required. */
  readonly uploadTest: boolean;
  /** D: systems that must run, in any order. */
  readonly mustRunOs: readonly GuestOs[];
  /** E: a capability per guest system is judged beside the others. */
  readonly guestCapabilities: boolean;
  /** F */
  readonly containers: ContainerRule;
  /** G */
  readonly regions: RegionRule;
  /** H: none given: by what the tests demand of a guest. */
  readonly flavors: readonly Flavor[];
  /** I: designated sections are listed with the capabilities of their project. */
  readonly designatedSections: boolean;
}

/** What holds today: the tests as they are, one guest system, one region that complies. */
export const TODAYS_POLICY: Policy = {
  implementation: 'linux',
  guests: 'one',
  rewrites: 'none',
  osBranch: false,
  uploadTest: false,
  mustRunOs: [],
  guestCapabilities: false,
  containers: 'count',
  regions: 'any',
  flavors: [],
  designatedSections: false,
};
