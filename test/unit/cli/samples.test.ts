import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ExplainReport } from '../../../src/report/explainReport';
import type { FindingsReport } from '../../../src/report/findingsReport';
import type { LevelsReport, PrintedDemand } from '../../../src/report/levelsReport';
import type { SarifLog } from '../../../src/report/sarifReport';
import type { TestsReport } from '../../../src/report/testsReport';
import type { PrintedEntry, TraceReport } from '../../../src/report/traceReport';
import { bundleCli, runCli, SAMPLES, type CliResult } from '../../support/runCli';
import { assertMatchesSchema, assertSarif } from '../../support/schemas';

const SERVERS = 'tempest.api.compute.servers';
const ROOT = ['--root', SAMPLES];

const answers = new Map<string, Promise<CliResult>>();

/** Runs a command on the samples as they are, once for all tests that ask for the same. */
function run(args: readonly string[]): Promise<CliResult> {
  const key = args.join('\0');
  const answer = answers.get(key) ?? runCli(args);
  answers.set(key, answer);
  return answer;
}

async function runJson<T>(schema: string | null, args: readonly string[]): Promise<T> {
  const { stdout, stderr } = await run([...args, '--format', 'json']);
  assert.equal(stderr, '');
  const value = JSON.parse(stdout) as T;
  if (schema !== null) assertMatchesSchema(schema, value);
  return value;
}

