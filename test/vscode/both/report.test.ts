import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activate, until, waitForIndex } from '../waiting';

/** Tabs of ours: VS Code puts the host's name before the view type. */
function reportTabs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('interopLens.report'));
}

describe('the report in the editor', () => {
  afterEach(() => vscode.window.tabGroups.close([...reportTabs()]));

  it('opens once, and its page asks for the model', async () => {
    await waitForIndex();
    const { report } = await activate();
    let shown: number | undefined;
    const subscription = report.onDidShow((guidelines) => (shown = guidelines));
    const wait = until(report.onDidShow, () => shown);
    await vscode.commands.executeCommand('interopLens.openReport');
    assert.equal(await wait, 1);
    subscription.dispose();
    await vscode.commands.executeCommand('interopLens.openReport');
    assert.equal(reportTabs().length, 1);
  });

  it('follows the index', async () => {
    await waitForIndex();
    const { report } = await activate();
    let shows = 0;
    const subscription = report.onDidShow(() => shows++);
    const first = until(report.onDidShow, () => (shows === 1 ? true : undefined));
    await vscode.commands.executeCommand('interopLens.openReport');
    await first;
    const second = until(report.onDidShow, () => (shows > 1 ? true : undefined));
    await vscode.commands.executeCommand('interopLens.reindex');
    assert.equal(await second, true);
    subscription.dispose();
  });
});
