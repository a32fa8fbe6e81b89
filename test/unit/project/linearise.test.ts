import assert from 'node:assert/strict';
import fc from 'fast-check';
import { linearise } from '../../../src/project/linearise';

type Hierarchy = Readonly<Record<string, string>>;

/** `{ D: 'B C' }`: D's bases in order, classes by one letter. */
function order(hierarchy: Hierarchy, start: string): string {
  const basesOf = (name: string): string[] => (hierarchy[name] ?? '').split(' ').filter((base) => base !== '');
  return linearise(start, basesOf, () => undefined).join(' ');
}

/** [name, hierarchy, class, Python's own order]. */
const CASES: readonly (readonly [string, Hierarchy, string, string])[] = [
  ['no bases', {}, 'A', 'A'],
  ['a chain', { A: 'B', B: 'C' }, 'A', 'A B C'],
  ['a diamond', { D: 'B C', B: 'A', C: 'A' }, 'D', 'D B C A'],
  ['a mixin before the base', { T: 'M B', B: 'O', M: 'O' }, 'T', 'T M B O'],
  [
    "the paper's example",
    { Z: 'K1 K2 K3', K1: 'A B C', K2: 'D B E', K3: 'D A', A: 'O', B: 'O', C: 'O', D: 'O', E: 'O' },
    'Z',
    'Z K1 K2 K3 D A B C E O',
  ],
  ['a base named twice', { A: 'B B', B: 'C' }, 'A', 'A B C'],
  ['order of siblings kept', { A: 'X Y', X: 'O', Y: 'O' }, 'A', 'A X Y O'],
];

/** Hierarchies that Python refuses: all classes come, none twice, the class itself first. */
const REFUSED: readonly (readonly [string, Hierarchy, string, string])[] = [
  ['inconsistent', { A: 'X Y', X: 'P Q', Y: 'Q P' }, 'A', 'A P Q X Y'],
  ['base before its subclass', { A: 'B C', C: 'B' }, 'A', 'A B C'],
  ['its own base', { A: 'A B' }, 'A', 'A B'],
  ['a cycle of two', { A: 'B', B: 'A' }, 'A', 'A B'],
  ['a cycle behind the class', { A: 'B', B: 'C', C: 'D', D: 'B' }, 'A', 'A B C D'],
];

describe('linearise', () => {
  for (const [name, hierarchy, start, expected] of CASES) {
    it(name, () => assert.equal(order(hierarchy, start), expected));
  }
  for (const [name, hierarchy, start, members] of REFUSED) {
    it(`refused by Python: ${name}`, () => {
      const found = order(hierarchy, start).split(' ');
      assert.equal(found[0], start);
      assert.deepEqual([...found].sort(), members.split(' ').sort());
    });
  }

  it('uses the orders that are known', () => {
    const known = new Map([['B', ['B', 'X']]]);
    assert.deepEqual(
      linearise(
        'A',
        (name) => (name === 'A' ? ['B'] : []),
        (name) => known.get(name),
      ),
      ['A', 'B', 'X'],
    );
  });

  it('ends on any graph, with every class once', () => {
    const graph = fc.array(fc.array(fc.nat(7), { maxLength: 3 }), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(graph, (bases) => {
        const found = linearise(
          0,
          (item) => bases[item] ?? [],
          () => undefined,
        );
        assert.equal(found[0], 0);
        assert.equal(new Set(found).size, found.length);
      }),
    );
  });
});
