import type {
  CodeAction,
  CodeActionContext,
  CodeLens,
  Connection,
  FileEvent,
  InitializeParams,
  InitializeResult,
  Range,
  ServerCapabilities,
} from 'vscode-languageserver';
import type {
  CheckGuidelineArguments,
  CheckGuidelineAnswer,
  EvidenceArguments,
  PlaceArguments,
  InitializationOptions,
  WhatIfAnswer,
  WhatIfArguments,
} from '../protocol/messages';
import type { AgentAnswer } from '../agents/answerShapes';
import type { TreeArguments, TreeId, TreePathArguments, TreeSummaryArguments } from '../protocol/treeMessages';
import type { IndexView } from '../engine/indexView';
import type { ServerHost } from './host';
import {
  CodeActionKind,
  CodeLensRefreshRequest,
  DidChangeConfigurationNotification,
  InlayHintRefreshRequest,
  TextDocuments,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { answerBeforeIndex } from '../agents/answerTool';
import { DEFAULT_SETTINGS } from '../engine/settings';
import { readGuideline } from '../guideline/readGuideline';
import { ASK_TOOL_REQUEST, type AskToolArguments } from '../protocol/agentTools';
import {
  CALLERS_REQUEST,
  CHECK_GUIDELINE_REQUEST,
  EVIDENCE_REQUEST,
  REINDEX_REQUEST,
  SKIPPED_REQUEST,
  STATUS_NOTIFICATION,
  WHAT_IF_REQUEST,
} from '../protocol/messages';
import { CHANGED_NOTIFICATION, TREE_PATH_REQUEST, TREE_REQUEST, TREE_SUMMARY_REQUEST } from '../protocol/treeMessages';
import { REPORT_REQUEST, type ReportAnswer, type ReportArguments } from '../protocol/reportMessages';
import { type EditorSupport, readFolders, readSupport } from './editorSupport';
import { concernsCommits, FileWatching, splitFileEvents } from './fileWatching';
import type { RulePage } from './features/diagnostics';
import { answerForCurrentFiles, closedFilesOfActions } from './currentFiles';
import {
  type ActionContext,
  findActions,
  FIX_ALL_KIND,
  MOVE_KIND,
  FLAG_KIND,
  ON_THE_WAY_KIND,
  resolveAction,
} from './features/codeActions';
import { findIncomingCalls, findOutgoingCalls, prepareCalls } from './features/callHierarchy';
import { findLenses, resolveLens } from './features/codeLens';
import { findCallers } from './features/callers';
import { findEvidence } from './features/evidence';
import { findHover } from './features/hover';
import { findDefinitions, findDocumentLinks, findReferences } from './features/navigation';
import { findSymbols } from './features/symbols';
import { askTool } from './features/toolAnswers';
import { findTreePath, listTree, summarizeTree } from './features/tree';
import { findListHints } from './features/testLists';
import { answerEditingRequests, EDITING_CAPABILITIES } from './guidelineEditing';
import { reportIndex } from './features/report';
import { startProgress } from './progressReport';
import { DiagnosticPublisher } from './publisher';
import { fitsPattern } from './schemaPatterns';
import { needsReindex, readServerSettings } from './serverSettings';
import { Session } from './session';
import { warmFindings } from './tree/warmFindings';
import { answerWorkbench } from './workbenchRequests';

const CAPABILITIES: ServerCapabilities = {
  ...EDITING_CAPABILITIES,
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: false },
  codeLensProvider: { resolveProvider: true },
  hoverProvider: true,
  definitionProvider: true,
  referencesProvider: true,
  inlayHintProvider: true,
  callHierarchyProvider: true,
  documentLinkProvider: { resolveProvider: false },
  documentSymbolProvider: { label: 'Interop Lens' },
  codeActionProvider: {
    codeActionKinds: [CodeActionKind.QuickFix, MOVE_KIND, FLAG_KIND, ON_THE_WAY_KIND, FIX_ALL_KIND],
    resolveProvider: true,
  },
  workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
};

