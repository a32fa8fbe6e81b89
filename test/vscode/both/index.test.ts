import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { COMMAND_IDS } from '../../../src/client/commandIds';
import { waitForIndex } from '../waiting';

describe('the index', () => {
  it('is built when a Python file is opened, with tests and the guideline', async () => {
    const status = await waitForIndex();
    assert.deepEqual([status.tests, status.guidelines, status.skipped], [4, 1, 0]);
  });

  it('comes with every command', async () => {
    await waitForIndex();
    const registered = new Set(await vscode.commands.getCommands(true));
    for (const id of COMMAND_IDS) assert.ok(registered.has(id), id);
  });

  it('is built again on command', async () => {
    await waitForIndex();
    await vscode.commands.executeCommand('interopLens.reindex');
    assert.equal((await waitForIndex()).tests, 4);
  });
});
