import type { GuestOs } from '../../model/guestLevel';

/** What a test wants to know when it runs a command, and how the same is known without a Linux guest. */
export interface Intent {
  readonly id: string;
  readonly question: string;
  /** The answer through the OpenStack API, or null where there is none. */
  readonly api: string | null;
  /** Commands that answer it inside the guest; a system without an entry has no known one. */
  readonly guest: Partial<Readonly<Record<GuestOs, string>>>;
}

type GuestCommands = Intent['guest'];

function intent(id: string, question: string, api: string | null, guest: GuestCommands): Intent {
  return { id, question, api, guest };
}

const ALL: readonly Intent[] = [
  intent(
    'cpu-count',
    'How many processors does the guest see?',
    'flavor `vcpus` in the server body (2.47), or diagnostics `num_cpus` (2.48, admin)',
    {
      linux: 'getconf _NPROCESSORS_ONLN',
      busybox: 'nproc',
      freebsd: 'sysctl -n hw.ncpu',
      illumos: 'psrinfo -p',
      windows: '(Get-CimInstance Win32_ComputerSystem).NumberOfLogicalProcessors',
    },
  ),
  intent(
    'boot-time',
    'Did the guest boot anew?',
    'diagnostics `uptime` (2.48, admin) falls; or the instance action `reboot` ends with Success',
    {
      linux: 'who -b',
      freebsd: 'sysctl -n kern.boottime',
      illumos: 'kstat -p unix:0:system_misc:boot_time',
      windows: '(Get-CimInstance Win32_OperatingSystem).LastBootUpTime',
    },
  ),
  intent(
    'disk-count',
    'How many disks does the guest see?',
    '`list_volume_attachments` with the volume in-use; diagnostics `num_disks` (2.48, admin)',
    {
      linux: 'lsblk -dn',
      busybox: 'cat /proc/partitions',
      freebsd: 'sysctl -n kern.disks',
      illumos: 'iostat -xn',
      windows: '(Get-Disk).Count',
    },
  ),
  intent(
    'scsi-disk-present',
    'Is the disk on a SCSI bus?',
    '`disk_bus` in the block device mapping; image property `hw_disk_bus`',
    {
      linux: 'lsblk -S',
      illumos: 'iostat -En',
      windows: 'Get-Disk | Where-Object BusType -eq SCSI',
    },
  ),
  intent(
    'disk-identity',
    'Which disk is which volume?',
    'attachment `device` and volume id; device tags in the metadata',
    {
      linux: 'ls /dev/disk/by-id',
      windows: '(Get-Disk).SerialNumber',
    },
  ),
  intent(
    'hostname',
    'What does the guest call itself?',
    '`OS-EXT-SRV-ATTR:hostname`; port `dns_name` and `dns_assignment`',
    {
      linux: 'uname -n',
      busybox: 'uname -n',
      freebsd: 'uname -n',
      illumos: 'uname -n',
      windows: '$env:COMPUTERNAME',
    },
  ),
  intent(
    'metadata-read',
    'Does the metadata service answer the guest?',
    'GET /servers/{id}/metadata for the data itself',
    {
      linux: 'curl',
      busybox: 'wget -qO-',
      freebsd: 'fetch -qo-',
      illumos: 'curl',
      windows: 'Invoke-RestMethod',
    },
  ),
  intent(
    'metadata-password-post',
    'Can the guest post its password?',
    '`show_password`: cloudbase-init posts by itself',
    {},
  ),
  intent('tool-probe', 'Does the image carry a tool?', null, {
    linux: 'command -v',
    busybox: 'command -v',
    freebsd: 'command -v',
    illumos: 'command -v',
    windows: 'Get-Command',
  }),
  intent(
    'config-drive-read',
    'Does the guest see its config drive?',
    'server field `config_drive`; diagnostics `config_drive` (2.48, admin)',
    {
      linux: 'blkid -L config-2',
      freebsd: 'mount_cd9660 /dev/iso9660/config-2 /mnt',
      illumos: 'mount -F hsfs',
      windows: 'Get-Volume -FileSystemLabel config-2',
    },
  ),
  intent('dns-servers', 'Which name servers did the guest get?', 'subnet `dns_nameservers`', {
    linux: 'cat /etc/resolv.conf',
    busybox: 'cat /etc/resolv.conf',
    freebsd: 'cat /etc/resolv.conf',
    illumos: 'cat /etc/resolv.conf',
    windows: 'Get-DnsClientServerAddress',
  }),
  intent(
    'dhcp-renew',
    'Does the guest take new values with its lease?',
    '`reboot_server(HARD)` makes any guest ask anew; an empty CONF.scenario.dhcp_client skips',
    {
      busybox: 'udhcpc',
      freebsd: 'dhclient',
      illumos: 'ipadm refresh-addr',
      windows: 'ipconfig /renew',
    },
  ),
  intent('mac-address', 'Which MAC address does the interface have?', 'port `mac_address`; `list_interfaces`', {
    linux: 'ip link',
    busybox: 'ip link',
    freebsd: 'ifconfig -a',
    illumos: 'ifconfig -a',
    windows: '(Get-NetAdapter).MacAddress',
  }),
  intent(
    'ip-addresses',
    'Which addresses did the guest configure?',
    'server `addresses` or port `fixed_ips` prove the allocation; a ping from the test host proves the rest',
    {
      linux: 'ip address',
      busybox: 'ip address',
      freebsd: 'ifconfig -a',
      illumos: 'ifconfig -a',
      windows: 'Get-NetIPAddress',
    },
  ),
  intent(
    'nic-configure',
    'Can the guest use an interface that was added later?',
    'an image that takes addresses by DHCP on its own, and a ping from the test host',
    {
      linux: 'ip addr add',
      busybox: 'ip addr add',
      freebsd: 'ifconfig',
      illumos: 'ipadm create-addr',
      windows: 'New-NetIPAddress',
    },
  ),
  intent('reachability', 'Does another address answer?', 'ping the floating IP from the test host', {
    linux: 'ping -c 1',
    busybox: 'ping -c 1',
    freebsd: 'ping -c 1',
    illumos: 'ping host timeout',
    windows: 'ping -n 1',
  }),
  intent('port-reachability', 'Does a port answer?', 'connect from the test host to a service of the image', {}),
  intent('metadata-downtime-meter', 'How long was a service away?', 'measure from the test host', {}),
  intent(
    'make-filesystem',
    'Does data on a volume persist?',
    'upload the volume to an image and compare `os_hash_value`; volume backup and restore',
    {
      windows: 'Format-Volume',
    },
  ),
  intent('mount', 'Does data on a volume persist?', 'upload the volume to an image and compare `os_hash_value`', {
    windows: 'Initialize-Disk, New-Partition',
  }),
  intent('unmount', 'Does data on a volume persist?', 'upload the volume to an image and compare `os_hash_value`', {}),
  intent('mkdir', 'Does data on a volume persist?', 'upload the volume to an image and compare `os_hash_value`', {
    windows: 'New-Item -ItemType Directory',
  }),
  intent('flush', 'Is data on the disk before the next step?', 'stop the server softly through the API', {
    linux: 'sync',
    busybox: 'sync',
    freebsd: 'sync',
    illumos: 'sync',
  }),
  intent('device-debug', 'What went wrong with a device?', null, {}),
  intent('process-list', 'Does a process run?', null, {
    linux: 'ps -A',
    freebsd: 'ps -A',
    illumos: 'ps -A',
    windows: 'Get-Process',
  }),
  intent('memory-size', 'How much memory does the guest see?', 'flavor `ram`', {
    freebsd: 'sysctl -n hw.physmem',
    illumos: 'prtconf -m',
    windows: '(Get-CimInstance Win32_ComputerSystem).TotalPhysicalMemory',
  }),
];

/** Every intent, by id. */
export const INTENTS: ReadonlyMap<string, Intent> = new Map(ALL.map((one) => [one.id, one]));

/** Commands that the catalogue itself recommends and POSIX has: running one is no finding, though it takes a POSIX guest. */
export const RECOMMENDED_COMMANDS: readonly string[] = [
  'uname -n',
  'getconf _NPROCESSORS_ONLN',
  'who -b',
  'ps -A',
  'command -v',
];
