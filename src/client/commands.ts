import * as vscode from 'vscode';
import type { ServerConnection } from './serverConnection';
import { REINDEX_REQUEST, SKIPPED_REQUEST, type SkippedFileInfo } from '../protocol/messages';
import type { CommandId } from './commandIds';
import { runShowCallers } from './callersCommand';
import { runCompareGuidelines } from './compareCommand';
import { addGuidelinePath } from './configuration';
import { runExplainTest, runShowEvidence, runShowReferences } from './evidenceCommand';
import { runFetchGuidelines } from './fetchCommand';
import type { FirstSteps } from './firstSteps';
import type { ReportPanel } from './reportPanel';
import { runDraftCapabilities } from './draftCommand';
import { runFlagTest } from './flagCommand';
import { runNewProfile } from './newProfileCommand';
import type { ReportDocuments } from './reportDocuments';
import { runClearResults, runCompareResults, runShowResultTable } from './resultCommands';
import type { ResultOverlay } from './resultOverlay';
import { runOpenRulePage } from './rulePages';
import { runBrowseSections } from './sectionBrowser';
import { runSuppressWithReason } from './suppressCommand';
import {
  runClearFilter,
  runCopyId,
  runCopyName,
  runFilterTree,
  runOpenEntry,
  runOpenTreeItem,
  runRevealInTree,
  runSearchTree,
  type Trees,
} from './treeCommands';

/** What commands work with. */
export interface CommandContext {
  readonly extension: vscode.ExtensionContext;
  readonly server: ServerConnection;
  readonly log: vscode.LogOutputChannel;
  readonly trees: Trees;
  readonly report: ReportPanel;
  readonly documents: ReportDocuments;
  readonly overlay: ResultOverlay;
  readonly firstSteps: FirstSteps;
}

type Command = (context: CommandContext, ...given: unknown[]) => Promise<unknown>;

/** Every command of the extension. All are registered in every state; one that cannot work says why. */
export const COMMANDS: Readonly<Record<CommandId, Command>> = {
  'interopLens.fetchGuidelines': ({ extension, server, log }) => runFetchGuidelines(server, extension, log),
  'interopLens.selectGuidelineFolder': () => selectGuidelineFolder(),
  'interopLens.openReport': ({ report }) => report.open(),
  'interopLens.showEvidence': async ({ server, firstSteps }, where) => {
    if (await runShowEvidence(server, where)) firstSteps.complete('evidence');
  },
  'interopLens.explainTest': async ({ server, documents, firstSteps }, where) => {
    const shown = await runExplainTest(server, documents, where);
    if (shown) firstSteps.complete('evidence');
    return shown;
  },
  'interopLens.showCallers': ({ server }) => runShowCallers(server, 'callers'),
  'interopLens.showTestsThrough': ({ server }) => runShowCallers(server, 'tests'),
  'interopLens.showReferences': (_, uri, position, locations) => runShowReferences(uri, position, locations),
  'interopLens.openRulePage': ({ extension }, rule) => runOpenRulePage(extension, rule),
  'interopLens.suppressWithReason': (_, given) => runSuppressWithReason(given),
  'interopLens.revealInTree': ({ trees }) => runRevealInTree(trees),
  'interopLens.filterGuidelines': ({ trees }) => runFilterTree(trees.guidelines),
  'interopLens.searchGuidelines': ({ trees }) => runSearchTree(trees.guidelines),
  'interopLens.clearGuidelineFilter': ({ trees }) => runClearFilter(trees.guidelines),
  'interopLens.filterFindings': ({ trees }) => runFilterTree(trees.findings),
  'interopLens.searchFindings': ({ trees }) => runSearchTree(trees.findings),
  'interopLens.clearFindingFilter': ({ trees }) => runClearFilter(trees.findings),
  'interopLens.groupFindingsByRule': ({ trees }) => trees.findings.setGrouping('rule'),
  'interopLens.groupFindingsByCapability': ({ trees }) => trees.findings.setGrouping('capability'),
  'interopLens.openTreeItem': async ({ firstSteps }, node) => {
    await runOpenTreeItem(node);
    firstSteps.complete('test');
  },
  'interopLens.openEntry': (_, node) => runOpenEntry(node),
  'interopLens.copyName': (_, node) => runCopyName(node),
  'interopLens.copyId': (_, node) => runCopyId(node),
  'interopLens.showFirstSteps': ({ extension, firstSteps }) => firstSteps.open(extension.extension.id),
  'interopLens.browseDesignatedSections': ({ server }) => runBrowseSections(server),
  'interopLens.compareGuidelines': ({ server, documents }, given, other) =>
    runCompareGuidelines(server, documents, given, other),
  'interopLens.compareResults': ({ server, overlay }, given, source) =>
    runCompareResults(server, overlay, given, source),
  'interopLens.showResultTable': ({ overlay, documents }, given) => runShowResultTable(overlay, documents, given),
  'interopLens.clearResults': ({ overlay }, given) => runClearResults(overlay, given),
  'interopLens.flagTest': ({ server }, where) => runFlagTest(server, where),
  'interopLens.newProfile': ({ server }, key, target) => runNewProfile(server, key, target),
  'interopLens.draftCapabilities': ({ server }, given, kind) => runDraftCapabilities(server, given, kind),
  'interopLens.reindex': ({ server }) => server.request(REINDEX_REQUEST),
  'interopLens.showLog': (context) => showLog(context),
};

/** Registers the table. A command that fails tells the user, and the log has the rest. */
export function registerCommands(context: CommandContext): vscode.Disposable {
  const registrations = Object.entries(COMMANDS).map(([id, run]) =>
    vscode.commands.registerCommand(id, async (...given: unknown[]) => {
      try {
        return await run(context, ...given);
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        context.log.error(`${id}: ${error instanceof Error ? (error.stack ?? message) : message}`);
        void vscode.window.showErrorMessage(message);
        return undefined;
      }
    }),
  );
  return vscode.Disposable.from(...registrations);
}

async function selectGuidelineFolder(): Promise<void> {
  const [folder] =
    (await vscode.window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      canSelectMany: false,
      openLabel: vscode.l10n.t('Use This Folder'),
      title: vscode.l10n.t('Folder with guideline files'),
    })) ?? [];
  if (!folder) return;
  const added = await addGuidelinePath(folder.scheme === 'file' ? folder.fsPath : folder.toString());
  if (!added) void vscode.window.showInformationMessage(vscode.l10n.t('This folder is already in use.'));
}

/** Opens the log, with the list of files that were left out. */
async function showLog({ server, log }: CommandContext): Promise<void> {
  log.show(true);
  if (server.status.state !== 'ready') return;
  const skipped = await server.request<readonly SkippedFileInfo[]>(SKIPPED_REQUEST);
  log.info(skipped.length === 0 ? 'No file was skipped.' : `${skipped.length} files were skipped:`);
  for (const { uri, reason } of skipped) log.info(`  ${vscode.Uri.parse(uri).toString(true)}: ${reason}`);
}
