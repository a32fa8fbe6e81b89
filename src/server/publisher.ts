import type { Connection, Diagnostic } from 'vscode-languageserver';
import type { IndexView } from '../engine/indexView';
import { kindOfSource } from '../model/sourceKinds';
import { findDiagnostics, type RulePage } from './features/diagnostics';
import { letOthersRun } from './letOthersRun';

/** What a publication needs to know of the editor at the time. */
export interface PublisherContext {
  /** The index with every edit so far, or null when there is none yet. */
  readonly view: () => IndexView | null;
  /** Open documents: address as the editor spells it, engine key, version. */
  readonly openDocuments: () => readonly { readonly uri: string; readonly key: string; readonly version: number }[];
  readonly rulePage: RulePage;
  readonly relatedInformation: boolean;
}

/**
 * Sends diagnostics of open files, of every guideline, of every test list and cloud profile and of the templates that tests use. A run that the index overtakes is given up; what was sent already is not
 * sent again; a file that no longer has any gets an empty list.
 */
export class DiagnosticPublisher {
  /** JSON of what the editor has, by address. */
  private readonly sent = new Map<string, string>();
  private run = 0;

  constructor(
    private readonly connection: Connection,
    private readonly context: PublisherContext,
  ) {}

  /** Brings the editor up to date; returns when done or overtaken by a later call. */
  async publish(): Promise<void> {
    const run = ++this.run;
    const view = this.context.view();
    if (!view) return;
    const version = view.version;
    const wanted = new Set<string>();
    const open = this.context.openDocuments();
    const openKeys = new Set(open.map((document) => document.key));
    for (const document of open) {
      wanted.add(document.uri);
      this.send(view, document.uri, document.key, document.version);
    }
    for (const key of this.unopenedFiles(view)) {
      if (openKeys.has(key)) continue;
      // Typing comes first: between files, newer edits get their turn.
      await letOthersRun();
      if (run !== this.run || view !== this.context.view() || view.version !== version) return;
      wanted.add(key);
      this.send(view, key, key, undefined);
    }
    for (const uri of [...this.sent.keys()]) if (!wanted.has(uri)) this.clear(uri);
  }

  /** Gives up a run that is under way. */
  stop(): void {
    this.run++;
  }

  private unopenedFiles(view: IndexView): readonly string[] {
    const uris = [
      ...view.guidelines().map((guideline) => guideline.uri),
      ...view.testListFiles().map((list) => list.uri),
      ...view.profiles().map((profile) => profile.uri),
      ...view.problems().map((problem) => problem.uri),
      ...view.files().flatMap(({ uri, path }) => (kindOfSource(path) === 'template' ? [uri] : [])),
    ];
    return [...new Set(uris)].sort();
  }

  private send(view: IndexView, uri: string, key: string, version: number | undefined): void {
    const diagnostics = findDiagnostics(view, key, this.context.rulePage).map((diagnostic) => this.adapt(diagnostic));
    const text = JSON.stringify(diagnostics);
    if ((this.sent.get(uri) ?? '[]') === text) return;
    this.sent.set(uri, text);
    void this.connection.sendDiagnostics({ uri, diagnostics, ...(version === undefined ? {} : { version }) });
  }

  private clear(uri: string): void {
    this.sent.delete(uri);
    void this.connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  private adapt(diagnostic: Diagnostic): Diagnostic {
    return this.context.relatedInformation ? diagnostic : { ...diagnostic, relatedInformation: undefined };
  }
}
