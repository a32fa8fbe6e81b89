import * as vscode from 'vscode';
import type { ServerConnection } from './serverConnection';
import {
  type FindingGrouping,
  NO_FILTER,
  TREE_PATH_REQUEST,
  TREE_REQUEST,
  TREE_SUMMARY_REQUEST,
  type TreeArguments,
  type TreeFilter,
  type TreeId,
  type TreeNode,
  type TreePathArguments,
  type TreeSummary,
  type TreeSummaryArguments,
} from '../protocol/treeMessages';
import { countRestrictions, describeFilter } from './treeFilterText';
import { type MirrorNode, TreeMirror } from './treeMirror';
import { makeTreeItem } from './treePresentation';

/** Edits come in bursts: the tree follows when they pause. */
const PAUSE = 400;

/** One tree of the activity bar: asked from the server level by level, filtered there, and drawn again only where it differs. */
export class InteropTree implements vscode.TreeDataProvider<MirrorNode>, vscode.Disposable {
  private readonly changeEmitter = new vscode.EventEmitter<MirrorNode[] | undefined>();
  readonly onDidChangeTreeData = this.changeEmitter.event;
  private readonly refreshEmitter = new vscode.EventEmitter<void>();
  /** The tree shows what the index holds. */
  readonly onDidRefresh = this.refreshEmitter.event;
  readonly view: vscode.TreeView<MirrorNode>;
  private readonly mirror = new TreeMirror((parents) => this.ask(parents));
  private readonly disposables: vscode.Disposable[] = [this.changeEmitter, this.refreshEmitter];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isStale = false;
  private chosen: TreeFilter;
  private grouped: FindingGrouping;
  /** Keys of nodes whose menus offer what is done with results. */
  private withResults: ReadonlySet<string> = new Set();

  constructor(
    private readonly tree: TreeId,
    private readonly server: ServerConnection,
    private readonly memory: vscode.Memento,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.chosen = { ...NO_FILTER, ...memory.get<Partial<TreeFilter>>(this.memoryKey('filter'), {}) };
    this.grouped = memory.get<FindingGrouping>(this.memoryKey('grouping'), 'rule');
    this.view = vscode.window.createTreeView(`interopLens.${tree}`, { treeDataProvider: this, showCollapseAll: true });
    this.disposables.push(
      this.view,
      this.view.onDidChangeVisibility(({ visible }) => {
        if (visible && this.isStale) this.refreshLater(0);
      }),
      server.onDidChangeIndex(() => this.markStale()),
      server.onDidChangeStatus(({ state }) => {
        if (state === 'ready' || state === 'failed') this.markStale();
      }),
    );
    this.setContexts();
  }

  get filter(): TreeFilter {
    return this.chosen;
  }

  get grouping(): FindingGrouping {
    return this.grouped;
  }

  /** Restricts what is shown; kept with the workspace. */
  async setFilter(filter: TreeFilter): Promise<void> {
    this.chosen = filter;
    await this.memory.update(this.memoryKey('filter'), filter);
    this.setContexts();
    await this.refresh();
  }

  async setGrouping(grouping: FindingGrouping): Promise<void> {
    this.grouped = grouping;
    await this.memory.update(this.memoryKey('grouping'), grouping);
    this.setContexts();
    await this.refresh();
  }

  /** Tells which guidelines show results; their items are drawn again. */
  markResults(guidelines: readonly vscode.Uri[]): void {
    const before = this.withResults;
    this.withResults = new Set(guidelines.map(String));
    const changed = this.mirror.roots.filter((root) => {
      const key = normaliseKey(root);
      return before.has(key) !== this.withResults.has(key);
    });
    if (changed.length > 0) this.changeEmitter.fire(changed);
  }

  /** What the filter leaves, and the values that there are to choose from; null while there is no index. */
  summarize(): Promise<TreeSummary | null> {
    const parameters: TreeSummaryArguments = { tree: this.tree, filter: this.chosen };
    return this.server.request<TreeSummary | null>(TREE_SUMMARY_REQUEST, parameters);
  }

