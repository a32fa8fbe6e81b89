import * as vscode from 'vscode';
import { PROFILE_TEMPLATES_REQUEST, type ProfileTemplate } from '../protocol/whatIfMessages';
import type { ServerConnection } from './serverConnection';

/**
 * Writes a commented cloud profile to start from and opens it.
 * @param given key of a built-in profile; without it it is asked for
 * @param target where to write; without it it is asked for
 * @returns the new file, or undefined when the user gave up
 */
export async function runNewProfile(
  server: ServerConnection,
  given: unknown,
  target: unknown,
): Promise<vscode.Uri | undefined> {
  const templates = await server.request<readonly ProfileTemplate[]>(PROFILE_TEMPLATES_REQUEST);
  const template = templates.find(({ key }) => key === given) ?? (await pickTemplate(templates));
  if (!template) return undefined;
  const uri = target instanceof vscode.Uri ? target : await askForFile(template.key);
  if (!uri) return undefined;
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(template.text));
  await vscode.window.showTextDocument(uri);
  return uri;
}

async function pickTemplate(templates: readonly ProfileTemplate[]): Promise<ProfileTemplate | undefined> {
  const items = templates.map((template) => ({ label: template.name, detail: template.description, template }));
  const options = { title: vscode.l10n.t('New Cloud Profile'), placeHolder: vscode.l10n.t('A cloud to start from') };
  return (await vscode.window.showQuickPick(items, options))?.template;
}

/** The name is what makes the file a profile, so it is completed where it lacks that. */
async function askForFile(key: string): Promise<vscode.Uri | undefined> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const chosen = await vscode.window.showSaveDialog({
    defaultUri: folder && vscode.Uri.joinPath(folder.uri, `${key}.interop-profile.yaml`),
    title: vscode.l10n.t('New Cloud Profile'),
  });
  if (!chosen || /\.interop-profile\.ya?ml$/i.test(chosen.path)) return chosen;
  return chosen.with({ path: `${chosen.path.replace(/\.ya?ml$/i, '')}.interop-profile.yaml` });
}
