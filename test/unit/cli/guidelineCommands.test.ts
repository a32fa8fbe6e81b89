import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DiffReport } from '../../../src/report/diffReport';
import type { FindingsReport } from '../../../src/report/findingsReport';
import type { ResultReport } from '../../../src/report/resultReport';
import type { TestsReport } from '../../../src/report/testsReport';
import { bundleCli, CHECKOUT, runCli, SAMPLES } from '../../support/runCli';
import { assertMatchesSchema, assertSarif } from '../../support/schemas';

const FOLDER = path.join(CHECKOUT, 'test/fixtures/compare');
const OLD = path.join(FOLDER, '2098.01.json');
const NEW = path.join(FOLDER, '2099.01.json');
const PASSED = path.join(FOLDER, 'passed.txt');
const SCORES = path.join(FOLDER, 'scoring.txt');

async function pipeInto(args: readonly string[], input: Uint8Array): Promise<{ code: number | null; stdout: string }> {
  const child = spawn(process.execPath, [await bundleCli(), ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stdin.end(input);
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout })));
}

describe('guideline commands', function () {
  this.timeout(60_000);
  before(() => bundleCli());

  it('diff: tells changes in both directions, in a schema', async () => {
    const { code, stdout, stderr } = await runCli(['diff', OLD, NEW, '--format', 'json']);
    assert.deepEqual([code, stderr], [0, '']);
    const report = JSON.parse(stdout) as DiffReport;
    assertMatchesSchema('diff-1', report);
    assert.deepEqual(report.summary, {
      tests: { added: 2, removed: 0, renamed: 1 },
      capabilities: { added: 2, statusChanged: 1 },
      entries: { added: 2, renamed: 1, statusChanged: 1, flagChanged: 1, aliasesChanged: 1 },
    });
    assert.deepEqual(
      [report.before.file, report.after.file],
      ['2098.01.json', '2099.01.json'].map((file) => report.before.file.replace('2098.01.json', file)),
    );
    const back = JSON.parse((await runCli(['diff', NEW, OLD, '--format', 'json'])).stdout) as DiffReport;
    assert.deepEqual(back.summary.tests, { added: 0, removed: 2, renamed: 1 });
  });

  it('diff: prints text by default, a document on demand', async () => {
    const text = await runCli(['diff', OLD, NEW]);
    assert.match(text.stdout, /^2098\.01 → 2099\.01\n/);
    assert.match(text.stdout, /~ servers-tag: os_powered_compute advisory → required/);
    assert.match((await runCli(['diff', OLD, NEW, '--format', 'md'])).stdout, /^# 2098\.01 → 2099\.01\n/);
  });

  it('diff --git: compares a file with what its repository has', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'interop-lens-git-'));
    try {
      const file = path.join(folder, 'next.json');
      const git = (...args: string[]): Buffer =>
        execFileSync('git', ['-C', folder, '-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args]);
      copyFileSync(OLD, file);
      git('init', '-q');
      git('add', 'next.json');
      git('commit', '-q', '-m', 'first');
      copyFileSync(NEW, file);
      const { code, stdout } = await runCli(['diff', '--git', 'HEAD', file, '--format', 'json']);
      assert.equal(code, 0);
      const report = JSON.parse(stdout) as DiffReport;
      assertMatchesSchema('diff-1', report);
      assert.deepEqual([report.before.file, report.after.file], ['next.json@HEAD', 'next.json']);
      assert.deepEqual(report.summary.tests, { added: 2, removed: 0, renamed: 1 });
      for (const [args, message] of [
        [['--git', 'nowhere', file], /git has no .*next\.json in nowhere/],
        [['--git=--output=x', file], /git has no/],
        [['--git', 'HEAD', file, NEW], /name one guideline file/],
      ] as const) {
        const refused = await runCli(['diff', ...args]);
        assert.deepEqual([refused.code, refused.stdout], [2, '']);
        assert.match(refused.stderr, message);
      }
      assert.deepEqual(readdirSync(folder).sort(), ['.git', 'next.json']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('check-list: compares lists with the tests of the roots', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'interop-lens-list-'));
    try {
      const file = path.join(folder, 'required.txt');
      const lines = (await runCli(['list-tests', '--root', SAMPLES, '--format', 'json'])).stdout;
      const [test] = (JSON.parse(lines) as TestsReport).tests;
      assert.ok(test);
      writeFileSync(file, `# list\n${test.name}\n${test.name.split('.')[0] ?? ''}.api.gone.K.test_gone\n`);
      const { code, stdout } = await runCli([
        'check-list',
        file,
        '--root',
        SAMPLES,
        '--format',
        'json',
        '--fail-on',
        'warning',
      ]);
      assert.equal(code, 1);
      const report = JSON.parse(stdout) as FindingsReport;
      assertMatchesSchema('findings-1', report);
      assert.deepEqual(
        report.findings.map(({ rule, line, column }) => [rule, line, column]),
        [
          ['IL501', 2, 1],
          ['IL503', 3, 1],
        ],
      );
      const sarif = await runCli(['check-list', file, '--root', SAMPLES, '--format', 'sarif']);
      assert.equal(sarif.code, 0);
      assertSarif(JSON.parse(sarif.stdout));
      const checked = JSON.parse(
        (await runCli(['check', '--root', folder, '--root', SAMPLES, '--format', 'json'])).stdout,
      ) as FindingsReport;
      assert.deepEqual(
        checked.findings
          .filter(({ file: where }) => where === 'required.txt')
          .map(({ rule, fixes }) => [rule, fixes.length]),
        [
          ['IL501', 1],
          ['IL503', 0],
        ],
      );
      const huge = path.join(folder, 'huge.txt');
      writeFileSync(huge, '\n'.repeat(6 * 1024 * 1024));
      assert.match((await runCli(['check-list', huge, '--root', SAMPLES])).stderr, /6\.0 MB, more than the limit/);
      assert.match((await runCli(['check', '--root', folder])).stderr, /left out huge\.txt: It is 6\.0 MB/);
      rmSync(huge);
      assert.match((await runCli(['check-list'])).stderr, /name a list of tests/);
      assert.match((await runCli(['check-list', file, '--root', folder])).stderr, /no test under the roots/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('diff: says what is wrong with its arguments', async () => {
    const cases: [string[], RegExp][] = [
      [['diff', OLD], /name two guideline files/],
      [['diff', OLD, NEW, OLD], /name two guideline files/],
      [['diff', OLD, path.join(FOLDER, 'none.json')], /none\.json/],
      [['diff', OLD, SCORES], /scoring\.txt:1:1: This is no JSON value/],
      [['diff', OLD, FOLDER], /is a folder; name a guideline file/],
    ];
    for (const [args, message] of cases) {
      const { code, stdout, stderr } = await runCli(args);
      assert.deepEqual([code, stdout], [2, ''], args.join(' '));
      assert.match(stderr, message);
    }
  });

  it('result: judges a list and exits by its verdict', async () => {
    const met = await runCli(['result', '--guideline', NEW, PASSED, '--format', 'json']);
    assert.deepEqual([met.code, met.stderr], [0, '']);
    const report = JSON.parse(met.stdout) as ResultReport;
    assertMatchesSchema('result-1', report);
    assert.deepEqual(
      report.targets.map(({ target, verdict, verdictByNames, required, unflagged }) => [
        target,
        verdict,
        verdictByNames,
        required.percent,
        unflagged.percent,
      ]),
      [['compute', 'yes', 'no', 75, 100]],
    );
    assert.deepEqual(report.others, ['demo.api.test_other.OtherTest.test_x']);
    assert.deepEqual(
      report.entries.map(({ matchedBy }) => matchedBy),
      [null, 'alias', 'id', 'key', null],
    );
    const missed = await runCli(['result', '--guideline', OLD, PASSED]);
    assert.equal(missed.code, 1);
    assert.match(
      missed.stdout,
      /compute: NO\n {2}required: 1 of 2 \(50 %\); without flagged ones: 1 of 2 \(50 %\)\n {2}- demo\.api\.test_servers\.ServersTest\.test_create \(not run\)/,
    );
    assert.match(
      (await runCli(['result', '--guideline', NEW, PASSED, '--format', 'md'])).stdout,
      /\| compute \| yes \| 3 of 4 \(75 %\) \| 3 of 3 \(100 %\) \| no \|/,
    );
  });

  it('result: reads standard input, subunit included', async () => {
    const args = ['result', '--guideline', NEW, '--target', 'os_powered_compute', '--format', 'json'];
    const list = await pipeInto(args, readFileSync(PASSED));
    assert.equal(list.code, 0);
    const stream = await pipeInto(
      [...args, '-'],
      readFileSync(path.join(CHECKOUT, 'test/fixtures/results/run.subunit')),
    );
    assert.equal(stream.code, 1);
    const report = JSON.parse(stream.stdout) as ResultReport;
    assert.deepEqual(report.results, { file: '-', format: 'subunit', tests: 7, passed: 3, failed: 3, skipped: 1 });
  });

  it('result: names targets it has, and damaged streams', async () => {
    const target = await runCli(['result', '--guideline', NEW, '--target', 'object', PASSED]);
    assert.equal(target.code, 2);
    assert.match(target.stderr, /no target "object"; it has compute, os_powered_compute/);
    const broken = await pipeInto(['result', '--guideline', NEW], Uint8Array.from([0xb3, 0x29]));
    assert.deepEqual(broken, { code: 2, stdout: '' });
  });

  it('score: tabulates a worksheet, or the guideline itself', async () => {
    const sheet = await runCli(['score', '--guideline', NEW, SCORES]);
    assert.equal(sheet.code, 0);
    assert.match(sheet.stdout, /^servers-create: {5}\[1,1,1\] \[1,1,1\] \[1,1,1\] \[1,1,1\] \[1\] \[25\]\*$/m);
    assert.match(sheet.stderr, /scoring\.txt:13: "servers-wrong": group 2/);
    assert.match((await runCli(['score', '--guideline', NEW])).stdout, /^servers-create +25\* +required/m);
    assert.match(
      (await runCli(['score', '--guideline', NEW, '--format', 'csv'])).stdout,
      /^servers-evacuate,0,0,0,1,0,0,0,1,0,0,0,0,0,0$/m,
    );
    const none = await runCli(['score', '--guideline', NEW, PASSED]);
    assert.equal(none.code, 2);
    assert.match(none.stderr, /holds no scores/);
  });

  it('rst: prints the page', async () => {
    const { code, stdout } = await runCli(['rst', '--guideline', NEW]);
    assert.equal(code, 0);
    assert.match(stdout, /^=+\nOpenStack Interoperability Guideline 2099\.01\n=+\n\n:Status: draft\n/);
    const two = await runCli(['rst', '--guideline', FOLDER]);
    assert.equal(two.code, 2);
    assert.match(two.stderr, /one guideline is wanted, and there are 2/);
  });
});
