import * as vscode from 'vscode';
import { type BaseLanguageClient, type LanguageClientOptions, RevealOutputChannelOn } from 'vscode-languageclient';
import { DidChangeConfigurationNotification } from 'vscode-languageclient';
import {
  CLIENT_COMMANDS,
  type IndexStatus,
  type InitializationOptions,
  LIST_FILES_REQUEST,
  type ListFilesArguments,
  READ_FILE_REQUEST,
  type ReadFileArguments,
  STATUS_NOTIFICATION,
} from '../protocol/messages';
import { CHANGED_NOTIFICATION } from '../protocol/treeMessages';
import { SOURCE_PATTERN } from '../model/sourceKinds';
import { onDidChangeSettings, readServerSettings } from './configuration';
import { listFiles, readFileAsBase64 } from './fileService';

/** Makes the language client; the two hosts differ in how the server is started. */
export type ClientFactory = (options: LanguageClientOptions) => BaseLanguageClient;

const STARTING: IndexStatus = { state: 'starting', detail: '', files: 0, tests: 0, guidelines: 0, skipped: 0 };

/** The language server as the rest of the client sees it: its index status, and requests that wait until it runs. */
export class ServerConnection implements vscode.Disposable {
  private readonly statusEmitter = new vscode.EventEmitter<IndexStatus>();
  readonly onDidChangeStatus = this.statusEmitter.event;
  private readonly indexEmitter = new vscode.EventEmitter<void>();
  /** The index changed, by an edit too: what was asked before may be outdated. */
  readonly onDidChangeIndex = this.indexEmitter.event;
  private readonly client: BaseLanguageClient;
  private readonly disposables: vscode.Disposable[] = [this.statusEmitter, this.indexEmitter];
  private started: Promise<void> | null = null;
  private lastStatus: IndexStatus = STARTING;

  constructor(
    createClient: ClientFactory,
    private readonly context: vscode.ExtensionContext,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.client = createClient(this.clientOptions());
    this.disposables.push(
      this.client.onNotification(STATUS_NOTIFICATION, (status: IndexStatus) => this.setStatus(status)),
      this.client.onNotification(CHANGED_NOTIFICATION, () => this.indexEmitter.fire()),
      this.client.onRequest(LIST_FILES_REQUEST, ({ root }: ListFilesArguments) => listFiles(vscode.Uri.parse(root))),
      this.client.onRequest(READ_FILE_REQUEST, ({ uri }: ReadFileArguments) => readFileAsBase64(vscode.Uri.parse(uri))),
      onDidChangeSettings((settings) => {
        if (!this.client.isRunning()) return;
        void this.client.sendNotification(DidChangeConfigurationNotification.type, {
          settings: { interopLens: settings },
        });
      }),
    );
  }

  get status(): IndexStatus {
    return this.lastStatus;
  }

  /** Starts the server once; a failure becomes the status, never a notification. */
  start(): Promise<void> {
    this.started ??= this.client.start().catch((error: unknown) => {
      const detail = error instanceof Error ? error.message : String(error);
      this.log.error(`The language server does not start: ${detail}`);
      this.setStatus({ ...STARTING, state: 'failed', detail });
    });
    return this.started;
  }

  /**
   * @throws Error when the server does not run or refuses; the message can be shown.
   */
  async request<T>(method: string, parameters?: unknown): Promise<T> {
    await this.start();
    if (!this.client.isRunning())
      throw new Error(vscode.l10n.t('The Interop Lens language server is not running. Its log says why.'));
    return this.client.sendRequest<T>(method, parameters);
  }

  async stop(): Promise<void> {
    if (this.client.isRunning()) await this.client.stop();
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private setStatus(status: IndexStatus): void {
    this.lastStatus = status;
    this.statusEmitter.fire(status);
  }

  private clientOptions(): LanguageClientOptions {
    const options: InitializationOptions = {
      settings: readServerSettings(),
      fetchedGuidelines: fetchedGuidelinesFolder(this.context).toString(),
      indexFolder: vscode.Uri.joinPath(this.context.globalStorageUri, 'index').toString(),
      servesFiles: true,
      grammars: vscode.Uri.joinPath(this.context.extensionUri, 'dist/grammars').toString(),
      rulePages: `${vscode.Uri.joinPath(this.context.extensionUri, 'docs/rules').toString()}/`,
      commands: Object.values(CLIENT_COMMANDS),
      schemaPatterns: schemaPatterns(this.context),
    };
    return {
      documentSelector: documentSchemes(this.context).flatMap((scheme) =>
        DOCUMENTS.map((document) => ({ scheme, ...document })),
      ),
      initializationOptions: options,
      // Links of hovers may run these commands and no others.
      markdown: { isTrusted: { enabledCommands: [CLIENT_COMMANDS.showEvidence, CLIENT_COMMANDS.explainTest] } },
      outputChannel: this.log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      // A start that fails is told by the status item.
      initializationFailedHandler: () => false,
      diagnosticCollectionName: 'interop-lens',
    };
  }
}

/** Plain lists have no language of their own: whatever an editor takes them for, their names tell. */
const DOCUMENTS: readonly { readonly language?: string; readonly pattern?: string }[] = [
  { language: 'python' },
  { language: 'json' },
  { pattern: SOURCE_PATTERN },
];

/** File patterns of our JSON Schemas, as the manifest contributes them. */
function schemaPatterns(context: vscode.ExtensionContext): readonly string[] {
  const manifest = context.extension.packageJSON as {
    readonly contributes: { readonly jsonValidation: readonly { readonly fileMatch: readonly string[] }[] };
  };
  return manifest.contributes.jsonValidation.flatMap(({ fileMatch }) => fileMatch);
}

/** Where fetched guidelines lie. The folder need not exist. */
export function fetchedGuidelinesFolder(context: vscode.ExtensionContext): vscode.Uri {
  return vscode.Uri.joinPath(context.globalStorageUri, 'guidelines');
}

/** Schemes whose documents are files; those of comparisons and output panes are left out. */
function documentSchemes(context: vscode.ExtensionContext): readonly string[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const known = ['file', 'vscode-remote', 'vscode-vfs', 'vscode-test-web', context.globalStorageUri.scheme];
  return [...new Set([...known, ...folders.map((folder) => folder.uri.scheme)])];
}
