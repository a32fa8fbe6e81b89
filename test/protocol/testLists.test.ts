import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CodeAction, CodeLens, DocumentLink, Hover, InlayHint, Location } from 'vscode-languageserver';
import { FIXTURE_FOLDER, rangeOf, TEST_FILE, TestEditor, toUri } from './testEditor';

const file = path.join(FIXTURE_FOLDER, 'lists/required.txt');
const testUri = toUri(path.join(FIXTURE_FOLDER, TEST_FILE));

describe('protocol: a plain test list', function () {
  this.timeout(60_000);
  let editor: TestEditor;
  let uri: string;
  let text: string;

  beforeEach(async () => {
    editor = await TestEditor.startReady({ folders: [FIXTURE_FOLDER] });
    ({ uri, text } = await editor.openFile(file));
  });
  afterEach(() => editor.stop());

  const textDocument = (): { uri: string } => ({ uri });
  const at = (part: string): { textDocument: { uri: string }; position: { line: number; character: number } } => ({
    textDocument: { uri },
    position: rangeOf(text, part).start,
  });

  it('links its names to the tests, by name or by id', async () => {
    const links = await editor.request<DocumentLink[]>('textDocument/documentLink', { textDocument: textDocument() });
    assert.equal(links.length, 3);
    for (const link of links) assert.ok(link.target?.startsWith(`${testUri}#L`), link.target);
  });

  it('leads to the definition, also of a test that has another name today', async () => {
    const [listed] = await editor.request<Location[]>('textDocument/definition', at('test_list_servers'));
    const [renamed] = await editor.request<Location[]>('textDocument/definition', at('test_hostname'));
    assert.deepEqual([listed?.uri, listed?.range.start.line], [testUri, 13]);
    assert.deepEqual([renamed?.uri, renamed?.range.start.line], [testUri, 25]);
    assert.deepEqual(await editor.request('textDocument/definition', at('test_gone')), []);
  });

  it('leads to the guideline entries of a test', async () => {
    const context = { includeDeclaration: true };
    const found = await editor.request<Location[]>('textDocument/references', { ...at('test_hostname'), context });
    assert.deepEqual(
      found.map((place) => path.posix.basename(place.uri)),
      ['test_create_server.py', '2099.01.json'],
    );
  });

  it('has the card of the test', async () => {
    const hover = await editor.request<Hover>('textDocument/hover', at('test_verify_created_server_vcpus'));
    const { value } = hover.contents as { value: string };
    assert.match(value, /Guest level `linux`/);
    assert.match(value, /compute-servers-verify/);
  });

  it('has quiet levels behind its lines and one lens above them', async () => {
    const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
    const hints = await editor.request<InlayHint[]>('textDocument/inlayHint', { textDocument: textDocument(), range });
    assert.deepEqual(
      hints.map(({ position, label }) => [position.line, label]),
      [
        [1, 'api'],
        [2, 'linux (api with validation off)'],
        [3, 'posix'],
      ],
    );
    const lenses = await editor.request<CodeLens[]>('textDocument/codeLens', { textDocument: textDocument() });
    assert.deepEqual(
      lenses.map(({ range: { start }, command }) => [start.line, command?.title]),
      [[1, '4 lines · 3 tests of the workspace · 1 needs linux']],
    );
  });

  it('has findings with fixes, which follow the buffer', async () => {
    const found = await editor.waitForDiagnostics(uri, (all) => all.length > 0);
    assert.deepEqual(
      found.map(({ code, range }) => [code, range.start.line]),
      [
        ['IL504', 3],
        ['IL503', 4],
      ],
    );
    const range = rangeOf(text, 'test_hostname');
    const actions = await editor.request<CodeAction[]>('textDocument/codeAction', {
      textDocument: textDocument(),
      range,
      context: { diagnostics: found },
    });
    const fix = actions.find(({ isPreferred }) => isPreferred);
    const [change] = fix?.edit?.documentChanges ?? [];
    assert.ok(change && 'edits' in change);
    assert.equal(change.textDocument.version, 1);
    const renamed = change.edits.map((edit) => edit.newText);
    assert.ok(renamed[0]?.endsWith('.test_host_name_is_same_as_server_name'), renamed.join());
    await editor.changeText(uri, [{ text: `${text}${text.split('\n')[1] ?? ''}\n` }]);
    const more = await editor.waitForDiagnostics(uri, (all) => all.length === 3);
    assert.equal(more.at(-1)?.code, 'IL506');
    await editor.changeText(uri, [{ text: 'Nothing but prose now.\n' }]);
    assert.deepEqual(await editor.waitForDiagnostics(uri, (all) => all.length === 0), []);
  });

  it('is checked without being open', async () => {
    const other = await TestEditor.startReady({ folders: [FIXTURE_FOLDER] });
    try {
      assert.equal((await other.waitForDiagnostics(uri, (all) => all.length > 0)).length, 2);
    } finally {
      await other.stop();
    }
  });
});

describe('protocol: text files in a workspace', function () {
  this.timeout(60_000);
  let folder: string;

  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'interop-lens-lists-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('are left alone when they are no lists, and said to be left out when they are too large', async () => {
    writeFileSync(path.join(folder, 'requirements.txt'), 'oslo.config>=6.0\ntempest>=33.0\n');
    writeFileSync(path.join(folder, 'latin.txt'), Buffer.from([0xe9, 0x0a]));
    const line = 'tempest.api.compute.servers.test_x.K.test_one\n';
    writeFileSync(path.join(folder, 'huge.txt'), line.repeat(Math.ceil((50 * 1024 * 1024) / line.length)));
    const editor = await TestEditor.startReady({ folders: [folder] });
    try {
      const skipped = await editor.request<{ uri: string; reason: string }[]>('interopLens/skipped');
      assert.deepEqual(
        skipped.map((one) => path.posix.basename(one.uri)),
        ['huge.txt'],
      );
      assert.match(skipped[0]?.reason ?? '', /It is 50\.0 MB, more than the limit of 5\.0 MB/);
      assert.deepEqual(editor.published, []);
    } finally {
      await editor.stop();
    }
  });

  it('hold expressions that would run for years elsewhere', async () => {
    mkdirSync(path.join(folder, 'tempest'));
    writeFileSync(path.join(folder, 'tempest/__init__.py'), '');
    const name = `test_${'a'.repeat(60)}`;
    const module = `import unittest\n\n\nclass K(unittest.TestCase):\n    def ${name}(self):\n        pass\n`;
    writeFileSync(path.join(folder, 'tempest/test_x.py'), module);
    writeFileSync(path.join(folder, 'exclude.txt'), '^tempest(([a-z._])+.)+[A-Z]([a-z_])+$ # evil\ntempest\\.test_x\n');
    const editor = await TestEditor.startReady({ folders: [folder] });
    try {
      const list = toUri(path.join(folder, 'exclude.txt'));
      const found = await editor.waitForDiagnostics(list, (all) => all.length > 0);
      assert.deepEqual(
        found.map(({ code, range }) => [code, range.start.line]),
        [['IL507', 0]],
      );
    } finally {
      await editor.stop();
    }
  });
});
