import type { CloudProfile, ProfileGuest, ProfileRegion } from '../model/cloudProfile';
import type { GuestOs } from '../model/guestLevel';

/** A built-in profile with the name by which the command line takes it. */
export interface BuiltinProfile {
  readonly key: string;
  readonly profile: CloudProfile;
}

const ANY_TOOLS = (os: GuestOs): ProfileGuest => ({ os, tools: 'any' });
const BASE_SYSTEM = (os: GuestOs): ProfileGuest => ({ os, tools: [] });

function region(name: string, rest: Partial<ProfileRegion>): ProfileRegion {
  return {
    name,
    virtualization: 'vm',
    guests: [],
    imageUpload: 'image',
    reachability: ['ping', 'ssh'],
    options: {},
    ...rest,
  };
}

/** The corners of the debate of 2015, each a cloud of one kind alone. */
export const BUILTIN_PROFILES: readonly BuiltinProfile[] = [
  {
    key: 'linux-vms',
    profile: {
      name: 'Linux VMs on hypervisors',
      description: 'Hypervisors that boot any uploaded kernel; Linux is the guest of the test run.',
      regions: [region('vms', { guests: [ANY_TOOLS('linux')], imageUpload: 'any-kernel' })],
    },
  },
  {
    key: 'linux-containers',
    profile: {
      name: 'Linux containers only',
      description: 'System containers on the kernel of their host; images without a kernel.',
      regions: [region('containers', { virtualization: 'container', guests: [ANY_TOOLS('linux')] })],
    },
  },
  {
    key: 'illumos-zones',
    profile: {
      name: 'illumos zones only',
      description: 'Zones on the kernel of their host, with the base system and sshd.',
      regions: [region('zones', { virtualization: 'container', guests: [BASE_SYSTEM('illumos')] })],
    },
  },
  {
    key: 'windows-vms',
    profile: {
      name: 'Windows VMs only',
      description: 'Virtual machines with cloudbase-init and OpenSSH; no other guest is offered.',
      regions: [region('vms', { guests: [BASE_SYSTEM('windows')] })],
    },
  },
  {
    key: 'bare-metal',
    profile: {
      name: 'Bare metal',
      description: 'Machines without a hypervisor that boot Linux images.',
      regions: [
        region('metal', { virtualization: 'baremetal', guests: [ANY_TOOLS('linux')], imageUpload: 'any-kernel' }),
      ],
    },
  },
  {
    key: 'api-only',
    profile: {
      name: 'API only',
      description: 'The services answer and nothing boots.',
      regions: [region('api', { guests: [], reachability: [] })],
    },
  },
];

/** A built-in profile by its key or its name, whatever the case; undefined when there is none. */
export function findBuiltinProfile(name: string): CloudProfile | undefined {
  const wanted = name.toLowerCase();
  return BUILTIN_PROFILES.find(({ key, profile }) => key === wanted || profile.name.toLowerCase() === wanted)?.profile;
}
