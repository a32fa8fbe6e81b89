import type { GuestOs } from '../../model/guestLevel';
import type { Support } from '../../model/portability';
import { POSIX_UTILITIES } from './posixUtilities';

/** How portable one command is. Rows on other systems than Linux and BusyBox are from knowledge, not from runs. */
export interface CommandRow {
  readonly name: string;
  readonly posix: boolean;
  readonly support: Readonly<Record<GuestOs, Support>>;
  readonly note: string;
}

/** One letter per guest OS in the order linux, busybox, freebsd, illumos, windows: y(es) n(o) d(iffers) m(ay). */
type Letters = string;

const ROWS: readonly (readonly [names: string, support: Letters, note: string])[] = [
  ['lsblk', 'ymnnn', 'util-linux; no applet of BusyBox, though images such as CirrOS may add it'],
  ['lsscsi', 'mmnnn', 'a package of its own'],
  ['blkid', 'ymnnn', 'util-linux; some BusyBox builds have a smaller one'],
  ['findfs', 'ymnnn', 'util-linux'],
  ['fdisk sfdisk parted partprobe blockdev', 'ymddn', 'options and partition schemes differ'],
  ['udevadm', 'mnnnn', 'systemd or udev'],
  ['mkfs mke2fs mkdosfs mkswap', 'ymnnn', 'file system types by build; BSD and illumos have newfs'],
  ['mount umount', 'yyddn', 'types and options differ; illumos names the type with -F'],
  ['mount.nfs mount.cifs ceph-fuse fusermount', 'mnnnn', 'helpers of Linux file systems'],
  ['ip', 'ydnnn', 'iproute2; BusyBox has fewer objects and options'],
  ['ss bridge tc', 'ynnnn', 'iproute2'],
  ['ifconfig', 'mdddn', 'net-tools on Linux; each system prints another text'],
  ['route netstat arp', 'mdddd', 'options and output differ'],
  ['udhcpc', 'nynnn', 'BusyBox'],
  ['udhcpc6', 'nmnnn', 'BusyBox, by build'],
  ['dhclient', 'mnmnn', 'ISC or OpenBSD client'],
  ['dhcpcd', 'mnmnn', 'a package of its own'],
  ['start-stop-daemon', 'mmnnn', 'Debian family and BusyBox'],
  ['ping', 'ydddd', '-c 1 is common to Linux, BSD and macOS; Solaris takes a timeout, Windows -n'],
  ['ping6', 'mmdnn', 'newer systems use ping -6'],
  ['traceroute', 'mmyyn', 'tracert on Windows'],
  ['curl', 'mnmmy', 'a package on most images; part of Windows 10 and later'],
  ['wget', 'mdmmn', 'BusyBox has a smaller one; FreeBSD has fetch'],
  ['fetch', 'nnynn', 'FreeBSD'],
  ['sudo', 'mmmmn', 'a package; CirrOS has it, base BSD and illumos do not'],
  ['doas', 'mnmnn', 'a package outside OpenBSD'],
  ['hostname', 'yyyyd', 'not in POSIX; uname -n is'],
  ['nc ncat netcat nc.openbsd nc.traditional', 'mddmn', 'several kinds with different options'],
  ['nmcli netplan networkctl', 'mnnnn', 'one network manager each'],
  ['ifup ifdown', 'mmnnn', 'ifupdown or initscripts'],
  ['free', 'yynnn', 'procps'],
  ['pidof', 'yynnn', 'procps or sysvinit'],
  ['killall', 'myydn', 'psmisc; on illumos it kills every process'],
  ['pgrep pkill', 'ymyyn', 'procps on Linux'],
  ['ps', 'ydyyn', 'POSIX has -A and -o; BusyBox takes few options'],
  ['nproc', 'yynnn', 'coreutils; getconf, sysctl or psrinfo elsewhere'],
  ['getconf', 'ynyyn', 'POSIX, but BusyBox has none; _NPROCESSORS_ONLN is an extension'],
  ['sysctl', 'ydynn', 'the names of the values differ between systems'],
  ['uptime', 'yyyyn', 'not in POSIX; the text differs'],
  ['sync', 'yyyyn', 'not in POSIX, common on Unix'],
  ['md5sum sha1sum sha256sum sha512sum', 'yynnn', 'coreutils; FreeBSD has md5 and sha256, illumos digest'],
  ['stat readlink realpath', 'yyddn', 'options differ'],
  ['seq', 'yyynn', 'not in POSIX'],
  ['mktemp', 'yyyyn', 'not in POSIX'],
  ['which', 'yyyyn', 'command -v is in POSIX'],
  ['egrep fgrep', 'yyyyn', 'not in POSIX since 2001: grep -E and grep -F are; GNU grep warns since 3.8'],
  ['tar gzip', 'yyyym', 'pax is what POSIX has'],
  ['base64', 'yyynn', 'not in POSIX'],
  ['timeout', 'yyynn', 'not in POSIX before 2024'],
  ['tcpdump', 'mnymn', 'a package on most images; needs root'],
  ['iptables ip6tables iptables-save nft ebtables', 'mnnnn', 'packet filter of Linux'],
  ['systemctl journalctl hostnamectl timedatectl resolvectl', 'mnnnn', 'systemd'],
  ['service', 'mnynn', 'illumos has svcadm'],
  ['screen tmux', 'mnmmn', 'a package'],
  ['python3 python perl', 'mnmmm', 'a package on most images'],
  ['bash', 'mnmmn', 'a package on BSD; POSIX has sh'],
  ['dmesg', 'yyyyn', 'not in POSIX; the text differs'],
  ['modprobe lsmod insmod rmmod modinfo', 'yynnn', 'modules of the Linux kernel'],
  ['chroot', 'yyyyn', 'not in POSIX'],
  ['reboot poweroff halt', 'yyyyn', 'not in POSIX'],
  ['busybox', 'mynnn', 'one program with many applets'],
  ['crudini', 'mnnnn', 'a package'],
  [
    'tee cat echo grep ls mkdir rm cp mv touch chmod chown date dd df du find head tail sort wc cut tr sed awk printf kill sleep test env uname id who',
    'yyyyn',
    'POSIX; only what POSIX says of the options is common',
  ],
];

