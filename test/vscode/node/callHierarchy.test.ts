import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openFile, rangeOf, waitForIndex } from '../waiting';

const CLIENT = 'tempest/common/utils/linux/remote_client.py';

describe('the call hierarchy beside another Python extension', () => {
  before(() => waitForIndex());
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  const prepare = (document: vscode.TextDocument): Thenable<vscode.CallHierarchyItem[]> =>
    vscode.commands.executeCommand('vscode.prepareCallHierarchy', document.uri, rangeOf(document, 'get_disks').start);

  it('is that of the provider which came last, so callers and tests have commands of their own', async () => {
    const document = await openFile(CLIENT);
    const { start } = rangeOf(document, 'get_disks');
    assert.deepEqual(
      (await prepare(document)).map(({ name }) => name),
      ['RemoteClient.get_disks'],
    );
    const rival = vscode.languages.registerCallHierarchyProvider(
      { language: 'python' },
      {
        prepareCallHierarchy: ({ uri }, position) => {
          const range = new vscode.Range(position, position);
          return new vscode.CallHierarchyItem(vscode.SymbolKind.Method, 'rival', '', uri, range, range);
        },
        provideCallHierarchyIncomingCalls: () => [],
        provideCallHierarchyOutgoingCalls: () => [],
      },
    );
    try {
      assert.deepEqual(
        (await prepare(document)).map(({ name }) => name),
        ['rival'],
      );
      const editor = await vscode.window.showTextDocument(document);
      editor.selection = new vscode.Selection(start, start);
      assert.equal(await vscode.commands.executeCommand('interopLens.showCallers'), 1);
      assert.equal(await vscode.commands.executeCommand('interopLens.showTestsThrough'), 1);
    } finally {
      rival.dispose();
    }
  });
});
