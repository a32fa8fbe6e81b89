import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  type ClientCapabilities,
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  type InitializeResult,
  ProposedFeatures,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import {
  CLIENT_COMMANDS,
  type IndexStatus,
  type InitializationOptions,
  STATUS_NOTIFICATION,
} from '../../src/protocol/messages';
import type { ServerHost } from '../../src/server/host';
import { createNodeHost } from '../../src/server/node';
import { startServer } from '../../src/server/startServer';

const requireFrom = createRequire(__filename);

/** The small Tempest-like tree with one guideline. */
export const FIXTURE_FOLDER = path.resolve(__dirname, '../fixtures/workspace');
export const TEST_FILE = 'tempest/api/compute/servers/test_create_server.py';
export const GUIDELINE_FILE = 'guidelines/2099.01.json';

/** What this editor can do, near to what VS Code says. */
export const FULL_CAPABILITIES: ClientCapabilities = {
  workspace: {
    workspaceFolders: true,
    workspaceEdit: { documentChanges: true, changeAnnotationSupport: { groupsOnLabel: true } },
    didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
    didChangeConfiguration: { dynamicRegistration: true },
    codeLens: { refreshSupport: true },
  },
  textDocument: {
    publishDiagnostics: { relatedInformation: true },
    codeAction: { dataSupport: true, resolveSupport: { properties: ['edit'] }, disabledSupport: true },
  },
  window: { workDoneProgress: true },
};

export interface EditorOptions {
  /** Absolute paths or URIs. */
  readonly folders: readonly string[];
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: InitializationOptions;
  /** Called before `initialize`, to answer requests of the server. */
  readonly prepare?: (connection: ProtocolConnection) => void;
  readonly host?: ServerHost;
}

/** An editor at the other end of a real server, over streams in memory. */
export class TestEditor {
  readonly statuses: IndexStatus[] = [];
  readonly registrations: { readonly method: string; readonly options: unknown }[] = [];
  readonly progress: { readonly kind: string; readonly cancellable?: boolean }[] = [];
  readonly logged: string[] = [];
  readonly published: PublishDiagnosticsParams[] = [];
  private readonly diagnostics = new Map<string, readonly Diagnostic[]>();
  private readonly waiting = new Set<() => void>();
  private readonly versions = new Map<string, number>();

  private constructor(
    readonly connection: ProtocolConnection,
    private readonly server: { dispose(): void },
  ) {}

  initializeResult: InitializeResult = { capabilities: {} };

  /** Starts a server and completes the handshake; the index run is under way then. */
  static async start(options: EditorOptions): Promise<TestEditor> {
    const toServer = new PassThrough();
    const toEditor = new PassThrough();
    const server = createConnection(
      ProposedFeatures.all,
      new StreamMessageReader(toServer),
      new StreamMessageWriter(toEditor),
    );
    startServer(server, options.host ?? testHost());
    const connection = createProtocolConnection(new StreamMessageReader(toEditor), new StreamMessageWriter(toServer));
    const editor = new TestEditor(connection, server);
    editor.listen();
    options.prepare?.(connection);
    connection.listen();
    editor.initializeResult = await connection.sendRequest('initialize', {
      processId: null,
      rootUri: null,
      capabilities: options.capabilities ?? FULL_CAPABILITIES,
      workspaceFolders: options.folders.map((folder, index) => ({ uri: toUri(folder), name: `root${index}` })),
      initializationOptions: { commands: Object.values(CLIENT_COMMANDS), ...options.initializationOptions },
    });
    await connection.sendNotification('initialized', {});
    return editor;
  }

  /** As `start`, and waits until the index is complete. */
  static async startReady(options: EditorOptions): Promise<TestEditor> {
    const editor = await TestEditor.start(options);
    await editor.waitForState('ready');
    return editor;
  }

  async stop(): Promise<void> {
    await this.connection.sendRequest('shutdown');
    this.connection.dispose();
    this.server.dispose();
  }

  request<T>(method: string, parameters?: unknown): Promise<T> {
    return parameters === undefined
      ? this.connection.sendRequest<T>(method)
      : this.connection.sendRequest<T>(method, parameters);
  }

  async openFile(file: string): Promise<{ readonly uri: string; readonly text: string }> {
    const text = await readFile(file, 'utf8');
    const uri = pathToFileURL(file).href;
    await this.openText(uri, text);
    return { uri, text };
  }

