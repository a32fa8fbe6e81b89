import * as vscode from 'vscode';
import { NO_FILTER, type TreeFacet, type TreeFilter, type TreeNode, type TreeSummary } from '../protocol/treeMessages';
import type { InteropTree } from './interopTree';
import { openTarget } from './treePresentation';

/** The trees of the activity bar. */
export interface Trees {
  readonly guidelines: InteropTree;
  readonly findings: InteropTree;
}

type FacetKind = 'levels' | 'statuses' | 'programs' | 'states';

interface FacetItem extends vscode.QuickPickItem {
  readonly facet?: { readonly kind: FacetKind; readonly value: string };
}

/** Asks which levels, statuses, programs and link states a tree shows; nothing chosen shows all. */
export async function runFilterTree(tree: InteropTree): Promise<void> {
  const summary = await tree.summarize();
  if (!summary || summary.total === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is nothing to filter yet.'));
    return;
  }
  const picked = await vscode.window.showQuickPick(listFacetItems(summary, tree.filter), {
    canPickMany: true,
    matchOnDescription: true,
    title: vscode.l10n.t('Show only'),
    placeHolder: vscode.l10n.t('Values of one kind are alternatives; nothing chosen shows all'),
  });
  if (!picked) return;
  await tree.setFilter(readPicked(picked, tree.filter.text));
}

/** Asks for words that everything shown must hold. */
export async function runSearchTree(tree: InteropTree): Promise<void> {
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Search the tree'),
    prompt: vscode.l10n.t('Words that must all occur in names, ids, capabilities, files or commands; empty for all'),
    value: tree.filter.text,
  });
  if (text !== undefined) await tree.setFilter({ ...tree.filter, text: text.trim() });
}

export async function runClearFilter(tree: InteropTree): Promise<void> {
  await tree.setFilter(NO_FILTER);
}

/** Shows the place of the caret in the guideline tree, or else in the tree of findings. */
export async function runRevealInTree({ guidelines, findings }: Trees): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor) {
    const { document, selection } = editor;
    // A guest command inside of a test is more than the test around it.
    if (await findings.reveal(document.uri, selection.active)) return;
    if (await guidelines.reveal(document.uri, selection.active)) return;
  }
  void vscode.window.showInformationMessage(
    vscode.l10n.t('Nothing at the caret is in the trees, or their filters hide it.'),
  );
}

/** Opens where a node of a tree leads: the test, the capability, the guest site. */
export async function runOpenTreeItem(given: unknown): Promise<void> {
  const node = readNode(given);
  if (node?.target) await openTarget(node.target, false);
}

/** Opens the entry of a test in its guideline. */
export async function runOpenEntry(given: unknown): Promise<void> {
  const node = readNode(given);
  if (node?.entry) await openTarget(node.entry, false);
}

export async function runCopyName(given: unknown): Promise<void> {
  const node = readNode(given);
  if (node) await vscode.env.clipboard.writeText(node.name);
}

export async function runCopyId(given: unknown): Promise<void> {
  const node = readNode(given);
  if (node?.id) await vscode.env.clipboard.writeText(node.id);
}

/** The node that a menu or a click hands over; undefined for anything else. */
export function readNode(given: unknown): TreeNode | undefined {
  if (typeof given !== 'object' || given === null || !('node' in given)) return undefined;
  const { node } = given;
  return typeof node === 'object' && node !== null && 'key' in node ? (node as TreeNode) : undefined;
}

function listFacetItems(summary: TreeSummary, filter: TreeFilter): FacetItem[] {
  const kinds: readonly [FacetKind, string][] = [
    ['levels', vscode.l10n.t('Guest level')],
    ['statuses', vscode.l10n.t('Status')],
    ['programs', vscode.l10n.t('Program')],
    ['states', vscode.l10n.t('Link state')],
  ];
  return kinds.flatMap(([kind, label]): FacetItem[] => {
    const facets: readonly TreeFacet<string>[] = summary[kind];
    if (facets.length === 0) return [];
    const chosen = new Set<string>(filter[kind]);
    return [
      { label, kind: vscode.QuickPickItemKind.Separator },
      ...facets.map(({ value, count }) => ({
        label: value,
        description: String(count),
        picked: chosen.has(value),
        facet: { kind, value },
      })),
    ];
  });
}

function readPicked(picked: readonly FacetItem[], text: string): TreeFilter {
  const valuesOf = <T extends string>(kind: FacetKind): T[] =>
    picked.flatMap(({ facet }) => (facet?.kind === kind ? [facet.value as T] : []));
  return {
    levels: valuesOf('levels'),
    statuses: valuesOf('statuses'),
    programs: valuesOf('programs'),
    states: valuesOf('states'),
    text,
  };
}