const LETTERS: Readonly<Record<string, Support>> = { y: 'yes', n: 'no', d: 'differs', m: 'may' };

/** One support per guest OS from its letters (`y`, `n`, `d`, `m`; anything else is unknown). */
export function readSupport(letters: Letters): Record<GuestOs, Support> {
  const at = (index: number): Support => LETTERS[letters.charAt(index)] ?? 'unknown';
  return { linux: at(0), busybox: at(1), freebsd: at(2), illumos: at(3), windows: at(4) };
}

/** Every command with a row of its own. */
export const COMMAND_ROWS: ReadonlyMap<string, CommandRow> = new Map(
  ROWS.flatMap(([names, support, note]) =>
    names
      .split(' ')
      .map((name): [string, CommandRow] => [
        name,
        { name, posix: POSIX_UTILITIES.has(name), support: readSupport(support), note },
      ]),
  ),
);

/** The row of a command by its name without a directory; commands outside the catalogue get POSIX's word or an honest "unknown". */
export function findCommandRow(name: string): CommandRow {
  const known = COMMAND_ROWS.get(name) ?? (name.startsWith('mkfs.') ? COMMAND_ROWS.get('mkfs') : undefined);
  if (known !== undefined) return { ...known, name };
  if (POSIX_UTILITIES.has(name))
    return { name, posix: true, support: readSupport('ymyyn'), note: 'POSIX utility; BusyBox builds may leave it out' };
  return { name, posix: false, support: readSupport(''), note: 'not in the catalogue' };
}
