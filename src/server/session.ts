import type { Connection } from 'vscode-languageserver';
import type { TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileSource } from '../engine/fileSource';
import type { IndexStore } from '../engine/indexStore';
import type { Grammars } from '../syntax/grammars';
import type { InitializationOptions, IndexStatus, ServerSettings } from '../protocol/messages';
import type { ServerHost } from './host';
import type { ProgressReporter } from './progressReport';
import { Engine } from '../engine/engine';
import { CancelledError } from '../engine/progress';
import { DEFAULT_SETTINGS } from '../engine/settings';
import { loadGrammars } from '../syntax/grammars';
import { ClientFileSource, readThroughClient } from './clientFileSource';
import { resolveGuidelinePath } from './guidelinePaths';
import { type IndexRun, mergeRoots, type Root, RootSource, SingleFileSource } from './roots';
import { canonicalUri, UriKeys } from './uriKeys';

/** What the session tells its owner. */
export interface SessionEvents {
  /** Something in the index changed: answers given before may be outdated. `byEdit`: through an open buffer. */
  readonly onDidChange: (byEdit: boolean) => void;
  readonly onStatus: (status: IndexStatus) => void;
  readonly startProgress: () => Promise<ProgressReporter>;
  readonly log: (message: string) => void;
}

/** A change of branch rather than a saved file. */
const MANY_CHANGES = 100;

/** A complete index with what is needed to keep it in step. */
interface OpenIndex {
  readonly engine: Engine;
  readonly keys: UriKeys;
  readonly sources: readonly RootSource[];
  readonly stopListening: () => void;
}

/**
 * Keeps the engine in step with the editor: roots, settings, open buffers, changed files. One index run at a time; what is asked for
 * while one runs is done once, after it.
 */
export class Session {
  settings: ServerSettings;
  private grammars: Promise<Grammars> | null = null;
  private current: OpenIndex | null = null;
  private folders: readonly string[] = [];
  private running: Promise<void> | null = null;
  private queued: Promise<void> | null = null;
  private generation = 0;
  private lastChange: string | null = null;
  private readonly dirty = new Set<string>();
  private isFlushing = false;
  private status: IndexStatus = { state: 'starting', detail: '', files: 0, tests: 0, guidelines: 0, skipped: 0 };

  constructor(
    private readonly connection: Connection,
    private readonly host: ServerHost,
    private readonly documents: TextDocuments<TextDocument>,
    private readonly options: InitializationOptions,
    private readonly events: SessionEvents,
    settings: ServerSettings,
  ) {
    this.settings = settings;
  }

  /** The engine with every edit so far, or null before the first index run. */
  get engine(): Engine | null {
    this.flush();
    return this.current?.engine ?? null;
  }

  /** When the index last took in files or edits, ISO 8601; null before the first time. */
  get indexedAt(): string | null {
    return this.lastChange;
  }

  /** The engine's key of an address as the editor spells it. */
  keyOf(uri: string): string {
    return this.current?.keys.keyOf(uri) ?? canonicalUri(uri);
  }

  /** Every root in use: workspace folders, guideline paths of the settings, fetched guidelines. */
  get roots(): readonly Root[] {
    const context = { folders: this.folders, home: this.host.home };
    const paths = this.settings.guidelines.paths.flatMap((path) => resolveGuidelinePath(path, context));
    const fetched = this.fetchedFolder === null ? [] : [this.fetchedFolder];
    return mergeRoots([
      ...this.folders.map((uri): Root => ({ uri, kind: 'workspace' })),
      ...[...paths, ...fetched].map((uri): Root => ({ uri, kind: 'guidelines' })),
    ]);
  }

  /** The roots whose files change by other hands: fetched guidelines change by our command alone, which indexes again. */
  get watchedRoots(): readonly Root[] {
    return this.roots.filter((root) => root.uri !== this.fetchedFolder);
  }

