import * as vscode from 'vscode';
import { CALLERS_REQUEST, type CallersAnswer, type PlaceArguments } from '../protocol/messages';
import { peek, placeOfCaret } from './evidenceCommand';
import type { ServerConnection } from './serverConnection';

/**
 * Peeks at the places from which the function at the caret is called, or at the tests that run it. VS Code's own call hierarchy asks one provider
 * only, the one that registered last: with another Python extension it may not be ours.
 * @returns how many places are shown
 */
export async function runShowCallers(server: ServerConnection, what: 'callers' | 'tests'): Promise<number> {
  const where = placeOfCaret();
  if (!where) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Put the caret on a Python function first.'));
    return 0;
  }
  const wanted: PlaceArguments = where;
  const answer = await server.request<CallersAnswer>(CALLERS_REQUEST, wanted);
  if (answer[what].length === 0) {
    void vscode.window.showInformationMessage(answer.title);
    return 0;
  }
  await peek(where.uri, where.position, answer[what]);
  return answer[what].length;
}
