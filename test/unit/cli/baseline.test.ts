import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Baseline } from '../../../src/report/baseline';
import { bundleCli, runCli, SAMPLES, type CliResult } from '../../support/runCli';

const TEST_FILE = 'tempest/api/compute/servers/test_create_server.py';

describe('check --baseline and --exit-mask', function () {
  this.timeout(120_000);
  before(() => bundleCli());
  let root: string;
  let baseline: string;
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'lens-baseline-'));
    cpSync(SAMPLES, root, { recursive: true });
    baseline = path.join(root, 'baseline.json');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));
  const check = (...args: string[]): Promise<CliResult> => runCli(['check', '--root', root, ...args]);

  it('lets pass what was there before, wherever it moves, and fails on what is new', async () => {
    const written = await check('--write-baseline', baseline);
    assert.equal(written.code, 0);
    assert.equal(written.stdout, '');
    const { findings } = JSON.parse(readFileSync(baseline, 'utf8')) as Baseline;
    assert.ok(findings.length > 0);
    assert.match(written.stderr, new RegExp(`holds ${findings.length} findings`));

    const file = path.join(root, TEST_FILE);
    writeFileSync(file, `# moved\n\n${readFileSync(file, 'utf8')}`);
    const unchanged = await check('--baseline', baseline, '--fail-on', 'hint');
    assert.equal(unchanged.code, 0, unchanged.stdout);
    assert.match(unchanged.stdout, new RegExp(`^no findings.*, ${findings.length} in the baseline\\n$`));

    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('/proc/cpuinfo', '/proc/stat'));
    const changed = await check('--baseline', baseline);
    assert.equal(changed.code, 1);
    assert.match(changed.stdout, /IL101 .*\/proc\/stat/);
    assert.match(changed.stderr, /entr(y|ies) of the baseline (is|are) gone; --write-baseline/);
  });

  it('says what to do about a baseline that is not there, or is none', async () => {
    const absent = await check('--baseline', baseline);
    assert.equal(absent.code, 2);
    assert.match(absent.stderr, /baseline\.json.*--write-baseline .* makes one/s);
    const wrong = await check('--baseline', path.join(root, 'guidelines/2026.01.json'));
    assert.equal(wrong.code, 2);
    assert.match(wrong.stderr, /cannot be used as a baseline/);
    const unwritable = await check('--write-baseline', path.join(root, 'none/baseline.json'));
    assert.equal(unwritable.code, 2);
    assert.match(unwritable.stderr, /cannot be written/);
  });

  it('sums the severities up as exit code when asked', async () => {
    const { stdout } = await check('--format', 'json', '--fail-on', 'never');
    const { findings } = JSON.parse(stdout) as { findings: { severity: string; suppressed: boolean }[] };
    const seen = new Set(findings.filter(({ suppressed }) => !suppressed).map(({ severity }) => severity));
    const bits = { error: 4, warning: 8, info: 16, hint: 32 };
    const sum = Object.entries(bits).reduce((all, [name, bit]) => all + (seen.has(name) ? bit : 0), 0);
    assert.ok(sum > 4);
    assert.equal((await check('--exit-mask')).code, sum);
    assert.equal((await check('--exit-mask', '--fail-on', 'error')).code, seen.has('error') ? 4 : 0);
    assert.equal((await check('--exit-mask', '--fail-on', 'never')).code, 0);
  });
});
