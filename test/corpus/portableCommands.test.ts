import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import os from 'node:os';
import { COMMAND_ROWS } from '../../src/guest/catalogue/commands';
import { INTENTS } from '../../src/guest/catalogue/intents';
import { GUEST_RULES } from '../../src/guest/catalogue/rules';

/**
 * Rows of the catalogue that can be run here are run: under dash with coreutils and glibc, and under BusyBox's own shell,
 * which takes its applets before anything on the PATH. What is said of BSD, illumos and Windows is not run.
 */

interface Run {
  readonly status: number | null;
  readonly stdout: string;
}

function run(program: string, ...args: string[]): Run {
  const { status, stdout, error } = spawnSync(program, args, {
    encoding: 'utf8',
    timeout: 10_000,
    env: { PATH: process.env['PATH'] },
  });
  if (error !== undefined) throw error;
  return { status, stdout: stdout.trim() };
}

function has(program: string): boolean {
  return spawnSync(program, ['true'], { encoding: 'utf8' }).error === undefined;
}

const underDash = (script: string): Run => run('dash', '-c', script);
const underBusybox = (script: string): Run => run('busybox', 'sh', '-c', script);

function needs(context: Mocha.Context, ...programs: string[]): void {
  const missing = programs.filter((program) =>
    program === 'dash' ? spawnSync('dash', ['-c', ':']).error !== undefined : !has(program),
  );
  if (process.platform !== 'linux') skip(context, 'it is no Linux');
  if (missing.length > 0) skip(context, `${missing.join(', ')} missing (apt-get install ${missing.join(' ')})`);
}

function skip(context: Mocha.Context, reason: string): never {
  console.log(`      skipped: ${reason}`);
  return context.skip();
}

/** Commands of the catalogue that cannot be run here, and why. */
const NOT_RUN: Readonly<Record<string, string>> = {
  curl: 'a name only; asks the network',
  'wget -qO-': 'a name only; asks the network',
  'blkid -L config-2': 'needs a config drive',
  udhcpc: 'takes a lease',
  'ip addr add': 'changes the network; a name only',
  'ping -c 1': 'run below, with an address',
  'command -v': 'run below, with a name',
};

/** What has to be there for a command to be run on this machine. */
const NEEDED_FILES: Readonly<Record<string, string>> = {
  'ls /dev/disk/by-id': '/dev/disk/by-id',
  'lsblk -S': '/sys/block',
  'lsblk -dn': '/sys/block',
  'cat /etc/resolv.conf': '/etc/resolv.conf',
};

