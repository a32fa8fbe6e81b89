import assert from 'node:assert/strict';
import path from 'node:path';
import {
  NO_FILTER,
  type TreeArguments,
  type TreeFilter,
  type TreeId,
  type TreeNode,
  type TreePathArguments,
  type TreeSummary,
} from '../../src/protocol/treeMessages';
import { FIXTURE_FOLDER, GUIDELINE_FILE, rangeOf, TEST_FILE, TestEditor, textIn, toUri } from './testEditor';

const testUri = toUri(path.join(FIXTURE_FOLDER, TEST_FILE));
const guidelineUri = toUri(path.join(FIXTURE_FOLDER, GUIDELINE_FILE));

describe('protocol: trees', function () {
  this.timeout(60_000);
  let editor: TestEditor;

  beforeEach(async () => {
    editor = await TestEditor.startReady({ folders: [FIXTURE_FOLDER] });
  });
  afterEach(() => editor.stop());

  type Asked = Partial<Pick<TreeArguments, 'filter' | 'grouping'>>;

  async function childrenOf(tree: TreeId, parent: string | null, asked: Asked = {}): Promise<readonly TreeNode[]> {
    const [children] = await editor.request<TreeNode[][]>('interopLens/tree', { tree, parents: [parent], ...asked });
    assert.ok(children);
    return children;
  }

  /** The whole tree as indented lines. */
  async function draw(tree: TreeId, asked: Asked = {}, parent: string | null = null, depth = 0): Promise<string[]> {
    const lines: string[] = [];
    for (const node of await childrenOf(tree, parent, asked)) {
      lines.push(`${'  '.repeat(depth)}${node.label} [${node.description}]`);
      if (node.expandable) lines.push(...(await draw(tree, asked, node.key, depth + 1)));
    }
    return lines;
  }

  const filterOf = (filter: Partial<TreeFilter>): Asked => ({ filter: { ...NO_FILTER, ...filter } });

  it('show guideline, component, status, capability and test', async () => {
    assert.deepEqual(await draw('guidelines'), [
      '2099.01 [approved · 3 capabilities]',
      '  os_powered_compute [2 required · 1 advisory]',
      '    required [2 capabilities · 3 tests · 1 needs linux]',
      '      compute-servers-list [api · 1 test]',
      '        test_list_servers [api · ServersTestJSON]',
      '      compute-servers-verify [linux · 2 tests · 1 needs linux · 1 flagged]',
      '        test_verify_created_server_vcpus [linux (api with validation off) · 1 site · ServersTestJSON]',
      '        test_hostname [posix · 1 site · alias-live · flagged D401 (2099-01-02) · ServersTestJSON]',
      '    advisory [1 capability · 1 test]',
      '      compute-servers-old [1 test]',
      '        test_gone [removed · ServersTestJSON]',
    ]);
  });

  it('lead to tests and entries, and say what there is to copy', async () => {
    const text = (await editor.openFile(path.join(FIXTURE_FOLDER, GUIDELINE_FILE))).text;
    const found: TreeNode[] = [];
    const walk = async (parent: string | null): Promise<void> => {
      for (const node of await childrenOf('guidelines', parent)) {
        found.push(node);
        if (node.expandable) await walk(node.key);
      }
    };
    await walk(null);
    const test = found.find(({ label }) => label === 'test_hostname');
    assert.equal(test?.target?.uri, testUri);
    assert.equal(test.entry?.uri, guidelineUri);
    assert.match(textIn(text, test.entry.range), /test_hostname$/);
    assert.match(test.name, /test_host_name_is_same_as_server_name$/);
    assert.equal(test.id, '33333333-3333-4333-8333-333333333333');
    assert.deepEqual(test.evidence, { test: test.name });
    const gone = found.find(({ label }) => label.endsWith('test_gone'));
    assert.equal(gone?.target?.uri, guidelineUri);
    assert.equal(gone.evidence, null);
  });

  it('are filtered by level, status, link state and words', async () => {
    const linux = await draw('guidelines', filterOf({ levels: ['linux'] }));
    assert.equal(linux[0], '2099.01 [approved · 1 capability · 1 test]');
    assert.equal(linux.length, 5);
    assert.match(linux[4] ?? '', /vcpus/);
    const removed = await draw('guidelines', filterOf({ states: ['removed'], statuses: ['advisory', 'required'] }));
    assert.match(removed.at(-1) ?? '', /test_gone/);
    const words = await draw('guidelines', filterOf({ text: 'D401 renamed' }));
    assert.deepEqual(words, []);
    assert.equal((await draw('guidelines', filterOf({ text: 'd401 host_name_is' }))).length, 5);
    assert.deepEqual(await draw('guidelines', filterOf({ programs: ['no such program'] })), []);
  });

  it('keep the keys of nodes under filters and a new index', async () => {
    const all = await childrenOf('guidelines', null);
    const filtered = await childrenOf('guidelines', null, filterOf({ levels: ['linux'] }));
    assert.deepEqual(
      filtered.map(({ key }) => key),
      all.map(({ key }) => key),
    );
    await editor.request('interopLens/reindex');
    assert.deepEqual(await childrenOf('guidelines', null), all);
  });

  it('show findings by rule, file and site, and by capability', async () => {
    const byRule = await draw('findings');
    const rule = byRule.findIndex((line) => line.startsWith('IL119 '));
    assert.match(byRule[rule] ?? '', /linux · 1 site\]$/);
    assert.equal(byRule[rule + 1], '  test_create_server.py [tempest/api/compute/servers · 1 site]');
    assert.match(byRule[rule + 2] ?? '', /^ {4}\/proc\/cpuinfo \[linux · line \d+ · 1 test · required\]$/);
    const byCapability = await draw('findings', { grouping: 'capability' });
    assert.match(byCapability[0] ?? '', /^compute-servers-verify \[linux · \d+ sites/);
    assert.ok(byCapability.some((line) => /\/proc\/cpuinfo \[IL119 · linux/.test(line)));
    const filtered = await draw('findings', filterOf({ text: 'cpuinfo', levels: ['linux'] }));
    assert.equal(filtered.length, 3);
  });

  it('follow an edit: a finding that goes leaves the tree, the others keep their keys', async () => {
    const { uri, text } = await editor.openFile(path.join(FIXTURE_FOLDER, TEST_FILE));
    const before = await childrenOf('findings', null);
    let told = 0;
    editor.connection.onNotification('interopLens/changed', () => told++);
    await editor.changeText(uri, [{ text: text.replace('/proc/cpuinfo', '/etc/motd') }]);
    const after = await childrenOf('findings', null);
    assert.ok(before.some(({ name }) => name === 'IL119') && !after.some(({ name }) => name === 'IL119'));
    const known = new Set(after.map(({ key }) => key));
    for (const { key, name } of before) assert.ok(name === 'IL119' || known.has(key), key);
    await editor.request('interopLens/skipped');
    assert.ok(told > 0);
  });

  it('find the way to a place', async () => {
    const { uri, text } = await editor.openFile(path.join(FIXTURE_FOLDER, TEST_FILE));
    const follow = async (tree: TreeId, part: string, asked: Asked = {}): Promise<string[]> => {
      const given: TreePathArguments = { tree, uri, position: rangeOf(text, part).start, ...asked };
      return (await editor.request<TreeNode[]>('interopLens/treePath', given)).map(({ label }) => label);
    };
    assert.deepEqual(await follow('guidelines', 'test_verify_created_server_vcpus'), [
      '2099.01',
      'os_powered_compute',
      'required',
      'compute-servers-verify',
      'test_verify_created_server_vcpus',
    ]);
    assert.deepEqual((await follow('findings', '/proc/cpuinfo')).slice(1), ['test_create_server.py', '/proc/cpuinfo']);
    assert.deepEqual(await follow('guidelines', 'import'), []);
    assert.deepEqual(await follow('guidelines', 'test_verify_created', filterOf({ levels: ['api'] })), []);
    const guideline = await editor.openFile(path.join(FIXTURE_FOLDER, GUIDELINE_FILE));
    const position = rangeOf(guideline.text, 'test_gone').start;
    const way = await editor.request<TreeNode[]>('interopLens/treePath', {
      tree: 'guidelines',
      uri: guidelineUri,
      position,
    });
    assert.equal(way.at(-1)?.label, 'test_gone');
  });

  it('sum up what there is, whatever the filter, and what the filter leaves', async () => {
    const summary = await editor.request<TreeSummary>('interopLens/treeSummary', {
      tree: 'guidelines',
      ...filterOf({ levels: ['linux'] }),
    });
    assert.deepEqual([summary.shown, summary.total, summary.telling], [1, 4, 1]);
    assert.deepEqual(
      summary.levels.map(({ value, count }) => `${value} ${String(count)}`),
      ['api 1', 'posix 1', 'linux 1'],
    );
    assert.deepEqual(
      summary.states.map(({ value }) => value),
      ['ok', 'alias-live', 'removed'],
    );
    assert.deepEqual(summary.programs, [{ value: 'OpenStack Powered Compute', count: 4 }]);
    const findings = await editor.request<TreeSummary>('interopLens/treeSummary', { tree: 'findings' });
    assert.equal(findings.shown, findings.total);
    assert.ok(findings.telling > 0 && findings.files > 0);
  });
});
