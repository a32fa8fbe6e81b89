import assert from 'node:assert/strict';
import path from 'node:path';
import type { CodeLens, DocumentLink, DocumentSymbol, Hover, Location } from 'vscode-languageserver';
import { FIXTURE_FOLDER, GUIDELINE_FILE, rangeOf, TEST_FILE, TestEditor, toUri } from './testEditor';

const file = path.join(FIXTURE_FOLDER, GUIDELINE_FILE);
const testUri = toUri(path.join(FIXTURE_FOLDER, TEST_FILE));

describe('protocol: a guideline', function () {
  this.timeout(60_000);
  let editor: TestEditor;
  let uri: string;
  let text: string;

  beforeEach(async () => {
    editor = await TestEditor.startReady({ folders: [FIXTURE_FOLDER] });
    ({ uri, text } = await editor.openFile(file));
  });
  afterEach(() => editor.stop());

  async function titleAbove(part: string): Promise<string> {
    const lenses = await editor.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
    const { line } = rangeOf(text, part).start;
    const lens = lenses.find(({ range }) => range.start.line === line);
    assert.ok(lens, part);
    return (await editor.request<CodeLens>('codeLens/resolve', lens)).command?.title ?? '';
  }

  it('has lenses above capabilities and entries', async () => {
    assert.equal(
      await titleAbove('"compute-servers-verify": {'),
      '2 tests · required in os_powered_compute · 1 needs linux · 1 flagged',
    );
    assert.match(await titleAbove('ServersTestJSON.test_verify_created_server_vcpus"'), /^guest: linux .*ok$/);
    assert.match(
      await titleAbove('ServersTestJSON.test_hostname"'),
      /posix.*today .*test_host_name_is_same_as_server_name.*flagged D401/,
    );
    assert.match(await titleAbove('test_gone"'), /^removed: /);
  });

  it('leads from an entry to its test, and from a listed name to the capability', async () => {
    const position = rangeOf(text, 'test_hostname').start;
    const [definition] = await editor.request<Location[]>('textDocument/definition', {
      textDocument: { uri },
      position,
    });
    assert.equal(definition?.uri, testUri);
    const listed = rangeOf(text, '"compute-servers-verify"]').start;
    const [capability] = await editor.request<Location[]>('textDocument/definition', {
      textDocument: { uri },
      position: { ...listed, character: listed.character + 2 },
    });
    assert.equal(capability?.range.start.line, rangeOf(text, '"compute-servers-verify": {').start.line);
  });

  it('finds every place that concerns an entry or a capability', async () => {
    const context = { includeDeclaration: true };
    const entry = await editor.request<Location[]>('textDocument/references', {
      textDocument: { uri },
      position: rangeOf(text, 'test_hostname').start,
      context,
    });
    assert.deepEqual(
      entry.map((location) => location.uri),
      [testUri, uri],
    );
    const name = rangeOf(text, '"compute-servers-old": {').start;
    const capability = await editor.request<Location[]>('textDocument/references', {
      textDocument: { uri },
      position: { ...name, character: name.character + 2 },
      context,
    });
    assert.equal(capability.length, 2);
  });

  it('links entries to their tests', async () => {
    const links = await editor.request<DocumentLink[]>('textDocument/documentLink', { textDocument: { uri } });
    assert.equal(links.length, 3);
    for (const link of links) assert.ok(link.target?.startsWith(`${testUri}#L`), link.target);
  });

  it('has cards on entries and capabilities', async () => {
    const entry = await editor.request<Hover>('textDocument/hover', {
      textDocument: { uri },
      position: rangeOf(text, 'test_hostname').start,
    });
    assert.match((entry.contents as { value: string }).value, /Today: \[tempest.*Waits for a name server/s);
    const position = rangeOf(text, 'compute-servers-list": {').start;
    const capability = await editor.request<Hover>('textDocument/hover', { textDocument: { uri }, position });
    assert.match((capability.contents as { value: string }).value, /Score 14 \(cutoff 14\)/);
  });

  it('has an outline of capabilities and tests', async () => {
    const symbols = await editor.request<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument: { uri } });
    assert.deepEqual(
      symbols.map(({ name, children }) => [name, children?.length]),
      [
        ['compute-servers-list', 1],
        ['compute-servers-verify', 2],
        ['compute-servers-old', 1],
      ],
    );
  });

  it('has its link states as diagnostics without being open', async () => {
    const other = await TestEditor.startReady({ folders: [FIXTURE_FOLDER] });
    try {
      const diagnostics = await other.waitForDiagnostics(uri, (all) => all.length > 0);
      const line = rangeOf(text, 'test_gone').start.line;
      const gone = diagnostics.find(({ range }) => range.start.line === line);
      assert.equal(gone?.code, 'IL430');
      assert.deepEqual(gone.tags, [2]);
      assert.ok(gone.codeDescription?.href.endsWith('/IL430.md'));
    } finally {
      await other.stop();
    }
  });

  it('keeps its last good model while it is half typed, and tells where it is broken', async () => {
    await editor.changeText(uri, [
      { range: rangeOf(text, '"achievements": ["atomic", "doc"],'), text: '"achievements": [,' },
    ]);
    const diagnostics = await editor.waitForDiagnostics(uri, (all) =>
      all.some(({ severity, code }) => severity === 1 && code === undefined),
    );
    const line = rangeOf(text, '"achievements": ["atomic", "doc"]').start.line;
    assert.ok(diagnostics.some(({ range }) => range.start.line >= line && range.start.line <= line + 1));
    const lenses = await editor.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
    assert.ok(lenses.length >= 4);
    await editor.changeText(uri, [{ text }]);
    await editor.waitForDiagnostics(uri, (all) => !all.some(({ code }) => code === undefined));
  });

  it('is told from other JSON', async () => {
    const is = (name: string, content: string): Promise<{ isGuideline: boolean }> =>
      editor.request('interopLens/checkGuideline', { name, text: content });
    assert.deepEqual(await is('2099.01.json', text), { isGuideline: true, id: '2099.01', problem: '' });
    assert.equal((await is('x.json', '{"a": 1}')).isGuideline, false);
    assert.equal((await is('x.json', '<html>')).isGuideline, false);
  });
});
