import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ExplainAnswer, ExplainArguments } from '../../src/protocol/workbenchMessages';
import { FIXTURE_FOLDER, GUIDELINE_FILE, rangeOf, TEST_FILE, TestEditor } from './testEditor';

const CLIENT = 'tempest/common/utils/linux/remote_client.py';
const DISKS = 'tempest.api.compute.servers.test_create_server.ServersTestJSON.test_disks';

describe('protocol: a test explained as a document', function () {
  this.timeout(60_000);
  let editor: TestEditor;

  before(async () => {
    editor = await TestEditor.startReady({ folders: [FIXTURE_FOLDER] });
  });
  after(() => editor.stop());

  const explain = (given: ExplainArguments): Promise<ExplainAnswer> =>
    editor.request<ExplainAnswer>('interopLens/explain', given);

  async function explainAt(file: string, part: string): Promise<ExplainAnswer> {
    const { uri, text } = await editor.openFile(path.join(FIXTURE_FOLDER, file));
    return explain({ uri, position: rangeOf(text, part).start, links: 'none' });
  }

  it('says of every hop why it is taken, and every place is a link to its line', async () => {
    const { markdown, problem } = await explain({ test: DISKS });
    assert.equal(problem, null);
    const linked = [...markdown.matchAll(/(?<!\\)\[((?:[^\]\\]|\\.)*)\]\((file:[^)]+)#L(\d+),(\d+)\)/g)];
    const named = linked.filter(([, label]) => /\.py:\d+$/.test(label ?? ''));
    assert.ok(named.length >= 4, markdown);
    for (const [, label = '', uri = '', line = ''] of named) {
      const file = fileURLToPath(uri);
      assert.ok(file.endsWith((label.replaceAll('\\', '').split(':')[0] ?? '?').replaceAll('/', path.sep)), label);
      assert.equal(label.split(':')[1], line);
      assert.notEqual(readFileSync(file, 'utf8').split('\n')[Number(line) - 1]?.trim(), '', `${file}:${line}`);
    }
    assert.match(markdown, /^ {4}- the test runner calls it on ServersTestJSON \(\[/m);
    assert.match(markdown, /^ {4}- `[^`]*get_disks` is the method RemoteClient\.get\\_disks \(\[/m);
    assert.match(markdown, /^ {4}- runs the command in the guest/m);
    assert.doesNotMatch(
      markdown.replace(/(?<!\\)\[(?:[^\]\\]|\\.)*\]\([^)]*\)/g, ''),
      /\.py:\d/,
      'no place without a link',
    );
  });

  it('numbers the places for a viewer, and has no links where none are wanted', async () => {
    const numbered = await explain({ test: DISKS, links: 'places' });
    const targets = [...numbered.markdown.matchAll(/\]\(#place-(\d+)\)/g)].map(([, number]) => Number(number));
    assert.ok(targets.length > 0);
    assert.deepEqual(
      [...new Set(targets)].sort((a, b) => a - b),
      [...(numbered.places ?? [])].map((_, index) => index),
    );
    const plain = await explain({ test: DISKS, links: 'none' });
    assert.doesNotMatch(plain.markdown, /\]\(/);
  });

  it('takes the most demanding test of a place: a def, a class, an entry, a command in a helper', async () => {
    assert.equal((await explainAt(TEST_FILE, 'test_disks')).test, DISKS);
    assert.equal((await explainAt(CLIENT, 'get_disks')).test, DISKS);
    const entry = await explainAt(GUIDELINE_FILE, 'ServersTestJSON.test_verify_created_server_vcpus');
    assert.match(entry.test ?? '', /\.test_verify_created_server_vcpus$/);
    assert.match(entry.markdown, /^- \S+ compute-servers-verify: required in /m);
  });

  it('explains a test that asks nothing of a guest, and says where there is no test', async () => {
    const list = await explainAt(TEST_FILE, 'test_list_servers');
    assert.match(list.test ?? '', /\.test_list_servers$/);
    assert.match(list.markdown, /Guest level \*\*\w+\*\*/);
    const inBody = await explainAt(TEST_FILE, 'list_servers(');
    assert.equal(inBody.test, list.test, 'in the body of a test it is meant');
    const nothing = await explainAt(TEST_FILE, 'import');
    assert.deepEqual([nothing.test, nothing.markdown], [null, '']);
    assert.match(nothing.problem ?? '', /No test stands here/);
    assert.match((await explain({ test: 'no.such.test' })).problem ?? '', /no\.such\.test is no test of the workspace/);
  });
});
