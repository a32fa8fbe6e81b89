import type { GuestLevel } from '../../model/guestLevel';

/** Which commands a rule is about. The first recognizer that fits a simple command speaks for it. */
export interface CommandRecognizer {
  readonly rule: string;
  /** Names without their directory. */
  readonly names: readonly string[];
  /** Names that begin so (`mkfs.`). */
  readonly prefixes?: readonly string[];
  /** Fits only when one of the arguments does. */
  readonly when?: ArgumentTest;
  /** Replaces the rule's own level. */
  readonly level?: GuestLevel;
  /** What such a command is for (a key of INTENTS), or null. */
  readonly intent: string | null;
}

/** All that are given must hold. */
export interface ArgumentTest {
  /** There is an argument at all. */
  readonly hasArguments?: true;
  /** Letters of which a short option (`-lR`, `-w1`) must have one. */
  readonly optionLetters?: string;
  /** How many letters of such an option are looked at: 1 for options that carry a value (`-w1`). */
  readonly leadingLettersOnly?: boolean;
  /** An argument that is one of these. */
  readonly operands?: readonly string[];
  /** The first argument that is no option is one of these. */
  readonly firstOperand?: readonly string[];
  /** An argument that contains one of these. */
  readonly containing?: readonly string[];
}

/** A path that a rule is about, wherever it stands as an operand, redirection target or assigned value. */
export interface PathRecognizer {
  readonly rule: string;
  /** The whole path, or a folder with everything in it when it ends with `/`; `*` at the end: anything that begins so. */
  readonly path: string;
  readonly level?: GuestLevel;
  readonly intent: string | null;
}

const METADATA_ADDRESSES = ['169.254.169.254', 'fe80::a9fe:a9fe'];

export const COMMAND_RECOGNIZERS: readonly CommandRecognizer[] = [
  {
    rule: 'IL109',
    names: ['blkid', 'findfs', 'mount', 'lsblk', 'grep'],
    when: { containing: ['config-2'] },
    intent: 'config-drive-read',
  },
  {
    rule: 'IL102',
    names: ['lsblk', 'lsscsi', 'fdisk', 'sfdisk', 'parted', 'partprobe', 'blockdev'],
    intent: 'disk-count',
  },
  { rule: 'IL102', names: ['blkid', 'findfs', 'udevadm'], intent: 'disk-identity' },
  { rule: 'IL102', names: ['ls'], when: { optionLetters: 'R', operands: ['/dev', '/dev/'] }, intent: 'device-debug' },
  { rule: 'IL103', names: ['mkfs', 'mke2fs', 'mkdosfs', 'mkswap'], prefixes: ['mkfs.'], intent: 'make-filesystem' },
  // `mount` alone only lists.
  { rule: 'IL103', names: ['mount', 'ceph-fuse'], prefixes: ['mount.'], when: { hasArguments: true }, intent: 'mount' },
  { rule: 'IL103', names: ['umount', 'fusermount'], prefixes: ['umount.'], intent: 'unmount' },
  {
    rule: 'IL104',
    names: ['ip', 'ss', 'bridge', 'tc'],
    when: { firstOperand: ['a', 'addr', 'address'] },
    intent: 'ip-addresses',
  },
  { rule: 'IL104', names: ['ip', 'ss', 'bridge', 'tc'], intent: 'nic-configure' },
  { rule: 'IL105', names: ['udhcpc', 'udhcpc6', 'dhclient', 'dhcpcd', 'start-stop-daemon'], intent: 'dhcp-renew' },
  {
    rule: 'IL106',
    names: ['ping', 'ping6'],
    when: { optionLetters: 'wWIsMDO', leadingLettersOnly: true },
    intent: 'reachability',
  },
  { rule: 'IL107', names: ['curl', 'wget'], when: { containing: METADATA_ADDRESSES }, intent: 'metadata-read' },
  { rule: 'IL110', names: ['hostname'], intent: 'hostname' },
  { rule: 'IL112', names: ['nc', 'ncat', 'netcat', 'nc.openbsd', 'nc.traditional'], intent: 'port-reachability' },
  { rule: 'IL114', names: ['kill'], intent: 'metadata-downtime-meter' },
  { rule: 'IL116', names: ['nmcli', 'netplan', 'ifup', 'ifdown', 'networkctl'], intent: 'nic-configure' },
  { rule: 'IL117', names: ['ps'], when: { optionLetters: 'efaxu' }, intent: 'process-list' },
  {
    rule: 'IL117',
    names: ['ps'],
    when: { operands: ['aux', 'ax', 'axu', 'auxw', 'auxww', 'axf'] },
    intent: 'process-list',
  },
  { rule: 'IL117', names: ['pidof', 'killall', 'pgrep', 'pkill'], intent: 'process-list' },
  { rule: 'IL117', names: ['free'], intent: 'memory-size' },
  {
    rule: 'IL117',
    names: ['sysctl'],
    when: { containing: ['net.ipv4.', 'net.ipv6.', 'net.core.', 'net.bridge.', 'net.netfilter.', 'kernel.'] },
    intent: null,
  },
  { rule: 'IL118', names: ['set'], when: { operands: ['pipefail'] }, intent: null },
  { rule: 'IL120', names: ['systemctl', 'journalctl', 'hostnamectl', 'timedatectl', 'resolvectl'], intent: null },
  { rule: 'IL121', names: ['iptables', 'ip6tables', 'iptables-save', 'nft', 'ebtables'], intent: null },
  { rule: 'IL122', names: ['modprobe', 'lsmod', 'insmod', 'rmmod', 'modinfo'], intent: null },
];