/**
 * Serves one editor over a connection until it says `exit`. The connection is any stream pair; the host says how grammars and folders are
 * read. Handlers answer "nothing" rather than fail: an error is logged and the editor goes on.
 */
export function startServer(connection: Connection, host: ServerHost): void {
  const documents = new TextDocuments(TextDocument);
  connection.onInitialize((parameters): InitializeResult => {
    new LanguageServer(connection, host, documents, parameters).listen();
    return { capabilities: CAPABILITIES, serverInfo: { name: 'Interop Lens' } };
  });
  documents.listen(connection);
  connection.listen();
}

class LanguageServer {
  private readonly options: InitializationOptions;
  private readonly rulePage: RulePage;
  private readonly support: EditorSupport;
  private readonly commands: ReadonlySet<string>;
  private readonly session: Session;
  private readonly publisher: DiagnosticPublisher;
  private readonly watching: FileWatching;
  private folders: readonly string[];
  private lensesAreOld = false;
  private toldVersion = 0;
  private isStopped = false;
  private publishTimer: ReturnType<typeof setTimeout> | null = null;

  constructor(
    private readonly connection: Connection,
    private readonly host: ServerHost,
    private readonly documents: TextDocuments<TextDocument>,
    parameters: InitializeParams,
  ) {
    this.options = isRecord(parameters.initializationOptions) ? parameters.initializationOptions : {};
    this.support = readSupport(parameters);
    const pages = this.options.rulePages ?? DEFAULT_SETTINGS.rulePageBase;
    this.rulePage = (rule) => `${pages}${rule}.md`;
    this.commands = new Set(Array.isArray(this.options.commands) ? this.options.commands : []);
    this.folders = readFolders(parameters);
    this.session = new Session(
      connection,
      host,
      documents,
      this.options,
      {
        onDidChange: (byEdit) => (byEdit ? this.schedulePublish() : this.afterChange()),
        onStatus: (status) => {
          if (!this.isStopped) void connection.sendNotification(STATUS_NOTIFICATION, status);
        },
        startProgress: () => startProgress(connection, this.support.progress),
        log: (message) => connection.console.info(message),
      },
      readServerSettings(this.options.settings),
    );
    this.watching = new FileWatching(connection, this.support.watching);
    this.publisher = new DiagnosticPublisher(connection, {
      view: () => this.session.engine,
      openDocuments: () => documents.all().map(({ uri, version }) => ({ uri, key: this.session.keyOf(uri), version })),
      rulePage: this.rulePage,
      relatedInformation: this.support.relatedInformation,
    });
  }

  listen(): void {
    this.listenToLife();
    this.listenToChanges();
    this.answerLanguageRequests();
    this.answerOwnRequests();
    this.answerTreeRequests();
    answerWorkbench(this.connection, {
      host: this.host,
      ask: (work) => {
        const { engine } = this.session;
        if (!engine) throw new Error('The index is not complete yet.');
        return work(engine);
      },
      keyOf: (uri) => this.session.keyOf(uri),
      versionOf: (key) => this.versionOf(key),
      confirmText: (key) => this.session.confirmText(key),
    });
  }

