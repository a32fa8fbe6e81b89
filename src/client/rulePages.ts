import * as vscode from 'vscode';
import { readNode } from './treeCommands';

/** Opens the page of a rule (or of a rule's node in a tree), bundled with the extension, in the Markdown preview; without one, asks which. */
export async function runOpenRulePage(context: vscode.ExtensionContext, given: unknown): Promise<void> {
  const folder = vscode.Uri.joinPath(context.extensionUri, 'docs/rules');
  const asked = readNode(given)?.name ?? given;
  const rule = typeof asked === 'string' && /^IL\d{3}$/.test(asked) ? asked : await pickRule(folder);
  if (rule !== undefined)
    await vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.joinPath(folder, `${rule}.md`));
}

async function pickRule(folder: vscode.Uri): Promise<string | undefined> {
  const entries = await vscode.workspace.fs.readDirectory(folder);
  const rules = entries.map(([name]) => name).filter((name) => /^IL\d{3}\.md$/.test(name));
  return vscode.window.showQuickPick(rules.map((name) => name.slice(0, -'.md'.length)).sort(), {
    placeHolder: vscode.l10n.t('Rule'),
  });
}
