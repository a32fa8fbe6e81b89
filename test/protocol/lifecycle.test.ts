import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createNodeHost } from '../../src/server/node';
import { FIXTURE_FOLDER, GUIDELINE_FILE, TEST_FILE, TestEditor, testHost, toUri } from './testEditor';

describe('protocol: life of a server', function () {
  this.timeout(60_000);
  let editor: TestEditor;
  afterEach(() => editor.stop());

  it('says what it can do', async () => {
    editor = await TestEditor.start({ folders: [FIXTURE_FOLDER] });
    const { capabilities } = editor.initializeResult;
    assert.equal(capabilities.hoverProvider, true);
    assert.deepEqual(capabilities.codeLensProvider, { resolveProvider: true });
    assert.deepEqual(capabilities.codeActionProvider, {
      codeActionKinds: [
        'quickfix',
        'refactor.move',
        'refactor.rewrite.flagTest',
        'refactor.rewrite.interopLens',
        'source.fixAll.interopLens',
      ],
      resolveProvider: true,
    });
    await editor.waitForState('ready');
  });

  it('indexes the workspace and tells the counts', async () => {
    editor = await TestEditor.startReady({ folders: [FIXTURE_FOLDER] });
    const status = editor.statuses.at(-1);
    assert.deepEqual(
      { ...status, files: 0 },
      { state: 'ready', detail: '', files: 0, tests: 4, guidelines: 1, skipped: 0 },
    );
    assert.equal(editor.statuses[0]?.state, 'indexing');
  });

  it('keeps its index in the folder that the client names, and says the same with it the next time', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'interop-lens-index-'));
    const host = testHost();
    const read: (string | null)[] = [];
    const kept = new Promise<void>((resolve) => {
      host.openIndexStore = (uri) => {
        const store = createNodeHost('').openIndexStore?.(uri);
        assert.ok(store);
        return {
          read: async (name) => read[read.push(await store.read(name)) - 1] ?? null,
          write: (name, text) => store.write(name, text).then(resolve),
        };
      };
    });
    const showFindings = async (): Promise<readonly unknown[]> => {
      const { uri } = await editor.openFile(path.join(FIXTURE_FOLDER, TEST_FILE));
      return editor.waitForDiagnostics(uri, (found) => found.length > 0);
    };
    const options = { folders: [FIXTURE_FOLDER], host, initializationOptions: { indexFolder: toUri(folder) } };
    try {
      editor = await TestEditor.startReady(options);
      const first = await showFindings();
      await kept;
      await editor.stop();
      editor = await TestEditor.startReady(options);
      assert.deepEqual(await showFindings(), first);
      assert.deepEqual(
        read.map((text) => text !== null),
        [false, true],
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('shows progress that is quiet: begun, ended, and not cancellable', async () => {
    editor = await TestEditor.startReady({ folders: [FIXTURE_FOLDER] });
    await editor.waitFor(() => editor.progress.find(({ kind }) => kind === 'end'));
    const begin = editor.progress.filter(({ kind }) => kind === 'begin');
    assert.deepEqual(
      begin.map(({ cancellable }) => cancellable),
      [false],
    );
  });

  it('sends no diagnostics of levels or links before the index is complete', async () => {
    let letGo = (): void => undefined;
    const gate = new Promise<void>((resolve) => (letGo = resolve));
    const host = testHost();
    const slow = {
      ...host,
      loadGrammarBytes: async (...given: Parameters<typeof host.loadGrammarBytes>) =>
        gate.then(() => host.loadGrammarBytes(...given)),
    };
    editor = await TestEditor.start({ folders: [FIXTURE_FOLDER], host: slow });
    const { uri } = await editor.openFile(path.join(FIXTURE_FOLDER, TEST_FILE));
    // Answered while there is no index: everything before the answer has been handled.
    assert.deepEqual(await editor.request('textDocument/codeLens', { textDocument: { uri } }), []);
    assert.equal(
      await editor.request('textDocument/hover', { textDocument: { uri }, position: { line: 0, character: 0 } }),
      null,
    );
    assert.deepEqual(editor.published, []);
    letGo();
    await editor.waitForDiagnostics(uri, (diagnostics) => diagnostics.length > 0);
    assert.equal(editor.statuses.at(-1)?.state, 'ready');
  });

  it('is ready and silent in an empty workspace, and without a workspace', async () => {
    const empty = await mkdtemp(path.join(tmpdir(), 'interop-lens-'));
    try {
      for (const folders of [[empty], []]) {
        editor = await TestEditor.startReady({ folders });
        assert.deepEqual(
          { ...editor.statuses.at(-1) },
          { state: 'ready', detail: '', files: 0, tests: 0, guidelines: 0, skipped: 0 },
        );
        assert.deepEqual(editor.published, []);
        assert.deepEqual(await editor.request('interopLens/tree', { tree: 'guidelines', parents: [null] }), [[]]);
        if (folders.length > 0) await editor.stop();
      }
    } finally {
      await rm(empty, { recursive: true });
    }
  });

  it('survives a folder that is not there', async () => {
    editor = await TestEditor.startReady({ folders: [FIXTURE_FOLDER, '/nowhere/at/all'] });
    assert.equal(editor.statuses.at(-1)?.tests, 4);
    assert.ok(
      editor.logged.some((message) => message.includes('/nowhere/at/all')),
      editor.logged.join('\n'),
    );
  });

  it('tells a failed start by its status, and starts on the next attempt', async () => {
    const host = testHost();
    let attempts = 0;
    const flaky = {
      ...host,
      loadGrammarBytes: (...given: Parameters<typeof host.loadGrammarBytes>) =>
        ++attempts === 1 ? Promise.reject(new Error('grammars are missing')) : host.loadGrammarBytes(...given),
    };
    editor = await TestEditor.start({ folders: [FIXTURE_FOLDER], host: flaky });
    const failed = await editor.waitForState('failed');
    assert.equal(failed.detail, 'grammars are missing');
    await editor.request('interopLens/reindex');
    assert.equal(editor.statuses.at(-1)?.state, 'ready');
  });

  it('watches source files below each root', async () => {
    editor = await TestEditor.startReady({ folders: [FIXTURE_FOLDER] });
    const registration = await editor.waitFor(() =>
      editor.registrations.find(({ method }) => method === 'workspace/didChangeWatchedFiles'),
    );
    assert.deepEqual(registration.options, {
      watchers: [
        { globPattern: { baseUri: toUri(FIXTURE_FOLDER), pattern: '**/*.{py,json,txt,lst,list,yaml,yml,template}' } },
        { globPattern: { baseUri: toUri(FIXTURE_FOLDER), pattern: '.git/logs/HEAD' } },
        { globPattern: { baseUri: toUri(FIXTURE_FOLDER), pattern: '**' }, kind: 4 },
      ],
    });
  });

  it('answers nothing, and lives on, for files it does not know', async () => {
    editor = await TestEditor.startReady({ folders: [FIXTURE_FOLDER] });
    const textDocument = { uri: 'file:///nowhere/x.py' };
    const position = { line: 5, character: 5 };
    const range = { start: position, end: position };
    assert.deepEqual(await editor.request('textDocument/codeLens', { textDocument }), []);
    assert.equal(await editor.request('textDocument/hover', { textDocument, position }), null);
    assert.deepEqual(await editor.request('textDocument/definition', { textDocument, position }), []);
    assert.deepEqual(
      await editor.request('textDocument/references', {
        textDocument,
        position,
        context: { includeDeclaration: true },
      }),
      [],
    );
    assert.deepEqual(await editor.request('textDocument/documentLink', { textDocument }), []);
    assert.deepEqual(await editor.request('textDocument/documentSymbol', { textDocument }), []);
    assert.deepEqual(
      await editor.request('textDocument/codeAction', { textDocument, range, context: { diagnostics: [] } }),
      [],
    );
    const lens = await editor.request<{ command: { command: string } }>('codeLens/resolve', {
      range,
      data: { nonsense: 1 },
    });
    assert.equal(lens.command.command, '');
    assert.deepEqual(await editor.request('interopLens/tree', { tree: 'guidelines', parents: ['file:///nowhere'] }), [
      [],
    ]);
  });

  it('answers at places outside of the text', async () => {
    editor = await TestEditor.startReady({ folders: [FIXTURE_FOLDER] });
    for (const file of [TEST_FILE, GUIDELINE_FILE]) {
      const textDocument = { uri: toUri(path.join(FIXTURE_FOLDER, file)) };
      const position = { line: 100_000, character: 9 };
      assert.equal(await editor.request('textDocument/hover', { textDocument, position }), null);
      assert.deepEqual(await editor.request('textDocument/definition', { textDocument, position }), []);
    }
  });
});
