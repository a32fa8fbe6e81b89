import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CodeAction } from 'vscode-languageserver';
import type {
  DocumentAnswer,
  FlagEditAnswer,
  FlagFormAnswer,
  GuidelineInfo,
  ResultAnswer,
  RevisionAnswer,
} from '../../src/protocol/workbenchMessages';
import { runCli } from '../support/runCli';
import { FIXTURE_FOLDER, GUIDELINE_FILE, rangeOf, TEST_FILE, TestEditor, toUri } from './testEditor';

describe('protocol: the guideline workbench', function () {
  this.timeout(120_000);
  let folder: string;
  let file: string;
  let next: string;
  let editor: TestEditor;

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'interop-lens-workbench-'));
    cpSync(FIXTURE_FOLDER, folder, { recursive: true });
    file = path.join(folder, GUIDELINE_FILE);
    next = path.join(folder, 'guidelines/next.json');
    const text = readFileSync(file, 'utf8');
    writeFileSync(
      next,
      text
        .replace('"id": "2099.01"', '"id": "next"')
        .replace('"replaces": "2098.06"', '"replaces": "2099.01"')
        .replace('"status": "approved"', '"status": "draft"')
        .replace(/ServersTestJSON\.test_hostname"/, 'ServersTestJSON.test_host_name_is_same_as_server_name"'),
    );
    const git = (...args: string[]): Buffer =>
      execFileSync('git', ['-C', folder, '-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args]);
    git('init', '-q');
    git('add', '.');
    git('commit', '-q', '-m', 'first');
    editor = await TestEditor.startReady({ folders: [folder] });
  });
  after(async () => {
    await editor.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('lists the guidelines, the newest first', async () => {
    const guidelines = await editor.request<GuidelineInfo[]>('interopLens/guidelines');
    assert.deepEqual(
      guidelines.map(({ label, description }) => [label, description]),
      [
        ['next', 'draft · guidelines/next.json'],
        ['2099.01', 'approved · guidelines/2099.01.json'],
      ],
    );
  });

  it('compares two guidelines as the command line does, with links', async () => {
    const { markdown, problem } = await editor.request<DocumentAnswer>('interopLens/compare', {
      before: { uri: toUri(file) },
      after: { uri: toUri(next) },
    });
    assert.equal(problem, null);
    const { stdout } = await runCli(['diff', GUIDELINE_FILE, 'guidelines/next.json', '--root', '.', '--format', 'md'], {
      cwd: folder,
    });
    assert.equal(withoutLinks(markdown), withoutLinks(stdout));
    assert.match(markdown, /## Tests renamed/);
    const line = rangeOf(readFileSync(next, 'utf8'), 'test_host_name_is_same').start.line + 1;
    assert.ok(
      markdown.includes(`](${toUri(next)}#L${line}) ([source](${toUri(path.join(folder, TEST_FILE))}#L26,9))`),
      markdown,
    );
    const plain = await editor.request<DocumentAnswer>('interopLens/compare', {
      before: { uri: toUri(file) },
      after: { uri: toUri(next) },
      links: 'none',
    });
    assert.doesNotMatch(plain.markdown, /\]\(/);
    const numbered = await editor.request<DocumentAnswer>('interopLens/compare', {
      before: { uri: toUri(file) },
      after: { uri: toUri(next) },
      links: 'places',
    });
    const spelt = numbered.markdown.replace(
      /#place-(\d+)/g,
      (_, place: string) => numbered.places?.[Number(place)] ?? '',
    );
    assert.equal(spelt, markdown);
    assert.equal(new Set(numbered.places).size, numbered.places?.length);
    assert.match(plain.markdown, /\| compute-servers-verify \| tempest\./);
  });

  it('compares an open buffer with what git has', async () => {
    const uri = toUri(next);
    const text = readFileSync(next, 'utf8');
    const head = await editor.request<RevisionAnswer>('interopLens/revision', { uri, revision: 'HEAD' });
    assert.equal(head.text, text);
    await editor.openText(uri, text.replace('"compute-servers-old": {', '"compute-servers-new": {'));
    const revision = { name: 'HEAD', text: head.text, address: 'interop-lens-revision:/next.json?x' };
    const { markdown } = await editor.request<DocumentAnswer>('interopLens/compare', {
      before: { uri, revision },
      after: { uri },
    });
    await editor.closeFile(uri);
    assert.match(markdown, /next\.json@HEAD/);
    assert.match(markdown, /# .*next\.json@HEAD → .*next\.json/);
    assert.match(markdown, /\[compute-servers-new\]\(file:[^)]*next\.json#L\d+\) \| added/);
    assert.match(markdown, /test\\_gone\]\(interop-lens-revision:\/next\.json\?x#L\d+\)/);
  });

  it('says what git does not have', async () => {
    const answer = await editor.request<RevisionAnswer>('interopLens/revision', {
      uri: toUri(path.join(folder, 'none.json')),
      revision: 'HEAD',
    });
    assert.equal(answer.text, null);
    assert.match(answer.problem ?? '', /^git has no .*none\.json in HEAD/);
    const broken = { name: 'HEAD', text: '{"metadata"', address: 'x:' };
    const { problem } = await editor.request<DocumentAnswer>('interopLens/compare', {
      before: { uri: toUri(next), revision: broken },
      after: { uri: toUri(next) },
    });
    assert.equal(problem, 'guidelines/next.json is no whole guideline in HEAD.');
  });

  it('judges results with the numbers of the command line', async () => {
    const passed = path.join(folder, 'passed.txt');
    writeFileSync(passed, 'tempest.api.compute.servers.test_create_server.ServersTestJSON.test_list_servers\n');
    const base64 = readFileSync(passed).toString('base64');
    const answer = await editor.request<ResultAnswer>('interopLens/result', {
      uri: toUri(file),
      file: 'passed.txt',
      base64,
    });
    assert.deepEqual(answer.summary, ['compute: NO · required 1 of 3 (33.3 %) · without flagged 1 of 2 (50 %)']);
    assert.deepEqual(
      answer.entries.map(({ text }) => text),
      ['✓ passed', '? not run', '? not run · flagged: decides nothing', '? not run'],
    );
    assert.deepEqual(
      answer.capabilities.map(({ text }) => text),
      [
        '1 of 1 passed (100 %) · required',
        '0 of 2 passed (0 %) · required · 1 flagged',
        '0 of 1 passed (0 %) · advisory',
      ],
    );
    const args = ['result', '--guideline', GUIDELINE_FILE, '--root', '.', 'passed.txt', '--format', 'md'];
    assert.equal(answer.markdown, (await runCli(args, { cwd: folder })).stdout);
    const text = readFileSync(file, 'utf8');
    assert.deepEqual(answer.entries[0]?.range.start.line, rangeOf(text, 'test_list_servers').start.line);
  });

  it('says what is wrong with results', async () => {
    const base64 = Buffer.from([0xb3, 0x29, 0x01]).toString('base64');
    const answer = await editor.request<ResultAnswer>('interopLens/result', {
      uri: toUri(file),
      file: 'x.subunit',
      base64,
    });
    assert.match(answer.problem ?? '', /^x\.subunit: The subunit packet at byte 0 is cut off/);
  });

  describe('flags a test', () => {
    const vcpus = 'ServersTestJSON.test_verify_created_server_vcpus';
    const form = (part: string): Promise<FlagFormAnswer> =>
      editor.request('interopLens/flagForm', {
        uri: toUri(file),
        position: rangeOf(readFileSync(file, 'utf8'), part).start,
      });

    it('by a form that knows the types and the evidence', async () => {
      const answer = await form(vcpus);
      assert.equal(answer.problem, null);
      assert.ok(answer.test.endsWith(vcpus));
      assert.equal(answer.next, 'next');
      assert.match(answer.date, /^\d{4}-\d\d-\d\d$/);
      const [first, ...others] = answer.proposals;
      assert.equal(first?.code, 'D404');
      assert.match(
        first.reason,
        /^\[D404\] ServersTestJSON\.test_verify_created_server_vcpus depends on its guest: .*\/proc\/cpuinfo/,
      );
      assert.deepEqual(
        others.map(({ code, reason }) => [code, reason]),
        ['D400', 'D401', 'D402', 'D403', 'D405', 'D406'].map((code) => [code, `[${code}] `]),
      );
      const [removed] = (await form('test_gone')).proposals;
      assert.equal(removed?.code, 'D406');
      assert.match((await form('test_hostname')).problem ?? '', /flagged already/);
      assert.match((await form('"releases"')).problem ?? '', /no test of a guideline/);
    });

    it('in the file and in next, and touches nothing else', async () => {
      const text = readFileSync(file, 'utf8');
      const { uri } = await editor.openFile(file);
      const wanted = {
        uri,
        position: rangeOf(text, vcpus).start,
        test: (await form(vcpus)).test,
        reason: '[D404] Reads /proc/cpuinfo.',
        action: 'Ask the API.',
        date: '2099-02-03',
        mirror: true,
      };
      const { problem, files } = await editor.request<FlagEditAnswer>('interopLens/flagEdits', wanted);
      assert.equal(problem, null);
      assert.deepEqual(
        files.map((one) => [path.basename(one.uri), one.version]),
        [
          ['2099.01.json', 1],
          ['next.json', null],
        ],
      );
      const id = '          "idempotent_id": "id-22222222-2222-4222-8222-222222222222"';
      const flag = [
        `${id},`,
        '          "flagged": {',
        '            "reason": "[D404] Reads /proc/cpuinfo.",',
        '            "action": "Ask the API.",',
        '            "date": "2099-02-03"',
        '          }',
      ].join('\n');
      for (const { uri: where, edits } of files) {
        const before = readFileSync(new URL(where), 'utf8');
        assert.equal(applyAll(before, edits), before.replace(id, flag));
      }
      const moved = await editor.request<FlagEditAnswer>('interopLens/flagEdits', { ...wanted, test: 'tempest.other' });
      assert.deepEqual(moved.files, []);
      assert.match(moved.problem ?? '', /does not stand here any more/);
      await editor.closeFile(uri);
    });

    it('is offered on an entry without a flag', async () => {
      const titles = async (part: string): Promise<string[]> => {
        const range = rangeOf(readFileSync(file, 'utf8'), part);
        const actions = await editor.request<CodeAction[]>('textDocument/codeAction', {
          textDocument: { uri: toUri(file) },
          range,
          context: { diagnostics: [], only: ['refactor'] },
        });
        return actions.map(({ title }) => title);
      };
      assert.deepEqual(await titles(vcpus), ['Flag this test…']);
      assert.deepEqual(await titles('test_hostname'), []);
    });
  });
});

/** What a document says, without where it leads. */
function withoutLinks(markdown: string): string {
  return markdown.replace(/ \(\[source\]\([^)]*\)\)/g, '').replace(/\]\([^)]*\)/g, ']');
}

/** Edits from the last to the first, so that places stay right. */
function applyAll(text: string, edits: FlagEditAnswer['files'][number]['edits']): string {
  const lines = text.split('\n');
  const offsetOf = ({ line, character }: { line: number; character: number }): number =>
    lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0) + character;
  return [...edits]
    .sort((a, b) => offsetOf(b.range.start) - offsetOf(a.range.start))
    .reduce(
      (result, { range, newText }) =>
        result.slice(0, offsetOf(range.start)) + newText + result.slice(offsetOf(range.end)),
      text,
    );
}
