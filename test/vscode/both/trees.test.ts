import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { InteropTree } from '../../../src/client/interopTree';
import { NO_FILTER } from '../../../src/protocol/treeMessages';
import { activate, openFile, rangeOf, until, waitForIndex } from '../waiting';

const TEST_FILE = 'tempest/api/compute/servers/test_create_server.py';

describe('the trees of the activity bar', () => {
  let guidelines: InteropTree;
  let findings: InteropTree;

  before(async () => {
    await waitForIndex();
    ({ guidelines, findings } = (await activate()).trees);
    await vscode.commands.executeCommand('interopLens.guidelines.focus');
    await until(guidelines.view.onDidChangeVisibility, () => guidelines.view.visible || undefined);
  });
  afterEach(async () => {
    await guidelines.setFilter(NO_FILTER);
    await findings.setFilter(NO_FILTER);
  });
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  /** The way down along the first child that fits each pattern. */
  async function descend(tree: InteropTree, ...patterns: readonly RegExp[]): Promise<vscode.TreeItem> {
    let node: Awaited<ReturnType<InteropTree['getChildren']>>[number] | undefined;
    for (const pattern of patterns) {
      const children = await tree.getChildren(node);
      node = children.find((child) => pattern.test(child.node.label));
      assert.ok(node, `${String(pattern)} among ${children.map((child) => child.node.label).join(', ')}`);
    }
    assert.ok(node);
    return tree.getTreeItem(node);
  }

  it('lead from a guideline to a test, and open it', async () => {
    const item = await descend(guidelines, /2099/, /os_powered/, /required/, /verify/, /vcpus/);
    assert.equal(item.description, 'linux (api with validation off) · 1 site · ServersTestJSON');
    assert.match(item.accessibilityInformation?.label ?? '', /^test .*vcpus, linux/);
    assert.ok(item.command);
    await vscode.commands.executeCommand(item.command.command, ...(item.command.arguments as unknown[]));
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    assert.ok(editor.document.uri.path.endsWith(TEST_FILE));
    assert.equal(editor.document.getText(editor.selection), 'test_verify_created_server_vcpus');
  });

  it('are filtered, and say so', async () => {
    await guidelines.setFilter({ ...NO_FILTER, levels: ['linux'] });
    const required = await descend(guidelines, /2099/, /os_powered/, /required/);
    assert.equal(required.description, '1 capability · 1 test · 1 needs linux');
    assert.equal(guidelines.view.description, 'linux');
    assert.match(guidelines.view.message ?? '', /1 of 4/);
    await vscode.commands.executeCommand('interopLens.clearGuidelineFilter');
    assert.equal(guidelines.view.description ?? '', '');
    assert.equal(guidelines.view.message ?? '', '');
  });

  it('select the test at the caret, and keep it selected when the index is built again', async () => {
    const document = await openFile(TEST_FILE);
    const { start } = rangeOf(document, 'test_list_servers');
    assert.ok(await guidelines.reveal(document.uri, start));
    const [selected] = await until(guidelines.view.onDidChangeSelection, () => {
      const { selection } = guidelines.view;
      return selection.length > 0 ? selection : undefined;
    });
    assert.match(selected?.node.label ?? '', /test_list_servers/);
    const refreshed = until(guidelines.onDidRefresh, waitForCalls(1));
    await vscode.commands.executeCommand('interopLens.reindex');
    await refreshed;
    assert.equal(guidelines.view.selection[0], selected);
  });

  it('show guest findings with a badge', async () => {
    await vscode.commands.executeCommand('interopLens.findings.focus');
    await until(findings.view.onDidChangeVisibility, () => findings.view.visible || undefined);
    const site = await descend(findings, /^IL119 /, /test_create_server/, /cpuinfo/);
    assert.match(String(site.description), /^linux · line \d+ · 1 test · required$/);
    await findings.setFilter({ ...NO_FILTER, text: 'cpuinfo' });
    assert.equal(findings.view.badge?.value, 1);
    assert.match(findings.view.badge.tooltip, /^1 guest findings in 1 files; 1 reached/);
  });
});

/** Nothing until it was asked as often after the first time: events, not looks, count. */
function waitForCalls(amount: number): () => true | undefined {
  let asked = -1;
  return () => (++asked >= amount ? true : undefined);
}
