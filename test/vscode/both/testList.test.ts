import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openFile, rangeOf, ruleOf, waitForDiagnostics, waitForIndex } from '../waiting';

const LIST_FILE = 'lists/required.txt';

describe('a plain test list', () => {
  before(() => waitForIndex());
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('is linked to the tests, with levels behind its lines', async () => {
    const document = await openFile(LIST_FILE);
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      document.uri,
    );
    assert.equal(links.filter(({ target }) => target?.path.endsWith('test_create_server.py')).length, 3);
    const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>(
      'vscode.executeInlayHintProvider',
      document.uri,
      new vscode.Range(0, 0, document.lineCount, 0),
    );
    assert.deepEqual(
      hints.map(({ label }) => label),
      ['api', 'linux (api with validation off)', 'posix'],
    );
  });

  it('has findings, and a fix that writes the name of today', async () => {
    const document = await openFile(LIST_FILE);
    const before = document.getText();
    const found = await waitForDiagnostics(document.uri, (all) => all.length === 2);
    assert.deepEqual(found.map(ruleOf).sort(), ['IL503', 'IL504']);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      rangeOf(document, 'test_hostname'),
      'quickfix',
    );
    const fix = actions.find(({ isPreferred, edit }) => isPreferred === true && edit !== undefined);
    assert.ok(fix?.edit, actions.map(({ title }) => title).join('\n'));
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    assert.equal(document.getText(), before.replace('test_hostname', 'test_host_name_is_same_as_server_name'));
    await waitForDiagnostics(document.uri, (all) => all.length === 1);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), before);
  });
});
