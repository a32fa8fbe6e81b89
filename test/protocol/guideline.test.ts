import assert from 'node:assert/strict';
import path from 'node:path';
import type { CodeLens, DocumentLink, DocumentSymbol, Hover, Location } from 'vscode-languageserver';
import type { DesignatedProjectInfo } from '../../src/protocol/messages';
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

  it('has an outline: components with their lists, capabilities with their tests, designated sections', async () => {
    const symbols = await editor.request<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument: { uri } });
    const names = (list: readonly DocumentSymbol[] | undefined): string[] => (list ?? []).map(({ name }) => name);
    assert.deepEqual(names(symbols), ['Components', 'Capabilities', 'Designated sections']);
    const [components, capabilities, sections] = symbols;
    assert.deepEqual(names(components?.children?.[0]?.children), ['required', 'advisory']);
    assert.deepEqual(
      capabilities?.children?.map(({ name, children }) => [name, children?.length]),
      [
        ['compute-servers-list', 1],
        ['compute-servers-verify', 2],
        ['compute-servers-old', 1],
      ],
    );
    assert.equal(capabilities.children?.[1]?.children?.[1]?.detail, 'flagged D401 (2099-01-02)');
    assert.deepEqual(names(sections?.children), ['nova']);
    for (const symbol of flatten(symbols)) {
      assert.ok(contains(symbol.range, symbol.selectionRange), symbol.name);
      for (const child of symbol.children ?? []) assert.ok(contains(symbol.range, child.range), child.name);
    }
  });

  async function hoverAt(part: string): Promise<string> {
    const { line, character } = rangeOf(text, part).start;
    const position = { line, character: character + 1 };
    const hover = await editor.request<Hover | null>('textDocument/hover', { textDocument: { uri }, position });
    return (hover?.contents as { value: string } | undefined)?.value ?? '';
  }

  it('has cards on criteria, projects, statuses and keys', async () => {
    assert.match(
      await hoverAt('"atomic", "doc"'),
      /\*\*Atomic\*\* weighs 6 of a cutoff of 14.*One thing.*Met by 2 of 3/s,
    );
    assert.match(
      await hoverAt('"nova",\n      "required_since"'),
      /Designated sections of nova\]\(file:.*The API layer/s,
    );
    assert.match(await hoverAt('"approved"'), /In force/);
    assert.match(await hoverAt('"required_since"'), /became required/);
    assert.match(await hoverAt('"compute-servers-verify": {'), /Score 6 \(cutoff 14\): atomic 6; not met: doc 8/);
    assert.match(await hoverAt('"compute-servers-verify": {'), /Designated sections of nova/);
  });

  it('leads from a project to its designated sections', async () => {
    const { line, character } = rangeOf(text, '"nova",\n      "required_since"').start;
    const position = { line, character: character + 2 };
    const found = await editor.request<Location[]>('textDocument/definition', { textDocument: { uri }, position });
    assert.deepEqual(
      found.map(({ range }) => range.start.line),
      [rangeOf(text, '"designated_sections": { "nova"').start.line],
    );
  });

  it('follows a test that is gone through the guidelines', async () => {
    const position = rangeOf(text, 'test_gone').start;
    const context = { includeDeclaration: true };
    const found = await editor.request<Location[]>('textDocument/references', {
      textDocument: { uri },
      position,
      context,
    });
    assert.deepEqual(
      found.map(({ range }) => range.start.line),
      [position.line],
    );
  });

  it('lists designated sections for the browser', async () => {
    const found = await editor.request<DesignatedProjectInfo[]>('interopLens/designatedSections');
    assert.deepEqual(
      found.map(({ project, guideline, status, guidance }) => [project, guideline, status, guidance]),
      [['nova', '2099.01', 'required', 'The API layer']],
    );
    assert.deepEqual(found[0]?.range.start.line, rangeOf(text, '"designated_sections": { "nova"').start.line);
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

function flatten(symbols: readonly DocumentSymbol[]): DocumentSymbol[] {
  return symbols.flatMap((symbol) => [symbol, ...flatten(symbol.children ?? [])]);
}

function contains(outer: DocumentSymbol['range'], inner: DocumentSymbol['range']): boolean {
  const isAt = (a: Location['range']['start'], b: Location['range']['start']): boolean =>
    a.line < b.line || (a.line === b.line && a.character <= b.character);
  return isAt(outer.start, inner.start) && isAt(inner.end, outer.end);
}
