import * as vscode from 'vscode';
import type { SuppressArguments } from '../protocol/messages';
import { addReason } from './noqaReason';

/** Asks why a finding is suppressed, and writes the `# noqa` comment with the reason behind it. */
export async function runSuppressWithReason(given: unknown): Promise<void> {
  if (!isSuppression(given)) throw new Error(vscode.l10n.t('Choose this from the fixes of a finding.'));
  const reason = await vscode.window.showInputBox({
    title: vscode.l10n.t('Suppress {0}', given.rule),
    prompt: vscode.l10n.t('Why is it right here? The reason stays in the comment and in reports.'),
    ignoreFocusOut: true,
  });
  if (reason === undefined) return;
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(given.uri));
  if (given.version !== null && given.version !== document.version)
    throw new Error(vscode.l10n.t('The file has changed meanwhile: choose the fix again.'));
  const { start, end } = given.range;
  const range = new vscode.Range(start.line, start.character, end.line, end.character);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, range, addReason(given.newText, reason, start.character));
  await vscode.workspace.applyEdit(edit);
}

function isSuppression(given: unknown): given is SuppressArguments {
  return typeof given === 'object' && given !== null && 'uri' in given && 'newText' in given && 'range' in given;
}
