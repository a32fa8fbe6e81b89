import * as vscode from 'vscode';
import type { CheckGuidelineAnswer, CheckGuidelineArguments } from '../protocol/messages';
import type { ServerConnection } from './serverConnection';
import { CHECK_GUIDELINE_REQUEST, REINDEX_REQUEST } from '../protocol/messages';
import { readBaseUrl } from './configuration';
import { fetchGuidelines, FetchError, type FetchReport } from './fetchGuidelines';
import { PUBLISHED_GUIDELINES } from './publishedGuidelines';
import { fetchedGuidelinesFolder } from './serverConnection';

/**
 * Fetches the published guidelines into the extension's storage and indexes them. The only use of the network, on the user's command.
 * @returns what was fetched, or null when it failed (which the user was told)
 */
export async function runFetchGuidelines(
  server: ServerConnection,
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
): Promise<FetchReport | null> {
  const folder = fetchedGuidelinesFolder(context);
  try {
    const report = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t('Fetching guidelines'),
        cancellable: true,
      },
      (progress, token) => fetchInto(folder, server, progress, token),
    );
    for (const { name, reason } of report.refused) log.warn(`${name} was not kept: ${reason}`);
    log.info(`Fetched ${report.saved.length} guidelines from ${readBaseUrl()}`);
    if (report.saved.length > 0) await server.request(REINDEX_REQUEST);
    void tellReport(report);
    return report;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    log.error(`Fetching guidelines failed: ${message}`);
    void vscode.window.showErrorMessage(
      error instanceof FetchError ? message : vscode.l10n.t('Fetching guidelines failed: {0}', message),
    );
    return null;
  }
}

async function fetchInto(
  folder: vscode.Uri,
  server: ServerConnection,
  progress: vscode.Progress<{ message?: string; increment?: number }>,
  token: vscode.CancellationToken,
): Promise<FetchReport> {
  const abort = new AbortController();
  const subscription = token.onCancellationRequested(() => abort.abort());
  try {
    return await fetchGuidelines(readBaseUrl(), PUBLISHED_GUIDELINES, {
      signal: abort.signal,
      findProblem: (name, text) => askServer(server, { name, text }),
      save: (name, bytes) => saveWhole(folder, name, bytes),
      onProgress: (_, total, name) => progress.report({ message: name, increment: 100 / total }),
    });
  } finally {
    subscription.dispose();
  }
}

async function askServer(server: ServerConnection, parameters: CheckGuidelineArguments): Promise<string | null> {
  const answer = await server.request<CheckGuidelineAnswer>(CHECK_GUIDELINE_REQUEST, parameters);
  return answer.isGuideline ? null : answer.problem;
}

/** Written beside its place and moved there, so that a reader never sees half a file. */
async function saveWhole(folder: vscode.Uri, name: string, bytes: Uint8Array): Promise<void> {
  await vscode.workspace.fs.createDirectory(folder);
  const target = vscode.Uri.joinPath(folder, name);
  const part = vscode.Uri.joinPath(folder, `${name}.part`);
  await vscode.workspace.fs.writeFile(part, bytes);
  await vscode.workspace.fs.rename(part, target, { overwrite: true });
}

async function tellReport({ saved, refused, cancelled }: FetchReport): Promise<void> {
  const kept = vscode.l10n.t('{0} guidelines fetched.', saved.length);
  if (saved.length === 0 && !cancelled) {
    await vscode.window.showWarningMessage(
      vscode.l10n.t('No guideline was found at {0}. Check interopLens.guidelines.baseUrl.', readBaseUrl()),
    );
  } else if (refused.length > 0) {
    await vscode.window.showWarningMessage(
      vscode.l10n.t('{0} {1} files were not kept; the log says why.', kept, refused.length),
    );
  } else {
    await vscode.window.showInformationMessage(cancelled ? vscode.l10n.t('Cancelled. {0}', kept) : kept);
  }
}
