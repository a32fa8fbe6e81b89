import * as vscode from 'vscode';
import type { DocumentToEditor, EditorToDocument } from '../protocol/documentMessages';
import type { DocumentAnswer, DocumentLinks } from '../protocol/workbenchMessages';
import { renderReportPage } from '../report/reportPage';
import { type DocumentSpec, readDocumentSpec } from './documentSpec';
import { makeNonce, openBeside, readPageAssets } from './webviewParts';

/** Also names the activation event, so that a panel of an earlier session comes back. */
export const DOCUMENT_VIEW_TYPE = 'interopLens.document';

/** Makes a document anew. */
export type MakeDocument = (spec: DocumentSpec, links: DocumentLinks) => Promise<DocumentAnswer>;

/** Comparisons and results in tabs, one for each; every name in them is a link that opens beside. */
export class DocumentPanels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  private readonly open = new Map<string, OpenDocument>();
  private readonly registration: vscode.Disposable;
  private readonly shownEmitter = new vscode.EventEmitter<{
    readonly spec: DocumentSpec;
    readonly generation: number;
  }>();
  /** Fires each time a page was given its document. */
  readonly onDidShow = this.shownEmitter.event;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly log: vscode.LogOutputChannel,
    private readonly make: MakeDocument,
  ) {
    this.registration = vscode.window.registerWebviewPanelSerializer(DOCUMENT_VIEW_TYPE, this);
  }

  /** Shows a document, in a new tab when it has none. */
  async show(spec: DocumentSpec): Promise<void> {
    const known = this.open.get(keyOf(spec));
    if (known) {
      known.panel.reveal();
      return known.update();
    }
    const panel = vscode.window.createWebviewPanel(DOCUMENT_VIEW_TYPE, spec.name, vscode.ViewColumn.Active, {
      ...PAGE_OPTIONS,
      enableFindWidget: true,
    });
    await this.adopt(panel, spec);
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const remembered = typeof state === 'object' && state !== null && 'spec' in state ? state.spec : null;
    const spec = readDocumentSpec(remembered);
    // Without what it was made of there is nothing to show again.
    if (!spec) {
      panel.dispose();
      return;
    }
    panel.webview.options = PAGE_OPTIONS;
    await this.adopt(panel, spec);
  }

  /** What the documents show may have changed. */
  refresh(): void {
    for (const document of this.open.values()) document.updateSoon();
  }

  /** What a page would send, for tests: the same way from its message on. */
  receive(spec: DocumentSpec, message: DocumentToEditor): Promise<void> {
    return this.open.get(keyOf(spec))?.answer(message) ?? Promise.resolve();
  }

  private async adopt(panel: vscode.WebviewPanel, spec: DocumentSpec): Promise<void> {
    const document = new OpenDocument(panel, spec, this.make, this.log, (generation) =>
      this.shownEmitter.fire({ spec, generation }),
    );
    this.open.set(keyOf(spec), document);
    panel.iconPath = vscode.Uri.joinPath(this.extensionUri, 'media/activity.svg');
    panel.onDidDispose(() => {
      if (this.open.get(keyOf(spec)) === document) this.open.delete(keyOf(spec));
    });
    const assets = await readPageAssets(this.extensionUri, 'document');
    panel.webview.html = renderReportPage(null, assets, { kind: 'nonce', nonce: makeNonce() }, spec.name);
  }

  dispose(): void {
    this.registration.dispose();
    this.shownEmitter.dispose();
    for (const { panel } of this.open.values()) panel.dispose();
  }
}

/** Nothing is loaded from the disk: the page is one text. */
const PAGE_OPTIONS: vscode.WebviewOptions = { enableScripts: true, localResourceRoots: [] };

/** Saves come in bursts: after one the document is brought up to date at the end of this time, in milliseconds. */
const QUIET_TIME = 400;

class OpenDocument {
  private generation = 0;
  /** Addresses that the page knows, by position: it opens these and no others. */
  private places: readonly string[] = [];
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(
    readonly panel: vscode.WebviewPanel,
    private readonly spec: DocumentSpec,
    private readonly make: MakeDocument,
    private readonly log: vscode.LogOutputChannel,
    private readonly shown: (generation: number) => void,
  ) {
    panel.webview.onDidReceiveMessage((value: unknown) => {
      const message = readDocumentMessage(value);
      if (message) void this.answer(message);
      else this.log.warn('A document sent something that is no message.');
    });
    panel.onDidDispose(() => {
      if (this.timer !== null) clearTimeout(this.timer);
    });
  }

  async answer(message: DocumentToEditor): Promise<void> {
    try {
      if (message.type === 'ready') await this.update();
      if (message.type === 'copy') await this.copy();
      if (message.type === 'open' && message.generation === this.generation)
        await openAddress(this.places[message.place], this.panel);
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      this.log.error(`${this.spec.name}: ${text}`);
      void vscode.window.showErrorMessage(text);
    }
  }

  /** A hidden page is gone, and asks when it is back. */
  updateSoon(): void {
    if (!this.panel.visible || this.timer !== null) return;
    this.timer = setTimeout(() => {
      this.timer = null;
      void this.answer({ type: 'ready' });
    }, QUIET_TIME);
  }

  async update(): Promise<void> {
    const { markdown, problem, places = [] } = await this.make(this.spec, 'places');
    // The editor's own renderer, the one of its Markdown preview.
    const html = await vscode.commands.executeCommand<string>('markdown.api.render', problem ?? markdown);
    this.generation++;
    this.places = places;
    const message: EditorToDocument = {
      type: 'document',
      generation: this.generation,
      spec: this.spec,
      html,
      copyLabel: vscode.l10n.t('Copy as Markdown'),
    };
    await this.panel.webview.postMessage(message);
    this.shown(this.generation);
  }

  private async copy(): Promise<void> {
    const { markdown, problem } = await this.make(this.spec, 'none');
    await vscode.env.clipboard.writeText(problem ?? markdown);
    void vscode.window.setStatusBarMessage(vscode.l10n.t('Copied as Markdown.'), 3000);
  }
}

function keyOf(spec: DocumentSpec): string {
  return JSON.stringify(spec);
}

/** A message of a page, or null for anything else: what comes out of a webview is not trusted. */
function readDocumentMessage(value: unknown): DocumentToEditor | null {
  if (typeof value !== 'object' || value === null) return null;
  const { type, generation, place } = value as Readonly<Record<string, unknown>>;
  if (type === 'ready' || type === 'copy') return { type };
  if (type === 'open' && typeof generation === 'number' && typeof place === 'number')
    return { type, generation, place };
  return null;
}

/** `file:///x.json#L3,5` beside the document (line and column 1-based; the column may be missing). */
async function openAddress(address: string | undefined, panel: vscode.WebviewPanel): Promise<void> {
  const [, target = '', line = '1', column = '1'] = /^(.*)#L(\d+)(?:,(\d+))?$/.exec(address ?? '') ?? [];
  if (target !== '') await openBeside(panel, target, Number(line), Number(column));
}
