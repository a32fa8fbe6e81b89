import * as vscode from 'vscode';
import type { RangeJson } from '../protocol/messages';
import type { TreeNode, TreeNodeKind, TreeTarget } from '../protocol/treeMessages';
import type { MirrorNode } from './treeMirror';

type GuestLevel = NonNullable<TreeNode['level']>;

const KIND_ICONS: Record<TreeNodeKind, string> = {
  guideline: 'law',
  component: 'layers',
  status: 'tag',
  capability: 'checklist',
  test: 'beaker',
  rule: 'book',
  group: 'checklist',
  file: 'file-code',
  site: 'terminal',
};

/** Levels have icons of their own on tests and sites; the description says the same in words. */
const LEVEL_ICONS: Record<GuestLevel, string> = {
  api: 'cloud',
  boot: 'vm',
  reach: 'radio-tower',
  login: 'key',
  posix: 'terminal',
  linux: 'terminal-linux',
  image: 'package',
};

const COLORS: Partial<Record<GuestLevel, string>> = {
  linux: 'list.warningForeground',
  image: 'list.errorForeground',
};

/** How the editor shows a node. Its id is the node's key, so that selection and expansion outlive a refresh. */
export function makeTreeItem({ node }: MirrorNode, hasResults = false): vscode.TreeItem {
  const state = node.expandable ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None;
  const item = new vscode.TreeItem(node.label, state);
  item.id = node.key;
  item.description = node.description;
  item.tooltip = node.tooltip;
  item.iconPath = iconOf(node);
  item.contextValue = hasResults ? `${contextOf(node)} results` : contextOf(node);
  item.accessibilityInformation = { label: `${nameKind(node.kind)} ${node.label}, ${node.description}` };
  if (node.target && !node.expandable) {
    item.command = { command: 'interopLens.openTreeItem', title: vscode.l10n.t('Open'), arguments: [{ node }] };
  }
  return item;
}

/** Shows a place in an editor, which takes the focus only when asked to. */
export async function openTarget({ uri, range }: TreeTarget, preserveFocus: boolean): Promise<void> {
  const options: vscode.TextDocumentShowOptions = { selection: toRange(range), preview: true, preserveFocus };
  await vscode.window.showTextDocument(vscode.Uri.parse(uri), options);
}

/** A VS Code range of a protocol range. */
export function toRange({ start, end }: RangeJson): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

function iconOf({ kind, level }: TreeNode): vscode.ThemeIcon {
  const isLeaf = kind === 'test' || kind === 'site';
  const icon = isLeaf && level ? LEVEL_ICONS[level] : KIND_ICONS[kind];
  const color = level ? COLORS[level] : undefined;
  return color ? new vscode.ThemeIcon(icon, new vscode.ThemeColor(color)) : new vscode.ThemeIcon(icon);
}

/** What the menus of package.json go by: the kind, then what the node has. */
function contextOf({ kind, target, entry, evidence, id }: TreeNode): string {
  const traits = [kind as string];
  if (target) traits.push('target');
  if (entry) traits.push('entry');
  if (evidence) traits.push('evidence');
  if (id !== null) traits.push('id');
  return traits.join(' ');
}

function nameKind(kind: TreeNodeKind): string {
  switch (kind) {
    case 'guideline':
      return vscode.l10n.t('guideline');
    case 'component':
      return vscode.l10n.t('component');
    case 'status':
      return vscode.l10n.t('status');
    case 'capability':
    case 'group':
      return vscode.l10n.t('capability');
    case 'test':
      return vscode.l10n.t('test');
    case 'rule':
      return vscode.l10n.t('rule');
    case 'file':
      return vscode.l10n.t('file');
    case 'site':
      return vscode.l10n.t('guest site');
  }
}