/** Sorted so that the more telling rule comes first: one path gives one match. */
export const PATH_RECOGNIZERS: readonly PathRecognizer[] = [
  { rule: 'IL119', path: '/proc/cpuinfo', intent: 'cpu-count' },
  { rule: 'IL102', path: '/proc/partitions', intent: 'disk-count' },
  { rule: 'IL102', path: '/proc/scsi/', intent: 'scsi-disk-present' },
  { rule: 'IL102', path: '/dev/disk/', intent: 'disk-identity' },
  { rule: 'IL101', path: '/proc/uptime', intent: 'boot-time' },
  { rule: 'IL101', path: '/proc/meminfo', intent: 'memory-size' },
  { rule: 'IL101', path: '/sys/block/', intent: 'disk-identity' },
  { rule: 'IL101', path: '/proc/', intent: null },
  { rule: 'IL101', path: '/sys/', intent: null },
  { rule: 'IL105', path: '/var/run/udhcpc*', level: 'image', intent: 'dhcp-renew' },
  { rule: 'IL105', path: '/run/udhcpc*', level: 'image', intent: 'dhcp-renew' },
  { rule: 'IL105', path: '/var/lib/dhcp/', level: 'image', intent: 'dhcp-renew' },
  { rule: 'IL105', path: '/var/lib/dhclient/', level: 'image', intent: 'dhcp-renew' },
  { rule: 'IL109', path: '/mnt/openstack/', intent: 'config-drive-read' },
  { rule: 'IL109', path: '/mnt/ec2/', intent: 'config-drive-read' },
  { rule: 'IL113', path: '/etc/resolv.conf', intent: 'dns-servers' },
  { rule: 'IL115', path: '/dev/console', intent: null },
  { rule: 'IL115', path: '/dev/ttyS*', intent: null },
  { rule: 'IL116', path: '/etc/sysconfig/', intent: 'nic-configure' },
  { rule: 'IL116', path: '/etc/netplan/', intent: 'nic-configure' },
  { rule: 'IL116', path: '/etc/NetworkManager/', intent: 'nic-configure' },
  { rule: 'IL116', path: '/etc/network/', intent: 'nic-configure' },
  { rule: 'IL215', path: '~cirros*', level: 'image', intent: null },
  { rule: 'IL215', path: '/home/cirros*', level: 'image', intent: null },
];

/** `/etc/sysconfig/network-scripts/ifcfg-…` written by a test fits the RHEL family only; looking whether it is there does not. */
export const WRITTEN_IMAGE_PATHS: readonly string[] = ['/etc/sysconfig/', '/etc/netplan/', '/etc/network/'];

/** First letters of disk names on Linux, before the letter of the disk (`vda`, `sdb1`). */
export const DEVICE_NAME_PREFIXES: readonly string[] = ['xvd', 'vd', 'sd', 'hd'];

/** Options whose value is such a name. */
export const DEVICE_NAME_OPTIONS: readonly string[] = ['CONF.compute.volume_device_name'];

/** Words of image names and formats that stand for separate kernel and ramdisk images. */
export const KERNEL_IMAGE_WORDS: readonly string[] = ['aki', 'ari', 'ami', 'vmlinuz', 'initrd', 'initramfs'];

/** Words whose operands are data, never files that the command opens: no path rule applies to them. */
export const DATA_COMMANDS: ReadonlySet<string> = new Set([
  'echo',
  'printf',
  'logger',
  'expr',
  'basename',
  'dirname',
  ':',
  'true',
  'false',
]);

/** Commands that only look whether a file is there: on a guest without it they say no and do no harm. */
export const FILE_TESTS: ReadonlySet<string> = new Set(['test', '[', '[[']);

/** Commands whose first operand is a pattern or program, unless one of the options brings it. */
export const PATTERN_COMMANDS: Readonly<Record<string, string>> = {
  grep: 'ef',
  egrep: 'ef',
  fgrep: 'ef',
  sed: 'ef',
  awk: 'f',
  gawk: 'f',
  mawk: 'f',
};

/** Parts of the shell itself: they say nothing that the commands beside them do not say. */
export const SHELL_KEYWORD_COMMANDS: ReadonlySet<string> = new Set([
  'set',
  'export',
  'unset',
  'declare',
  'local',
  'readonly',
  'exit',
  'return',
  'shift',
  'trap',
  ':',
  'true',
  'false',
  '[',
  '[[',
  'test',
  'cd',
  'umask',
  'break',
  'continue',
  'wait',
]);

/** True when a path is the recognizer's own, or lies below it. */
export function fitsPath(recognizer: PathRecognizer, path: string): boolean {
  const { path: known } = recognizer;
  if (known.endsWith('*')) return path.startsWith(known.slice(0, -1));
  if (known.endsWith('/')) return path.startsWith(known) || path === known.slice(0, -1);
  return path === known;
}
