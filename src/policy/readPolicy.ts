import { GUEST_OSES, type GuestOs } from '../model/guestLevel';
import { findMeantWord } from '../model/meantWord';
import {
  CONTAINER_RULES,
  GUEST_CHOICES,
  IMPLEMENTATIONS,
  REGION_RULES,
  REWRITES,
  TODAYS_POLICY,
  type Policy,
} from '../model/whatIfPolicy';

/** A switch as it is written in a list: `NAME` or `NAME=VALUE`. */
export interface PolicySwitch {
  readonly name: string;
  /** The action of the document of 2015 that it stands for, or null for the chart's own rows and columns. */
  readonly action: string | null;
  /** What it takes; "" for nothing. */
  readonly value: string;
  readonly about: string;
}

/** Every switch, in the order of the document. */
export const POLICY_SWITCHES: readonly PolicySwitch[] = [
  {
    name: 'implementation',
    action: null,
    value: IMPLEMENTATIONS.join('|'),
    about: 'with guest checks, or as with validation off',
  },
  {
    name: 'guests',
    action: null,
    value: GUEST_CHOICES.join('|'),
    about: 'pass with one guest system, or with two unlike ones',
  },
  {
    name: 'rewrites',
    action: 'A',
    value: REWRITES.join('|'),
    about: 'rewrites of the fixes taken as made (A alone: safe)',
  },
  { name: 'os-branch', action: 'B', value: '', about: "tests read the image's os_type and use that system's command" },
  { name: 'upload-test', action: 'C', value: '', about: 'an uploaded image has to be run' },
  { name: 'must-run', action: 'D', value: 'OS,OS', about: `systems that must run (${GUEST_OSES.join(', ')})` },
  { name: 'guest-capabilities', action: 'E', value: '', about: 'a capability per guest system is judged too' },
  {
    name: 'containers',
    action: 'F',
    value: CONTAINER_RULES.join('|'),
    about: 'container regions count, or belong elsewhere (F alone)',
  },
  {
    name: 'regions',
    action: 'G',
    value: REGION_RULES.join('|'),
    about: 'one region that complies is enough, or each has to',
  },
  {
    name: 'flavor',
    action: 'H',
    value: 'NAME:CAPABILITY,…',
    about: 'a named set beside the base; may be repeated; * at the end of a name',
  },
  { name: 'designated-sections', action: 'I', value: '', about: 'list the designated sections of each project' },
  { name: 'profile', action: 'J', value: '', about: 'print the profile in the verdict (always done)' },
];

/** A switch that cannot be read; the message says what to write instead. */
export class PolicyError extends Error {}

/**
 * Reads switches such as `rewrites=safe`, `A`, `must-run=linux,windows`, `G=each`, on top of what holds today.
 * @throws PolicyError for an unknown switch or value
 */
export function readPolicy(switches: readonly string[]): Policy {
  return switches.reduce(applySwitch, TODAYS_POLICY);
}

function applySwitch(policy: Policy, text: string): Policy {
  const [, written = '', , value] = /^([^=]*)(=(.*))?$/s.exec(text.trim()) ?? [];
  const { name } = findSwitch(written);
  switch (name) {
    case 'implementation':
      return { ...policy, implementation: pick(name, value, IMPLEMENTATIONS) };
    case 'guests':
      return { ...policy, guests: pick(name, value, GUEST_CHOICES) };
    case 'rewrites':
      return { ...policy, rewrites: pick(name, value ?? 'safe', REWRITES) };
    case 'os-branch':
      return { ...policy, osBranch: readSwitch(name, value) };
    case 'upload-test':
      return { ...policy, uploadTest: readSwitch(name, value) };
    case 'must-run':
      return { ...policy, mustRunOs: readSystems(name, value) };
    case 'guest-capabilities':
      return { ...policy, guestCapabilities: readSwitch(name, value) };
    case 'containers':
      return { ...policy, containers: pick(name, value ?? 'elsewhere', CONTAINER_RULES) };
    case 'regions':
      return { ...policy, regions: pick(name, value, REGION_RULES) };
    case 'flavor':
      return { ...policy, flavors: value === undefined ? policy.flavors : [...policy.flavors, readFlavor(value)] };
    case 'designated-sections':
      return { ...policy, designatedSections: readSwitch(name, value) };
    default:
      return policy;
  }
}

function findSwitch(written: string): PolicySwitch {
  const found = POLICY_SWITCHES.find(({ name, action }) => name === written || action === written.toUpperCase());
  if (found) return found;
  const names = POLICY_SWITCHES.map(({ name }) => name);
  const meant = findMeantWord(written, names);
  const hint = meant === null ? `The switches are ${names.join(', ')}, or the letters A to J` : `Is "${meant}" meant`;
  throw new PolicyError(`there is no switch "${written}". ${hint}${meant === null ? '' : '?'}`);
}

function pick<T extends string>(name: string, value: string | undefined, words: readonly T[]): T {
  const found = words.find((word) => word === value);
  if (found !== undefined) return found;
  throw new PolicyError(`"${name}" takes ${words.join(' or ')}, as in ${name}=${words[0] ?? ''}`);
}

function readSwitch(name: string, value: string | undefined): boolean {
  if (value === undefined || value === 'on') return true;
  if (value === 'off') return false;
  throw new PolicyError(`"${name}" is on or off, or stands alone`);
}

function readSystems(name: string, value = ''): readonly GuestOs[] {
  const written = value.split(',').map((word) => word.trim());
  return GUEST_OSES.filter((os) => written.map((word) => pick(name, word, GUEST_OSES)).includes(os));
}

function readFlavor(value: string): { name: string; capabilities: readonly string[] } {
  const colon = value.indexOf(':');
  const name = value.slice(0, colon).trim();
  const capabilities = value
    .slice(colon + 1)
    .split(',')
    .map((capability) => capability.trim())
    .filter((capability) => capability !== '');
  if (colon > 0 && name !== '' && capabilities.length > 0) return { name, capabilities };
  throw new PolicyError('"flavor" takes NAME:CAPABILITY,CAPABILITY, as in flavor=guest:compute-servers-verify');
}
