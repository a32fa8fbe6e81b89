import * as vscode from 'vscode';
import { kindOfSource } from '../model/sourceKinds';
import type { ListedFile, ReadFileAnswer } from '../protocol/messages';
import { encodeBase64 } from '../protocol/base64';

/** Folders that hold no source of the project. */
const LEFT_OUT = new Set([
  '.git',
  '.hg',
  '.svn',
  '.tox',
  '.nox',
  '.venv',
  'venv',
  'node_modules',
  '__pycache__',
  '.stestr',
  '.cache',
  '.mypy_cache',
]);

/** Folders asked for at one time: enough to hide the latency of a remote, few enough not to flood it. */
const PARALLEL = 16;

/**
 * The source files below a folder, through VS Code's file system, for a server that cannot read the scheme itself. A folder that
 * cannot be read counts as empty; a folder that does not exist gives nothing.
 */
export async function listFiles(root: vscode.Uri): Promise<readonly ListedFile[]> {
  const files: ListedFile[] = [];
  let folders: { readonly uri: vscode.Uri; readonly path: string }[] = [{ uri: root, path: '' }];
  while (folders.length > 0) {
    const batch = folders.slice(0, PARALLEL);
    const rest = folders.slice(PARALLEL);
    const listed = await Promise.all(batch.map(async (folder) => ({ folder, entries: await readFolder(folder.uri) })));
    for (const { folder, entries } of listed) {
      for (const [name, type] of entries) {
        const path = folder.path === '' ? name : `${folder.path}/${name}`;
        const uri = vscode.Uri.joinPath(folder.uri, name);
        // A symbolic link to a folder could lead into a loop.
        if (type === vscode.FileType.Directory && !LEFT_OUT.has(name)) rest.push({ uri, path });
        else if (type & vscode.FileType.File && kindOfSource(name) !== null)
          files.push({ uri: uri.toString(), path, size: null });
      }
    }
    folders = rest;
  }
  return files;
}

/** @throws vscode.FileSystemError when the file cannot be read. */
export async function readFileAsBase64(uri: vscode.Uri): Promise<ReadFileAnswer> {
  return { base64: encodeBase64(await vscode.workspace.fs.readFile(uri)) };
}

async function readFolder(uri: vscode.Uri): Promise<readonly [string, vscode.FileType][]> {
  try {
    return await vscode.workspace.fs.readDirectory(uri);
  } catch {
    return [];
  }
}
