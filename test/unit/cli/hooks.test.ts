import assert from 'node:assert/strict';
import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { bundleCli, CHECKOUT, SAMPLES } from '../../support/runCli';

const PAGE = readFileSync(path.join(CHECKOUT, 'docs/hooks.md'), 'utf8');

/** The one block of a language on the page. */
function block(language: string, number = 0): string {
  const blocks = [...PAGE.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))];
  const text = blocks[number]?.[1];
  assert.ok(text !== undefined, `docs/hooks.md has no ${language} block ${number}`);
  return text;
}

describe('docs/hooks.md', function () {
  this.timeout(180_000);
  let scratch: string;
  let repository: string;
  let env: NodeJS.ProcessEnv;
  const guideline = (): string => path.join(repository, 'next.json');

  const git = (...args: string[]): SpawnSyncReturns<string> =>
    spawnSync('git', ['-C', repository, '-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
      env,
      encoding: 'utf8',
    });

  before(async () => {
    scratch = mkdtempSync(path.join(tmpdir(), 'interop-lens-hooks-'));
    repository = path.join(scratch, 'interop');
    mkdirSync(path.join(scratch, 'bin'));
    const program = path.join(scratch, 'bin/interop-lens');
    writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${await bundleCli()}" "$@"\n`);
    chmodSync(program, 0o755);
    env = { ...process.env, PATH: `${path.dirname(program)}${path.delimiter}${process.env['PATH'] ?? ''}` };
    cpSync(path.join(SAMPLES, 'guidelines'), repository, { recursive: true });
    git('init', '-q');
    git('add', '.');
    assert.equal(git('commit', '-q', '-m', 'first').status, 0);
  });
  after(() => rmSync(scratch, { recursive: true, force: true }));

  const edit = (from: string, to: string): void => {
    const text = readFileSync(guideline(), 'utf8');
    assert.ok(text.includes(from), from);
    writeFileSync(guideline(), text.replace(from, to));
  };

  it('the plain hook refuses a bad change, and takes a good one', () => {
    const hook = path.join(repository, '.git/hooks/pre-commit');
    mkdirSync(path.dirname(hook), { recursive: true });
    writeFileSync(hook, block('sh'));
    chmodSync(hook, 0o755);
    const head = git('rev-parse', 'HEAD').stdout;
    edit('"tests":', '"tests": {}, "tests":');
    git('add', 'next.json');
    const refused = git('commit', '-m', 'bad');
    assert.equal(refused.status, 1, refused.stdout + refused.stderr);
    assert.match(refused.stdout + refused.stderr, /next\.json:\d+:\d+: error IL\d{3}/);
    assert.equal(git('rev-parse', 'HEAD').stdout, head);

    // What is not staged does not count.
    edit('"tests": {}, "tests":', '"tests":');
    edit('"description": "', '"description": "Now: ');
    git('add', 'next.json');
    edit('"tests":', '"tests": {}, "tests":');
    const taken = git('commit', '-m', 'good');
    assert.equal(taken.status, 0, taken.stdout + taken.stderr);
    assert.notEqual(git('rev-parse', 'HEAD').stdout, head);
    edit('"tests": {}, "tests":', '"tests":');
  });

  it('the plain hook leaves other commits alone, and checks links where it is told of Tempest', () => {
    writeFileSync(path.join(repository, 'README'), 'x\n');
    git('add', 'README');
    assert.equal(git('commit', '-q', '-m', 'other').status, 0);
    env = { ...env, TEMPEST: SAMPLES };
    edit('"idempotent_id": "id-', '"idempotent_id": "id-f');
    git('add', 'next.json');
    const refused = git('commit', '-m', 'bad link');
    assert.equal(refused.status, 1, refused.stdout + refused.stderr);
    edit('"idempotent_id": "id-f', '"idempotent_id": "id-');
    git('add', 'next.json');
  });

  /** Runs a program where it is installed (Debian: apt-get install pre-commit tox). */
  const tryProgram = (program: string, ...args: string[]): SpawnSyncReturns<string> | null => {
    const result = spawnSync(program, args, {
      cwd: repository,
      env: { ...env, PRE_COMMIT_HOME: path.join(scratch, 'pre-commit'), TOX_WORK_DIR: path.join(scratch, 'tox') },
      encoding: 'utf8',
    });
    if (!result.error) return result;
    console.log(`      skipped: ${program} is not installed`);
    return null;
  };

  it('pre-commit itself refuses a bad change that is staged, and takes a good one', function () {
    rmSync(path.join(repository, '.git/hooks/pre-commit'), { force: true });
    writeFileSync(path.join(repository, '.pre-commit-config.yaml'), block('yaml', 0));
    git('add', '.pre-commit-config.yaml');
    const installed = tryProgram('pre-commit', 'install');
    if (installed === null) return this.skip();
    assert.equal(installed.status, 0, installed.stdout + installed.stderr);
    edit('"tests":', '"tests": {}, "tests":');
    git('add', 'next.json');
    const refused = git('commit', '-m', 'bad');
    assert.equal(refused.status, 1, refused.stdout + refused.stderr);
    assert.match(refused.stdout + refused.stderr, /next\.json:\d+:\d+: error IL402/);
    // What is not staged is put aside while the hook runs.
    edit('"tests": {}, "tests":', '"tests":');
    edit('"description": "', '"description": "And: ');
    git('add', 'next.json');
    edit('"tests":', '"tests": {}, "tests":');
    const taken = git('commit', '-m', 'good');
    assert.equal(taken.status, 0, taken.stdout + taken.stderr);
    assert.match(taken.stdout + taken.stderr, /interop-lens check\.+Passed/);
    edit('"tests": {}, "tests":', '"tests":');
    git('checkout', '-q', '.');
    rmSync(path.join(repository, '.git/hooks/pre-commit'), { force: true });
  });

  it('tox itself fails on a bad guideline and on a bad link, and passes without', function () {
    writeFileSync(path.join(repository, 'tox.ini'), block('ini'));
    const run = (...more: string[]): SpawnSyncReturns<string> | null =>
      tryProgram('tox', '-e', 'interop-lens', ...more);
    const passed = run();
    if (passed === null) return this.skip();
    assert.equal(passed.status, 0, passed.stdout + passed.stderr);
    edit('"idempotent_id": "id-', '"idempotent_id": "id-f');
    assert.notEqual(run('--', '--root', SAMPLES)?.status, 0, 'an id that no test carries');
    edit('"idempotent_id": "id-f', '"idempotent_id": "id-');
    edit('"tests":', '"tests": {}, "tests":');
    const failed = run();
    assert.notEqual(failed?.status, 0);
    assert.match(failed?.stdout ?? '', /next\.json:\d+:\d+: error IL402/);
    edit('"tests": {}, "tests":', '"tests":');
  });

  it('the other gates run the same command', () => {
    const config = parse(block('yaml', 0)) as { repos: { hooks: { entry: string; files: string }[] }[] };
    const [hook] = config.repos[0]?.hooks ?? [];
    assert.ok(hook);
    assert.ok(new RegExp(hook.files).test('guidelines/next.json'));
    const tox = /^commands = (.*)$/m.exec(block('ini'))?.[1] ?? '';
    const command = tox.replace('{toxinidir}', '.').replace('{posargs}', '').trim();
    assert.equal(command, hook.entry);
    const run = (): number | null => spawnSync('sh', ['-c', hook.entry], { cwd: repository, env }).status;
    assert.equal(run(), 0);
    edit('"tests":', '"tests": {}, "tests":');
    assert.equal(run(), 1);
    const jobs = parse(block('yaml', 1)) as { job: { vars: Record<string, string> } }[];
    assert.equal(jobs[0]?.job.vars['tox_envlist'], 'interop-lens');
    assert.match(block('ini'), /^\[testenv:interop-lens\]$/m);
  });
});
