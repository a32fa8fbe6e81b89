import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readGuideline } from '../../../src/guideline/readGuideline';
import type { TestCase } from '../../../src/model/testCase';
import { LINK_STATES, type TraceEntry } from '../../../src/model/trace';
import { indexEntriesByTest } from '../../../src/trace/entriesByTest';
import { linkEntries } from '../../../src/trace/linkEntries';

const NOWHERE = { start: 0, end: 0 };
const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** A runtime test; `definedIn` differs for an inherited one. */
function test(name: string, ids: number[], definedIn = name): TestCase {
  const parts = name.split('.');
  const method = parts.pop() ?? '';
  const className = parts.pop() ?? '';
  const definition = { name: definedIn, className, uri: 'u', nameRange: NOWHERE, range: NOWHERE, idRange: null };
  return { name, ids: ids.map(id), attrs: [], module: parts.join('.'), className, method, classUri: 'u', definition };
}

type Entry = readonly [key: string, id: number | null, aliases?: readonly string[]];

function link(entries: readonly Entry[], tests: readonly TestCase[], packages: readonly string[] = []): TraceEntry[] {
  const body = entries.map(([key, n, aliases = []]): [string, unknown] => [
    key,
    { ...(n === null ? {} : { idempotent_id: `id-${id(n)}` }), aliases },
  ]);
  const text = JSON.stringify({
    id: '2016.08',
    schema: '1.6',
    components: { compute: { required: ['cap'] } },
    capabilities: { cap: { description: '', tests: Object.fromEntries<unknown>(body) } },
  });
  const { guideline } = readGuideline('file:///g.json', text);
  assert.ok(guideline);
  return linkEntries([guideline], tests, packages);
}

function describeLinks(entries: readonly TraceEntry[]): string[] {
  return entries.map(({ state, resolvedBy, target }) => `${state} ${resolvedBy} ${target?.name ?? '-'}`);
}

const A = test('pkg.m.K.test_a', [1]);
const B = test('pkg.m.K.test_b', [2]);

