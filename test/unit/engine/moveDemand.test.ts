import assert from 'node:assert/strict';
import { moveDemand, pointsInside } from '../../../src/engine/moveDemand';
import type { GuestSite, PathStep, TestDemand } from '../../../src/model/guestSite';

const step = (start: number, uri = 'a'): PathStep => ({ function: 'T.test_x', uri, range: { start, end: start + 2 } });

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

describe('moveDemand', () => {
  it('moves every way to a site along with a change before it, in the changed file alone', () => {
    const [moved] = moveDemand(demand, 'a', { start: 5, oldEnd: 6, shift: 3 }).sites;
    assert.deepEqual(
      moved?.ways?.map(({ path }) => path.map(({ uri, range }) => `${uri}${range.start}`)),
      [['a13', 'b10'], ['a2']],
    );
  });

  it('knows the demands that point into the change', () => {
    const inside = (start: number, oldEnd: number, uri = 'a'): boolean =>
      pointsInside(demand, uri, { start, oldEnd, shift: 1 });
    assert.deepEqual([inside(5, 6), inside(4, 10), inside(12, 12), inside(20, 30)], [false, false, false, false]);
    assert.deepEqual([inside(1, 20), inside(11, 11), inside(3, 5), inside(10, 11, 'b')], [true, true, true, true]);
    assert.equal(inside(1, 2, 'b'), false);
  });
});
