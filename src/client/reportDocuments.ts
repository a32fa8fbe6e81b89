import * as vscode from 'vscode';
import type { RevisionAnswer } from '../protocol/workbenchMessages';
import type { ServerConnection } from './serverConnection';
import { REPORT_SCHEME, REVISION_REQUEST, REVISION_SCHEME } from '../protocol/workbenchMessages';
import type { DocumentPanels, MakeDocument } from './documentPanels';
import { type DocumentSpec, readDocumentSpec } from './documentSpec';
import { canUseGit, readThroughGit } from './gitExtension';

/** Read-only documents: comparisons and results as Markdown, and files as a revision has them. */
export class ReportDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly changeEmitter = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changeEmitter.event;
  private readonly disposables: vscode.Disposable[];

  constructor(
    private readonly server: ServerConnection,
    private readonly panels: DocumentPanels,
    private readonly make: MakeDocument,
  ) {
    this.disposables = [
      this.changeEmitter,
      vscode.workspace.registerTextDocumentContentProvider(REPORT_SCHEME, this),
      vscode.workspace.registerTextDocumentContentProvider(REVISION_SCHEME, {
        provideTextDocumentContent: (uri) => this.showRevision(uri),
      }),
      vscode.workspace.onDidSaveTextDocument(() => this.refresh()),
      server.onDidChangeStatus(({ state }) => {
        if (state === 'ready') this.refresh();
      }),
    ];
  }

  /**
   * Shows a document in a tab of its own.
   * @returns the address of its Markdown
   */
  async open(spec: DocumentSpec): Promise<vscode.Uri> {
    // A slash would make folders of the name.
    const path = `/${spec.name.replaceAll('/', '∕')}.md`;
    const uri = vscode.Uri.from({ scheme: REPORT_SCHEME, path, query: JSON.stringify(spec) });
    this.changeEmitter.fire(uri);
    await this.panels.show(spec);
    return uri;
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    try {
      const spec = readDocumentSpec(JSON.parse(uri.query));
      if (!spec) return vscode.l10n.t('This document was made by a command of Interop Lens: run the command again.');
      const { markdown, problem } = await this.make(spec, 'none');
      return problem ?? markdown;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private refresh(): void {
    this.panels.refresh();
    for (const { uri } of vscode.workspace.textDocuments)
      if (uri.scheme === REPORT_SCHEME) this.changeEmitter.fire(uri);
  }

  private async showRevision(uri: vscode.Uri): Promise<string> {
    const { file, revision } = readRevisionAddress(uri);
    return readRevision(this.server, file, revision);
  }
}

/** The address of a document that shows a file as a revision has it. */
export function revisionAddress(file: vscode.Uri, revision: string): vscode.Uri {
  return vscode.Uri.from({
    scheme: REVISION_SCHEME,
    path: file.path,
    query: JSON.stringify({ file: file.toString(), revision }),
  });
}

function readRevisionAddress(uri: vscode.Uri): { readonly file: vscode.Uri; readonly revision: string } {
  const { file, revision } = JSON.parse(uri.query) as { file: string; revision: string };
  return { file: vscode.Uri.parse(file), revision };
}

/** True where a revision of a file may be had: from a server on a machine, or from VS Code's own git. */
export async function canReadRevisions(file: vscode.Uri): Promise<boolean> {
  return file.scheme === 'file' || (await canUseGit(file));
}

/**
 * A file as a revision has it: from the server where it can run git, else from VS Code's git.
 * @throws Error when neither has it; the message can be shown
 */
export async function readRevision(server: ServerConnection, file: vscode.Uri, revision: string): Promise<string> {
  const answer = await server.request<RevisionAnswer>(REVISION_REQUEST, { uri: file.toString(), revision });
  if (answer.text !== null) return answer.text;
  if (answer.problem !== null) throw new Error(answer.problem);
  return readThroughGit(file, revision);
}
