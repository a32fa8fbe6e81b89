import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('the editor', () => {
  it('loads and activates the extension under development', async () => {
    const extension = vscode.extensions.getExtension('interop-lens.interop-lens');
    assert.ok(extension);
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('opened the workspace, and reads its files', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    assert.notEqual((await vscode.workspace.fs.readDirectory(folder.uri)).length, 0);
  });
});
