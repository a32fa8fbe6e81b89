import assert from 'node:assert/strict';
import path from 'node:path';
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
  Range,
} from 'vscode-languageserver';
import type { CallersAnswer } from '../../src/protocol/messages';
import { FIXTURE_FOLDER, rangeOf, TEST_FILE, TestEditor, textIn, toUri } from './testEditor';

const CLIENT = 'tempest/common/utils/linux/remote_client.py';
const LIB_CLIENT = 'tempest/lib/common/utils/linux/remote_client.py';
const uriOf = (file: string): string => toUri(path.join(FIXTURE_FOLDER, file));

describe('protocol: call hierarchy', function () {
  this.timeout(60_000);
  let editor: TestEditor;

  beforeEach(async () => {
    editor = await TestEditor.startReady({ folders: [FIXTURE_FOLDER] });
  });
  afterEach(() => editor.stop());

  const prepare = async (file: string, part: string): Promise<{ item: CallHierarchyItem; text: string }> => {
    const { uri, text } = await editor.openFile(path.join(FIXTURE_FOLDER, file));
    const [item] = await editor.request<CallHierarchyItem[]>('textDocument/prepareCallHierarchy', {
      textDocument: { uri },
      position: rangeOf(text, part).start,
    });
    assert.ok(item, part);
    return { item, text };
  };
  const callsTo = (item: CallHierarchyItem): Promise<CallHierarchyIncomingCall[]> =>
    editor.request('callHierarchy/incomingCalls', { item });
  const callsFrom = (item: CallHierarchyItem): Promise<CallHierarchyOutgoingCall[]> =>
    editor.request('callHierarchy/outgoingCalls', { item });
  const words = (text: string, ranges: readonly Range[]): string[] => ranges.map((range) => textIn(text, range));

  it('goes from a test down to the guest', async () => {
    const { item, text } = await prepare(TEST_FILE, 'test_disks');
    assert.equal(item.name, 'ServersTestJSON.test_disks');
    assert.equal(item.detail, `guest: linux · ${TEST_FILE}`);
    assert.equal(textIn(text, item.selectionRange), 'test_disks');
    const calls = await callsFrom(item);
    assert.deepEqual(
      calls.map(({ to, fromRanges }) => [to.name, ...words(text, fromRanges)]),
      [
        ['RemoteClient.__init__', 'RemoteClient'],
        ['RemoteClient.get_disks', 'get_disks'],
      ],
    );
    const disks = calls[1]?.to;
    assert.equal(disks?.uri, uriOf(CLIENT));
    assert.equal(disks.detail, `reaches linux · 1 test · ${CLIENT}`);
    const [below] = await callsFrom(disks);
    assert.deepEqual([below?.to.name, below?.to.uri], ['RemoteClient.exec_command', uriOf(LIB_CLIENT)]);
  });

  it('goes from a helper up to the tests, across files', async () => {
    const { item } = await prepare(LIB_CLIENT, 'exec_command(self, cmd)');
    const calls = await callsTo(item);
    const { text } = await editor.openFile(path.join(FIXTURE_FOLDER, TEST_FILE));
    const inTests = calls.filter(({ from }) => from.uri === uriOf(TEST_FILE));
    assert.deepEqual(
      inTests.map(({ from, fromRanges }) => [from.name, ...words(text, fromRanges)]),
      [
        ['ServersTestJSON.test_verify_created_server_vcpus', 'exec_command'],
        ['ServersTestJSON.test_host_name_is_same_as_server_name', 'exec_command'],
      ],
    );
    assert.ok(calls.some(({ from }) => from.name === 'RemoteClient.get_disks' && from.uri === uriOf(CLIENT)));
    const names = calls.map(({ from }) => from.name);
    assert.ok(!names.includes('ServersTestJSON.test_list_servers'));
  });

  it('starts at a call too, and stays right while the file is edited', async () => {
    const { item, text } = await prepare(TEST_FILE, 'get_disks()');
    assert.deepEqual([item.name, item.uri], ['RemoteClient.get_disks', uriOf(CLIENT)]);
    const edited = `# one line more\n${text}`;
    await editor.changeText(uriOf(TEST_FILE), [{ text: edited }]);
    const [call] = await callsTo(item);
    assert.equal(call?.from.name, 'ServersTestJSON.test_disks');
    assert.deepEqual(words(edited, call.fromRanges), ['get_disks']);
  });

  it('has nothing outside of functions, for unknown files and for items that are gone', async () => {
    const { uri, text } = await editor.openFile(path.join(FIXTURE_FOLDER, TEST_FILE));
    const at = (address: string, part: string): Promise<unknown> =>
      editor.request('textDocument/prepareCallHierarchy', {
        textDocument: { uri: address },
        position: rangeOf(text, part).start,
      });
    assert.deepEqual(await at(uri, 'import testtools'), []);
    assert.deepEqual(await at('file:///nowhere.py', 'test_disks'), []);
    const { item } = await prepare(CLIENT, 'get_disks');
    assert.deepEqual(await callsTo({ ...item, name: 'RemoteClient.gone' }), []);
    assert.deepEqual(await callsFrom({ ...item, uri: 'file:///nowhere.py' }), []);
  });

  it('is told without an editor’s call hierarchy as well: callers and the tests that come through', async () => {
    const { uri, text } = await editor.openFile(path.join(FIXTURE_FOLDER, LIB_CLIENT));
    const ask = (position: Range['start']): Promise<CallersAnswer> =>
      editor.request('interopLens/callers', { uri, position });
    const answer = await ask(rangeOf(text, 'exec_command(self, cmd)').start);
    const tests = (await editor.openFile(path.join(FIXTURE_FOLDER, TEST_FILE))).text;
    const named = answer.tests.filter((test) => test.uri === uriOf(TEST_FILE)).map(({ range }) => textIn(tests, range));
    // The disks are asked by a helper: its callers count too.
    for (const name of ['test_verify_created_server_vcpus', 'test_host_name_is_same_as_server_name', 'test_disks'])
      assert.ok(named.includes(name), `${name} among ${named.join(', ')}`);
    const calls = answer.callers.filter((call) => call.uri === uriOf(TEST_FILE));
    assert.deepEqual(
      calls.map(({ range }) => textIn(tests, range)),
      ['exec_command', 'exec_command'],
    );
    assert.match(answer.title, /^RemoteClient\.exec_command: \d+ callers, \d+ tests$/);
    const nothing = await ask({ line: 0, character: 0 });
    assert.deepEqual([nothing.callers, nothing.tests, nothing.title], [[], [], 'No function stands here.']);
  });
});
