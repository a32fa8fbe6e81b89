import assert from 'node:assert/strict';
import { diffGuidelines } from '../../../src/guideline/diffGuidelines';
import { readGuideline } from '../../../src/guideline/readGuideline';
import type { Guideline } from '../../../src/model/guideline';
import type { EntryDiff, GuidelineDiff } from '../../../src/model/guidelineDiff';
import { SAMPLE_1_2, SAMPLE_2_0 } from './guidelineSamples';

const A = '00000000-0000-4000-8000-00000000000a';
const B = '00000000-0000-4000-8000-00000000000b';
const C = '00000000-0000-4000-8000-00000000000c';

type Tests = Record<string, { idempotent_id?: string; aliases?: string[]; flagged?: Record<string, string> }>;

/** A 2.0 guideline of capabilities by status and name. */
function guideline(capabilities: Record<string, Record<string, Tests>>, component = 'os_powered_compute'): Guideline {
  const lists = Object.fromEntries(Object.entries(capabilities).map(([status, named]) => [status, Object.keys(named)]));
  const all = Object.assign({}, ...Object.values(capabilities)) as Record<string, Tests>;
  const text = JSON.stringify({
    metadata: { id: '2099.01', schema: '2.0' },
    components: { [component]: { capabilities: lists } },
    capabilities: Object.fromEntries(Object.entries(all).map(([name, tests]) => [name, { description: '', tests }])),
  });
  const result = readGuideline('file:///2099.01.json', text).guideline;
  assert.ok(result);
  return result;
}

function summarise({ entries }: GuidelineDiff): string[] {
  return entries.map(({ changes, before, after }: EntryDiff) => {
    const [from, to] = [before, after].map((side) =>
      side ? `${side.capability.name.value}/${side.entry.name.value}` : '-',
    );
    return `${changes.join('+')}: ${from} → ${to}`;
  });
}

