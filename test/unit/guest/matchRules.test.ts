import assert from 'node:assert/strict';
import type { Parser } from 'web-tree-sitter';
import {
  matchCirrosName,
  matchCommand,
  matchDeviceName,
  matchKernelImage,
  matchUserData,
} from '../../../src/guest/matchRules';
import { GUEST_RULES } from '../../../src/guest/catalogue/rules';
import { parseShell } from '../../../src/syntax/shell';
import { template } from '../../support/evaluatedText';
import { loadTestGrammars } from '../../support/loadTestGrammars';

/** [command, rules in order, level, words of the first rule's match]. */
type Case = readonly [command: string, rules: string, level: string, words?: string];

const failing: readonly Case[] = [
  ['cut -f1 -d. /proc/uptime', 'IL101', 'linux', '/proc/uptime'],
  ['cat /proc/{}', 'IL101', 'linux', '/proc/'],
  ['sudo sh -c "echo 1 > /proc/sys/vm/overcommit_memory"', 'IL108 IL101', 'linux', 'sudo'],
  ['cat </proc/net/arp', 'IL101', 'linux', '/proc/net/arp'],
  ['dd if=/sys/block/vda/serial of=x', 'IL101', 'linux', 'if=/sys/block/vda/serial'],
  ['for d in /sys/block/*; do cat $d/size; done', 'IL101', 'linux', '/sys/block/*'],
  ['f=/proc/uptime; cat $f', 'IL101', 'linux', 'f=/proc/uptime'],
  ['awk "{print}" /proc/loadavg', 'IL101', 'linux', '/proc/loadavg'],
  ['[ -d /sys/firmware/efi ]', 'IL101', 'linux', '/sys/firmware/efi'],
  ['lsblk -lb --nodeps', 'IL102', 'linux', 'lsblk'],
  ['/sbin/blkid -t LABEL=root', 'IL102', 'linux', '/sbin/blkid'],
  ['cat /proc/partitions', 'IL102', 'linux', '/proc/partitions'],
  ['sudo ls -lR /dev', 'IL108 IL102', 'linux', 'sudo'],
  ['{} lsblk -S', 'IL102', 'linux', 'lsblk'],
  ['sudo mke2fs -t {} /dev/{}', 'IL108 IL103', 'linux'],
  ['mkfs.ext4 -F /tmp/image', 'IL103', 'linux', 'mkfs.ext4'],
  ['sudo mount -vt nfs "{}" {}', 'IL108 IL103', 'linux'],
  ['umount /mnt', 'IL103', 'linux', 'umount'],
  ['mount | grep -w {}', 'IL111 IL111', 'posix', 'mount'],
  ['mount -a', 'IL103', 'linux', 'mount'],
  ['sudo mount.cifs "{}" {} -o guest', 'IL108 IL103', 'linux'],
  ["ip -o link | awk '/{}/ {print $2}'", 'IL104', 'linux', 'ip'],
  ['/bin/ip address', 'IL104', 'linux', '/bin/ip'],
  ['for ip in {}; do sudo ip addr add $ip dev {}; done', 'IL108 IL104', 'linux'],
  ['sudo ip netns exec q nc -l', 'IL108 IL104 IL112', 'linux'],
  ['sudo /sbin/dhclient -r && sudo /sbin/dhclient', 'IL108 IL105 IL108 IL105', 'linux'],
  ['cat /var/run/udhcpc.{}.pid', 'IL105', 'image', '/var/run/udhcpc..pid'],
  ['ping -c1 -w1 {}', 'IL106', 'posix', '-w1'],
  ['ping{} -c5 -w1 {}', 'IL106', 'posix', '-w1'],
  ['sudo ping6 -I {} -c{} -w{} -s{} {}', 'IL108 IL106', 'posix'],
  ['curl http://169.254.169.254/latest/meta-data/local-ipv4', 'IL107', 'posix', 'curl'],
  ['sudo sync', 'IL108 IL111', 'posix', 'sudo'],
  ['sudo -i', 'IL108', 'posix', 'sudo'],
  ['blkid -L config-2 -o device', 'IL109', 'linux', 'blkid'],
  ['blkid | grep -i config-2', 'IL109 IL109', 'linux', 'blkid'],
  ['sudo cat /mnt/openstack/latest/meta_data.json', 'IL108 IL109', 'linux'],
  ['hostname', 'IL110', 'posix', 'hostname'],
  ['echo $(hostname)', 'IL110', 'posix', 'hostname'],
  ['sync', 'IL111', 'posix', 'sync'],
  ['curl -V', 'IL111', 'posix', 'curl'],
  ['{}', 'IL111', 'posix', ''],
  ['frobnicate --all', 'IL111', 'posix', 'frobnicate'],
  ['true', 'IL111', 'posix', 'true'],
  ['nc -w 5 {} 80', 'IL112', 'posix', 'nc'],
  ['sudo nc -p 80 -lk -e echo foolish &', 'IL108 IL112', 'posix'],
  ['cat /etc/resolv.conf', 'IL113', 'posix', '/etc/resolv.conf'],
  ["echo '#!/bin/sh\nsleep 1' > /tmp/x", 'IL114', 'posix'],
  ['echo "#!/bin/sh\ncurl http://169.254.169.254/" > /tmp/x', 'IL114 IL107', 'posix'],
  ['/tmp/x.sh > /tmp/log &', 'IL114', 'posix', '/tmp/x.sh'],
  ['kill {}', 'IL114', 'posix', 'kill'],
  ['sudo sh -c "echo \\"{}\\" >/dev/console"', 'IL108 IL115', 'posix'],
  ['stty -F /dev/ttyS0 -echo', 'IL115', 'posix', '/dev/ttyS0'],
  ['sudo nmcli connection up {}', 'IL108 IL116', 'linux'],
  ['test -d /etc/sysconfig/network-scripts/ || echo "False"', 'IL116', 'linux', '/etc/sysconfig/network-scripts/'],
  ['echo x | sudo tee /etc/sysconfig/network-scripts/ifcfg-{}', 'IL108 IL116', 'image'],
  ['ps -ef', 'IL117', 'linux', 'ps'],
  ['ps aux | grep nc', 'IL117', 'linux', 'ps'],
  ['free -m', 'IL117', 'linux', 'free'],
  ['sudo killall nc || killall nc || echo "True"', 'IL108 IL117 IL117', 'linux'],
  ['set -eu -o pipefail; PATH=$PATH:/sbin; ls', 'IL118 IL111', 'posix', 'pipefail'],
  ['sudo sysctl -w net.ipv4.ip_forward=1', 'IL108 IL117', 'linux'],
  ['sudo journalctl -t kernel | grep x', 'IL108 IL120', 'linux'],
  ['iptables -L', 'IL121', 'linux', 'iptables'],
  ['lsmod', 'IL122', 'linux', 'lsmod'],
  ['echo -e "a" | tee x', 'IL123 IL111 IL111', 'posix', '-e'],
  ['ip a | head -1', 'IL104 IL124', 'linux'],
  ['tail -f x | nc {} 80 &> out.txt &', 'IL114 IL112 IL125', 'posix'],
  ['dmesg | egrep x', 'IL126', 'posix', 'egrep'],
  ['sudo which {}', 'IL108 IL126', 'posix'],
  ['sed -rn s/a/b/p f', 'IL127 IL111', 'posix', '-rn'],
  ['sed -i s/a/b/ f', 'IL127 IL111', 'posix', '-i'],
  ['[ "$a" == b ] && ls', 'IL128 IL111', 'posix', '=='],
  ['test "$a" == b', 'IL128 IL111', 'posix', '=='],
  ['grep -c ^processor /proc/cpuinfo', 'IL119', 'linux', '/proc/cpuinfo'],
  ['ls -l /dev/vdb', 'IL213 IL111', 'posix', '/dev/vdb'],
  ['sudo mount /dev/{CONF.compute.volume_device_name} /mnt', 'IL108 IL103 IL213', 'linux'],
  ['cat ~cirros/.ssh/authorized_keys', 'IL215 IL111', 'image', '~cirros/.ssh/authorized_keys'],
];

