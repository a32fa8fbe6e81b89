import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { readDocumentSpec } from '../../../src/client/documentSpec';
import { activate, inWorkspace, openFile, rangeOf, until, waitForIndex } from '../waiting';

const GUIDELINE_FILE = 'guidelines/2099.01.json';
const NEXT_FILE = 'guidelines/next.json';
const VCPUS = 'ServersTestJSON.test_verify_created_server_vcpus';

interface Judged {
  readonly summary: readonly string[];
}

describe('the guideline workbench', () => {
  before(async () => {
    await waitForIndex();
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(inWorkspace(GUIDELINE_FILE)));
    const next = text
      .replace('"id": "2099.01"', '"id": "next"')
      .replace('"status": "approved"', '"status": "draft"')
      .replace('"advisory": ["compute-servers-old"]', '"advisory": []');
    await vscode.workspace.fs.writeFile(inWorkspace(NEXT_FILE), new TextEncoder().encode(next));
    await vscode.commands.executeCommand('interopLens.reindex');
    await waitForIndex(({ guidelines }) => guidelines > 1);
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(inWorkspace(NEXT_FILE));
    await vscode.commands.executeCommand('interopLens.reindex');
    await waitForIndex(({ guidelines }) => guidelines === 1);
  });

  it('compares two guidelines in a document whose links open beside it', async () => {
    const uri = await vscode.commands.executeCommand<vscode.Uri>(
      'interopLens.compareGuidelines',
      inWorkspace(NEXT_FILE),
      inWorkspace(GUIDELINE_FILE).toString(),
    );
    const document = await vscode.workspace.openTextDocument(uri);
    assert.equal(document.languageId, 'markdown');
    const text = document.getText();
    assert.match(text, /^# 2099\\?\.01 → next/);
    assert.doesNotMatch(text, /\]\(/, 'the text by itself has plain names');
    assert.match(text, /\| compute-servers-old \| status changed \| .*advisory → not listed/);
    await until(vscode.window.tabGroups.onDidChangeTabs, () => {
      const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
      return tabs.find(({ label }) => label.includes('2099.01 → next'));
    });
    const { documents } = await activate();
    const spec = readDocumentSpec(JSON.parse(uri.query));
    assert.ok(spec);
    // Asked again, so that the wait begins before the page is given its document.
    let generation = 0;
    const subscription = documents.onDidShow((shown) => (generation = shown.generation));
    const again = until(documents.onDidShow, () => (generation > 0 ? generation : undefined));
    await documents.receive(spec, { type: 'ready' });
    await again;
    subscription.dispose();
    await documents.receive(spec, { type: 'open', generation, place: 0 });
    const editor = vscode.window.visibleTextEditors.find(({ document: { fileName } }) => fileName.endsWith('.json'));
    assert.ok(editor);
    assert.match(editor.document.lineAt(editor.selection.active.line).text, /"compute-servers-/);
    await documents.receive(spec, { type: 'open', generation: generation - 1, place: 0 });
    await documents.receive(spec, { type: 'copy' });
    assert.equal(await vscode.env.clipboard.readText(), text);
  });

  it('explains the guest level of the test at a place in a document', async () => {
    const document = await openFile('tempest/api/compute/servers/test_create_server.py');
    const { start } = rangeOf(document, 'test_verify_created_server_vcpus');
    const where = { uri: document.uri.toString(), position: { line: start.line, character: start.character } };
    const uri = await vscode.commands.executeCommand<vscode.Uri>('interopLens.explainTest', where);
    const text = (await vscode.workspace.openTextDocument(uri)).getText();
    assert.match(text, /^# tempest\S+test\\_verify\\_created\\_server\\_vcpus\n/);
    assert.match(text, /^ {4}- the test runner calls it on /m);
    assert.deepEqual(readDocumentSpec(JSON.parse(uri.query))?.kind, 'explain');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('shows results on a guideline, and takes them off', async () => {
    const document = await openFile(GUIDELINE_FILE);
    const results = inWorkspace('passed.txt');
    const passed = `tempest.api.compute.servers.test_create_server.${VCPUS}\n`;
    await vscode.workspace.fs.writeFile(results, new TextEncoder().encode(passed));
    const judged = await vscode.commands.executeCommand<Judged>(
      'interopLens.compareResults',
      document.uri,
      results.toString(),
    );
    await vscode.workspace.fs.delete(results);
    assert.deepEqual(judged.summary, ['compute: NO · required 1 of 3 (33.3 %) · without flagged 1 of 2 (50 %)']);
    assert.ok((await titlesOf(document)).includes('1 of 2 passed (50 %) · required · 1 flagged'));
    assert.ok((await titlesOf(document)).includes(judged.summary[0] ?? ''));
    const table = await vscode.commands.executeCommand<vscode.Uri>(
      'interopLens.showResultTable',
      document.uri.toString(),
    );
    const shown = await vscode.workspace.openTextDocument(table);
    assert.match(shown.getText(), /\| compute \| no \| 1 of 3 \(33\.3 %\) \| 1 of 2 \(50 %\) \|/);
    // From the tree it is the item that tells, whatever the editor shows.
    const { guidelines } = (await activate()).trees;
    const roots = await guidelines.getChildren();
    const item = roots.find(({ node }) => vscode.Uri.parse(node.key).path === document.uri.path);
    assert.ok(item);
    assert.match(guidelines.getTreeItem(item).contextValue ?? '', /\bresults\b/);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const again = await vscode.commands.executeCommand<vscode.Uri>('interopLens.showResultTable', item);
    assert.equal(again.toString(), table.toString());
    await vscode.commands.executeCommand('interopLens.clearResults', item);
    assert.doesNotMatch(guidelines.getTreeItem(item).contextValue ?? '', /\bresults\b/);
    await vscode.window.showTextDocument(document);
    assert.ok(!(await titlesOf(document)).some((title) => title.includes('passed')));
  });

  it('flags a test by a form, in next as well', async () => {
    const document = await openFile(GUIDELINE_FILE);
    const before = document.getText();
    const { start } = rangeOf(document, VCPUS);
    const where = { uri: document.uri.toString(), position: { line: start.line, character: start.character } };
    const filling = vscode.commands.executeCommand<boolean>('interopLens.flagTest', where);
    // Each step shows with its proposal chosen: type, reason, action, next.
    const accepting = runUntilDone('workbench.action.acceptSelectedQuickOpenItem', filling);
    assert.equal(await filling, true);
    await accepting;
    const next = await vscode.workspace.openTextDocument(inWorkspace(NEXT_FILE));
    for (const text of [document.getText(), next.getText()])
      assert.match(
        text,
        /"flagged": \{\s*"reason": "\[D404\] ServersTestJSON\.test_verify_created_server_vcpus depends on its guest: [^"]*",\s*"action": "[^"]+",\s*"date": "\d{4}-\d\d-\d\d"/,
      );
    await vscode.commands.executeCommand('workbench.action.files.revert');
    assert.equal(document.getText(), before);
    await vscode.window.showTextDocument(next);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('drafts nothing into an approved guideline, and says so', async () => {
    const document = await openFile(GUIDELINE_FILE);
    const before = document.getText();
    assert.equal(await vscode.commands.executeCommand('interopLens.draftCapabilities', document.uri, 'E'), false);
    assert.equal(document.getText(), before);
  });
});

async function titlesOf(document: vscode.TextDocument): Promise<readonly string[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    document.uri,
    100,
  );
  return lenses.map(({ command }) => command?.title ?? '');
}

/** Agrees to whatever step shows, until all is done: where none is there yet, the command does no harm. */
async function runUntilDone(command: string, done: Thenable<unknown>): Promise<void> {
  let isDone = false;
  const stop = (): void => void (isDone = true);
  done.then(stop, stop);
  while (!isDone) await vscode.commands.executeCommand(command);
}
