import assert from 'node:assert/strict';
import { countRestrictions, describeFilter } from '../../../src/client/treeFilterText';
import { NO_FILTER } from '../../../src/protocol/treeMessages';

describe('the line of a filter', () => {
  it('names what is restricted, kinds apart', () => {
    const filter = { ...NO_FILTER, levels: ['linux', 'image'], statuses: ['required'], text: 'volume' } as const;
    assert.equal(describeFilter(filter), 'linux, image · required · "volume"');
    assert.equal(countRestrictions(filter), 4);
  });

  it('is not there without a restriction', () => {
    assert.equal(describeFilter(NO_FILTER), undefined);
    assert.equal(countRestrictions(NO_FILTER), 0);
  });
});
