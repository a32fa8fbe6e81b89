import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('the Node extension host', () => {
  it('is what runs the suite', () => {
    assert.equal(typeof process.versions.node, 'string');
    assert.equal(vscode.workspace.workspaceFolders?.[0]?.uri.path.startsWith('/'), true);
  });
});
