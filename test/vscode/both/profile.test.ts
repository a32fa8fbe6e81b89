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
});
