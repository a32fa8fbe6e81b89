import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FRESH_STATE, readState, type PageState } from '../../../src/page/pageState';

describe('the remembered state of the page', () => {
  it('comes back as it was', () => {
    const state: PageState = {
      ...FRESH_STATE,
      view: 'tests',
      selection: { kind: 'cell', guideline: '2026.01 a.json', capability: 'a-cap' },
      tests: { text: 'x', sort: null, chosen: { level: 'linux' } },
    };
    assert.deepEqual(readState(JSON.parse(JSON.stringify(state))), state);
  });

  it('is a fresh one where it makes no sense', () => {
    assert.deepEqual(readState(null), FRESH_STATE);
    assert.deepEqual(readState({ view: 'nothing', selection: { kind: 'test' }, matrix: 3 }), FRESH_STATE);
  });

  it('is a state whatever was remembered', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const state = readState(value);
        assert.deepEqual(readState(state), state);
      }),
    );
  });
});
