import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { inWorkspace, openFile, rangeOf, ruleOf, waitForDiagnostics, waitForIndex } from '../waiting';

const GUIDELINE_FILE = 'guidelines/2099.01.json';
const TEST_FILE = '/tempest/api/compute/servers/test_create_server.py';

describe('a guideline file', () => {
  before(() => waitForIndex());
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('is checked without being open', async () => {
    const diagnostics = await waitForDiagnostics(inWorkspace(GUIDELINE_FILE), (all) => all.length > 0);
    for (const diagnostic of diagnostics) assert.match(ruleOf(diagnostic), /^IL4\d\d$/);
  });

  it('has lenses above capabilities and entries', async () => {
    const document = await openFile(GUIDELINE_FILE);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      100,
    );
    const titles = lenses.map(({ command }) => command?.title ?? '');
    assert.ok(
      titles.includes('2 tests · required in os_powered_compute · 1 needs linux · 1 flagged'),
      titles.join('\n'),
    );
  });

  it('links its entries to the tests', async () => {
    const document = await openFile(GUIDELINE_FILE);
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      document.uri,
    );
    const ours = links.filter(({ target }) => target?.path.endsWith(TEST_FILE) === true);
    assert.equal(ours.length, 3);
  });

  it('leads from an entry to the definition of its test', async () => {
    const document = await openFile(GUIDELINE_FILE);
    const { start } = rangeOf(document, 'test_hostname');
    const found = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
      'vscode.executeDefinitionProvider',
      document.uri,
      start,
    );
    const [first] = found.map((place) => ('targetUri' in place ? place.targetUri : place.uri));
    assert.ok(first?.path.endsWith(TEST_FILE));
  });
});