  private get fetchedFolder(): string | null {
    const { fetchedGuidelines } = this.options;
    return typeof fetchedGuidelines === 'string' ? canonicalUri(fetchedGuidelines).replace(/\/+$/, '') : null;
  }

  setFolders(folders: readonly string[]): void {
    this.folders = folders.map((uri) => canonicalUri(uri).replace(/\/+$/, ''));
  }

  /** Builds the index anew; resolves when one that started after this call is complete (or has failed, which the status tells). */
  reindex(): Promise<void> {
    this.generation++;
    if (!this.running) return (this.running = this.runIndex().finally(() => (this.running = null)));
    this.queued ??= this.running.then(() => {
      this.queued = null;
      return this.reindex();
    });
    return this.queued;
  }

  /** Ends a run that is under way. */
  stop(): void {
    this.generation++;
  }

  /** Tells that an open buffer has another text; applied before the next answer or by `flush`. */
  markDirty(uri: string): void {
    this.dirty.add(uri);
  }

  /** Gives the engine the texts of changed buffers. */
  flush(): void {
    // While a new index is built, answers come from the old one; the new one gets all open buffers at its end.
    if (!this.current || this.dirty.size === 0) return;
    this.isFlushing = true;
    try {
      for (const uri of this.dirty) this.applyBuffer(this.current, uri);
      this.dirty.clear();
    } finally {
      this.isFlushing = false;
    }
  }

  /** Files changed, appeared or vanished on disk. Open buffers win over the disk. */
  async applyFileChanges(changed: readonly string[], removed: readonly string[]): Promise<void> {
    if (this.running || !this.current || changed.length + removed.length > MANY_CHANGES) {
      // A run that is under way may have read the old state; and joining file by file takes longer than anew.
      await this.reindex();
      return;
    }
    const { engine, keys } = this.current;
    for (const uri of removed) {
      const folder = `${keys.keyOf(uri)}/`;
      const below = engine.files().filter((file) => file.uri.startsWith(folder));
      for (const key of [keys.keyOf(uri), ...below.map((file) => file.uri)]) engine.removeFile(key);
    }
    for (const uri of changed) await this.readChanged(this.current, uri);
  }

  /** Asks repositories what they have committed of the guidelines; nothing where the host knows none. */
  async readCommitted(): Promise<void> {
    const engine = this.current?.engine;
    if (!engine || !this.host.readCommitted) return;
    const texts = new Map<string, string | null>();
    // One at a time: each is a process, and nothing waits for them.
    for (const { uri } of engine.guidelines()) texts.set(uri, await this.host.readCommitted(uri));
    if (engine === this.current?.engine) engine.setCommitted(texts);
  }

  /** Looks whether a file that is not open is as the index has it; false when it was not (it is now). */
  async confirmText(key: string): Promise<boolean> {
    return this.current ? await this.current.engine.confirmText(key) : true;
  }

  private async readChanged({ engine, keys, sources }: OpenIndex, uri: string): Promise<void> {
    const key = keys.keyOf(uri);
    if (engine.file(key)) {
      await engine.refreshFile(key);
      return;
    }
    for (const source of sources) {
      const file = source.place(key);
      if (!file) continue;
      await engine.addFile(file, source);
      const open = this.documents.all().find((document) => keys.keyOf(document.uri) === key);
      if (open) this.markDirty(open.uri);
      return;
    }
  }

  private applyBuffer({ engine, keys }: OpenIndex, uri: string): void {
    const document = this.documents.get(uri);
    if (document) engine.setText(keys.keyOf(uri), document.getText(), document.version);
    else engine.closeText(keys.keyOf(uri));
  }

