import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readCommitted } from '../../src/engine/git/node';
import { runCli } from '../support/runCli';
import { FIXTURE_FOLDER, GUIDELINE_FILE, TestEditor, testHost, toUri } from './testEditor';

/** A guideline in a git repository: what an approved one may not change any more is told against HEAD. */
describe('protocol: a guideline and what git has committed of it', function () {
  this.timeout(60_000);
  let folder: string;
  let file: string;
  let committed: string;

  const git = (...args: string[]): void => {
    const identity = ['-c', 'user.name=x', '-c', 'user.email=x@example.org', '-c', 'commit.gpgsign=false'];
    execFileSync('git', ['-C', folder, ...identity, ...args], { stdio: 'ignore' });
  };

  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'interop-lens-git-'));
    cpSync(FIXTURE_FOLDER, folder, { recursive: true });
    file = path.join(folder, GUIDELINE_FILE);
    committed = readFileSync(file, 'utf8');
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'A guideline');
    writeFileSync(
      file,
      committed
        .replace(/,\s*"flagged": \{[^}]*\}/, '')
        .replace('ServersTestJSON.test_gone"', 'ServersTestJSON.test_went"'),
    );
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('is read without what a repository could make git run', async () => {
    git('config', 'diff.evil.textconv', 'touch /tmp/interop-lens-evil; cat');
    writeFileSync(path.join(folder, '.git/info/attributes'), '*.json diff=evil\n');
    assert.equal(await readCommitted(file), committed);
    assert.equal(await readCommitted(path.join(folder, 'new.json')), null);
    assert.equal(await readCommitted(path.join(tmpdir(), 'nowhere', 'x.json')), null);
  });

  it('is told at the prompt, in a hook too', async () => {
    const { stdout } = await runCli(['check', '--root', folder, '--format', 'json']);
    const { findings } = JSON.parse(stdout) as { findings: { rule: string; severity: string; line: number }[] };
    const rules = findings.map(({ rule }) => rule).filter((rule) => rule === 'IL440' || rule === 'IL442');
    assert.deepEqual(rules, ['IL442', 'IL440']);
  });

  it('is told in the editor, until it is committed', async () => {
    const editor = await TestEditor.startReady({ folders: [folder] });
    try {
      const uri = toUri(file);
      await editor.waitForDiagnostics(uri, (all) => all.some(({ code }) => code === 'IL440'));
      git('commit', '-qam', 'What a reviewer would not let through');
      await editor.connection.sendNotification('workspace/didChangeWatchedFiles', {
        changes: [{ uri: toUri(path.join(folder, '.git/logs/HEAD')), type: 2 }],
      });
      await editor.waitForDiagnostics(uri, (all) => !all.some(({ code }) => code === 'IL440' || code === 'IL442'));
    } finally {
      await editor.stop();
    }
  });

  it('is not asked for where there are no repositories', async () => {
    const host = { ...testHost(), readCommitted: undefined };
    const editor = await TestEditor.startReady({ folders: [folder], host });
    try {
      const uri = toUri(file);
      const diagnostics = await editor.waitForDiagnostics(uri, (all) => all.length > 0);
      assert.ok(!diagnostics.some(({ code }) => code === 'IL440'));
    } finally {
      await editor.stop();
    }
  });
});