const nearMisses: readonly Case[] = [
  ['echo /proc/uptime', 'IL111', 'posix'],
  ['echo x -e', 'IL111', 'posix'],
  ['echo -x', 'IL111', 'posix'],
  ['printf %s x', 'IL111', 'posix'],
  ['head -n -1 f', 'IL111', 'posix'],
  ['head -c 40 f', 'IL111', 'posix'],
  ['tail -f f', 'IL111', 'posix'],
  ['ls > f 2>&1', 'IL111', 'posix'],
  ['ls & sleep 1', 'IL114', 'posix'],
  ['ls which', 'IL111', 'posix'],
  ['sed -e s/r/i/ f', 'IL111', 'posix'],
  ['sed -n -e s/a/-i/p f', 'IL111', 'posix'],
  ['[ "$a" = b ]', 'IL111', 'posix'],
  ['[[ $a == b ]]', 'IL111', 'posix'],
  ['echo ==', 'IL111', 'posix'],
  ["bash -c 'ls &> f'", 'IL111', 'posix'],
  ['#!/bin/bash\necho -e x &> f; [ a == b ]', 'IL111', 'posix'],
  ['grep /proc/ /tmp/log', 'IL111', 'posix'],
  ["awk '/proc/ {print}' /tmp/log", 'IL111', 'posix'],
  ['cat /process/list', 'IL111', 'posix'],
  ['ls -l /dev', 'IL111', 'posix'],
  ['ls -R /tmp', 'IL111', 'posix'],
  ['echo ip addr mount', 'IL111', 'posix'],
  ['ls ip', 'IL111', 'posix'],
  ['ping -c 1 {}', 'IL111', 'posix'],
  ['ping -c1 -n my-w-host', 'IL111', 'posix'],
  ['curl http://{}/index.html', 'IL111', 'posix'],
  ['uname -n', 'IL111', 'posix'],
  ['cat /etc/hostname', 'IL111', 'posix'],
  ['cat /etc/hosts', 'IL111', 'posix'],
  ['echo "#!/bin/sh"x', 'IL114', 'posix'],
  ['echo data > /dev/null', 'IL111', 'posix'],
  ['cat /dev/{}', 'IL111', 'posix'],
  ['ps -A', 'IL111', 'posix'],
  ['ps -o pid', 'IL111', 'posix'],
  ['set -eu; ls', 'IL111', 'posix'],
  ['sysctl -n hw.ncpu', 'IL111', 'posix'],
  ['service ssh status', 'IL111', 'posix'],
  ['ls /tmp/nft', 'IL111', 'posix'],
  ['man modprobe', 'IL111', 'posix'],
  ['nproc', 'IL111', 'posix'],
  ['getconf _NPROCESSORS_ONLN', 'IL111', 'posix'],
  ['echo sudo', 'IL111', 'posix'],
];

