import { IMAGE_UPLOADS, REACH_WAYS, VIRTUALIZATIONS } from '../../model/cloudProfile';
import { GUEST_OSES } from '../../model/guestLevel';

/** What a profile is made of. */
export type ProfileObject = 'profile' | 'region' | 'guest';

export interface ProfileKey {
  readonly name: string;
  readonly required: boolean;
  /** The words that it takes, when they are few. */
  readonly words: readonly string[];
  /** For completion and hovers. */
  readonly about: string;
}

const key = (name: string, required: boolean, words: readonly string[], about: string): ProfileKey => ({
  name,
  required,
  words,
  about,
});

/** Keys of each object of a profile, in the order in which they are best written. */
export const PROFILE_KEYS: Readonly<Record<ProfileObject, readonly ProfileKey[]>> = {
  profile: [
    key('$schema', false, [], 'Address of the JSON Schema, for editors.'),
    key('name', true, [], 'What verdicts call the cloud.'),
    key('description', false, [], 'One sentence on what is declared here.'),
    key('regions', true, [], 'The regions, each of one kind. A test run is made against one of them.'),
  ],
  region: [
    key('name', true, [], 'The name of the region, once in the profile.'),
    key('virtualization', true, VIRTUALIZATIONS, 'How servers run: virtual machines, containers or zones, bare metal.'),
    key(
      'guests',
      true,
      GUEST_OSES,
      'Guest systems that the region boots, the preferred one first; empty when nothing boots.',
    ),
    key('imageUpload', true, IMAGE_UPLOADS, 'What a user may bring: nothing, an image, an image with any kernel.'),
    key('reachability', true, REACH_WAYS, 'What guests answer from outside: ping, SSH login with the injected key.'),
    key('options', false, [], 'Options of the test run that the cloud fixes, as `group.option: true` or `false`.'),
  ],
  guest: [
    key('os', true, GUEST_OSES, 'The guest system.'),
    key('tools', false, ['any'], 'Tools outside the base system that its image carries, or `any`.'),
  ],
};

/** What the words of profiles mean, for completion and hovers. */
export const WORD_MEANINGS: Readonly<Record<string, string>> = {
  vm: 'Virtual machines: each guest boots a kernel of its own.',
  container: 'Containers or zones: guests run on the kernel of their host.',
  baremetal: 'Whole machines without a hypervisor.',
  linux: 'A Linux distribution with GNU tools.',
  busybox: 'Linux with a BusyBox userland, such as CirrOS.',
  freebsd: 'FreeBSD.',
  illumos: 'illumos, the Solaris family.',
  windows: 'Windows with cloudbase-init and OpenSSH.',
  none: 'Users bring no image.',
  image: 'Users bring images; the kernel is the cloud’s or of its choice.',
  'any-kernel': 'Users bring images with any kernel of the right architecture.',
  ping: 'Guests answer ICMP echo from outside.',
  ssh: 'Guests accept an SSH login with the injected key.',
  any: 'An image that carries the tool that is asked for can be had.',
};

/** File names by which profiles are known, in any folder. */
const PROFILE_NAME = /\.interop-profile\.(?:ya?ml|json)$/i;

/** True for the address or path of a profile: `NAME.interop-profile.yaml`, `.yml` or `.json`. */
export function isProfileName(address: string): boolean {
  return PROFILE_NAME.test(address.split(/[?#]/, 1)[0] ?? '');
}
