import assert from 'node:assert/strict';
import fc from 'fast-check';
import { moveDemand } from '../../../src/engine/moveDemand';
import { findChange } from '../../../src/model/textChange';
import type { TestDemand } from '../../../src/model/guestSite';
import type { TextRange } from '../../../src/model/text';

const URI = 'file:///a.py';

const TEXT = fc.string({ maxLength: 6, unit: fc.constantFrom('a', 'b', ' ', '\n') });

/** A demand that points to one range in every way that a demand can. */
function demandAt(range: TextRange, uri = URI): TestDemand {
  const word = { uri, range };
  const match = { rule: 'IL102', subject: 'lsblk', words: [word], level: 'linux', intent: null } as const;
  const site = {
    uri,
    range,
    kind: 'ssh',
    command: 'lsblk',
    matches: [match],
    level: 'linux',
    guards: [],
    confidence: 'certain',
    debugOnly: false,
  } as const;
  return {
    test: 't',
    level: 'linux',
    levelWithValidationOff: 'linux',
    guards: [],
    sites: [{ ...site, path: [{ function: 'f', uri, range }] }],
    unresolvedCalls: [{ uri, range, text: 'x' }],
  };
}

function moved(range: TextRange, before: string, after: string): TextRange {
  const demand = moveDemand(demandAt(range), URI, findChange(before, after));
  const [site] = demand.sites;
  assert.deepEqual(site?.path[0]?.range, site?.range);
  assert.deepEqual(site?.matches[0]?.words[0]?.range, site?.range);
  assert.deepEqual(demand.unresolvedCalls[0]?.range, site?.range);
  return site?.range ?? assert.fail('no site');
}

describe('findChange', () => {
  /** [before, after, start, oldEnd, shift]. */
  const cases: readonly (readonly [string, string, number, number, number])[] = [
    ['abc', 'abc', 3, 3, 0],
    ['abc', 'aXbc', 1, 1, 1],
    ['abc', 'ac', 1, 2, -1],
    ['abc', 'aXc', 1, 2, 0],
    ['', 'abc', 0, 0, 3],
    ['abc', '', 0, 3, -3],
    ['aa', 'aaa', 2, 2, 1],
    ['aaa', 'aa', 2, 3, -1],
  ];
  for (const [before, after, start, oldEnd, shift] of cases) {
    it(`${JSON.stringify(before)} → ${JSON.stringify(after)}`, () =>
      assert.deepEqual(findChange(before, after), { start, oldEnd, shift }));
  }

  it('leads from the old text to the new one', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 8, unit: fc.constantFrom('a', 'b') }),
        fc.string({ maxLength: 8, unit: fc.constantFrom('a', 'b') }),
        (before, after) => {
          const { start, oldEnd, shift } = findChange(before, after);
          assert.ok(start <= oldEnd);
          assert.equal(before.slice(0, start) + after.slice(start, oldEnd + shift) + before.slice(oldEnd), after);
        },
      ),
    );
  });
});

describe('moveDemand', () => {
  it('moves what stands behind the change, and nothing before it', () => {
    assert.deepEqual(moved({ start: 10, end: 15 }, 'x'.repeat(20), `ab${'x'.repeat(20)}`), { start: 12, end: 17 });
    assert.deepEqual(moved({ start: 1, end: 3 }, 'abcdef', 'abcdefgh'), { start: 1, end: 3 });
    assert.deepEqual(moved({ start: 4, end: 6 }, 'ab--cdef', 'abcdef'), { start: 2, end: 4 });
  });

  it('leaves other files alone', () => {
    const demand = demandAt({ start: 5, end: 9 }, 'file:///other.py');
    assert.deepEqual(moveDemand(demand, URI, { start: 0, oldEnd: 0, shift: 4 }), demand);
  });

  it('finds the same words wherever else the text is edited', () => {
    fc.assert(
      fc.property(TEXT, TEXT, TEXT, TEXT, (a, b, c, d) => {
        const word = '<lsblk>';
        const [before, after] = [`${a}${word}${b}`, `${c}${word}${d}`];
        // One edit cannot change both sides of a word: what lies between would be part of the edit.
        fc.pre(a === c || b === d);
        const range = moved({ start: a.length, end: a.length + word.length }, before, after);
        assert.equal(after.slice(range.start, range.end), word);
      }),
    );
  });
});