  private listenToLife(): void {
    this.connection.onInitialized(() => {
      if (this.support.configurationChanges)
        void this.connection.client.register(DidChangeConfigurationNotification.type, undefined);
      if (this.support.folderChanges) {
        this.connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
          const gone = new Set(removed.map((folder) => folder.uri));
          this.folders = [...this.folders.filter((uri) => !gone.has(uri)), ...added.map((folder) => folder.uri)];
          void this.startIndex();
        });
      }
      void this.startIndex();
    });
    this.connection.onShutdown(() => this.stop());
  }

  /** After `shutdown` the connection may go at any moment: nothing is sent any more. */
  private stop(): void {
    this.isStopped = true;
    this.session.stop();
    this.publisher.stop();
    if (this.publishTimer !== null) clearTimeout(this.publishTimer);
  }

  private async startIndex(): Promise<void> {
    this.session.setFolders(this.folders);
    const indexed = this.session.reindex();
    await this.watching.watch(this.session.watchedRoots).catch((error: unknown) => this.logError('watch files', error));
    await indexed;
  }

  private listenToChanges(): void {
    this.documents.onDidOpen(({ document }) => this.changeBuffer(document.uri));
    this.documents.onDidChangeContent(({ document }) => this.changeBuffer(document.uri));
    this.documents.onDidClose(({ document }) => this.changeBuffer(document.uri));
    this.connection.onDidChangeWatchedFiles(({ changes }) => {
      this.takeFileEvents(changes).catch((error: unknown) => this.logError('read changed files', error));
    });
    this.connection.onDidChangeConfiguration(({ settings }) => {
      // Editors that have their settings pulled send null here; ours and Neovim's push them.
      if (settings === null || settings === undefined) return;
      const before = this.session.settings;
      this.session.settings = readServerSettings(settings);
      if (needsReindex(before, this.session.settings)) void this.startIndex();
      else this.afterChange();
    });
  }

  private async takeFileEvents(events: FileEvent[]): Promise<void> {
    const { changed, removed } = splitFileEvents(events);
    if (changed.length + removed.length > 0) await this.session.applyFileChanges(changed, removed);
    if (concernsCommits(events)) await this.session.readCommitted();
  }

  private changeBuffer(uri: string): void {
    this.session.markDirty(uri);
    this.schedulePublish();
  }

  /** Several edits that wait in the input are answered once. */
  private schedulePublish(): void {
    if (this.publishTimer !== null || this.isStopped) return;
    this.publishTimer = setTimeout(() => {
      this.publishTimer = null;
      this.refreshLenses();
      this.tellChanged();
      this.publisher.publish().catch((error: unknown) => this.logError('publish diagnostics', error));
    }, 0);
  }

  /** Tells views that show what the index holds; they ask again when they are to be seen. */
  private tellChanged(): void {
    const version = this.session.engine?.version ?? 0;
    if (version === this.toldVersion) return;
    this.toldVersion = version;
    void this.connection.sendNotification(CHANGED_NOTIFICATION);
  }

  /** Asks the editor to ask for lenses and hints again; after edits it does so by itself. */
  private refreshLenses(): void {
    if (!this.lensesAreOld) return;
    this.lensesAreOld = false;
    if (this.support.lensRefresh) void this.connection.sendRequest(CodeLensRefreshRequest.type).catch(() => undefined);
    if (this.support.hintRefresh) void this.connection.sendRequest(InlayHintRefreshRequest.type).catch(() => undefined);
  }

  private afterChange(): void {
    this.lensesAreOld = true;
    this.schedulePublish();
  }

  private answerLanguageRequests(): void {
    const { connection, session } = this;
    connection.onCodeLens(({ textDocument }) =>
      this.answer('list lenses', [], (engine) =>
        findLenses(engine, session.keyOf(textDocument.uri), session.settings.codeLens, this.commands),
      ),
    );
    connection.onCodeLensResolve((lens): CodeLens =>
      this.answer('resolve a lens', lens, (engine) => resolveLens(engine, lens, this.commands)),
    );
    connection.onHover(({ textDocument, position }) =>
      this.answer('show a hover', null, (engine) => {
        const key = session.keyOf(textDocument.uri);
        return engine.text(key) === undefined
          ? null
          : findHover(
              engine,
              key,
              engine.offsetAt(key, position),
              this.rulePage,
              this.commands,
              this.knowsSchema(textDocument.uri),
            );
      }),
    );
    connection.onDefinition(({ textDocument, position }) =>
      this.answer('find definitions', [], (engine) => {
        const key = session.keyOf(textDocument.uri);
        return engine.text(key) === undefined ? [] : findDefinitions(engine, key, engine.offsetAt(key, position));
      }),
    );
    connection.onReferences(({ textDocument, position, context }) =>
      this.answer('find references', [], (engine) => {
        const key = session.keyOf(textDocument.uri);
        if (engine.text(key) === undefined) return [];
        return findReferences(engine, key, engine.offsetAt(key, position), context.includeDeclaration);
      }),
    );
    connection.languages.callHierarchy.onPrepare(({ textDocument, position }) =>
      this.answer('prepare the call hierarchy', [], (engine) => {
        const key = session.keyOf(textDocument.uri);
        return engine.text(key) === undefined ? [] : prepareCalls(engine, key, engine.offsetAt(key, position));
      }),
    );
    connection.languages.callHierarchy.onIncomingCalls(({ item }) =>
      this.answer('find callers', [], (engine) => findIncomingCalls(engine, { ...item, uri: session.keyOf(item.uri) })),
    );
    connection.languages.callHierarchy.onOutgoingCalls(({ item }) =>
      this.answer('find calls', [], (engine) => findOutgoingCalls(engine, { ...item, uri: session.keyOf(item.uri) })),
    );
    connection.onDocumentLinks(({ textDocument }) =>
      this.answer('find links', [], (engine) => findDocumentLinks(engine, session.keyOf(textDocument.uri))),
    );
    connection.languages.inlayHint.on(({ textDocument, range }) =>
      this.answer('list hints', [], (engine) => {
        const list = engine.complete ? engine.testList(session.keyOf(textDocument.uri)) : undefined;
        return list && session.settings.codeLens.testLists ? findListHints(engine, list, range) : [];
      }),
    );
    connection.onDocumentSymbol(({ textDocument }) =>
      this.answer('outline', [], (engine) => findSymbols(engine, session.keyOf(textDocument.uri))),
    );
    connection.onCodeActionResolve(async (action) => {
      const [resolved = action] = await answerForCurrentFiles(
        () => [this.resolveAction(action)],
        closedFilesOfActions,
        (file) => session.confirmText(file),
        [action],
      );
      return resolved;
    });
    connection.onCodeAction(({ textDocument, range, context }) =>
      answerForCurrentFiles(
        () => this.findActions(session.keyOf(textDocument.uri), range, context),
        closedFilesOfActions,
        (file) => session.confirmText(file),
        [],
      ),
    );
    answerEditingRequests({
      connection,
      session,
      support: this.support,
      knowsSchema: (uri) => this.knowsSchema(uri),
      versionOf: (key) => this.versionOf(key),
      answer: (what, otherwise, work) => this.answer(what, otherwise, work),
    });
  }

  private findActions(uri: string, range: Range, wanted: CodeActionContext): CodeAction[] {
    return this.answer('find actions', [] as CodeAction[], (view) => {
      if (view.text(uri) === undefined) return [];
      const selection = { start: view.offsetAt(uri, range.start), end: view.offsetAt(uri, range.end) };
      return findActions(this.actionContext(view, uri), selection, wanted);
    });
  }

  private resolveAction(action: CodeAction): CodeAction {
    return this.answer('make an action', action, (view) => resolveAction(this.actionContext(view, ''), action));
  }

  private actionContext(view: IndexView, uri: string): ActionContext {
    const { documentChanges, confirmedChanges, resolvesActions, disabledActions } = this.support;
    return {
      view,
      uri,
      versionOf: (key) => this.versionOf(key),
      commands: this.commands,
      documentChanges,
      annotations: confirmedChanges,
      resolves: resolvesActions,
      showsDisabled: disabledActions,
    };
  }

  /** True when the editor shows what our JSON Schema says of the file by itself. */
  private knowsSchema(uri: string): boolean {
    const { schemaPatterns } = this.options;
    return Array.isArray(schemaPatterns) && fitsPattern(uri, schemaPatterns);
  }

  /** Version of the open document of a file, or null. */
  private versionOf(key: string): number | null {
    return this.documents.all().find((document) => this.session.keyOf(document.uri) === key)?.version ?? null;
  }

  private answerTreeRequests(): void {
    const { connection, session } = this;
    const getReady = async ({ tree }: { readonly tree: TreeId }): Promise<void> => {
      if (tree === 'findings') await warmFindings(() => session.engine);
    };
    connection.onRequest(TREE_REQUEST, async (given: TreeArguments) => {
      await getReady(given);
      return this.answer('list the tree', [], (engine) => [...listTree(engine, given)]);
    });
    connection.onRequest(TREE_PATH_REQUEST, async (given: TreePathArguments) => {
      await getReady(given);
      return this.answer('find the place in the tree', [], (engine) => [
        ...findTreePath(engine, { ...given, uri: session.keyOf(given.uri) }),
      ]);
    });
    connection.onRequest(TREE_SUMMARY_REQUEST, async (given: TreeSummaryArguments) => {
      await getReady(given);
      return this.answer('sum up the tree', null, (engine) => summarizeTree(engine, given));
    });
  }

  private answerOwnRequests(): void {
    const { connection, session } = this;
    connection.onRequest(SKIPPED_REQUEST, () =>
      this.answer('list skipped files', [], (engine) => [...engine.skipped()]),
    );
    connection.onRequest(EVIDENCE_REQUEST, (where: EvidenceArguments) =>
      this.answer('find evidence', { title: 'The index is not complete yet.', steps: [] }, (engine) =>
        findEvidence(engine, where.uri === undefined ? where : { ...where, uri: session.keyOf(where.uri) }, true),
      ),
    );
    connection.onRequest(CALLERS_REQUEST, ({ uri, position }: PlaceArguments) =>
      this.answer('find callers', { title: 'The index is not complete yet.', callers: [], tests: [] }, (engine) => {
        const key = session.keyOf(uri);
        return findCallers(engine, key, engine.offsetAt(key, position));
      }),
    );
    connection.onRequest(ASK_TOOL_REQUEST, (question: AskToolArguments) =>
      this.answer<AgentAnswer>(`answer ${question.name}`, answerBeforeIndex(question.name), (engine) =>
        askTool(question, engine, session.indexedAt),
      ),
    );
    connection.onRequest(WHAT_IF_REQUEST, (wanted: WhatIfArguments | null): WhatIfAnswer =>
      this.answer('judge what if', { complete: false, input: null }, (engine) =>
        engine.complete ? { complete: true, input: engine.whatIf(wanted?.rewrites) } : { complete: false, input: null },
      ),
    );
    connection.onRequest(REPORT_REQUEST, (wanted: ReportArguments) =>
      this.answer<ReportAnswer>('make the report', { model: null, uris: [] }, (engine) => reportIndex(engine, wanted)),
    );
    connection.onRequest(REINDEX_REQUEST, async () => {
      await this.startIndex();
      return null;
    });
    connection.onRequest(CHECK_GUIDELINE_REQUEST, ({ name, text }: CheckGuidelineArguments): CheckGuidelineAnswer => {
      const { guideline, problems } = readGuideline(name, text);
      if (guideline) return { isGuideline: true, id: guideline.id.value, problem: '' };
      return { isGuideline: false, id: '', problem: problems[0]?.message ?? 'It is no guideline.' };
    });
  }

  /** An answer from the index with every edit so far; `otherwise` before there is one, or when the work fails (which is logged). */
  private answer<T>(what: string, otherwise: T, work: (engine: NonNullable<Session['engine']>) => T): T {
    try {
      const engine = this.session.engine;
      return engine ? work(engine) : otherwise;
    } catch (error) {
      this.logError(what, error);
      return otherwise;
    }
  }

  private logError(what: string, error: unknown): void {
    this.connection.console.error(
      `Could not ${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