  private async runIndex(): Promise<void> {
    const generation = this.generation;
    const isCancelled = (): boolean => generation !== this.generation;
    const progress = await this.events.startProgress();
    try {
      this.publish('indexing', '');
      const engine = new Engine(await this.loadGrammars(), {
        ...DEFAULT_SETTINGS,
        maxFileSize: this.settings.maxFileSize * 1024 * 1024,
        today: () => this.host.today(),
      });
      const sources = this.openSources();
      const tell = (step: string, done: number, total: number): void => this.tellProgress(progress, step, done, total);
      const store = this.openStore();
      // Whoever indexes again wants everything read anew.
      await engine.open(sources, tell, isCancelled, this.current ? null : store);
      this.current?.stopListening();
      const stopListening = engine.onDidChange(() => this.afterEngineChange());
      this.current = { engine, keys: new UriKeys(engine), sources, stopListening };
      this.finishRun(engine);
      // Nobody waits for it.
      if (store) void engine.keep(store);
    } catch (error) {
      if (error instanceof CancelledError) return;
      const message = error instanceof Error ? error.message : String(error);
      this.events.log(`Indexing failed: ${error instanceof Error ? (error.stack ?? message) : message}`);
      this.publish('failed', message);
    } finally {
      progress.done();
    }
  }

  private finishRun(engine: Engine): void {
    for (const document of this.documents.all()) this.dirty.add(document.uri);
    this.flush();
    for (const { uri, reason } of engine.skipped()) this.events.log(`Skipped ${uri}: ${reason}`);
    for (const { uri, message } of engine.notes()) this.events.log(`${uri}: ${message}`);
    this.lastChange = new Date().toISOString();
    this.publish('ready', '');
    this.events.onDidChange(false);
    void this.readCommitted();
  }

  private afterEngineChange(): void {
    this.lastChange = new Date().toISOString();
    this.publishCounts();
    this.events.onDidChange(this.isFlushing);
  }

  private loadGrammars(): Promise<Grammars> {
    this.grammars ??= this.host
      .loadGrammarBytes((uri) => readThroughClient(this.connection, uri), this.options.grammars ?? null)
      .then(loadGrammars)
      .catch((error: unknown) => {
        // A later attempt may succeed (a client that was not ready yet).
        this.grammars = null;
        throw error;
      });
    return this.grammars;
  }

  private openStore(): IndexStore | null {
    const { indexFolder } = this.options;
    return (typeof indexFolder === 'string' && this.host.openIndexStore?.(indexFolder)) || null;
  }

  private openSources(): readonly RootSource[] {
    const run: IndexRun = {
      offered: new Set(),
      onUnreadable: (error) => {
        // Before the first fetch that folder is not there, which is as it should be.
        if (error.uri !== this.fetchedFolder) this.events.log(error.message);
      },
    };
    return this.roots.map((root) => new RootSource(this.openRoot(root), root.kind, run));
  }

  private openRoot({ uri, kind }: Root): FileSource {
    if (kind === 'workspace' || !uri.endsWith('.json')) return this.openFolder(uri);
    return new SingleFileSource(uri, this.openFolder(uri.slice(0, uri.lastIndexOf('/'))));
  }

  private openFolder(uri: string): FileSource {
    return this.host.openDiskSource(uri) ?? new ClientFileSource(uri, this.connection);
  }

  private tellProgress(progress: ProgressReporter, step: string, done: number, total: number): void {
    const detail = progress.report(step, done, total);
    if (detail !== null) this.publish('indexing', detail);
  }

  /** An edit may add or take tests. */
  private publishCounts(): void {
    const before = JSON.stringify(this.status);
    const after = this.newStatus(this.status.state, this.status.detail);
    if (JSON.stringify(after) !== before) this.publish(after.state, after.detail);
  }

  private publish(state: IndexStatus['state'], detail: string): void {
    this.status = this.newStatus(state, detail);
    this.events.onStatus(this.status);
  }

  private newStatus(state: IndexStatus['state'], detail: string): IndexStatus {
    const engine = this.current?.engine;
    return {
      state,
      detail,
      files: engine?.files().length ?? 0,
      tests: engine?.tests().length ?? 0,
      guidelines: engine?.guidelines().length ?? 0,
      skipped: engine?.skipped().length ?? 0,
    };
  }
}
