import * as vscode from 'vscode';
import type {
  DocumentAnswer,
  DocumentLinks,
  OutcomeName,
  ResultAnswer,
  ResultArguments,
} from '../protocol/workbenchMessages';
import type { ServerConnection } from './serverConnection';
import { RESULT_REQUEST } from '../protocol/workbenchMessages';
import { listResourcePaths } from './guidelineContext';
import { toRange } from './treePresentation';

/** How long after the last keystroke results are judged again, in milliseconds. */
const QUIET_TIME = 250;

/** The colours that VS Code's own tests have; the words beside them say the same. */
const COLOURS: Readonly<Record<OutcomeName, string>> = {
  passed: 'testing.iconPassed',
  failed: 'testing.iconFailed',
  skipped: 'testing.iconSkipped',
  'not run': 'testing.iconQueued',
};

interface ShownResult {
  readonly given: ResultArguments;
  answer: ResultAnswer;
}

/** The results of a run on guidelines: a word behind each test, a lens above each capability, the verdict above all. */
export class ResultOverlay implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly shown = new Map<string, ShownResult>();
  private readonly lensEmitter = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.lensEmitter.event;
  private readonly styles = new Map<OutcomeName, vscode.TextEditorDecorationType>();
  private readonly disposables: vscode.Disposable[];
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(
    private readonly server: ServerConnection,
    private readonly log: vscode.LogOutputChannel,
  ) {
    for (const outcome of Object.keys(COLOURS) as OutcomeName[]) this.styles.set(outcome, createStyle(outcome));
    this.disposables = [
      this.lensEmitter,
      ...this.styles.values(),
      vscode.languages.registerCodeLensProvider({ language: 'json' }, this),
      vscode.window.onDidChangeVisibleTextEditors((editors) => editors.forEach((editor) => this.render(editor))),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (this.shown.has(document.uri.toString())) this.judgeSoon();
      }),
      server.onDidChangeStatus(({ state }) => {
        if (state === 'ready' && this.shown.size > 0) this.judgeSoon();
      }),
    ];
  }

  /**
   * Judges a run and shows it on the guideline.
   * @throws Error when the results cannot be read; the message can be shown
   */
  async show(given: ResultArguments): Promise<ResultAnswer> {
    const answer = await this.server.request<ResultAnswer>(RESULT_REQUEST, given);
    if (answer.problem !== null) throw new Error(answer.problem);
    this.shown.set(vscode.Uri.parse(given.uri).toString(), { given, answer });
    this.renderAll();
    return answer;
  }

  /** Takes the results off one guideline, or off all. */
  clear(uri?: vscode.Uri): void {
    if (uri) this.shown.delete(uri.toString());
    else this.shown.clear();
    this.renderAll();
  }

  /** The results of a guideline as a Markdown document, judged anew. */
  async printTable(uri: vscode.Uri, links: DocumentLinks): Promise<DocumentAnswer> {
    const result = this.shown.get(uri.toString());
    if (!result) return { markdown: '', problem: vscode.l10n.t('There are no results on this guideline any more.') };
    return this.server.request<ResultAnswer>(RESULT_REQUEST, { ...result.given, links });
  }

  /** The guidelines that show results. */
  get guidelines(): readonly vscode.Uri[] {
    return [...this.shown.keys()].map((uri) => vscode.Uri.parse(uri));
  }

  /** The guideline of an address, when it shows results. */
  findGuideline(address: string): vscode.Uri | undefined {
    const uri = vscode.Uri.parse(address);
    return this.shown.has(uri.toString()) ? uri : undefined;
  }

  provideCodeLenses({ uri }: vscode.TextDocument): vscode.CodeLens[] {
    const result = this.shown.get(uri.toString());
    if (!result) return [];
    const { answer, given } = result;
    const head = toRange(answer.head);
    const lens = (range: vscode.Range, title: string, command = ''): vscode.CodeLens =>
      new vscode.CodeLens(range, { title, command, arguments: command === '' ? [] : [uri.toString()] });
    return [
      lens(head, vscode.l10n.t('Results of {0}', given.file), 'interopLens.showResultTable'),
      ...answer.summary.map((line) => lens(head, line, 'interopLens.showResultTable')),
      lens(head, vscode.l10n.t('Clear'), 'interopLens.clearResults'),
      ...answer.capabilities.map(({ range, text }) => lens(toRange(range), text, 'interopLens.showResultTable')),
    ];
  }

  dispose(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    for (const disposable of this.disposables) disposable.dispose();
  }

  /** After an edit the marks move with the text; the numbers follow when the typing rests. */
  private judgeSoon(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = null;
      this.judgeAgain().catch((error: unknown) => this.log.warn(`Results could not be judged again: ${String(error)}`));
    }, QUIET_TIME);
  }

  private async judgeAgain(): Promise<void> {
    for (const result of this.shown.values()) {
      const answer = await this.server.request<ResultAnswer>(RESULT_REQUEST, result.given);
      // A guideline that is broken for a moment keeps what was told of it.
      if (answer.problem === null) result.answer = answer;
    }
    this.renderAll();
  }

  private renderAll(): void {
    const files = this.guidelines.flatMap(listResourcePaths);
    void vscode.commands.executeCommand('setContext', 'interopLens.resultFiles', files);
    for (const editor of vscode.window.visibleTextEditors) this.render(editor);
    this.lensEmitter.fire();
  }

  private render(editor: vscode.TextEditor): void {
    const { document } = editor;
    const entries = this.shown.get(document.uri.toString())?.answer.entries ?? [];
    for (const [outcome, style] of this.styles) {
      const marks = entries
        .filter((entry) => entry.outcome === outcome && entry.range.start.line < document.lineCount)
        .map(({ range, text }): vscode.DecorationOptions => {
          // Before the name: what stands behind a long one is out of sight. What more there is to say is in the hover.
          const [mark = text] = text.split(' · ');
          const { firstNonWhitespaceCharacterIndex: column } = document.lineAt(range.start.line);
          const start = new vscode.Position(range.start.line, column);
          const name = new vscode.Range(start, new vscode.Position(range.end.line, range.end.character));
          return { range: name, hoverMessage: text, renderOptions: { before: { contentText: mark } } };
        });
      editor.setDecorations(style, marks);
    }
  }
}

function createStyle(outcome: OutcomeName): vscode.TextEditorDecorationType {
  const colour = new vscode.ThemeColor(COLOURS[outcome]);
  return vscode.window.createTextEditorDecorationType({
    before: { margin: '0 1em 0 0', color: colour },
    overviewRulerColor: colour,
    overviewRulerLane: vscode.OverviewRulerLane.Right,
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
}