describe('matchCommand', () => {
  let parser: Parser;
  before(async () => {
    parser = (await loadTestGrammars()).newParser('bash');
  });

  for (const [command, rules, level, words] of [...failing, ...nearMisses]) {
    it(`${JSON.stringify(command)} → ${rules} (${level})`, () => {
      const match = matchCommand(parseShell(template(command), parser));
      assert.equal(match.matches.map((one) => one.rule).join(' '), rules);
      assert.equal(match.level, level);
      if (words !== undefined) assert.equal(sourceOf(command, match.matches[0]?.words ?? []), words);
    });
  }

  it('has a failing command for every rule that a shell text can match', () => {
    const shown = new Set(failing.flatMap(([, rules]) => rules.split(' ')));
    const missing = GUEST_RULES.map((rule) => rule.id).filter((id) => id.startsWith('IL1') && !shown.has(id));
    assert.deepEqual(missing, []);
  });

  it('demands a POSIX shell even of text of which nothing is known, and points nowhere', () => {
    const [match] = matchCommand(parseShell(template('{}'), parser)).matches;
    assert.deepEqual([match?.rule, match?.words, match?.level], ['IL111', [], 'posix']);
  });
});

describe('matchUserData', () => {
  let parser: Parser;
  before(async () => {
    parser = (await loadTestGrammars()).newParser('bash');
  });
  const match = (text: string): string => {
    const { matches, level } = matchUserData(parseShell(template(text), parser));
    return `${matches.map((one) => one.rule).join(' ')} ${level}`;
  };

  it('reports the script without raising the level', () => {
    assert.equal(match('\n  #!/bin/sh\n  echo hi\n  cat ~cirros/x || true\n'), 'IL211 IL215 boot');
    assert.equal(match('#!/usr/bin/python3\nimport os'), 'IL211 boot');
  });

  it('raises the level for what only Linux has', () => {
    assert.equal(match('#!/bin/sh\nmkfs.ext4 /dev/vdb\n'), 'IL211 IL103 IL213 linux');
  });

  it('leaves text alone that is no script', () => {
    assert.equal(match('#cloud-config\nmounts: [lsblk]'), ' boot');
    assert.equal(match('{}'), ' boot');
  });
});

describe('matches of single texts', () => {
  it('tells device names from other words', () => {
    for (const text of [
      '/dev/vdb',
      'vdb',
      'sda',
      'xvdb',
      '/dev/sda1',
      '/dev/vd{}',
      '/dev/{CONF.compute.volume_device_name}',
    ]) {
      assert.equal(matchDeviceName(template(text)).matches[0]?.rule, 'IL213', text);
    }
    for (const text of ['/dev/{}', 'vda_disk', 'sdk', '{}', '', '/dev/null']) {
      assert.equal(matchDeviceName(template(text)).matches.length, text === 'sdk' ? 1 : 0, text);
    }
  });

  it('finds kernel and ramdisk images by whole words', () => {
    assert.equal(matchKernelImage(template('cirros-0.3.1-x86_64-vmlinuz')).matches[0]?.rule, 'IL214');
    assert.equal(matchKernelImage(template('ami')).matches.length, 1);
    assert.equal(matchKernelImage(template('amiable')).matches.length, 0);
    assert.equal(matchKernelImage(template('raw')).matches.length, 0);
  });

  it('finds CirrOS by name', () => {
    assert.equal(matchCirrosName(template('http://download.cirros-cloud.net/x.img')).matches[0]?.rule, 'IL215');
    assert.equal(matchCirrosName(template('debian.qcow2')).matches.length, 0);
  });
});

/** What the match covers, read off the template (each hole is two characters wide there). */
function sourceOf(
  command: string,
  words: readonly { readonly range: { readonly start: number; readonly end: number } }[],
): string {
  const source = command.replaceAll(/\{CONF[^}]*\}/g, '{}');
  return words.map(({ range }) => source.slice(range.start, range.end)).join('');
}