  async openText(uri: string, text: string): Promise<void> {
    this.versions.set(uri, 1);
    const languageId = uri.endsWith('.json') ? 'json' : 'python';
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version: 1, text },
    });
  }

  async changeText(uri: string, changes: readonly { range?: Range; text: string }[]): Promise<void> {
    const version = (this.versions.get(uri) ?? 0) + 1;
    this.versions.set(uri, version);
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: changes,
    });
  }

  async closeFile(uri: string): Promise<void> {
    await this.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }

  diagnosticsOf(uri: string): readonly Diagnostic[] {
    return this.diagnostics.get(uri) ?? [];
  }

  /** The next status of that state, or the last one when it has that state already. */
  waitForState(state: IndexStatus['state']): Promise<IndexStatus> {
    return this.waitFor(() => {
      const last = this.statuses.at(-1);
      return last?.state === state ? last : undefined;
    });
  }

  waitForDiagnostics(
    uri: string,
    fits: (diagnostics: readonly Diagnostic[]) => boolean,
  ): Promise<readonly Diagnostic[]> {
    return this.waitFor(() => {
      const diagnostics = this.diagnostics.get(uri);
      return diagnostics && fits(diagnostics) ? diagnostics : undefined;
    });
  }

  /** Looks again after every message of the server; mocha's time limit ends a wait in vain. */
  waitFor<T>(look: () => T | undefined): Promise<T> {
    return new Promise((resolve) => {
      const attempt = (): void => {
        const found = look();
        if (found === undefined) return;
        this.waiting.delete(attempt);
        resolve(found);
      };
      this.waiting.add(attempt);
      attempt();
    });
  }

  private listen(): void {
    const { connection } = this;
    connection.onNotification(STATUS_NOTIFICATION, (status: IndexStatus) =>
      this.note(() => this.statuses.push(status)),
    );
    connection.onNotification('textDocument/publishDiagnostics', (published: PublishDiagnosticsParams) =>
      this.note(() => {
        this.published.push(published);
        this.diagnostics.set(published.uri, published.diagnostics);
      }),
    );
    connection.onNotification('window/logMessage', ({ message }: { message: string }) =>
      this.note(() => this.logged.push(message)),
    );
    connection.onNotification('$/progress', ({ value }: { value: { kind: string; cancellable?: boolean } }) =>
      this.note(() => this.progress.push(value)),
    );
    connection.onRequest(
      'client/registerCapability',
      ({ registrations }: { registrations: { method: string; registerOptions: unknown }[] }) =>
        this.note(() => {
          this.registrations.push(
            ...registrations.map(({ method, registerOptions }) => ({ method, options: registerOptions })),
          );
          return null;
        }),
    );
    for (const method of [
      'client/unregisterCapability',
      'window/workDoneProgress/create',
      'workspace/codeLens/refresh',
    ]) {
      connection.onRequest(method, () => null);
    }
  }

  private note<T>(happen: () => T): T {
    const result = happen();
    for (const attempt of [...this.waiting]) attempt();
    return result;
  }
}

/** The server's real host, with the grammars out of node_modules. */
export function testHost(): ServerHost {
  return {
    ...createNodeHost(''),
    loadGrammarBytes: () =>
      Promise.resolve({
        runtimeWasm: readFileSync(requireFrom.resolve('web-tree-sitter/web-tree-sitter.wasm')),
        pythonWasm: readFileSync(requireFrom.resolve('tree-sitter-python/tree-sitter-python.wasm')),
        bashWasm: readFileSync(requireFrom.resolve('tree-sitter-bash/tree-sitter-bash.wasm')),
      }),
  };
}

export function toUri(folder: string): string {
  return path.isAbsolute(folder) ? pathToFileURL(folder).href : folder;
}

export function toPath(uri: string): string {
  return fileURLToPath(uri);
}

/** The range of the first occurrence of `part` in a text, for requests about it. */
export function rangeOf(text: string, part: string): Range {
  const offset = text.indexOf(part);
  if (offset < 0) throw new Error(`"${part}" is not in the text`);
  return { start: positionOf(text, offset), end: positionOf(text, offset + part.length) };
}

function positionOf(text: string, offset: number): Range['start'] {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

/** The text that a range covers. */
export function textIn(text: string, range: Range): string {
  const lines = text.split('\n');
  if (range.start.line === range.end.line)
    return (lines[range.start.line] ?? '').slice(range.start.character, range.end.character);
  throw new Error('the range covers several lines');
}