describe('portable alternatives, run', () => {
  for (const { id, guest } of INTENTS.values()) {
    for (const [os, shell] of [
      ['linux', underDash],
      ['busybox', underBusybox],
    ] as const) {
      const command = guest[os];
      if (command === undefined || Object.hasOwn(NOT_RUN, command)) continue;
      it(`${id} under ${os}: ${command}`, function () {
        needs(this, os === 'linux' ? 'dash' : 'busybox');
        const [program = ''] = command.split(' ');
        const needed = NEEDED_FILES[command];
        if (needed !== undefined && !existsSync(needed)) skip(this, `${needed} is not there`);
        if (shell(`command -v ${program}`).status !== 0) skip(this, `${program} missing`);
        assert.equal(shell(command).status, 0, command);
      });
    }
  }

  it('has a reason for each command that is not run, and none for others', () => {
    const named = new Set([...INTENTS.values()].flatMap(({ guest }) => [guest.linux, guest.busybox]));
    assert.deepEqual(
      Object.keys(NOT_RUN).filter((command) => !named.has(command)),
      [],
    );
  });

  it('ping -c 1 gets an answer from the machine itself, under dash and BusyBox', function () {
    needs(this, 'dash', 'busybox');
    const shells = [underDash, underBusybox].filter((shell) => shell('command -v ping').status === 0);
    if (shells.length === 0) skip(this, 'ping missing (apt-get install iputils-ping)');
    for (const shell of shells) {
      const { status, stdout } = shell('ping -c 1 127.0.0.1');
      // A container may forbid raw sockets.
      if (status !== 0 && !/bytes from/.test(stdout)) skip(this, 'this machine may not ping itself');
      assert.match(stdout, /1 (packets )?received/);
    }
  });

  it('dash and BusyBox have the utilities of POSIX that the catalogue calls there, as far as they are installed', function () {
    needs(this, 'busybox');
    const applets = new Set(run('busybox', '--list').stdout.split('\n'));
    const rows = [...COMMAND_ROWS.values()].filter(({ posix, support }) => posix && support.busybox === 'yes');
    const missing = rows.filter(({ name }) => !applets.has(name) && underBusybox(`command -v ${name}`).status !== 0);
    assert.deepEqual(
      missing.map(({ name }) => name),
      [],
    );
  });

  it('uname -n prints what the system calls itself, under dash and BusyBox', function () {
    needs(this, 'dash', 'busybox');
    assert.equal(INTENTS.get('hostname')?.guest.busybox, 'uname -n');
    assert.deepEqual(underDash('uname -n'), { status: 0, stdout: os.hostname() });
    assert.deepEqual(underBusybox('uname -n'), { status: 0, stdout: os.hostname() });
  });

  it('getconf and nproc count the same processors as /proc/cpuinfo', function () {
    needs(this, 'dash', 'busybox');
    const counted = readFileSync('/proc/cpuinfo', 'utf8').match(/^processor/gm)?.length ?? 0;
    if (counted === 0) skip(this, '/proc/cpuinfo of this architecture names no processors');
    const { linux, busybox } = INTENTS.get('cpu-count')?.guest ?? {};
    assert.equal(underDash(linux ?? 'false').stdout, String(counted));
    // nproc respects the affinity of the process, so it may print less.
    const applet = Number(run('busybox', busybox ?? 'false').stdout);
    assert.ok(applet >= 1 && applet <= counted, String(applet));
  });

  it('getconf is missing from BusyBox, as its row says', function () {
    needs(this, 'busybox');
    assert.equal(COMMAND_ROWS.get('getconf')?.support.busybox, 'no');
    assert.notEqual(run('busybox', 'getconf', '_NPROCESSORS_ONLN').status, 0);
  });

  it('the prologue with pipefail fails in dash; the portable one does not', function () {
    needs(this, 'dash', 'busybox');
    assert.match(GUEST_RULES.find((rule) => rule.id === 'IL118')?.rows.linux ?? '', /set -eu;/);
    for (const shell of [underDash, underBusybox]) {
      assert.deepEqual(shell('set -eu; PATH=$PATH:/sbin:/usr/sbin; echo ok'), { status: 0, stdout: 'ok' });
    }
    const version = underDash('set -eu -o pipefail; echo ok');
    // dash learned pipefail in 0.5.13; before, it stops.
    if (version.status === 0) assert.equal(version.stdout, 'ok');
    else assert.equal(version.stdout, '');
  });

  it('ps -A runs where ps is procps', function () {
    needs(this, 'dash');
    if (underDash('command -v ps').status !== 0) skip(this, 'ps missing (apt-get install procps)');
    assert.match(underDash('ps -A').stdout, /\bPID\b/);
  });

  it('command -v finds tools, and says no for those that are not there', function () {
    needs(this, 'dash', 'busybox');
    for (const shell of [underDash, underBusybox]) {
      assert.equal(shell('command -v cat').status, 0);
      assert.notEqual(shell('command -v no-such-tool-here').status, 0);
    }
  });

  it('BusyBox carries what its rows call yes, and lacks what they call no', function () {
    needs(this, 'busybox');
    const applets = new Set(run('busybox', '--list').stdout.split('\n'));
    // `--list` also names applets of the shell only in some builds; those are asked of the shell itself.
    const there = (name: string): boolean =>
      applets.has(name) || underBusybox(`type ${name}`).stdout.includes('builtin');
    const wrong = [...COMMAND_ROWS.values()].flatMap(({ name, support }) => {
      if (name === 'busybox') return []; // the program itself
      if (support.busybox === 'yes' && !there(name)) return [`${name}: yes, but it is missing`];
      return support.busybox === 'no' && applets.has(name) ? [`${name}: no, but it is there`] : [];
    });
    assert.deepEqual(wrong, []);
  });
});