describe('diffGuidelines', () => {
  it('matches by id before name', () => {
    const before = guideline({
      required: { cap: { 'p.K.test_a': { idempotent_id: `id-${A}` }, 'p.K.test_b': { idempotent_id: B } } },
    });
    // test_a took the name test_b, and test_b is called test_c now.
    const after = guideline({
      required: { cap: { 'p.K.test_b': { idempotent_id: A }, 'p.K.test_c': { idempotent_id: `id-${B},smoke` } } },
    });
    const diff = diffGuidelines(before, after);
    assert.deepEqual(summarise(diff), [
      'renamed: cap/p.K.test_a → cap/p.K.test_b',
      'renamed: cap/p.K.test_b → cap/p.K.test_c',
    ]);
    assert.deepEqual(diff.tests, { added: [], removed: [], renamed: [A, B] });
  });

  it('tells one test under another id as one that went and one that came', () => {
    const before = guideline({ required: { cap: { 'p.K.test_a': { idempotent_id: A } } } });
    const after = guideline({ required: { cap: { 'p.K.test_a': { idempotent_id: B } } } });
    const diff = diffGuidelines(before, after);
    assert.deepEqual(summarise(diff), ['removed: cap/p.K.test_a → -', 'added: - → cap/p.K.test_a']);
  });

  it('follows names without ids by key and alias', () => {
    const before = guideline({ required: { cap: { 'p.K.test_a': {}, 'p.K.test_old': {}, 'p.K.test_gone': {} } } });
    const after = guideline({
      required: {
        cap: {
          'p.K.test_a': { idempotent_id: A },
          'p.K.test_new': { idempotent_id: B, aliases: ['p.K.test_old', 'p.K.test_a'] },
        },
      },
    });
    const diff = diffGuidelines(before, after);
    assert.deepEqual(summarise(diff), [
      'removed: cap/p.K.test_gone → -',
      'renamed+aliasesChanged: cap/p.K.test_old → cap/p.K.test_new',
    ]);
    assert.deepEqual(diff.tests, { added: [], removed: ['p.K.test_gone'], renamed: [B] });
  });

  it('tells a move to another capability from a new test', () => {
    const before = guideline({ required: { one: { 'p.K.test_a': { idempotent_id: A } }, two: {} } });
    const after = guideline({
      required: { one: {}, two: { 'p.K.test_a': { idempotent_id: A }, 'p.K.test_b': { idempotent_id: B } } },
    });
    const diff = diffGuidelines(before, after);
    assert.deepEqual(
      diff.entries.map(({ changes, elsewhere }) => [changes[0], elsewhere]),
      [
        ['removed', ['two']],
        ['added', ['one']],
        ['added', []],
      ],
    );
    assert.deepEqual(diff.tests, { added: [B], removed: [], renamed: [] });
  });

  it('pairs an inherited variant with its own key and reports the other one', () => {
    const both = { 'p.K.test_a': { idempotent_id: A }, 'p.Manual.test_a': { idempotent_id: A } };
    const before = guideline({ required: { cap: both } });
    const after = guideline({ required: { cap: { 'p.Manual.test_a': { idempotent_id: A } } } });
    const diff = diffGuidelines(before, after);
    assert.deepEqual(summarise(diff), ['removed: cap/p.K.test_a → -']);
    assert.deepEqual(diff.entries[0]?.elsewhere, ['cap']);
    assert.deepEqual(diff.tests.renamed, []);
  });

  it('tells flags and aliases by what stands in them', () => {
    const flagged = { reason: '[D401] x', action: 'y', date: '2020-01-01' };
    const entry = { idempotent_id: A, aliases: ['p.O.a', 'p.O.b'] };
    const before = guideline({
      required: { cap: { 'p.K.test_a': { ...entry, flagged }, 'p.K.test_b': { idempotent_id: B, flagged } } },
    });
    const after = guideline({
      required: {
        cap: {
          'p.K.test_a': { idempotent_id: A, aliases: ['p.O.b', 'p.O.a'], flagged: { ...flagged, action: 'z' } },
          'p.K.test_b': { idempotent_id: B, flagged: { ...flagged }, aliases: ['p.O.c'] },
        },
      },
    });
    assert.deepEqual(
      diffGuidelines(before, after).entries.map(({ changes }) => changes),
      [['flagChanged'], ['aliasesChanged']],
    );
  });

  it('tells status per component, over the names of both schemas', () => {
    const before = guideline({ advisory: { cap: { 'p.K.test_a': { idempotent_id: A } } } }, 'compute');
    const same = guideline({ advisory: { cap: { 'p.K.test_a': { idempotent_id: A } } } });
    const other = guideline({ required: { cap: { 'p.K.test_a': { idempotent_id: A } } } });
    assert.deepEqual(diffGuidelines(before, same).capabilities, []);
    const diff = diffGuidelines(before, other);
    assert.deepEqual(
      diff.capabilities.map(({ changes }) => changes),
      [['statusChanged']],
    );
    assert.deepEqual(
      diff.entries.map(({ changes }) => changes),
      [['statusChanged']],
    );
  });

  it('knows a renamed capability by its tests, and no other', () => {
    const tests = { 'p.K.test_a': { idempotent_id: A }, 'p.K.test_b': { idempotent_id: B } };
    const before = guideline({ required: { old: tests, empty: {} } });
    const after = guideline({ required: { fresh: { ...tests, 'p.K.test_c': { idempotent_id: C } }, hollow: {} } });
    const diff = diffGuidelines(before, after);
    assert.deepEqual(
      diff.capabilities.map(({ changes, before: old, after: now }) => [changes.join(), old?.name, now?.name]),
      [
        ['removed', 'empty', undefined],
        ['renamed', 'old', 'fresh'],
        ['added', undefined, 'hollow'],
      ],
    );
    assert.deepEqual(summarise(diff), ['added: - → fresh/p.K.test_c']);
  });

  it('keeps a capability that is only listed any more', () => {
    const before = guideline({ required: { cap: { 'p.K.test_a': { idempotent_id: A } } } });
    const text =
      '{"metadata":{"id":"x","schema":"2.0"},"components":{"os_powered_compute":{"capabilities":{"removed":["cap"]}}},"capabilities":{}}';
    const after = readGuideline('file:///x.json', text).guideline;
    assert.ok(after);
    const { capabilities } = diffGuidelines(before, after);
    assert.deepEqual(
      capabilities.map(({ changes, after: now }) => [changes, now?.capability]),
      [[['statusChanged'], null]],
    );
  });

  it('compares guest levels only where both are known', () => {
    const before = guideline({
      required: { cap: { 'p.K.test_a': { idempotent_id: A }, 'p.K.test_b': { idempotent_id: B } } },
    });
    const after = guideline({
      required: { cap: { 'p.K.test_a': { idempotent_id: A }, 'p.K.test_b': { idempotent_id: B } } },
    });
    const [a1, b1] = before.capabilities[0]?.tests ?? [];
    const [a2] = after.capabilities[0]?.tests ?? [];
    const diff = diffGuidelines(before, after, (entry) => {
      if (entry === a1) return 'boot';
      return entry === a2 || entry === b1 ? 'linux' : null;
    });
    assert.deepEqual(
      diff.entries.map(({ changes, before: old, after: now }) => [changes, old?.level, now?.level]),
      [[['levelChanged'], 'boot', 'linux']],
    );
    // Both sides of the capability are at linux.
    assert.deepEqual(diff.capabilities, []);
  });

  it('compares schemas without and with ids', () => {
    const [before, after] = [SAMPLE_1_2, SAMPLE_2_0].map((text) => readGuideline('file:///x.json', text).guideline);
    assert.ok(before && after);
    const diff = diffGuidelines(before, after);
    assert.deepEqual(diff.tests, { added: [], removed: ['pkg.m.K.test_c'], renamed: [] });
  });
});