describe('linkEntries: one state for each entry', () => {
  const cases: readonly [
    title: string,
    entries: readonly Entry[],
    tests: readonly TestCase[],
    expected: readonly string[],
  ][] = [
    ['ok: key and id agree', [['pkg.m.K.test_a', 1]], [A, B], ['ok path pkg.m.K.test_a']],
    ['ok: no id (1.2), the key is live', [['pkg.m.K.test_a', null]], [A], ['ok path pkg.m.K.test_a']],
    ['renamed: only the id is live', [['pkg.m.K.test_old', 1]], [A], ['renamed id pkg.m.K.test_a']],
    ['moved: same class and method in another module', [['pkg.old.K.test_a', 1]], [A], ['moved id pkg.m.K.test_a']],
    ['near moved: another class is a rename', [['pkg.old.L.test_a', 1]], [A], ['renamed id pkg.m.K.test_a']],
    [
      'alias-live: an alias names the target',
      [['pkg.m.K.test_old', 1, ['pkg.m.K.test_a']]],
      [A],
      ['alias-live alias pkg.m.K.test_a'],
    ],
    [
      'alias-live: without an id',
      [['pkg.m.K.test_old', null, ['pkg.m.K.test_a']]],
      [A],
      ['alias-live alias pkg.m.K.test_a'],
    ],
    [
      'near alias-live: the key is live too',
      [['pkg.m.K.test_a', 1, ['pkg.m.K.test_old']]],
      [A],
      ['ok path pkg.m.K.test_a'],
    ],
    [
      'id-mismatch: the id is the other test, which wins',
      [['pkg.m.K.test_a', 2]],
      [A, B],
      ['id-mismatch path pkg.m.K.test_b'],
    ],
    ['id-mismatch: the id is dead, the key is live', [['pkg.m.K.test_a', 9]], [A], ['id-mismatch path pkg.m.K.test_a']],
    [
      'id-mismatch: the id is dead, an alias is live',
      [['pkg.m.K.test_x', 9, ['pkg.m.K.test_a']]],
      [A],
      ['id-mismatch alias pkg.m.K.test_a'],
    ],
    ['removed: id and names are dead', [['pkg.m.K.test_x', 9]], [A], ['removed none -']],
    ['never by the function name alone', [['pkg.other.L.test_a', 9]], [A], ['removed none -']],
    ['no-id: nothing to go by', [['pkg.m.K.test_x', null]], [A], ['no-id none -']],
    ['external: the package is not here', [['plugin.m.K.test_x', 9]], [A], ['external none -']],
    ['near external: found by id in another package', [['plugin.m.K.test_a', 1]], [A], ['moved id pkg.m.K.test_a']],
    ['placeholder: no test name', [['pkg.m.NEED_TEST', null]], [A], ['placeholder none -']],
    ['placeholder: slashes', [['pkg.m/test_m.PublicObjectTest.test_q', null]], [A], ['placeholder none -']],
    [
      'near placeholder: a real class of that name',
      [['pkg.m.PublicObjectTest.test_a', 3]],
      [test('pkg.m.PublicObjectTest.test_a', [3])],
      ['ok path pkg.m.PublicObjectTest.test_a'],
    ],
    [
      'alias-conflict: an alias is another live test',
      [['pkg.m.K.test_a', 1, ['pkg.m.K.test_b']]],
      [A, B],
      ['alias-conflict path pkg.m.K.test_a'],
    ],
    [
      'duplicate: old and new key of one test',
      [
        ['pkg.m.K.test_a', 1],
        ['pkg.m.K.test_old', 1],
      ],
      [A],
      ['ok path pkg.m.K.test_a', 'duplicate id pkg.m.K.test_a'],
    ],
    [
      'near duplicate: inherited variants under their own names',
      [
        ['pkg.m.K.test_a', 1],
        ['pkg.m.Sub.test_a', 1],
      ],
      [A, test('pkg.m.Sub.test_a', [1], 'pkg.m.K.test_a')],
      ['ok path pkg.m.K.test_a', 'ok path pkg.m.Sub.test_a'],
    ],
    [
      'variants: the defining class is taken when no name helps',
      [['pkg.m.K.test_old', 1]],
      [test('pkg.m.AFirst.test_a', [1], 'pkg.m.K.test_a'), A],
      ['renamed id pkg.m.K.test_a'],
    ],
  ];
  for (const [title, entries, tests, expected] of cases) {
    it(title, () => assert.deepEqual(describeLinks(link(entries, tests)), expected));
  }

  it('external ends when the workspace has the package, even without a test in it', () => {
    assert.deepEqual(describeLinks(link([['plugin.m.K.test_x', 9]], [A], ['plugin'])), ['removed none -']);
  });

  it('names the conflicting aliases and the components', () => {
    const [entry] = link([['pkg.m.K.test_a', 1, ['pkg.m.K.test_dead', 'pkg.m.K.test_b']]], [A, B]);
    assert.deepEqual(entry?.conflictingAliases, ['pkg.m.K.test_b']);
    assert.deepEqual(entry?.components, [{ component: 'compute', status: 'required' }]);
  });

  it('gives every entry a state, and a target exactly when something was found', () => {
    const name = fc.constantFrom('pkg.m.K.test_a', 'pkg.m.K.test_b', 'pkg.m.K.test_x', 'ext.m.K.test_a', 'NEED');
    const number = fc.option(fc.integer({ min: 1, max: 4 }), { nil: null });
    const entry = fc.tuple(name, number, fc.array(name, { maxLength: 2 }));
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 5 }), (entries) => {
        const lost = ['removed', 'no-id', 'external', 'placeholder'];
        for (const { state, target, resolvedBy, candidates } of link(entries, [A, B])) {
          assert.ok(LINK_STATES.includes(state));
          assert.equal(target === null, lost.includes(state));
          assert.equal(target === null, resolvedBy === 'none');
          assert.ok(target === null || candidates.includes(target));
        }
      }),
    );
  });
});

describe('indexEntriesByTest', () => {
  it('leads from every runtime test of the id to the entry', () => {
    const sub = test('pkg.m.Sub.test_a', [1], 'pkg.m.K.test_a');
    const entries = link(
      [
        ['pkg.m.K.test_a', 1],
        ['pkg.m.K.test_x', 9],
      ],
      [A, sub, B],
    );
    const map = indexEntriesByTest(entries);
    assert.deepEqual([...map.keys()].sort(), ['pkg.m.K.test_a', 'pkg.m.Sub.test_a']);
    assert.deepEqual(map.get('pkg.m.Sub.test_a'), [entries[0]]);
  });
});
