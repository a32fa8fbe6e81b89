import * as vscode from 'vscode';
import type { IndexStatus } from '../protocol/messages';
import type { ServerConnection } from './serverConnection';

/** The language status item (the braces in the status bar): index state and counts. */
export function createStatusItem(server: ServerConnection): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem('interopLens.index', [
    { language: 'python' },
    { language: 'json' },
  ]);
  item.name = vscode.l10n.t('Interop Lens index');
  item.command = { command: 'interopLens.showLog', title: vscode.l10n.t('Show Log') };
  const show = (status: IndexStatus): void => {
    item.busy = status.state === 'starting' || status.state === 'indexing';
    item.severity =
      status.state === 'failed' ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
    item.text = `Interop Lens: ${describeState(status)}`;
    item.detail = status.state === 'ready' ? describeCounts(status) : status.detail;
    void vscode.commands.executeCommand('setContext', 'interopLens.state', status.state);
    void vscode.commands.executeCommand('setContext', 'interopLens.guidelineCount', status.guidelines);
    void vscode.commands.executeCommand('setContext', 'interopLens.testCount', status.tests);
  };
  show(server.status);
  return vscode.Disposable.from(item, server.onDidChangeStatus(show));
}

function describeState({ state, tests, guidelines }: IndexStatus): string {
  switch (state) {
    case 'starting':
      return vscode.l10n.t('starting');
    case 'indexing':
      return vscode.l10n.t('indexing');
    case 'failed':
      return vscode.l10n.t('not working, see the log');
    case 'ready':
      return vscode.l10n.t('{0} tests, {1} guidelines', tests, guidelines);
  }
}

function describeCounts({ files, skipped }: IndexStatus): string {
  return skipped === 0
    ? vscode.l10n.t('{0} files', files)
    : vscode.l10n.t('{0} files, {1} skipped (see the log)', files, skipped);
}
