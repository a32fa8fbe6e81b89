import * as vscode from 'vscode';
import type { ServerConnection } from './serverConnection';
import { listGuidelines } from './pickGuideline';

/** Tells the menus which files are guidelines: a guideline is known by its content. */
export function keepGuidelineContext(server: ServerConnection, log: vscode.LogOutputChannel): vscode.Disposable {
  return server.onDidChangeStatus(({ state }) => {
    if (state !== 'ready') return;
    listGuidelines(server)
      .then((guidelines) => guidelines.flatMap(({ uri }) => listResourcePaths(vscode.Uri.parse(uri))))
      .then((files) => vscode.commands.executeCommand('setContext', 'interopLens.guidelineFiles', files))
      .then(undefined, (error: unknown) => log.warn(`The guidelines could not be listed: ${String(error)}`));
  });
}

/**
 * What the context key `resourcePath` can be for a file. Addresses would not do: that of a file on a remote machine has
 * another scheme in the window than here.
 */
export function listResourcePaths({ path, fsPath }: vscode.Uri): string[] {
  return path === fsPath ? [path] : [path, fsPath];
}
