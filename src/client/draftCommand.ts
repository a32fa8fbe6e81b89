import * as vscode from 'vscode';
import { DRAFT_REQUEST, type DraftAnswer, type DraftArguments } from '../protocol/whatIfMessages';
import { applyFileEdits } from './applyFileEdits';
import { findSubject, listGuidelines, pickGuideline } from './pickGuideline';
import type { ServerConnection } from './serverConnection';

/**
 * Adds drafts of capabilities to a draft guideline, after a preview: one for an uploaded image that can be run (C), or one per guest system (E).
 * @param given the guideline (an address or a node of a tree); without it the one of the active editor, else one that is picked
 * @param kind `C` or `E`; without it it is asked for
 * @returns false when the user gave up or nothing can be drafted (which is told)
 */
export async function runDraftCapabilities(server: ServerConnection, given: unknown, kind: unknown): Promise<boolean> {
  const title = vscode.l10n.t('Draft Capabilities');
  const guidelines = await listGuidelines(server);
  const guideline =
    findSubject(given, guidelines) ??
    (await pickGuideline(guidelines, title, vscode.l10n.t('A draft guideline, such as next')));
  if (!guideline) return false;
  const wanted = kind === 'C' || kind === 'E' ? kind : await pickKind(title);
  if (!wanted) return false;
  const request: DraftArguments = { kind: wanted, uri: guideline.uri };
  const { problem, files } = await server.request<DraftAnswer>(DRAFT_REQUEST, request);
  if (problem === null) return applyFileEdits(files, title);
  void vscode.window.showInformationMessage(problem);
  return false;
}

async function pickKind(title: string): Promise<DraftArguments['kind'] | undefined> {
  const items = [
    { label: vscode.l10n.t('C: an uploaded image can be run'), draft: 'C' as const },
    { label: vscode.l10n.t('E: a capability per guest system'), draft: 'E' as const },
  ];
  return (await vscode.window.showQuickPick(items, { title }))?.draft;
}
