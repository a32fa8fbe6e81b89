import * as vscode from 'vscode';

/** A bundled script or style of a page. */
export async function readPageAsset(extensionUri: vscode.Uri, name: string): Promise<string> {
  const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, 'dist/page', name));
  return new TextDecoder().decode(bytes);
}

/** Not to be guessed by what runs in the page. */
export function makeNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Where a source opens that a page links: beside it, so that it stays in sight. */
export function columnBeside(panel: vscode.WebviewPanel | null): vscode.ViewColumn {
  const own = panel?.viewColumn ?? vscode.ViewColumn.One;
  const other = vscode.window.tabGroups.all.find((group) => group.viewColumn !== own);
  return other?.viewColumn ?? vscode.ViewColumn.Beside;
}
