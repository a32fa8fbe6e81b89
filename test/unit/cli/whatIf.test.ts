import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FindingsReport } from '../../../src/report/findingsReport';
import type { WhatIfReport } from '../../../src/report/whatIfReport';
import { runCli, SAMPLES, type CliResult } from '../../support/runCli';
import { assertMatchesSchema, problemsByGuidelineSchema } from '../../support/schemas';

const GUIDELINE = path.join(SAMPLES, 'guidelines/2026.01.json');
const PROFILE = path.join(SAMPLES, 'profiles/two-regions.interop-profile.yaml');

function whatIf(...args: string[]): Promise<CliResult> {
  return runCli(['whatif', '--root', SAMPLES, '--guideline', GUIDELINE, ...args]);
}

async function report(...args: string[]): Promise<WhatIfReport> {
  const { code, stdout, stderr } = await whatIf('--format', 'json', ...args);
  assert.equal(code, 0, stderr);
  const printed = JSON.parse(stdout) as WhatIfReport;
  assertMatchesSchema('whatif-1', printed);
  return printed;
}

describe('interop-lens whatif', function () {
  this.timeout(120_000);

  it('prints a verdict that its schema describes, each blocked test with the line that blocks it', async () => {
    const { guidelines } = await report('--profile', 'illumos-zones');
    const [guideline] = guidelines;
    const compute = guideline?.regions[0]?.components[0];
    assert.deepEqual(compute?.capabilities, { holds: 6, unknown: 0, blocked: 3 });
    const against = compute.list.filter(({ verdict }) => verdict === 'blocked');
    assert.deepEqual(
      against.map(({ capability }) => capability),
      ['compute-servers-reboot', 'compute-servers-verify', 'compute-volume-attach'],
    );
    const site = against[1]?.against[0]?.reasons[0]?.site;
    assert.equal(site?.file, 'tempest/api/compute/servers/test_create_server.py');
    assert.equal(site.command, 'grep -c ^processor /proc/cpuinfo');
    assert.equal(site.alternative, 'psrinfo -p');
    assert.deepEqual(
      guideline?.chart.map(({ verdict }) => verdict),
      ['blocked', 'blocked', 'blocked', 'blocked'],
    );
  });

  it('takes a profile of its own, every switch, and says what it was given', async () => {
    const switches = ['A=all', 'B', 'C', 'D=linux,windows', 'E', 'F', 'G=each', 'H=guest:compute-servers-*', 'I', 'J'];
    const printed = await report('--profile', PROFILE, ...switches.flatMap((one) => ['--policy', one]));
    assert.equal(printed.profile.name, 'Two regions');
    assert.equal(printed.policy.rewrites, 'all');
    const [guideline] = printed.guidelines;
    assert.deepEqual(
      guideline?.mustRun.map(({ os, verdict }) => [os, verdict]),
      [
        ['linux', 'holds'],
        ['windows', 'holds'],
      ],
    );
    assert.deepEqual(
      guideline?.flavors.map(({ flavor }) => flavor),
      ['base', 'guest'],
    );
    assert.ok(guideline?.guestCapabilities.length === 5 && guideline.upload);
    const west = guideline.regions[1]?.components[0]?.list ?? [];
    assert.ok(west.some(({ against }) => against.some(({ reasons }) => reasons[0]?.kind === 'containers-elsewhere')));
    const sections = west.find(({ project }) => project === 'nova')?.designated;
    assert.ok(sections && sections.length > 0);
  });

  it('prints the same bytes for the same input, in every format', async () => {
    for (const format of ['text', 'json', 'md']) {
      const first = await whatIf('--profile', 'windows-vms', '--format', format, '--policy', 'A=all');
      const second = await whatIf('--profile', 'windows-vms', '--format', format, '--policy', 'A=all');
      assert.equal(first.code, 0, first.stderr);
      assert.equal(first.stdout, second.stdout);
      assert.ok(!first.stdout.includes(SAMPLES), 'no address of this machine');
    }
  });

  it('prints a document with figures and links to every line of evidence', async () => {
    const { stdout } = await whatIf('--profile', 'illumos-zones', '--format', 'md');
    assert.match(stdout, /^# What if: illumos zones only\n/);
    assert.match(stdout, /\| APIs and a Linux implementation \| \*\*blocked\*\*: 8 \/ 0 \/ 3 capabilities/);
    assert.match(stdout, /\]\(tempest\/api\/compute\/servers\/test_create_server\.py#L\d+\) ssh `grep -c/);
    assert.match(stdout, /20151211-bring-your-own-kernel/);
  });

  it('prints a patch with drafts that git applies, that the schema takes and our own checks, test in two capabilities apart', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'interop-lens-draft-'));
    try {
      cpSync(SAMPLES, folder, { recursive: true });
      const next = path.join(folder, 'guidelines/next.json');
      const draft = ['whatif', '--root', folder, '--guideline', next, '--draft', 'E'];
      const { code, stdout, stderr } = await runCli(draft);
      assert.equal(code, 0, stderr);
      assert.equal((await runCli(draft)).stdout, stdout);
      const found = async (): Promise<string[]> => {
        const { stdout: all } = await runCli(['check', '--root', folder, '--format', 'json', '--fail-on', 'never']);
        return (JSON.parse(all) as FindingsReport).findings
          .filter(({ file }) => file === 'guidelines/next.json')
          .map(({ rule, message }) => `${rule} ${message}`);
      };
      const before = new Set(await found());
      execFileSync('git', ['apply', '-'], { cwd: folder, input: stdout });
      const guideline = JSON.parse(readFileSync(next, 'utf8')) as {
        capabilities: Record<string, { tests: Record<string, unknown>; project: string; achievements: unknown[] }>;
        components: Record<string, { capabilities: { advisory: string[] } }>;
      };
      assert.deepEqual(problemsByGuidelineSchema('guideline', guideline), []);
      const drafts = Object.keys(guideline.capabilities).filter((name) => name.startsWith('compute-guest-'));
      assert.deepEqual(
        drafts.map((name) => [name, Object.keys(guideline.capabilities[name]?.tests ?? {}).length]),
        [
          ['compute-guest-linux', 8],
          ['compute-guest-busybox', 8],
          ['compute-guest-freebsd', 5],
          ['compute-guest-illumos', 5],
          ['compute-guest-windows', 4],
        ],
      );
      const listed = Object.values(guideline.components).flatMap(({ capabilities }) => capabilities.advisory);
      for (const name of drafts) assert.ok(listed.includes(name), name);
      const added = (await found()).filter((one) => !before.has(one));
      assert.deepEqual(
        added.filter((one) => !one.startsWith('IL410 ')),
        [],
      );
      assert.match((await runCli(draft)).stderr, /it has them already/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('lists the built-in profiles without reading anything', async () => {
    const { code, stdout } = await runCli(['whatif', '--list-profiles'], { cwd: tmpdir() });
    assert.equal(code, 0);
    assert.equal(stdout.trim().split('\n').length, 6);
    assert.match(stdout, /^illumos-zones +illumos zones only\. /m);
  });

  describe('says what is wrong', () => {
    let folder: string;
    before(() => (folder = mkdtempSync(path.join(tmpdir(), 'interop-lens-'))));
    after(() => rmSync(folder, { recursive: true, force: true }));

    const complaints: readonly (readonly [args: readonly string[], message: RegExp])[] = [
      [[], /name a profile with --profile/],
      [['--profile', 'ilumos-zones'], /Is "illumos-zones" meant\?/],
      [['--profile', 'mainframe'], /Built-in ones are linux-vms,/],
      [['--profile', './none.interop-profile.yaml'], /none\.interop-profile\.yaml/],
      [['--profile', 'api-only', '--policy', 'Z'], /there is no switch "Z"/],
      [['--profile', 'api-only', '--policy', 'regions=all'], /takes any or each/],
    ];
    for (const [args, message] of complaints) {
      it(args.join(' ') || 'without a profile', async () => {
        const { code, stdout, stderr } = await whatIf(...args);
        assert.deepEqual([code, stdout], [2, '']);
        assert.match(stderr, message);
      });
    }

    it('in a profile, at its line', async () => {
      const file = path.join(folder, 'bad.interop-profile.yaml');
      writeFileSync(file, 'name: x\nregions:\n  - name: r\n    virtualization: vms\n');
      const { code, stderr } = await whatIf('--profile', file);
      assert.equal(code, 2);
      assert.match(stderr, /bad\.interop-profile\.yaml:4:21: IL512: "virtualization" takes vm, container, baremetal/);
      assert.match(stderr, /:3:5: IL513: The region has no "guests"/);
    });
  });
});
