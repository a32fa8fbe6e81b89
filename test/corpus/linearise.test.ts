import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { linearise } from '../../src/project/linearise';

/** Prints the method resolution order of the last class of each hierarchy, or null where Python refuses it. */
const ORACLE = `
import json, sys

def order(hierarchy):
    classes = []
    try:
        for index, bases in enumerate(hierarchy):
            classes.append(type(str(index), tuple(classes[base] for base in bases), {}))
    except TypeError:
        return None
    return [int(cls.__name__) for cls in classes[-1].__mro__[:-1]]

print(json.dumps([order(hierarchy) for hierarchy in json.load(sys.stdin)]))
`;

/** Class \`i\` derives from some of the classes before it. */
const HIERARCHIES = fc
  .integer({ min: 2, max: 9 })
  .chain((count) =>
    fc.tuple(
      ...Array.from({ length: count }, (_, index) =>
        index === 0 ? fc.constant<number[]>([]) : fc.uniqueArray(fc.nat(index - 1), { maxLength: 3 }),
      ),
    ),
  );

describe('linearise beside Python', () => {
  it('gives the order that Python gives, wherever Python gives one', () => {
    const hierarchies = fc.sample(HIERARCHIES, { numRuns: 3000, seed: 7 });
    const { stdout, status, stderr } = spawnSync('python3', ['-c', ORACLE], {
      input: JSON.stringify(hierarchies),
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    });
    assert.equal(status, 0, stderr);
    const orders = JSON.parse(stdout) as (number[] | null)[];
    let compared = 0;
    hierarchies.forEach((bases, i) => {
      const expected = orders[i];
      if (!expected) return;
      compared++;
      assert.deepEqual(
        linearise(
          bases.length - 1,
          (item) => bases[item] ?? [],
          () => undefined,
        ),
        expected,
        JSON.stringify(bases),
      );
    });
    assert.ok(compared > 1000, `only ${String(compared)} hierarchies that Python takes`);
  });
});
