import assert from 'node:assert/strict';
import type { Engine } from '../../src/engine/engine';
import { NO_FILTER, TREE_IDS, type TreeFilter, type TreeId, type TreeNode } from '../../src/protocol/treeMessages';
import { listTree } from '../../src/server/features/tree';
import { warmFindings } from '../../src/server/tree/warmFindings';
import { openTempestIndex } from '../support/openTempestIndex';

/** A person takes this for at once, in milliseconds of processor time. */
const AT_ONCE = 100;

describe('real Tempest: the trees', function () {
  this.timeout(300_000);
  let engine: Engine;

  before(async function () {
    engine = await openTempestIndex(this);
    // As the server does before it answers for the tree of findings, with rests for what is typed meanwhile.
    await warmFindings(() => engine);
  });

  /** Everything opened, one request for each node, as a person does; with the longest request in milliseconds of processor time. */
  function openAll(tree: TreeId, filter: TreeFilter): { nodes: TreeNode[]; longest: number } {
    const nodes: TreeNode[] = [];
    let longest = 0;
    const open = (parent: string | null): void => {
      const [took, [children = []]] = measure(() => listTree(engine, { tree, filter, parents: [parent] }));
      longest = Math.max(longest, took);
      for (const node of children) {
        nodes.push(node);
        if (node.expandable) open(node.key);
      }
    };
    open(null);
    return { nodes, longest };
  }

  for (const tree of TREE_IDS)
    it(`${tree}: no node takes long to open, and all open ones are read again at once`, () => {
      for (const filter of [NO_FILTER, { ...NO_FILTER, text: 'server' }]) {
        const { nodes, longest } = openAll(tree, filter);
        const parents = nodes.filter(({ expandable }) => expandable).map(({ key }) => key);
        const [again, lists] = measure(() => listTree(engine, { tree, filter, parents: [null, ...parents] }));
        console.log(
          `      ${String(nodes.length)} nodes${filter.text === '' ? '' : ` with "${filter.text}"`}: at most ${longest.toFixed(1)} ms for one, ${again.toFixed(0)} ms for all again`,
        );
        assert.equal(lists.flat().length, nodes.length);
        assert.ok(longest < AT_ONCE, `${longest.toFixed(1)} ms`);
        assert.ok(again < 5 * AT_ONCE, `${again.toFixed(1)} ms`);
        if (tree === 'guidelines' && filter === NO_FILTER)
          assert.ok(nodes.filter(({ kind }) => kind === 'test').length > 1600);
      }
    });
});

function measure<T>(act: () => T): readonly [milliseconds: number, result: T] {
  const before = process.cpuUsage();
  const result = act();
  const { user, system } = process.cpuUsage(before);
  return [(user + system) / 1000, result];
}