describe('the samples, through the command line', function () {
  this.timeout(60_000);
  before(() => bundleCli());

  describe('tests and levels', () => {
    let tests: TestsReport;
    let levels: ReadonlyMap<string, PrintedDemand>;

    before(async () => {
      tests = await runJson<TestsReport>('tests-1', ['list-tests', ...ROOT]);
      const report = await runJson<LevelsReport>('levels-1', ['levels', ...ROOT]);
      levels = new Map(report.tests.map((test) => [test.name, test]));
    });

    function demandOf(name: string): PrintedDemand {
      const demand = levels.get(name);
      assert.ok(demand, `no test ${name} in ${[...levels.keys()].join('\n')}`);
      return demand;
    }

    it('lists inherited tests once per class, on the line of the def', () => {
      assert.equal(tests.tests.length, 24);
      const inherited = tests.tests.filter((test) => test.name.endsWith('.test_verify_created_server_vcpus'));
      assert.deepEqual(
        inherited.map(({ name, definedIn }) => [name, definedIn]),
        ['ServersTestJSON', 'ServersTestManualDisk'].map((name) => [
          `${SERVERS}.test_create_server.${name}.test_verify_created_server_vcpus`,
          `${SERVERS}.test_create_server.ServersTestJSON.test_verify_created_server_vcpus`,
        ]),
      );
      const [first] = inherited;
      assert.ok(first);
      const source = readFileSync(path.join(SAMPLES, first.file), 'utf8').split('\n');
      assert.match(source[first.line - 1] ?? '', /def test_verify_created_server_vcpus/);
      assert.deepEqual(first.ids, ['1d8f4c52-0c1e-4f61-9a63-1f4f4f0d0003']);
    });

    const expected: readonly [test: string, level: string, off: string][] = [
      [`${SERVERS}.test_create_server.ServersTestJSON.test_verify_server_details`, 'boot', 'boot'],
      [`${SERVERS}.test_create_server.ServersTestJSON.test_verify_created_server_vcpus`, 'linux', 'boot'],
      [`${SERVERS}.test_create_server.ServersTestManualDisk.test_verify_created_server_vcpus`, 'linux', 'boot'],
      [`${SERVERS}.test_create_server.ServersTestJSON.test_host_name_is_same_as_server_name`, 'posix', 'boot'],
      [`${SERVERS}.test_server_actions.ServerActionsTestJSON.test_reboot_server_hard`, 'linux', 'boot'],
      [`${SERVERS}.test_server_actions.ServerActionsTestJSON.test_rebuild_server`, 'login', 'boot'],
      [`${SERVERS}.test_server_actions.ServerActionsTestJSON.test_lock_unlock_server`, 'login', 'boot'],
      [
        'tempest.api.compute.volumes.test_attach_volume.AttachVolumeTestJSON.test_attach_detach_volume',
        'linux',
        'boot',
      ],
      [
        'tempest.api.compute.volumes.test_attach_volume.AttachVolumeTestJSON.test_list_volume_attachments',
        'reach',
        'boot',
      ],
      ['tempest.api.compute.keypairs.test_keypairs.KeyPairsV2TestJSON.test_keypairs_list', 'api', 'api'],
      ['tempest.api.object_storage.test_container_services.ContainerTest.test_create_container', 'api', 'api'],
      ['tempest.scenario.test_network_basic_ops.TestNetworkBasicOps.test_network_basic_ops', 'posix', 'posix'],
    ];
    for (const [test, level, off] of expected) {
      it(`puts ${test.split('.').slice(-2).join('.')} at ${level}, and at ${off} with validation off`, () => {
        const demand = demandOf(test);
        assert.deepEqual([demand.level, demand.levelWithValidationOff], [level, off]);
      });
    }

    it('proves the boot time with the path through the helpers', () => {
      const demand = demandOf(`${SERVERS}.test_server_actions.ServerActionsTestJSON.test_reboot_server_hard`);
      const site = demand.sites.find(({ command }) => command.includes('/proc/uptime'));
      assert.ok(site, JSON.stringify(demand.sites));
      assert.deepEqual(
        site.path.map((step) => step.function),
        [
          'ServerActionsTestJSON.test_reboot_server_hard',
          'ServerActionsTestJSON._test_reboot_server',
          'RemoteClient.get_boot_time',
        ],
      );
      assert.ok(site.guards.includes('validation.run_validation'));
      assert.ok(site.rules.includes('IL101'));
    });

    it('knows a debug command after a failure for what it is', () => {
      const demand = demandOf(`${SERVERS}.test_user_data.UserDataTest.test_config_drive`);
      assert.equal(demand.level, 'linux');
      assert.deepEqual(
        demand.sites.filter((site) => site.debugOnly).map((site) => site.command.replace(/^.*?(sudo)/, '$1')),
        ['sudo lsblk --fs --ascii'],
      );
    });
  });

  describe('trace', () => {
    let report: TraceReport;
    before(async () => {
      report = await runJson<TraceReport>('trace-1', ['trace', ...ROOT]);
    });

    function entriesOf(file: string): readonly PrintedEntry[] {
      const guideline = report.guidelines.find((candidate) => candidate.file === file);
      assert.ok(guideline, report.guidelines.map((candidate) => candidate.file).join());
      return guideline.entries;
    }

    function stateOf(entries: readonly PrintedEntry[], end: string): unknown[] {
      const entry = entries.find((candidate) => candidate.test.endsWith(end));
      assert.ok(entry, end);
      return [entry.state, entry.resolvedBy, entry.level];
    }

    it('finds the three guidelines by content, sorted by path', () => {
      assert.deepEqual(
        report.guidelines.map(({ file, id, schemaVersion }) => [file, id, schemaVersion]),
        [
          ['guidelines/2026.01.json', '2026.01', '2.0'],
          ['guidelines/add-ons/dns.2026.01.json', 'dns.2026.01', '2.0'],
          ['guidelines/next.json', 'next', '2.0'],
        ],
      );
    });

    it('shows every link state that the samples have', () => {
      const approved = entriesOf('guidelines/2026.01.json');
      assert.deepEqual(stateOf(approved, 'test_reboot_server_hard'), ['ok', 'path', 'linux']);
      assert.deepEqual(stateOf(approved, 'ServersListTest.test_list_servers'), ['renamed', 'id', 'boot']);
      assert.deepEqual(stateOf(approved, 'ServersTest.test_host_name_is_same_as_server_name').slice(1), [
        'alias',
        'posix',
      ]);
      assert.deepEqual(stateOf(approved, 'test_suspend_resume_server'), ['removed', 'none', null]);
      assert.deepEqual(stateOf(approved, 'test_list_volume_attachments').slice(0, 1), ['id-mismatch']);
      for (const entry of entriesOf('guidelines/add-ons/dns.2026.01.json')) assert.equal(entry.state, 'external');
      const flagged = approved.find((entry) => entry.flagged !== null);
      assert.equal(flagged?.test.split('.').at(-1), 'test_resize_server_confirm');
    });

    it('prints the same facts as a table, text and page', async () => {
      const csv = await run(['trace', ...ROOT, '--format', 'csv']);
      const entries = report.guidelines.flatMap((guideline) => guideline.entries);
      assert.equal(csv.stdout.split('\r\n').length, entries.length + 2);
      const md = await run(['trace', ...ROOT, '--format', 'md']);
      assert.equal(md.stdout.split('\n').filter((line) => /^\| (?!Cap|---)/.test(line)).length, entries.length);
      const html = await run(['trace', ...ROOT, '--format', 'html']);
      assert.equal(html.stdout.split('<tr>').length, entries.length + report.guidelines.length + 1);
    });

    it('gives the path of a guideline outside of the roots from its own folder', async () => {
      const folder = mkdtempSync(path.join(tmpdir(), 'interop-lens-g-'));
      try {
        cpSync(path.join(SAMPLES, 'guidelines'), folder, { recursive: true });
        const root = ['--root', path.join(SAMPLES, 'tempest')];
        const one = await runJson<TraceReport>('trace-1', [
          'trace',
          ...root,
          '--guideline',
          path.join(folder, 'next.json'),
        ]);
        assert.deepEqual(
          one.guidelines.map(({ file }) => file),
          ['next.json'],
        );
        assert.ok(
          one.guidelines[0]?.entries.some(
            (entry) => entry.target !== null && !entry.target.file.startsWith('tempest/'),
          ),
        );
        const all = await runJson<TraceReport>('trace-1', ['trace', ...root, '--guideline', folder]);
        assert.deepEqual(
          all.guidelines.map(({ file }) => file),
          ['2026.01.json', 'add-ons/dns.2026.01.json', 'next.json'],
        );
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });
  });

  describe('check', () => {
    let report: FindingsReport;
    before(async () => {
      report = await runJson<FindingsReport>('findings-1', ['check', ...ROOT]);
    });

    it('marks the exact words of Linux-only commands', () => {
      const found = report.findings.find(
        (finding) => finding.file.endsWith('test_create_server.py') && finding.rule === 'IL119',
      );
      assert.ok(found, JSON.stringify(report.findings.map(({ rule, file }) => [rule, file])));
      const line = readFileSync(path.join(SAMPLES, found.file), 'utf8').split('\n')[found.line - 1] ?? '';
      assert.equal(line.slice(found.column - 1, found.endColumn - 1), '/proc/cpuinfo');
      assert.ok(found.related.length > 0);
    });

    it('keeps the reason of a suppression', () => {
      const suppressed = report.findings.filter((finding) => finding.suppressed);
      assert.deepEqual(
        suppressed.map(({ rule, suppressionReason }) => [rule, suppressionReason]),
        [['IL101', 'queues are a matter of the Linux driver']],
      );
    });

    it('finds faults of guidelines as well', () => {
      assert.ok(
        report.findings.some((finding) => finding.rule.startsWith('IL4') && finding.file === 'guidelines/2026.01.json'),
      );
    });

    it('has a page for every rule that it reports', () => {
      for (const finding of report.findings) assert.match(finding.url, new RegExp(`/${finding.rule}\\.md$`));
    });

    it('is valid SARIF with call paths, fingerprints and the suppression', async () => {
      const { stdout } = await run(['check', ...ROOT, '--format', 'sarif']);
      const log = JSON.parse(stdout) as SarifLog;
      assertSarif(log);
      const results = log.runs[0]?.results ?? [];
      assert.equal(results.length, report.findings.length);
      assert.ok(results.every((result) => result.ruleIndex >= 0));
      assert.ok(results.some((result) => result.codeFlows !== undefined));
      assert.equal(results.filter((result) => result.suppressions).length, 1);
      const prints = results.map((result) => result.partialFingerprints['interopLens/v1']);
      assert.equal(new Set(prints).size, prints.length);
    });

    it('writes one annotation and one GitLab issue per open finding', async () => {
      const open = report.findings.filter((finding) => !finding.suppressed).length;
      const github = await run(['check', ...ROOT, '--format', 'github']);
      assert.equal(github.stdout.split('\n').filter((line) => /^::(error|warning|notice) /.test(line)).length, open);
      const gitlab = await run(['check', ...ROOT, '--format', 'gitlab']);
      assert.equal((JSON.parse(gitlab.stdout) as unknown[]).length, open);
    });

    it('exits with 1 from the wanted severity on', async () => {
      assert.equal((await run(['check', ...ROOT, '--format', 'json'])).code, 1);
      assert.equal((await run(['check', ...ROOT, '--fail-on', 'never'])).code, 0);
    });

    it('is clean on the object storage tests, with every rule declared', async () => {
      const folder = mkdtempSync(path.join(tmpdir(), 'interop-lens-clean-'));
      try {
        for (const part of [
          'config.py',
          'test.py',
          'clients.py',
          '__init__.py',
          'lib',
          'api/__init__.py',
          'api/object_storage',
        ]) {
          cpSync(path.join(SAMPLES, 'tempest', part), path.join(folder, 'tempest', part), { recursive: true });
        }
        const { code, stdout } = await run(['check', '--root', folder, '--format', 'sarif', '--fail-on', 'hint']);
        const log = JSON.parse(stdout) as SarifLog;
        assertSarif(log);
        assert.deepEqual([code, log.runs[0]?.results], [0, []]);
        assert.ok((log.runs[0]?.tool.driver.rules.length ?? 0) > 20);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });
  });

  describe('explain', () => {
    it('shows a test with its capabilities, levels, paths, guards and alternatives', async () => {
      const question = 'ServersTestJSON.test_verify_created_server_vcpus';
      const report = await runJson<ExplainReport>('explain-1', ['explain', question, ...ROOT]);
      assert.ok(report.kind === 'test');
      const [test] = report.tests;
      assert.ok(test && report.tests.length === 1);
      assert.deepEqual(
        test.capabilities.map(({ guideline, capability }) => [guideline, capability]),
        [
          ['2026.01', 'compute-servers-verify'],
          ['next', 'compute-servers-verify'],
        ],
      );
      assert.ok(
        test.guards.some(({ condition, kind }) => condition === 'validation.run_validation' && kind === 'skip'),
      );
      const { stdout } = await run(['explain', question, ...ROOT]);
      assert.match(stdout, /guest level {2}linux \(boot with validation off\)/);
      assert.match(stdout, /illumos +`psrinfo/);
    });

    for (const question of ['id-1d8f4c52-0c1e-4f61-9a63-1f4f4f0d0003', 'test_verify_created_server_vcpus']) {
      it(`finds a test by ${question}`, async () => {
        const report = await runJson<ExplainReport>('explain-1', ['explain', question, ...ROOT]);
        assert.ok(report.kind === 'test');
        assert.equal(report.tests.length, 2);
      });
    }

    it('finds a test by the name that a guideline gives it', async () => {
      const question = `${SERVERS}.test_create_server.ServersListTest.test_list_servers`;
      const report = await runJson<ExplainReport>('explain-1', ['explain', question, ...ROOT]);
      assert.ok(report.kind === 'test');
      assert.deepEqual(
        report.tests.map(({ name }) => name),
        [`${SERVERS}.test_create_server.ServersTestJSON.test_list_servers`],
      );
    });

    it('shows a line with the tests that reach it', async () => {
      const file = 'tempest/common/utils/linux/remote_client.py';
      const line =
        readFileSync(path.join(SAMPLES, file), 'utf8')
          .split('\n')
          .findIndex((text) => text.includes('/proc/uptime')) + 1;
      const report = await runJson<ExplainReport>('explain-1', ['explain', `${file}:${line}`, ...ROOT]);
      assert.ok(report.kind === 'place');
      assert.deepEqual(report.sites[0]?.tests, [
        `${SERVERS}.test_server_actions.ServerActionsTestJSON.test_reboot_server_hard`,
      ]);
    });

    it('shows a capability in every guideline, and a rule with its findings', async () => {
      const capability = await runJson<ExplainReport>('explain-1', ['explain', 'compute-volume-attach', ...ROOT]);
      assert.ok(capability.kind === 'capability');
      assert.deepEqual(
        capability.capabilities.map(({ guideline, level }) => [guideline, level]),
        [
          ['2026.01', 'linux'],
          ['next', 'linux'],
        ],
      );
      const rule = await runJson<ExplainReport>('explain-1', ['explain', 'il101', ...ROOT]);
      assert.ok(rule.kind === 'rule');
      assert.ok(rule.findings.length > 1);
      assert.ok(rule.alternatives.some(({ on }) => on === 'freebsd'));
    });
  });

  describe('tests', () => {
    const guideline = ['--guideline', path.join(SAMPLES, 'guidelines/2026.01.json')];

    it("prints RefStack's list without reading any source", async () => {
      const { code, stdout } = await run(['tests', ...guideline, '--target', 'object', '--type', 'required']);
      assert.equal(code, 0);
      assert.equal(
        stdout,
        [
          'tempest.api.object_storage.test_container_services.ContainerTest.test_create_container[id-6c3f9a54-1d7e-4e88-8f65-1a9f6e5c0001]',
          'tempest.api.object_storage.test_container_services.ContainerTest.test_list_container_contents[id-6c3f9a54-1d7e-4e88-8f65-1a9f6e5c0002]',
        ].join('\n'),
      );
    });

    it('leaves out aliases and flagged tests when it is told to', async () => {
      const all = (await run(['tests', ...guideline])).stdout.split('\n');
      const few = (await run(['tests', ...guideline, '--no-alias', '--no-flag'])).stdout.split('\n');
      assert.equal(all.length - few.length, 3);
      assert.ok(!few.some((line) => line.includes('test_resize_server_confirm')));
    });

    it("prints today's names, and lines that stestr loads", async () => {
      const current = await run(['tests', ...guideline, ...ROOT, '--current']);
      assert.ok(current.stdout.endsWith('\n'));
      assert.ok(current.stdout.includes('ServersTestJSON.test_list_servers\n'));
      assert.ok(!current.stdout.includes('ServersListTest'));
      assert.match(current.stderr, /no test of the roots answers .*test_suspend_resume_server/);
      const load = await run(['tests', ...guideline, ...ROOT, '--load-list', '--target', 'object']);
      assert.match(
        load.stdout,
        /^tempest\.api\.object_storage\.\S+test_create_container\[id-6c3f9a54-1d7e-4e88-8f65-1a9f6e5c0001,smoke\]\n/,
      );
    });

    it('wants one guideline', async () => {
      const { code, stderr } = await run(['tests', ...ROOT]);
      assert.equal(code, 2);
      assert.match(stderr, /there are 3 \(guidelines\/2026\.01\.json, .*Name one with --guideline FILE\./);
    });
  });

  it('prints the same bytes for the same input, wherever it lies', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'interop-lens-same-'));
    try {
      cpSync(SAMPLES, folder, { recursive: true });
      // Another order of the folder's entries.
      const moved = path.join(folder, 'tempest/api/compute/base.py');
      const text = readFileSync(moved);
      unlinkSync(moved);
      writeFileSync(moved, text);
      const commands = [
        ['levels', '--format', 'json'],
        ['trace', '--format', 'json'],
        ['check', '--format', 'sarif'],
        ['explain', 'test_reboot_server_hard'],
      ];
      for (const args of commands) {
        const [here, again, there] = await Promise.all([
          run([args[0] ?? '', ...ROOT, ...args.slice(1)]),
          runCli([...args, ...ROOT]),
          runCli([...args, '--root', folder]),
        ]);
        assert.equal(again.stdout, here.stdout, args.join(' '));
        assert.equal(there.stdout, here.stdout, args.join(' '));
        assert.ok(here.stdout.length > 1000);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
