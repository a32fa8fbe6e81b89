import * as vscode from 'vscode';
import type { ServerConnection } from './serverConnection';
import { TREE_REQUEST, type RangeJson, type TreeArguments, type TreeNode } from '../protocol/messages';

const ICONS: Record<TreeNode['kind'], string> = { guideline: 'law', capability: 'checklist', test: 'beaker' };

/** The tree of guidelines: guideline → capability → test, asked from the server level by level. */
export class GuidelineTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  private readonly changeEmitter = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changeEmitter.event;
  private readonly subscription: vscode.Disposable;

  constructor(
    private readonly server: ServerConnection,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.subscription = server.onDidChangeStatus(({ state }) => {
      if (state === 'ready' || state === 'failed') this.changeEmitter.fire();
    });
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    const state = node.expandable ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None;
    const item = new vscode.TreeItem(node.label, state);
    item.id = node.key;
    item.description = node.description;
    item.tooltip = node.tooltip;
    item.iconPath = new vscode.ThemeIcon(ICONS[node.kind]);
    item.contextValue = node.kind;
    item.accessibilityInformation = { label: `${node.kind} ${node.label}, ${node.description}` };
    if (node.target) {
      const { uri, range } = node.target;
      const options: vscode.TextDocumentShowOptions = { selection: toRange(range), preview: true };
      item.command = {
        command: 'vscode.open',
        title: vscode.l10n.t('Open'),
        arguments: [vscode.Uri.parse(uri), options],
      };
    }
    return item;
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    const parameters: TreeArguments = { parent: node?.key };
    try {
      return await this.server.request<TreeNode[]>(TREE_REQUEST, parameters);
    } catch (error) {
      this.log.warn(`The tree could not be read: ${error instanceof Error ? error.message : String(error)}`);
      return [];
    }
  }

  dispose(): void {
    this.subscription.dispose();
    this.changeEmitter.dispose();
  }
}

/** A VS Code range of a protocol range. */
export function toRange({ start, end }: RangeJson): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
