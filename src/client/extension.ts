import * as vscode from 'vscode';
import type { IndexStatus } from '../protocol/messages';
import { registerCommands } from './commands';
import { GuidelineTree } from './guidelineTree';
import { offerLanguageModelTools } from './languageModelTools';
import { type ClientFactory, ServerConnection } from './serverConnection';
import { createStatusItem } from './statusItem';

/** What `activate` returns, for other extensions and for tests that wait for the index. */
export interface InteropLensApi {
  readonly status: IndexStatus;
  readonly onDidChangeStatus: vscode.Event<IndexStatus>;
}

/**
 * The client on any host: commands and views at once, the server behind them.
 * @param createClient starts the server the way the host can
 */
export function activateExtension(context: vscode.ExtensionContext, createClient: ClientFactory): InteropLensApi {
  const log = vscode.window.createOutputChannel('Interop Lens', { log: true });
  const server = new ServerConnection(createClient, context, log);
  const tree = new GuidelineTree(server, log);
  context.subscriptions.push(
    log,
    server,
    tree,
    registerCommands({ extension: context, server, log }),
    createStatusItem(server),
    offerLanguageModelTools(server),
    vscode.window.createTreeView('interopLens.guidelines', { treeDataProvider: tree, showCollapseAll: true }),
    { dispose: () => void server.stop() },
  );
  void server.start();
  return {
    get status() {
      return server.status;
    },
    onDidChangeStatus: server.onDidChangeStatus,
  };
}
