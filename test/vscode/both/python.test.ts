import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openFile, rangeOf, ruleOf, until, waitForDiagnostics, waitForIndex } from '../waiting';

const TEST_FILE = 'tempest/api/compute/servers/test_create_server.py';

describe('a Python test file', () => {
  let document: vscode.TextDocument;

  before(async () => {
    await waitForIndex();
    document = await openFile(TEST_FILE);
  });
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('has guest commands marked where they stand', async () => {
    const diagnostics = await waitForDiagnostics(document.uri, (all) => all.length > 0);
    const found = diagnostics.find((diagnostic) => ruleOf(diagnostic) === 'IL119');
    assert.ok(found);
    assert.equal(document.getText(found.range), '/proc/cpuinfo');
    assert.equal(found.severity, vscode.DiagnosticSeverity.Error);
    assert.ok((found.relatedInformation ?? []).length > 0);
    assert.ok(typeof found.code === 'object' && found.code.target.path.endsWith('/IL119.md'));
  });

  it('has a hover card with level and guidelines', async () => {
    const { start } = rangeOf(document, 'test_verify_created_server_vcpus');
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      start,
    );
    const text = hovers
      .flatMap(({ contents }) => contents)
      .map((content) => (typeof content === 'string' ? content : content.value))
      .join('\n');
    assert.match(text, /Guest level `linux`/);
    assert.match(text, /compute-servers-verify/);
  });

  it('has lenses above its tests', async () => {
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      100,
    );
    const titles = lenses.map(({ command }) => command?.title ?? '');
    assert.ok(
      titles.some((title) => /compute-servers-verify: required \(2099\.01\) · guest: linux/.test(title)),
      titles.join('\n'),
    );
  });

  it('leads from a test to the guideline', async () => {
    const { start } = rangeOf(document, 'test_list_servers');
    const found = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
      'vscode.executeDefinitionProvider',
      document.uri,
      start,
    );
    const targets = found.map((place) => ('targetUri' in place ? place.targetUri : place.uri).path);
    assert.ok(
      targets.some((path) => path.endsWith('/guidelines/2099.01.json')),
      targets.join('\n'),
    );
  });

  it('offers a fix that, applied, makes the finding go', async () => {
    const before = document.getText();
    const range = rangeOf(document, 'hostname").rstrip');
    await waitForDiagnostics(document.uri, (all) => all.some((diagnostic) => ruleOf(diagnostic) === 'IL110'));
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      range,
      'quickfix',
    );
    const fix = actions.find(({ isPreferred, edit }) => isPreferred === true && edit !== undefined);
    assert.ok(fix?.edit, actions.map(({ title }) => title).join('\n'));
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    assert.equal(document.getText(), before.replace('exec_command("hostname")', 'exec_command("uname -n")'));
    await waitForDiagnostics(
      document.uri,
      (all) => all.length > 0 && !all.some((diagnostic) => ruleOf(diagnostic) === 'IL110'),
    );
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), before);
  });

  it('opens the page of a rule', async () => {
    await vscode.commands.executeCommand('interopLens.openRulePage', 'IL119');
    await until(vscode.window.tabGroups.onDidChangeTabs, () => {
      const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
      return tabs.find(({ label }) => label.includes('IL119'));
    });
  });

  it('has the whole ladder on a finding, the edits of many files only when they are wanted', async () => {
    const actionsAt = (words: string, toResolve?: number): Thenable<vscode.CodeAction[]> =>
      vscode.commands.executeCommand(
        'vscode.executeCodeActionProvider',
        document.uri,
        rangeOf(document, words),
        undefined,
        toResolve,
      );
    await waitForDiagnostics(document.uri, (all) => all.some((one) => ruleOf(one) === 'IL110'));
    const titles = (await actionsAt('hostname").rstrip')).map(({ title }) => title);
    const rungs = [
      /^Use `uname -n`/,
      /^Fix all IL110 in the workspace$/,
      /^Suggestion: .*move|^Suggestion: Tag/i,
      /^Suppress IL110 on this line$/,
      /^Suppress IL110 on this line with a reason…$/,
      /^Show the evidence path$/,
      /^Open the page of IL110$/,
    ];
    // Another finding on the same line has rungs of its own in between.
    let last = -1;
    for (const rung of rungs) {
      const place = titles.findIndex((title, i) => i > last && rung.test(title));
      assert.ok(place > last, `${String(rung)} in:\n${titles.join('\n')}`);
      last = place;
    }
    const resolved = (await actionsAt('hostname").rstrip', 50)).find(({ title }) => /in the workspace$/.test(title));
    assert.ok((resolved?.edit?.size ?? 0) >= 1);
  });
});
