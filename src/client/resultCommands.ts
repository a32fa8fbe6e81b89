import * as vscode from 'vscode';
import type { ResultAnswer } from '../protocol/workbenchMessages';
import type { ReportDocuments } from './reportDocuments';
import type { ResultOverlay } from './resultOverlay';
import type { ServerConnection } from './serverConnection';
import { encodeBase64 } from '../protocol/base64';
import { addressOf, findSubject, listGuidelines, pickGuideline } from './pickGuideline';

/**
 * Shows the results of a run on a guideline.
 * @param given the guideline that the command was called on; without it, that of the editor, else one is asked for
 * @param source address of the results; without it, a file is asked for
 * @returns what is shown, or undefined when the user gave up
 */
export async function runCompareResults(
  server: ServerConnection,
  overlay: ResultOverlay,
  given: unknown,
  source: unknown,
): Promise<ResultAnswer | undefined> {
  const guidelines = await listGuidelines(server);
  const title = vscode.l10n.t('Compare Test Results');
  const subject =
    findSubject(given, guidelines) ??
    (await pickGuideline(guidelines, title, vscode.l10n.t('Guideline to judge the results by')));
  if (!subject) return undefined;
  const results = typeof source === 'string' ? vscode.Uri.parse(source) : await askForResults();
  if (!results) return undefined;
  const file = results.path.slice(results.path.lastIndexOf('/') + 1);
  const base64 = encodeBase64(await vscode.workspace.fs.readFile(results));
  const answer = await overlay.show({ uri: subject.uri, file, base64 });
  await vscode.window.showTextDocument(vscode.Uri.parse(subject.uri), { preview: false });
  return answer;
}

async function askForResults(): Promise<vscode.Uri | undefined> {
  const [file] =
    (await vscode.window.showOpenDialog({
      canSelectMany: false,
      openLabel: vscode.l10n.t('Judge These Results'),
      title: vscode.l10n.t('A list of passed tests, a subunit v2 stream, or the JSON of refstack-client'),
    })) ?? [];
  return file;
}

/** Takes the results off the guideline that the command was called on or is in the editor; off all when it shows none. */
export function runClearResults(overlay: ResultOverlay, given: unknown): Promise<void> {
  overlay.clear(findShown(overlay, given));
  return Promise.resolve();
}

/** The results of a guideline as a table: what `interop-lens result --format md` prints. */
export async function runShowResultTable(
  overlay: ResultOverlay,
  documents: ReportDocuments,
  given: unknown,
): Promise<vscode.Uri | undefined> {
  const uri = findShown(overlay, given) ?? overlay.guidelines[0];
  if (!uri) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No guideline shows results.'));
    return undefined;
  }
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1).replace(/\.json$/, '');
  return documents.open({ kind: 'results', name: `${name} results`, uri: uri.toString() });
}

function findShown(overlay: ResultOverlay, given: unknown): vscode.Uri | undefined {
  const address = addressOf(given) ?? vscode.window.activeTextEditor?.document.uri.toString();
  return address === undefined ? undefined : overlay.findGuideline(address);
}
