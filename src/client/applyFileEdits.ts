import * as vscode from 'vscode';
import type { FileEdits } from '../protocol/workbenchMessages';
import { toRange } from './treePresentation';

/**
 * Makes the edits in all files or in none; nothing when a document is no longer the one that they were made for, which is told.
 * @param label shown with each edit in a preview, in which the user agrees to them; null: they are made at once
 * @returns false when nothing was edited
 */
export async function applyFileEdits(files: readonly FileEdits[], label: string | null): Promise<boolean> {
  const edit = new vscode.WorkspaceEdit();
  const metadata = label === null ? undefined : { label, needsConfirmation: true };
  for (const { uri, version, edits } of files) {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
    if ((version === null && document.isDirty) || (version !== null && version !== document.version)) {
      const message = vscode.l10n.t('{0} has changed meanwhile; nothing was edited. Try again.', document.uri.path);
      void vscode.window.showInformationMessage(message);
      return false;
    }
    for (const { range, newText } of edits) edit.replace(document.uri, toRange(range), newText, metadata);
  }
  return vscode.workspace.applyEdit(edit, { isRefactoring: label !== null });
}
