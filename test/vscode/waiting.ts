import * as vscode from 'vscode';
import type { InteropLensApi } from '../../src/client/extension';
import type { IndexStatus } from '../../src/protocol/messages';

/** Activates the extension; its answer tells of the index. */
export async function activate(): Promise<InteropLensApi> {
  const extension = vscode.extensions.all.find(({ id }) => id === 'interop-lens.interop-lens');
  if (!extension) throw new Error('the extension under development is not loaded');
  return (await extension.activate()) as InteropLensApi;
}

/** Waits until the index is ready and as the test wants it. A failed index ends the wait with its reason. */
export async function waitForIndex(fits: (status: IndexStatus) => boolean = () => true): Promise<IndexStatus> {
  const api = await activate();
  return until(api.onDidChangeStatus, () => {
    if (api.status.state === 'failed') throw new Error(api.status.detail);
    return api.status.state === 'ready' && fits(api.status) ? api.status : undefined;
  });
}

/** Waits for diagnostics of ours on a file. */
export function waitForDiagnostics(
  uri: vscode.Uri,
  fits: (diagnostics: readonly vscode.Diagnostic[]) => boolean,
): Promise<readonly vscode.Diagnostic[]> {
  return until(vscode.languages.onDidChangeDiagnostics, () => {
    const diagnostics = diagnosticsOf(uri);
    return fits(diagnostics) ? diagnostics : undefined;
  });
}

export function diagnosticsOf(uri: vscode.Uri): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'interop-lens');
}

/** The rule of a diagnostic (`IL119`). */
export function ruleOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

/** A file of the workspace. */
export function inWorkspace(path: string): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!folder) throw new Error('no folder is open');
  return vscode.Uri.joinPath(folder.uri, path);
}

export async function openFile(path: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(inWorkspace(path));
  await vscode.window.showTextDocument(document);
  return document;
}

/** The range of the first occurrence of a text. */
export function rangeOf(document: vscode.TextDocument, part: string): vscode.Range {
  const offset = document.getText().indexOf(part);
  if (offset < 0) throw new Error(`"${part}" is not in ${document.uri.path}`);
  return new vscode.Range(document.positionAt(offset), document.positionAt(offset + part.length));
}

/** Looks now and after every event; mocha's time limit ends a wait in vain. */
export function until<T>(event: vscode.Event<unknown>, look: () => T | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    let subscription: vscode.Disposable | undefined;
    const attempt = (): boolean => {
      try {
        const found = look();
        if (found === undefined) return false;
        resolve(found);
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
      subscription?.dispose();
      return true;
    };
    if (!attempt()) subscription = event(attempt);
  });
}
