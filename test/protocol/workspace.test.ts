import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { glob } from 'fast-glob';
import type { CodeLens, Location } from 'vscode-languageserver';
import { encodeBase64 } from '../../src/protocol/base64';
import type { SkippedFileInfo } from '../../src/protocol/messages';
import { FIXTURE_FOLDER, GUIDELINE_FILE, rangeOf, TEST_FILE, TestEditor, testHost, toUri } from './testEditor';

describe('protocol: workspaces', function () {
  this.timeout(60_000);
  let folder: string;
  let editor: TestEditor;
  const inFolder = (file: string): string => path.join(folder, file);

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'interop lens+'));
    await cp(path.join(FIXTURE_FOLDER, 'tempest'), inFolder('source/tempest'), { recursive: true });
    await cp(path.join(FIXTURE_FOLDER, 'guidelines'), inFolder('interop'), { recursive: true });
  });
  afterEach(async () => {
    await editor.stop();
    await rm(folder, { recursive: true });
  });

  const guideline = (): string => inFolder('interop/2099.01.json');

  async function entryTarget(): Promise<Location[]> {
    const text = await readFile(guideline(), 'utf8');
    const position = rangeOf(text, 'test_list_servers').start;
    return editor.request('textDocument/definition', { textDocument: { uri: toUri(guideline()) }, position });
  }

  it('of one folder with both', async () => {
    editor = await TestEditor.startReady({ folders: [folder] });
    assert.equal((await entryTarget()).length, 1);
  });

  it('of two folders', async () => {
    editor = await TestEditor.startReady({ folders: [inFolder('source'), inFolder('interop')] });
    assert.equal((await entryTarget()).length, 1);
  });

  it('with the guideline folder, or file, by setting', async () => {
    for (const given of ['../interop', guideline()]) {
      editor = await TestEditor.startReady({
        folders: [inFolder('source')],
        initializationOptions: { settings: { guidelines: { paths: [given] } } },
      });
      assert.equal(editor.statuses.at(-1)?.guidelines, 1, given);
      assert.equal((await entryTarget()).length, 1);
      if (given !== guideline()) await editor.stop();
    }
  });

  it('with fetched guidelines', async () => {
    editor = await TestEditor.startReady({
      folders: [inFolder('source')],
      initializationOptions: { fetchedGuidelines: toUri(inFolder('interop')) },
    });
    assert.equal(editor.statuses.at(-1)?.guidelines, 1);
  });

  it('follow added and removed folders', async () => {
    editor = await TestEditor.startReady({ folders: [inFolder('source')] });
    assert.equal(editor.statuses.at(-1)?.guidelines, 0);
    const interop = { uri: toUri(inFolder('interop')), name: 'interop' };
    await editor.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
      event: { added: [interop], removed: [] },
    });
    await editor.waitFor(() =>
      editor.statuses.at(-1)?.guidelines === 1 && editor.statuses.at(-1)?.state === 'ready' ? true : undefined,
    );
    await editor.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
      event: { added: [], removed: [interop] },
    });
    await editor.waitFor(() =>
      editor.statuses.at(-1)?.guidelines === 0 && editor.statuses.at(-1)?.state === 'ready' ? true : undefined,
    );
  });

  it('follow changed settings', async () => {
    editor = await TestEditor.startReady({ folders: [inFolder('source')] });
    const send = (settings: unknown): Promise<void> =>
      editor.connection.sendNotification('workspace/didChangeConfiguration', { settings: { interopLens: settings } });
    await send({ guidelines: { paths: ['../interop'] } });
    await editor.waitFor(() => (editor.statuses.at(-1)?.guidelines === 1 ? true : undefined));
    const { uri } = await editor.openFile(inFolder(`source/${TEST_FILE}`));
    await send({ guidelines: { paths: ['../interop'] }, codeLens: { tests: false, helpers: false } });
    assert.deepEqual(await editor.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } }), []);
  });

  it('follow files that change, appear and vanish on disk', async () => {
    editor = await TestEditor.startReady({ folders: [folder] });
    const tell = (file: string, type: 1 | 2 | 3): Promise<void> =>
      editor.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: toUri(file), type }] });
    const tests = (count: number): Promise<true> =>
      editor.waitFor(() => (editor.statuses.at(-1)?.tests === count ? true : undefined));
    const source = inFolder(`source/${TEST_FILE}`);
    const text = await readFile(source, 'utf8');
    await writeFile(source, text.replace('def test_disks', 'def check_disks'));
    await tell(source, 2);
    await tests(3);
    const added = path.join(path.dirname(source), 'test_more.py');
    await writeFile(added, text.replaceAll('ServersTestJSON', 'MoreTest'));
    await tell(added, 1);
    await tests(7);
    await unlink(added);
    await tell(added, 3);
    await tests(3);
    await rm(inFolder('source/tempest/api'), { recursive: true });
    await tell(inFolder('source/tempest/api'), 3);
    await tests(0);
  });

  it('prefer an open buffer to the disk', async () => {
    editor = await TestEditor.startReady({ folders: [folder] });
    const { uri, text } = await editor.openFile(inFolder(`source/${TEST_FILE}`));
    await editor.changeText(uri, [{ text: text.replace('test_disks', 'check_disks') }]);
    await editor.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 2 }] });
    await editor.waitFor(() => (editor.statuses.at(-1)?.tests === 3 ? true : undefined));
    await editor.closeFile(uri);
    await editor.waitFor(() => (editor.statuses.at(-1)?.tests === 4 ? true : undefined));
  });

  it('know a file by every spelling of its address', async () => {
    editor = await TestEditor.startReady({ folders: [folder] });
    const uri = toUri(inFolder(`source/${TEST_FILE}`)).replaceAll('+', '%2B');
    await editor.openText(uri, await readFile(inFolder(`source/${TEST_FILE}`), 'utf8'));
    const lenses = await editor.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
    assert.ok(lenses.length >= 4);
    assert.equal(editor.statuses.at(-1)?.tests, 4);
  });

  it('list files that were left out, with reasons', async () => {
    await writeFile(inFolder('source/latin1.py'), Buffer.from([0x23, 0xe9, 0x0a]));
    await writeFile(inFolder('source/huge.py'), Buffer.alloc(6 * 1024 * 1024, 10));
    editor = await TestEditor.startReady({ folders: [folder] });
    const skipped = await editor.request<SkippedFileInfo[]>('interopLens/skipped');
    assert.deepEqual(skipped.map(({ uri }) => path.basename(uri)).sort(), ['huge.py', 'latin1.py']);
    for (const { reason } of skipped) assert.notEqual(reason, '');
    assert.equal(editor.statuses.at(-1)?.skipped, 2);
    assert.ok(editor.logged.some((message) => message.includes('latin1.py')));
  });

  it('that only the client can read are read through it', async () => {
    const root = 'memfs://host/w%20x';
    const files = await glob('**/*.{py,json}', { cwd: FIXTURE_FOLDER });
    const disk = testHost();
    editor = await TestEditor.startReady({
      folders: [root],
      host: { ...disk, openDiskSource: (uri) => (uri.startsWith('file:') ? disk.openDiskSource(uri) : null) },
      prepare: (connection) => {
        connection.onRequest('interopLens/fs/list', ({ root: asked }: { root: string }) => {
          assert.equal(asked, root);
          return files.map((file) => ({ uri: `${root}/${file}`, path: file, size: null }));
        });
        connection.onRequest('interopLens/fs/read', async ({ uri }: { uri: string }) => ({
          base64: encodeBase64(await readFile(path.join(FIXTURE_FOLDER, uri.slice(root.length)))),
        }));
      },
    });
    assert.deepEqual([editor.statuses.at(-1)?.tests, editor.statuses.at(-1)?.guidelines], [4, 1]);
    const diagnostics = await editor.waitForDiagnostics(`${root}/${GUIDELINE_FILE}`, (all) => all.length > 0);
    assert.ok(diagnostics.length > 0);
  });

  it('are indexed again on request, once for several requests', async () => {
    editor = await TestEditor.startReady({ folders: [folder] });
    const runs = (): number => editor.progress.filter(({ kind }) => kind === 'begin').length;
    const before = runs();
    await Promise.all([1, 2, 3, 4].map(() => editor.request('interopLens/reindex')));
    assert.equal(editor.statuses.at(-1)?.state, 'ready');
    assert.ok(runs() - before <= 2, `${runs() - before} runs`);
  });
});
