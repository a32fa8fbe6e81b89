import * as vscode from 'vscode';

/** What is used of the API that VS Code's own git extension offers to others (its version 1). */
interface GitApi {
  getRepository(uri: vscode.Uri): GitRepository | null;
}

interface GitRepository {
  /** The text of a file in a revision. */
  show(ref: string, path: string): Promise<string>;
}

/** True when VS Code's git knows the repository of a file. */
export async function canUseGit(file: vscode.Uri): Promise<boolean> {
  return (await openRepository(file)) !== null;
}

/** @throws Error when there is no git, no repository, or the revision does not have the file. */
export async function readThroughGit(file: vscode.Uri, revision: string): Promise<string> {
  const repository = await openRepository(file);
  if (!repository) throw new Error(vscode.l10n.t('{0} is in no git repository that can be read here.', file.path));
  return repository.show(revision, file.fsPath);
}

async function openRepository(file: vscode.Uri): Promise<GitRepository | null> {
  const extension = vscode.extensions.getExtension<{ getAPI(version: 1): GitApi }>('vscode.git');
  if (!extension) return null;
  try {
    const git = extension.isActive ? extension.exports : await extension.activate();
    return git.getAPI(1).getRepository(file);
  } catch {
    // Switched off by its setting.
    return null;
  }
}
