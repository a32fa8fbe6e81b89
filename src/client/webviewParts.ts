import * as vscode from 'vscode';
import type { PageAssets } from '../report/reportPage';

/** The bundled script and style of a page. */
export async function readPageAssets(extensionUri: vscode.Uri, page: 'report' | 'document'): Promise<PageAssets> {
  const read = async (name: string): Promise<string> => {
    const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, 'dist/page', name));
    return new TextDecoder().decode(bytes);
  };
  const [script, style] = await Promise.all([read(`${page}.js`), read(`${page}.css`)]);
  return { script, style };
}

/** Not to be guessed by what runs in the page. */
export function makeNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Opens a place that a page links (1-based) beside the page, so that this stays in sight. */
export async function openBeside(
  panel: vscode.WebviewPanel | null,
  uri: string,
  line: number,
  column: number,
): Promise<void> {
  const position = new vscode.Position(Math.max(0, line - 1), Math.max(0, column - 1));
  await vscode.commands.executeCommand('vscode.open', vscode.Uri.parse(uri), {
    selection: new vscode.Range(position, position),
    viewColumn: columnBeside(panel),
  } satisfies vscode.TextDocumentShowOptions);
}

function columnBeside(panel: vscode.WebviewPanel | null): vscode.ViewColumn {
  const own = panel?.viewColumn ?? vscode.ViewColumn.One;
  const other = vscode.window.tabGroups.all.find((group) => group.viewColumn !== own);
  return other?.viewColumn ?? vscode.ViewColumn.Beside;
}
