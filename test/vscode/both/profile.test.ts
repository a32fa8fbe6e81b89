import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { inWorkspace, openFile, rangeOf, ruleOf, waitForDiagnostics, waitForIndex } from '../waiting';

const PROFILE = 'profiles/zones.interop-profile.yaml';

describe('a cloud profile', () => {
  before(() => waitForIndex());
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  for (const language of ['yaml', 'plaintext']) {
    it(`has findings, fixes, completion and hovers as ${language}`, async () => {
      const document = await vscode.languages.setTextDocumentLanguage(await openFile(PROFILE), language);
      const found = await waitForDiagnostics(inWorkspace(PROFILE), (all) => all.length > 0);
      assert.deepEqual(found.map(ruleOf).sort(), ['IL511', 'IL512']);

      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        rangeOf(document, 'ilumos'),
        vscode.CodeActionKind.QuickFix.value,
      );
      assert.ok(actions.some(({ title }) => title === 'Write "illumos"'));

      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        rangeOf(document, 'container').start,
      );
      const labels = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
      for (const word of ['vm', 'container', 'baremetal']) assert.ok(labels.includes(word), labels.join());

      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        document.uri,
        rangeOf(document, 'imageUpload').start,
      );
      const texts = hovers.flatMap(({ contents }) =>
        contents.map((one) => (typeof one === 'string' ? one : one.value)),
      );
      assert.ok(
        texts.some((text) => text.includes('What a user may bring')),
        texts.join(),
      );
    });
  }

  it('is written from a template, and has no findings of its own', async () => {
    const target = inWorkspace('profiles/mine.interop-profile.yaml');
    const uri = await vscode.commands.executeCommand<vscode.Uri>('interopLens.newProfile', 'windows-vms', target);
    try {
      assert.equal(uri.toString(), target.toString());
      const document = vscode.window.activeTextEditor?.document;
      assert.equal(document?.uri.toString(), target.toString());
      assert.match(document.getText(), /^# /m, 'explains its keys');
      // Wrong words are found in the new file, as in any profile.
      const edit = new vscode.WorkspaceEdit();
      edit.replace(uri, rangeOf(document, 'os: windows'), 'os: windoze');
      await vscode.workspace.applyEdit(edit);
      await waitForDiagnostics(uri, (all) => all.length > 0);
      await vscode.commands.executeCommand('workbench.action.files.revert');
      assert.equal((await waitForDiagnostics(uri, (all) => all.length === 0)).length, 0);
    } finally {
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      await vscode.workspace.fs.delete(target);
    }
  });
});
