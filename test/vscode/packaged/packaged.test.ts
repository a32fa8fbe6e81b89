import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { openFile, ruleOf, until, waitForDiagnostics, waitForIndex } from '../waiting';

function installed(): vscode.Extension<unknown> {
  const extension = vscode.extensions.getExtension('interop-lens.interop-lens');
  assert.ok(extension);
  return extension;
}

/** Every text in a JSON value that looks like a file of the extension. */
function listNamedFiles(value: unknown): string[] {
  if (typeof value === 'string') return value.startsWith('./') || value.startsWith('media/') ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(listNamedFiles) : [];
}

describe('the packaged extension', () => {
  it('holds every file that its manifest names, and no source', () => {
    const { extensionPath, packageJSON } = installed() as { extensionPath: string; packageJSON: unknown };
    assert.ok(!existsSync(path.join(extensionPath, 'src')) && !existsSync(path.join(extensionPath, 'node_modules')));
    const named = listNamedFiles(JSON.parse(readFileSync(path.join(extensionPath, 'package.json'), 'utf8')));
    assert.ok(named.length > 10, String(named.length));
    assert.ok(packageJSON);
    assert.deepEqual(
      named.filter((file) => !existsSync(path.join(extensionPath, file))),
      [],
    );
  });

  it('reads a Tempest-like tree and marks its guest commands', async () => {
    const status = await waitForIndex();
    assert.ok(status.tests > 0 && status.guidelines > 0, JSON.stringify(status));
    const document = await openFile('tempest/api/compute/servers/test_create_server.py');
    const diagnostics = await waitForDiagnostics(document.uri, (all) => all.some((one) => ruleOf(one) === 'IL119'));
    assert.ok(diagnostics.length > 0);
  });

  it('opens its own page of a rule', async () => {
    await vscode.commands.executeCommand('interopLens.openRulePage', 'IL119');
    const isPage = (tab: vscode.Tab): boolean => tab.label.includes('IL119');
    await until(vscode.window.tabGroups.onDidChangeTabs, () =>
      vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).find(isPage),
    );
  });

  it('opens the report', async () => {
    await vscode.commands.executeCommand('interopLens.openReport');
    await until(vscode.window.tabGroups.onDidChangeTabs, () =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .find(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes('interopLens.report')),
    );
  });

  it('brings a command line that writes the report by itself', () => {
    const { extensionPath } = installed();
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const run = (...args: string[]): ReturnType<typeof spawnSync> =>
      spawnSync(process.execPath, [path.join(extensionPath, 'dist/cli.js'), ...args], {
        cwd: folder.uri.fsPath,
        encoding: 'utf8',
        env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      });
    const checked = run('check', '--fail-on', 'never');
    assert.equal(checked.status, 0, String(checked.stderr));
    assert.match(String(checked.stdout), /IL119/);
    const report = run('report', '--output', 'report.html');
    assert.equal(report.status, 0, String(report.stderr));
    assert.match(readFileSync(path.join(folder.uri.fsPath, 'report.html'), 'utf8'), /^<!doctype html>/i);
  });
});
