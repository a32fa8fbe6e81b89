import type { TreeNode } from '../protocol/treeMessages';

/** A node as the editor holds it: one and the same object over refreshes, whatever is said of it. Free of `vscode`, for tests. */
export interface MirrorNode {
  node: TreeNode;
  readonly parent: MirrorNode | null;
}

/** Asks the server for the children of several parents at once (null: the root). */
export type ChildrenRequest = (parents: readonly (string | null)[]) => Promise<readonly (readonly TreeNode[])[]>;

/** What has to be drawn again: the whole tree, or these nodes with what is below them. */
export type MirrorChange = 'all' | readonly MirrorNode[];

/**
 * What the editor was told of a tree. A refresh asks again for what was asked before and tells what differs, so that the editor draws
 * only that and keeps selection, expansion and scroll position.
 */
export class TreeMirror {
  private readonly children = new Map<MirrorNode | null, readonly MirrorNode[]>();
  private running: Promise<MirrorChange> | null = null;

  constructor(private readonly ask: ChildrenRequest) {}

  /** The children of a node (of none: the roots), asked for once. */
  async childrenOf(parent: MirrorNode | null): Promise<readonly MirrorNode[]> {
    const known = this.children.get(parent);
    if (known) return known;
    const [nodes = []] = await this.ask([parent?.node.key ?? null]);
    // A refresh, or another caller, may have been quicker.
    return this.children.get(parent) ?? this.adopt(parent, nodes);
  }

  /** The roots that were asked for so far. */
  get roots(): readonly MirrorNode[] {
    return this.children.get(null) ?? [];
  }

  /** The nodes of a path from the root, with everything beside them; shorter when a node is not there. */
  async follow(keys: readonly string[]): Promise<readonly MirrorNode[]> {
    const path: MirrorNode[] = [];
    for (const key of keys) {
      const siblings = await this.childrenOf(path.at(-1) ?? null);
      const next = siblings.find(({ node }) => node.key === key);
      if (!next) break;
      path.push(next);
    }
    return path;
  }

  /** Asks again for everything that was asked for. Calls that come while one runs share the next run. */
  refresh(): Promise<MirrorChange> {
    const before = this.running;
    const run = (before ? before.then(() => this.compare()) : this.compare()).finally(() => {
      if (this.running === run) this.running = null;
    });
    this.running = run;
    return run;
  }

  private async compare(): Promise<MirrorChange> {
    const parents = [...this.children.keys()];
    const lists = await this.ask(parents.map((parent) => parent?.node.key ?? null));
    // There is no index to ask for the moment: what is shown stays until there is one again.
    if (lists.length < parents.length) return [];
    const changed = new Set<MirrorNode>();
    let isRootChanged = false;
    for (const [index, parent] of parents.entries()) {
      const before = this.children.get(parent);
      // Its parent is gone since.
      if (!before || (parent && !this.isAlive(parent))) {
        this.children.delete(parent);
        continue;
      }
      const after = this.adopt(parent, lists[index] ?? [], (node) => changed.add(node));
      const isSame = after.length === before.length && after.every((node, place) => node === before[place]);
      if (isSame) continue;
      if (parent) changed.add(parent);
      else isRootChanged = true;
    }
    if (isRootChanged) return 'all';
    return [...changed].filter((node) => this.isAlive(node) && !hasAncestorIn(node, changed));
  }

  /** Takes a list of children over; a child that was there under this key stays the same object. */
  private adopt(
    parent: MirrorNode | null,
    nodes: readonly TreeNode[],
    onChange: (node: MirrorNode) => void = () => undefined,
  ): readonly MirrorNode[] {
    const known = new Map((this.children.get(parent) ?? []).map((child) => [child.node.key, child]));
    const children = nodes.map((node): MirrorNode => {
      const child = known.get(node.key);
      if (!child) return { node, parent };
      if (JSON.stringify(child.node) !== JSON.stringify(node)) {
        child.node = node;
        onChange(child);
      }
      return child;
    });
    this.children.set(parent, children);
    return children;
  }

  private isAlive(node: MirrorNode): boolean {
    const siblings = this.children.get(node.parent);
    return siblings?.includes(node) === true && (node.parent === null || this.isAlive(node.parent));
  }
}

function hasAncestorIn(node: MirrorNode, nodes: ReadonlySet<MirrorNode>): boolean {
  for (let above = node.parent; above; above = above.parent) if (nodes.has(above)) return true;
  return false;
}