  /**
   * Selects and shows what stands at a place of a file.
   * @returns false when the tree has nothing for it, or the filter hides it
   */
  async reveal(uri: vscode.Uri, { line, character }: vscode.Position): Promise<boolean> {
    const { tree, chosen, grouped } = this;
    const place = { uri: uri.toString(), position: { line, character } };
    const parameters: TreePathArguments = { tree, filter: chosen, grouping: grouped, ...place };
    const path = await this.server.request<readonly TreeNode[]>(TREE_PATH_REQUEST, parameters);
    const nodes = await this.mirror.follow(path.map(({ key }) => key));
    const last = nodes.at(-1);
    if (!last || nodes.length < path.length) return false;
    await this.view.reveal(last, { select: true, focus: true, expand: false });
    return true;
  }

  getTreeItem(node: MirrorNode): vscode.TreeItem {
    return makeTreeItem(node, this.withResults.has(normaliseKey(node)));
  }

  getParent(node: MirrorNode): MirrorNode | null {
    return node.parent;
  }

  async getChildren(node?: MirrorNode): Promise<MirrorNode[]> {
    try {
      const children = await this.mirror.childrenOf(node ?? null);
      if (!node) void this.tellSummary();
      return [...children];
    } catch (error) {
      this.log.warn(`The tree could not be read: ${error instanceof Error ? error.message : String(error)}`);
      return [];
    }
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const disposable of this.disposables) disposable.dispose();
  }

  private markStale(): void {
    this.isStale = true;
    if (this.view.visible) this.refreshLater(PAUSE);
  }

  private refreshLater(pause: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.refresh(), pause);
  }

  private async refresh(): Promise<void> {
    this.isStale = false;
    try {
      const change = await this.mirror.refresh();
      if (change === 'all') this.changeEmitter.fire(undefined);
      else if (change.length > 0) this.changeEmitter.fire([...change]);
      await this.tellSummary();
    } catch (error) {
      this.log.warn(`The tree could not be read again: ${error instanceof Error ? error.message : String(error)}`);
    }
    this.refreshEmitter.fire();
  }

  private ask(parents: readonly (string | null)[]): Promise<readonly (readonly TreeNode[])[]> {
    const parameters: TreeArguments = { tree: this.tree, filter: this.chosen, grouping: this.grouped, parents };
    return this.server.request(TREE_REQUEST, parameters);
  }

  /** Badge, message and description: what is shown, and by which filter. */
  private async tellSummary(): Promise<void> {
    const summary = await this.summarize().catch(() => null);
    this.view.description = describeFilter(this.chosen);
    if (!summary) return;
    const { shown, total, telling, files } = summary;
    const isFiltered = countRestrictions(this.chosen) > 0;
    if (this.tree === 'findings') {
      const tooltip = vscode.l10n.t(
        '{0} guest findings in {1} files; {2} reached by required tests',
        shown,
        files,
        telling,
      );
      this.view.badge = shown === 0 ? undefined : { value: shown, tooltip };
      this.view.message = isFiltered ? vscode.l10n.t('{0} of {1} guest findings', shown, total) : undefined;
    } else {
      this.view.message = isFiltered
        ? vscode.l10n.t('{0} of {1} entries; {2} demand Linux', shown, total, telling)
        : undefined;
    }
  }

  private setContexts(): void {
    const set = (name: string, value: unknown): void =>
      void vscode.commands.executeCommand('setContext', `interopLens.${this.tree}.${name}`, value);
    set('filtered', countRestrictions(this.chosen) > 0);
    set('grouping', this.grouped);
  }

  private memoryKey(what: string): string {
    return `tree.${this.tree}.${what}`;
  }
}

/** The key of a guideline is its address; every other key stands for no file. */
function normaliseKey({ node }: MirrorNode): string {
  return node.kind === 'guideline' ? vscode.Uri.parse(node.key).toString() : '';
}
