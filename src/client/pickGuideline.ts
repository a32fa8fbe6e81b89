import * as vscode from 'vscode';
import type { GuidelineInfo } from '../protocol/workbenchMessages';
import type { ServerConnection } from './serverConnection';
import { GUIDELINES_REQUEST } from '../protocol/workbenchMessages';
import { readNode } from './treeCommands';

/** The guidelines of the workspace, the newest first. */
export function listGuidelines(server: ServerConnection): Promise<readonly GuidelineInfo[]> {
  return server.request<readonly GuidelineInfo[]>(GUIDELINES_REQUEST);
}

/**
 * The guideline that a command is about: the one that it was called on (a file, an address, a node of a tree), else that
 * of the active editor.
 */
export function findSubject(given: unknown, guidelines: readonly GuidelineInfo[]): GuidelineInfo | undefined {
  const address = addressOf(given) ?? vscode.window.activeTextEditor?.document.uri.toString();
  return guidelines.find(({ uri }) => normalise(uri) === (address && normalise(address)));
}

/** The guideline that the user picks, or undefined. */
export async function pickGuideline(
  guidelines: readonly GuidelineInfo[],
  title: string,
  placeHolder: string,
): Promise<GuidelineInfo | undefined> {
  const items = guidelines.map((guideline) => ({ ...guideline, guideline }));
  const options = { title, placeHolder, matchOnDescription: true };
  return (await vscode.window.showQuickPick(items, options))?.guideline;
}

/** A URI, its text, or a tree item: the guideline that it is or stands in. */
export function addressOf(given: unknown): string | undefined {
  if (given instanceof vscode.Uri) return given.toString();
  if (typeof given === 'string') return given;
  const node = readNode(given);
  return (node?.entry ?? node?.target)?.uri;
}

/** One spelling for an address, whoever wrote it. */
function normalise(uri: string): string {
  return vscode.Uri.parse(uri).toString();
}
