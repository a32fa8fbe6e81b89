import assert from 'node:assert/strict';
import { type MirrorNode, TreeMirror } from '../../../src/client/treeMirror';
import type { TreeNode } from '../../../src/protocol/treeMessages';

/** A server's tree as a plain table: key of the parent ("" for the root) → children as `key:description`. */
type Table = Record<string, readonly string[]>;

function nodeOf(text: string, table: Table): TreeNode {
  const [key = '', description = ''] = text.split(':');
  return {
    key,
    kind: 'capability',
    label: key,
    description,
    tooltip: '',
    expandable: key in table,
    level: null,
    target: null,
    entry: null,
    evidence: null,
    name: key,
    id: null,
  };
}

class TreeServer {
  readonly asked: (string | null)[][] = [];
  /** False while there is no index to answer from. */
  hasIndex = true;
  constructor(public table: Table) {}

  readonly mirror = new TreeMirror((parents) => {
    this.asked.push([...parents]);
    if (!this.hasIndex) return Promise.resolve([]);
    return Promise.resolve(
      parents.map((parent) => (this.table[parent ?? ''] ?? []).map((text) => nodeOf(text, this.table))),
    );
  });

  /** Expands everything, as an editor does. */
  async expand(parent: MirrorNode | null = null): Promise<readonly MirrorNode[]> {
    const children = await this.mirror.childrenOf(parent);
    const below: MirrorNode[] = [];
    for (const child of children) if (child.node.expandable) below.push(...(await this.expand(child)));
    return [...children, ...below];
  }
}

const keysOf = (nodes: readonly MirrorNode[]): string[] => nodes.map(({ node }) => node.key);

describe('the mirror of a tree', () => {
  it('asks for children once', async () => {
    const { mirror, asked } = new TreeServer({ '': ['a', 'b'], a: ['a1'] });
    const [first] = await mirror.childrenOf(null);
    await mirror.childrenOf(null);
    assert.deepEqual(keysOf(await mirror.childrenOf(first ?? null)), ['a1']);
    assert.deepEqual(asked, [[null], ['a']]);
  });

  it('has nothing drawn again when nothing differs', async () => {
    const server = new TreeServer({ '': ['a', 'b'], a: ['a1'] });
    const before = await server.expand();
    assert.deepEqual(await server.mirror.refresh(), []);
    assert.deepEqual(server.asked.at(-1), [null, 'a']);
    assert.deepEqual(await server.expand(), before);
  });

  it('has drawn again only what differs, and keeps the objects that the editor holds', async () => {
    const server = new TreeServer({ '': ['a', 'b', 'c'], a: ['a1:api', 'a2'], b: ['b1'], c: ['c1'] });
    const before = await server.expand();
    server.table = { '': ['a', 'b', 'c'], a: ['a1:linux', 'a2'], b: ['b1', 'b2'], c: ['c1'] };
    const changed = await server.mirror.refresh();
    assert.ok(changed !== 'all');
    assert.deepEqual(keysOf(changed), ['a1', 'b']);
    const after = await server.expand();
    for (const node of before) assert.ok(after.includes(node), node.node.key);
    assert.equal(after.find(({ node }) => node.key === 'a1')?.node.description, 'linux');
  });

  it('names a changed parent, not the changed children below it', async () => {
    const server = new TreeServer({ '': ['a'], a: ['a1:api'] });
    await server.expand();
    server.table = { '': ['a:new'], a: ['a1:linux', 'a2'] };
    const changed = await server.mirror.refresh();
    assert.ok(changed !== 'all');
    assert.deepEqual(keysOf(changed), ['a']);
  });

  it('draws all again when the roots are others, and forgets what went with them', async () => {
    const server = new TreeServer({ '': ['a', 'b'], a: ['a1'], a1: ['a11'], b: ['b1'] });
    const before = await server.expand();
    server.table = { '': ['b'], b: ['b1'] };
    assert.equal(await server.mirror.refresh(), 'all');
    assert.deepEqual(keysOf(await server.expand()), ['b', 'b1']);
    assert.ok(before.includes((await server.mirror.childrenOf(null))[0] as MirrorNode));
    await server.mirror.refresh();
    assert.deepEqual(server.asked.at(-1), [null, 'b']);
  });

  it('gives one answer after another to refreshes at the same time', async () => {
    const server = new TreeServer({ '': ['a:1'] });
    await server.expand();
    server.table = { '': ['a:2'] };
    const [first, second] = await Promise.all([server.mirror.refresh(), server.mirror.refresh()]);
    assert.ok(first !== 'all' && second !== 'all');
    assert.deepEqual([keysOf(first), keysOf(second)], [['a'], []]);
  });

  it('follows a path through parts that were not asked for', async () => {
    const server = new TreeServer({ '': ['a', 'b'], b: ['b1'], b1: ['b11'] });
    const path = await server.mirror.follow(['b', 'b1', 'b11']);
    assert.deepEqual(keysOf(path), ['b', 'b1', 'b11']);
    assert.equal(path[2]?.parent, path[1]);
    assert.deepEqual(keysOf(await server.mirror.follow(['b', 'gone', 'b11'])), ['b']);
  });

  it('keeps what it shows while there is no index to ask', async () => {
    const server = new TreeServer({ '': ['a'], a: ['a1'] });
    const before = await server.expand();
    server.hasIndex = false;
    assert.deepEqual(await server.mirror.refresh(), []);
    assert.deepEqual(await server.expand(), before);
    server.hasIndex = true;
    server.table = { '': ['a'], a: ['a1:linux'] };
    const changed = await server.mirror.refresh();
    assert.ok(changed !== 'all');
    assert.deepEqual(keysOf(changed), ['a1']);
  });

  it('is filled when there is an index at last', async () => {
    const server = new TreeServer({ '': ['a'] });
    server.hasIndex = false;
    assert.deepEqual(await server.expand(), []);
    server.hasIndex = true;
    assert.equal(await server.mirror.refresh(), 'all');
    assert.deepEqual(keysOf(await server.expand()), ['a']);
  });
});
