import assert from 'node:assert/strict';
import { compareResults } from '../../../../src/guideline/results/compareResults';
import { readResults } from '../../../../src/guideline/results/readResults';
import { readGuideline } from '../../../../src/guideline/readGuideline';
import type { Guideline } from '../../../../src/model/guideline';
import type { ResultComparison, TestResults } from '../../../../src/model/testResults';

const ID = '00000000-0000-4000-8000-00000000000';
const flagged = { reason: '[D401] x', action: 'y', date: '2020-01-01' };

const TEXT = JSON.stringify({
  metadata: { id: '2099.01', schema: '2.0' },
  platforms: {
    'OpenStack Powered Compute': { description: '', components: [{ name: 'os_powered_compute' }] },
    'OpenStack Powered Storage': { description: '', components: [{ name: 'os_powered_storage' }] },
  },
  components: {
    os_powered_compute: { capabilities: { required: ['boot'], advisory: ['extra'] } },
    os_powered_storage: { capabilities: { required: ['extra'] } },
    os_powered_empty: { capabilities: {} },
  },
  capabilities: {
    boot: {
      description: '',
      tests: {
        'p.m.K.test_key': { idempotent_id: `id-${ID}1` },
        'p.m.K.test_old': { idempotent_id: `id-${ID}2`, aliases: ['p.m.K.test_alias'] },
        'p.m.K.test_by_id': { idempotent_id: `id-${ID}3` },
        'p.m.K.test_flagged': { idempotent_id: `id-${ID}4`, flagged },
      },
    },
    extra: { description: '', tests: { 'p.m.Other.test_extra': { idempotent_id: `id-${ID}5` } } },
  },
});

function guideline(): Guideline {
  const result = readGuideline('file:///2099.01.json', TEXT).guideline;
  assert.ok(result);
  return result;
}

function passed(...lines: string[]): TestResults {
  return readResults(new TextEncoder().encode(lines.join('\n')));
}

function compare(results: TestResults, idsOf?: (name: string) => readonly string[]): ResultComparison {
  return compareResults(guideline(), results, ['compute', 'object', 'os_powered_empty', 'no such'], idsOf);
}

describe('compareResults', () => {
  it('matches by key, alias and id, in this order', () => {
    const { entries } = compare(passed('p.m.K.test_key', 'p.m.K.test_alias', `p.m.New.test_new[id-${ID}3]`));
    assert.deepEqual(
      entries.map(({ entry, matchedBy, outcome }) => [entry.name.value.replace(/.*\.test_/, ''), matchedBy, outcome]),
      [
        ['key', 'key', 'passed'],
        ['old', 'alias', 'passed'],
        ['by_id', 'id', 'passed'],
        ['flagged', null, null],
        ['extra', null, null],
      ],
    );
  });

  it('judges each target by its unflagged required tests', () => {
    const { targets } = compare(passed('p.m.K.test_key', 'p.m.K.test_alias', `p.m.New.test_new[id-${ID}3]`));
    assert.deepEqual(
      targets.map(({ target, required, unflagged, met, metByNames }) => ({
        target,
        required,
        unflagged,
        met,
        metByNames,
      })),
      [
        {
          target: 'compute',
          required: { tests: 4, passed: 3, percent: 75 },
          unflagged: { tests: 3, passed: 3, percent: 100 },
          met: true,
          // RefStack knows no ids.
          metByNames: false,
        },
        {
          target: 'object',
          required: { tests: 1, passed: 0, percent: 0 },
          unflagged: { tests: 1, passed: 0, percent: 0 },
          met: false,
          metByNames: false,
        },
        {
          target: 'os_powered_empty',
          required: { tests: 0, passed: 0, percent: null },
          unflagged: { tests: 0, passed: 0, percent: null },
          met: null,
          metByNames: null,
        },
      ],
    );
    assert.deepEqual(
      targets[1]?.missing.map(({ entry }) => entry.name.value),
      ['p.m.Other.test_extra'],
    );
  });

  it('never rounds up to 100', () => {
    const tests = Object.fromEntries(
      Array.from({ length: 2000 }, (_, i) => [`p.m.K.test_${i}`, { idempotent_id: '' }]),
    );
    const text = JSON.stringify({
      metadata: { id: 'x', schema: '2.0' },
      components: { os_powered_x: { capabilities: { required: ['cap'] } } },
      capabilities: { cap: { description: '', tests } },
    });
    const many = readGuideline('file:///x.json', text).guideline;
    assert.ok(many);
    const all = Object.keys(tests);
    const { targets } = compareResults(many, passed(...all.slice(1)), ['os_powered_x']);
    assert.deepEqual([targets[0]?.unflagged.percent, targets[0]?.met], [99.9, false]);
    assert.equal(compareResults(many, passed(...all), ['os_powered_x']).targets[0]?.met, true);
  });

  it('learns ids of bare names from the sources', () => {
    const bare = passed('p.m.New.test_new');
    assert.deepEqual(compare(bare).others, ['p.m.New.test_new']);
    const { entries, others } = compare(bare, (name) => (name === 'p.m.New.test_new' ? [`${ID}3`] : []));
    assert.equal(entries[2]?.matchedBy, 'id');
    assert.deepEqual(others, []);
  });

  it('tells failed, skipped and class fixtures that broke', () => {
    const results: TestResults = {
      format: 'subunit',
      results: [
        { name: 'p.m.K.test_key', id: null, outcome: 'failed' },
        { name: 'p.m.K.test_alias', id: null, outcome: 'skipped' },
      ],
      classOutcomes: new Map([['p.m.Other', 'failed']]),
    };
    assert.deepEqual(
      compare(results).entries.map(({ outcome }) => outcome),
      ['failed', 'skipped', null, null, 'failed'],
    );
  });

  it('counts a capability whole, with the status in the components asked for', () => {
    const { capabilities } = compareResults(guideline(), passed('p.m.K.test_key', 'p.m.K.test_flagged'), ['compute']);
    assert.deepEqual(
      capabilities.map(({ capability, status, all, flagged: flags, notPassed }) => [
        capability.name.value,
        status,
        all.passed,
        all.tests,
        flags,
        notPassed.length,
      ]),
      [
        ['boot', 'required', 2, 4, 1, 2],
        ['extra', 'advisory', 0, 1, 0, 1],
      ],
    );
  });
});
