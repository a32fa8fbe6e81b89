import assert from 'node:assert/strict';
import { moveDemand } from '../../../src/engine/moveDemand';
import type { GuestSite, PathStep, TestDemand } from '../../../src/model/guestSite';

const step = (start: number, uri = 'a'): PathStep => ({ function: 'T.test_x', uri, range: { start, end: start + 2 } });

describe('moveDemand', () => {
  it('moves every way to a site along with a change before it, in the changed file alone', () => {
    const ways = [
      { path: [step(10), step(10, 'b')], guards: [] },
      { path: [step(2)], guards: [] },
    ];
    const site: GuestSite = {
      uri: 'a',
      range: { start: 10, end: 12 },
      kind: 'ssh',
      command: '',
      matches: [],
      level: 'posix',
      guards: [],
      confidence: 'certain',
      path: [step(10)],
      ways,
      debugOnly: false,
    };
    const demand: TestDemand = {
      test: 't',
      level: 'posix',
      levelWithValidationOff: 'posix',
      guards: [],
      sites: [site],
      unresolvedCalls: [],
    };
    const [moved] = moveDemand(demand, 'a', { start: 5, oldEnd: 6, shift: 3 }).sites;
    assert.deepEqual(
      moved?.ways?.map(({ path }) => path.map(({ uri, range }) => `${uri}${range.start}`)),
      [['a13', 'b10'], ['a2']],
    );
  });
});
