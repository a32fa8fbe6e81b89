import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { waitForIndex } from '../waiting';

describe('an empty workspace', () => {
  it('is ready, with nothing in it and nothing wrong', async () => {
    const status = await waitForIndex();
    assert.deepEqual(
      { ...status, detail: '' },
      { state: 'ready', detail: '', files: 0, tests: 0, guidelines: 0, skipped: 0 },
    );
    assert.deepEqual(vscode.languages.getDiagnostics(), []);
  });

  it('shows its view', async () => {
    await vscode.commands.executeCommand('interopLens.guidelines.focus');
  });
});
