import * as vscode from 'vscode';
import type { ServerConnection } from './serverConnection';
import { listGuidelines } from './pickGuideline';

/** Tells the menus which files are guidelines: a guideline is known by its content. */
export function keepGuidelineContext(server: ServerConnection, log: vscode.LogOutputChannel): vscode.Disposable {
  return server.onDidChangeStatus(({ state }) => {
    if (state !== 'ready') return;
    listGuidelines(server)
      .then((guidelines) => guidelines.map(({ uri }) => vscode.Uri.parse(uri).toString()))
      .then((files) => vscode.commands.executeCommand('setContext', 'interopLens.guidelineFiles', files))
      .then(undefined, (error: unknown) => log.warn(`The guidelines could not be listed: ${String(error)}`));
  });
}
