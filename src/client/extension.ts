import * as vscode from 'vscode';
import type { IndexStatus } from '../protocol/messages';
import { registerCommands } from './commands';
import { offerLanguageModelTools } from './languageModelTools';
import { FirstSteps } from './firstSteps';
import { InteropTree } from './interopTree';
import { ReportPanel } from './reportPanel';
import { keepGuidelineContext } from './guidelineContext';
import { DocumentPanels } from './documentPanels';
import { makeDocuments } from './makeDocument';
import { ReportDocuments } from './reportDocuments';
import { ResultOverlay } from './resultOverlay';
import { type ClientFactory, ServerConnection } from './serverConnection';
import { createStatusItem } from './statusItem';
import type { Trees } from './treeCommands';

/** What `activate` returns, for other extensions and for tests that wait for the index. */
export interface InteropLensApi {
  readonly status: IndexStatus;
  readonly onDidChangeStatus: vscode.Event<IndexStatus>;
  readonly trees: Trees;
  readonly report: ReportPanel;
  readonly documents: DocumentPanels;
}

/**
 * The client on any host: commands and views at once, the server behind them.
 * @param createClient starts the server the way the host can
 */
export function activateExtension(context: vscode.ExtensionContext, createClient: ClientFactory): InteropLensApi {
  const log = vscode.window.createOutputChannel('Interop Lens', { log: true });
  const server = new ServerConnection(createClient, context, log);
  const trees: Trees = {
    guidelines: new InteropTree('guidelines', server, context.workspaceState, log),
    findings: new InteropTree('findings', server, context.workspaceState, log),
  };
  const report = new ReportPanel(server, context.extensionUri, log);
  const overlay = new ResultOverlay(server, log);
  const makeDocument = makeDocuments(server, overlay);
  const panels = new DocumentPanels(context.extensionUri, log, makeDocument);
  const documents = new ReportDocuments(server, panels, makeDocument);
  const firstSteps = new FirstSteps(context.globalState);
  context.subscriptions.push(
    log,
    server,
    trees.guidelines,
    trees.findings,
    report,
    panels,
    documents,
    overlay,
    registerCommands({ extension: context, server, log, trees, report, documents, overlay, firstSteps }),
    firstSteps,
    followFirstSteps(firstSteps, server, trees),
    keepGuidelineContext(server, log),
    createStatusItem(server),
    offerLanguageModelTools(server),
    overlay.onDidChangeCodeLenses(() => trees.guidelines.markResults(overlay.guidelines)),
    { dispose: () => void server.stop() },
  );
  void server.start();
  return {
    get status() {
      return server.status;
    },
    onDidChangeStatus: server.onDidChangeStatus,
    trees,
    report,
    documents: panels,
  };
}

/** The steps that are done by other means than a command. */
function followFirstSteps(firstSteps: FirstSteps, server: ServerConnection, trees: Trees): vscode.Disposable {
  return vscode.Disposable.from(
    server.onDidChangeStatus(({ state, tests, guidelines }) => {
      if (state !== 'ready') return;
      if (tests > 0) firstSteps.complete('folder');
      if (guidelines > 0) firstSteps.complete('guidelines');
    }),
    trees.guidelines.view.onDidChangeVisibility(({ visible }) => {
      if (visible) firstSteps.complete('trees');
    }),
  );
}
