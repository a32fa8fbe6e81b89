import assert from 'node:assert/strict';
import path from 'node:path';
import type { CodeLens, Hover } from 'vscode-languageserver';
import type { EvidenceAnswer } from '../../src/protocol/messages';
import { FIXTURE_FOLDER, GUIDELINE_FILE, rangeOf, TEST_FILE, TestEditor } from './testEditor';

const CLIENT = 'tempest/common/utils/linux/remote_client.py';

describe('protocol: evidence from every badge', function () {
  this.timeout(60_000);
  let editor: TestEditor;

  beforeEach(async () => {
    editor = await TestEditor.startReady({ folders: [FIXTURE_FOLDER] });
  });
  afterEach(() => editor.stop());

  /** The steps that the evidence lens above a text leads to; null where there is no such lens. */
  async function stepsAbove(file: string, part: string): Promise<string[] | null> {
    const { uri, text } = await editor.openFile(path.join(FIXTURE_FOLDER, file));
    const lenses = await editor.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
    const { line } = rangeOf(text, part).start;
    for (const lens of lenses.filter(({ range }) => range.start.line === line)) {
      const { command } = await editor.request<CodeLens>('codeLens/resolve', lens);
      if (command?.command !== 'interopLens.showEvidence') continue;
      assert.equal(command.title, 'evidence');
      return labelsOf(await editor.request('interopLens/evidence', command.arguments?.[0]));
    }
    return null;
  }

  const labelsOf = ({ steps }: EvidenceAnswer): string[] => steps.map(({ label }) => label);

  const DISKS = ['ServersTestJSON.test_disks', 'RemoteClient.get_disks'];

  it('stands above tests and helpers that demand a login or more, and above no other', async () => {
    assert.deepEqual(await stepsAbove(TEST_FILE, 'def test_disks'), DISKS);
    assert.deepEqual(await stepsAbove(CLIENT, 'def get_disks'), DISKS);
    assert.equal(await stepsAbove(TEST_FILE, 'def test_list_servers'), null);
  });

  it('stands above entries and capabilities of a guideline', async () => {
    const vcpus = ['ServersTestJSON.test_verify_created_server_vcpus'];
    assert.deepEqual(await stepsAbove(GUIDELINE_FILE, 'ServersTestJSON.test_verify_created_server_vcpus'), vcpus);
    assert.deepEqual(await stepsAbove(GUIDELINE_FILE, '"compute-servers-verify": {'), vcpus);
    assert.equal(await stepsAbove(GUIDELINE_FILE, '"compute-servers-list": {'), null);
  });

  it('is linked from hovers, where the editor has the command', async () => {
    const { uri, text } = await editor.openFile(path.join(FIXTURE_FOLDER, TEST_FILE));
    const hoverAt = async (part: string, in_: TestEditor): Promise<string> => {
      const position = rangeOf(text, part).start;
      const hover = await in_.request<Hover>('textDocument/hover', { textDocument: { uri }, position });
      return (hover.contents as { value: string }).value;
    };
    const [, query] = /\[Show evidence\]\(command:interopLens\.showEvidence\?([^)]+)\)/.exec(
      await hoverAt('test_disks', editor),
    ) ?? ['', ''];
    const [where] = JSON.parse(decodeURIComponent(query ?? '')) as unknown[];
    assert.deepEqual(labelsOf(await editor.request('interopLens/evidence', where)), DISKS);
    assert.ok(!(await hoverAt('test_list_servers', editor)).includes('Show evidence'));
    const plain = await TestEditor.startReady({ folders: [FIXTURE_FOLDER], initializationOptions: { commands: [] } });
    try {
      assert.ok(!(await hoverAt('test_disks', plain)).includes('command:'));
    } finally {
      await plain.stop();
    }
  });
});
