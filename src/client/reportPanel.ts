import * as vscode from 'vscode';
import type { Rewrites } from '../model/whatIfPolicy';
import {
  type EditorToPage,
  type OpenMessage,
  type PageToEditor,
  REPORT_REQUEST,
  type ReportAnswer,
  type ReportArguments,
  type SaveMessage,
} from '../protocol/reportMessages';
import { renderReportPage } from '../report/reportPage';
import { readPageMessage } from './pageMessages';
import type { ServerConnection } from './serverConnection';
import { makeNonce, openBeside, readPageAssets } from './webviewParts';

/** Also names the activation event, so that a panel of an earlier session comes back. */
export const REPORT_VIEW_TYPE = 'interopLens.report';

/** Edits come in bursts: after one the page is brought up to date at the end of this time, in milliseconds. */
const QUIET_TIME = 400;

/** The report page in an editor tab: one at most, kept over restarts, up to date with the index. */
export class ReportPanel implements vscode.WebviewPanelSerializer, vscode.Disposable {
  private panel: vscode.WebviewPanel | null = null;
  private generation = 0;
  /** Files that the page knows, by position: it opens these and no others. */
  private uris: readonly string[] = [];
  private isStale = true;
  /** Whether there is a page that asked for the model; a hidden tab has none. */
  private hasPage = false;
  /** As the board wants them tried. */
  private rewrites: Rewrites = 'none';
  private timer: ReturnType<typeof setTimeout> | null = null;
  private readonly subscriptions: vscode.Disposable[] = [];
  private readonly shownEmitter = new vscode.EventEmitter<number>();
  /** Fires with the number of guidelines each time the page was given a model. */
  readonly onDidShow = this.shownEmitter.event;

  constructor(
    private readonly server: ServerConnection,
    private readonly extensionUri: vscode.Uri,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.subscriptions.push(
      this.shownEmitter,
      server.onDidChangeIndex(() => this.scheduleUpdate()),
      server.onDidChangeStatus(({ state }) => {
        if (state === 'ready') this.scheduleUpdate();
      }),
      vscode.window.registerWebviewPanelSerializer(REPORT_VIEW_TYPE, this),
    );
  }

  /** Shows the report, in a new tab when there is none. */
  async open(): Promise<void> {
    if (this.panel) {
      this.panel.reveal();
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      REPORT_VIEW_TYPE,
      vscode.l10n.t('Interop Lens Report'),
      vscode.ViewColumn.Active,
      // Nothing is loaded from the disk: the page is one text.
      { enableScripts: true, enableFindWidget: true, localResourceRoots: [] },
    );
    await this.adopt(panel);
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    panel.webview.options = { enableScripts: true, localResourceRoots: [] };
    await this.adopt(panel);
  }

  private async adopt(panel: vscode.WebviewPanel): Promise<void> {
    this.panel = panel;
    this.hasPage = false;
    // A tab's picture knows no colour of the theme.
    panel.iconPath = {
      light: vscode.Uri.joinPath(this.extensionUri, 'media/report-light.svg'),
      dark: vscode.Uri.joinPath(this.extensionUri, 'media/report-dark.svg'),
    };
    panel.onDidDispose(() => {
      if (this.panel === panel) this.panel = null;
    });
    panel.onDidChangeViewState(() => {
      if (!panel.visible) this.hasPage = false;
      else if (this.isStale) this.scheduleUpdate();
    });
    panel.webview.onDidReceiveMessage((message: unknown) => this.receive(message));
    panel.webview.html = await this.renderPage();
  }

  private async renderPage(): Promise<string> {
    const assets = await readPageAssets(this.extensionUri, 'report');
    return renderReportPage(null, assets, { kind: 'nonce', nonce: makeNonce() });
  }

  private receive(value: unknown): void {
    const message = readPageMessage(value);
    if (!message) {
      this.log.warn('The report page sent something that is no message.');
      return;
    }
    this.answer(message).catch((error: unknown) => {
      const text = error instanceof Error ? error.message : String(error);
      this.log.error(`Report: ${text}`);
      void vscode.window.showErrorMessage(text);
    });
  }

  private async answer(message: PageToEditor): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.hasPage = true;
        return this.update();
      case 'open':
        return this.openPlace(message);
      case 'draft': {
        const uri = message.generation === this.generation ? this.uris[message.file] : undefined;
        if (uri !== undefined) await vscode.commands.executeCommand('interopLens.draftCapabilities', uri, message.kind);
        return;
      }
      case 'save':
        return saveText(message);
      case 'rewrites':
        this.rewrites = message.rewrites;
        return this.update();
    }
  }

  private scheduleUpdate(): void {
    this.isStale = true;
    if (!this.panel?.visible || this.timer !== null) return;
    this.timer = setTimeout(() => {
      this.timer = null;
      this.update().catch((error: unknown) => this.log.error(`Report: ${String(error)}`));
    }, QUIET_TIME);
  }

  /** Gives the page the report of the index as it is now. One that is loading, or hidden and so gone, asks when it is there. */
  private async update(): Promise<void> {
    const { panel } = this;
    if (!panel?.visible || !this.hasPage) return;
    this.isStale = false;
    const wanted: ReportArguments = { rewrites: this.rewrites };
    const { model, uris } = await this.server.request<ReportAnswer>(REPORT_REQUEST, wanted);
    if (!model) return;
    this.generation++;
    this.uris = uris;
    const message: EditorToPage = { type: 'model', generation: this.generation, model };
    await panel.webview.postMessage(message);
    this.shownEmitter.fire(model.guidelines.length);
  }

  private async openPlace({ generation, file, line, column }: OpenMessage): Promise<void> {
    const uri = generation === this.generation ? this.uris[file] : undefined;
    if (uri !== undefined) await openBeside(this.panel, uri, line, column);
  }

  dispose(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    for (const subscription of this.subscriptions) subscription.dispose();
    this.panel?.dispose();
  }
}

async function saveText({ name, text }: SaveMessage): Promise<void> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const target = await vscode.window.showSaveDialog({
    defaultUri: folder && vscode.Uri.joinPath(folder.uri, name),
    title: vscode.l10n.t('Save'),
  });
  if (target) await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
}
