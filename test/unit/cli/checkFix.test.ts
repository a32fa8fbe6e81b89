import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeFixes } from '../../../src/cli/writeFixes';
import type { FindingsReport } from '../../../src/report/findingsReport';
import { bundleCli, runCli, SAMPLES, type CliResult } from '../../support/runCli';

const HOSTNAME_TEST = 'tempest/api/compute/servers/test_create_server.py';

describe('check --fix and --diff', function () {
  this.timeout(180_000);
  before(() => bundleCli());
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'lens-fix-'));
    cpSync(SAMPLES, root, { recursive: true });
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const check = (...args: string[]): Promise<CliResult> =>
    runCli(['check', '--root', root, '--fail-on', 'never', ...args]);
  const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

  it('--diff writes nothing and prints a patch that git applies, with the same result as --fix', async () => {
    const original = read(HOSTNAME_TEST);
    const { stdout, stderr, code } = await check('--diff');
    assert.equal(code, 0);
    assert.match(stderr, /would be applied to \d+ files?/);
    assert.equal(read(HOSTNAME_TEST), original);
    assert.match(stdout, /^\+.*exec_command\('uname -n'\)/m);

    const copy = mkdtempSync(path.join(tmpdir(), 'lens-patched-'));
    try {
      cpSync(root, copy, { recursive: true });
      const patch = path.join(copy, 'x.patch');
      writeFileSync(patch, stdout);
      execFileSync('git', ['apply', 'x.patch'], {
        cwd: copy,
        env: { ...process.env, GIT_CEILING_DIRECTORIES: tmpdir() },
      });
      rmSync(patch);
      await check('--fix');
      assert.deepEqual(filesOf(copy), filesOf(root));
      assert.notEqual(read(HOSTNAME_TEST), original);
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  });

  it('--fix leaves nothing to fix, and reports what is left', async () => {
    const first = await check('--fix', '--format', 'json');
    const { findings } = JSON.parse(first.stdout) as FindingsReport;
    assert.ok(findings.length > 0);
    assert.deepEqual(
      findings.filter(({ fixes }) => fixes.some(({ safe }) => safe)),
      [],
    );
    const second = await check('--fix');
    assert.match(second.stderr, /no fix to apply/);
    assert.equal((await check('--diff')).stdout, '');
  });

  it('--fix=unsafe takes suggestions too, but silences nothing', async () => {
    await check('--fix=unsafe');
    const text = filesOf(root)
      .map(([, content]) => content)
      .join('');
    assert.match(text, /skipUnless\(CONF\.validation\.run_validation,\n +'Instance/);
    assert.doesNotMatch(text, /noqa: IL2/);
  });

  it('keeps the mode of a file, a byte order mark, line ends and links', async () => {
    const file = path.join(root, HOSTNAME_TEST);
    const real = path.join(root, 'real.py');
    writeFileSync(real, `\ufeff${readFileSync(file, 'utf8').replaceAll('\n', '\r\n')}`);
    rmSync(file);
    symlinkSync(real, file);
    chmodSync(real, 0o640);
    await check('--fix');
    const after = readFileSync(real, 'utf8');
    assert.ok(lstatSync(file).isSymbolicLink());
    assert.ok(after.startsWith('\ufeff'));
    assert.match(after, /uname -n/);
    assert.equal(after.split('\n').length, after.split('\r\n').length);
    assert.equal(statSync(real).mode & 0o777, 0o640);
    assert.deepEqual(
      readdirSync(path.dirname(file)).filter((name) => name.endsWith('.tmp')),
      [],
    );
  });

  it('writes nothing at all when a file has changed since it was read', async () => {
    const planned = ['a.py', 'b.py'].map((name) => {
      const file = path.join(root, name);
      writeFileSync(file, 'x = 1\n');
      return { uri: pathToFileURL(file).href, path: name, before: 'x = 1\n', after: 'x = 2\n' };
    });
    writeFileSync(path.join(root, 'b.py'), 'x = 3\n');
    await assert.rejects(writeFixes(planned), /b\.py has changed since it was read; nothing was written/);
    assert.equal(read('a.py'), 'x = 1\n');
    rmSync(path.join(root, 'b.py'));
    await assert.rejects(writeFixes(planned), /Cannot read b\.py again/);
    assert.equal(read('a.py'), 'x = 1\n');
  });

  it('writes nothing into a file of another encoding', async () => {
    const file = path.join(root, 'latin.py');
    const bytes = Buffer.from("# coding: latin-1\nx = 'é'\n", 'latin1');
    writeFileSync(file, bytes);
    const planned = { uri: pathToFileURL(file).href, path: 'latin.py', before: bytes.toString('latin1'), after: '' };
    await assert.rejects(writeFixes([planned]), /latin\.py is not UTF-8; nothing was written/);
    assert.deepEqual(readFileSync(file), bytes);
    rmSync(file);
  });

  it('dates nothing by the clock: --date or SOURCE_DATE_EPOCH, or what needs a date is left out', async () => {
    const guideline = path.join(root, 'guidelines/2026.01.json');
    const text = readFileSync(guideline, 'utf8').replace(/,\s*"date": "[^"]*"/, '');
    assert.match(text, /"flagged"/);
    writeFileSync(guideline, text);
    const patch = async (...args: string[]): Promise<string> => (await check('--fix=unsafe', '--diff', ...args)).stdout;
    const dated = /^\+.*"date": "([\d-]+)"/m;
    assert.doesNotMatch(await patch(), dated);
    assert.equal(dated.exec(await patch('--date', '2024-02-29'))?.[1], '2024-02-29');
    const env = { SOURCE_DATE_EPOCH: '1700000000' };
    const { stdout } = await runCli(['check', '--root', root, '--fail-on', 'never', '--fix=unsafe', '--diff'], { env });
    assert.equal(dated.exec(stdout)?.[1], '2023-11-14');
    for (const wrong of ['2023-02-29', 'today', '']) {
      const { code, stderr } = await check('--fix', '--date', wrong);
      assert.equal(code, 2);
      assert.match(stderr, /--date cannot be/);
    }
    assert.equal(readFileSync(guideline, 'utf8'), text);
  });

  it('knows no other way of fixing', async () => {
    const { code, stderr } = await check('--fix=all');
    assert.equal(code, 2);
    assert.match(stderr, /--fix cannot be "all"; it takes safe, unsafe/);
  });
});

/** Every file below a folder with its text, by path. */
function filesOf(folder: string): [string, string][] {
  return (readdirSync(folder, { recursive: true }) as string[])
    .filter((name) => statSync(path.join(folder, name)).isFile())
    .sort()
    .map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]);
}
