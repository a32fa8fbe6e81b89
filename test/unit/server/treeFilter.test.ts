import assert from 'node:assert/strict';
import { NO_FILTER, type TreeFilter } from '../../../src/protocol/treeMessages';
import { type Filterable, isOpenFilter, makeLeafTest, readFilter } from '../../../src/server/tree/treeFilter';

const LEAF: Filterable = {
  level: 'linux',
  statuses: ['required', 'advisory'],
  programs: ['OpenStack Powered Compute'],
  state: 'renamed',
  words: '2020.06\ncompute-servers-verify\ntest_verify_created_server_vcpus',
};

const leaves = (filter: Partial<TreeFilter>, leaf: Partial<Filterable> = {}): boolean =>
  makeLeafTest({ ...NO_FILTER, ...filter })({ ...LEAF, ...leaf });

describe('a filter of a tree', () => {
  it('leaves everything when nothing is asked', () => {
    assert.ok(leaves({}));
    assert.ok(leaves({ text: '  ' }, { level: null, statuses: [], programs: [], state: null, words: '' }));
    assert.ok(isOpenFilter({ ...NO_FILTER, text: ' ' }));
  });

  it('takes values of one kind as alternatives', () => {
    assert.ok(leaves({ levels: ['image', 'linux'] }));
    assert.ok(!leaves({ levels: ['image'] }));
    assert.ok(leaves({ statuses: ['advisory'] }));
    assert.ok(!leaves({ statuses: ['removed', 'unlisted'] }));
  });

  it('takes kinds together', () => {
    assert.ok(leaves({ levels: ['linux'], states: ['renamed'], programs: ['OpenStack Powered Compute'] }));
    assert.ok(!leaves({ levels: ['linux'], states: ['ok'] }));
    assert.ok(!leaves({ levels: ['linux'], programs: ['OpenStack Powered Storage'] }));
  });

  it('asks for all words, in any case and order', () => {
    assert.ok(leaves({ text: 'VCPUS  verify 2020' }));
    assert.ok(!leaves({ text: 'vcpus hostname' }));
  });

  it('leaves nothing without a level when a level is asked', () => {
    assert.ok(!leaves({ levels: ['api'] }, { level: null }));
  });

  it('reads what a client sends, whatever it is', () => {
    for (const sent of [null, 7, 'x', {}, { levels: 'linux', text: 3 }]) assert.deepEqual(readFilter(sent), NO_FILTER);
    assert.deepEqual(readFilter({ levels: ['linux', 4], text: 'a' }), { ...NO_FILTER, levels: ['linux'], text: 'a' });
  });
});
