import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findProfileRole, findTyped, findWritten, listKeys } from '../../../src/policy/profile/profilePlace';

const REGION = 'name: x\nregions:\n  - name: a\n';

/** What the caret `|` stands on: `kind word`, or null. */
function roleAt(marked: string): string | null {
  const offset = marked.indexOf('|');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const place = findTyped(text, offset);
  const role = place && findProfileRole(place);
  if (!place || !role) return null;
  const what = 'object' in role ? role.object : 'key' in role ? role.key : 'option' in role ? role.option : '';
  return `${role.kind} ${what} "${place.word}"`.replace('  ', ' ');
}

const PLACES: readonly (readonly [text: string, role: string | null])[] = [
  ['|', 'key profile ""'],
  ['na|', 'key profile "na"'],
  ['name: x\nre|\n', 'key profile "re"'],
  ['name: x\nregions:\n  - |', 'key region ""'],
  [`${REGION}    |`, 'key region ""'],
  [`${REGION}    virt|\n    guests: [linux]\n`, 'key region "virt"'],
  [`${REGION}    vir|tualization: vm\n`, 'key region "virtualization"'],
  [`${REGION}    virtualization: |`, 'word virtualization ""'],
  [`${REGION}    imageUpload: any-k|`, 'word imageUpload "any-k"'],
  [`${REGION}    guests: |`, 'word guests ""'],
  [`${REGION}    guests: [linux, |`, 'word guests ""'],
  [`${REGION}    guests:\n      - ill|\n`, 'word guests "ill"'],
  [`${REGION}    guests:\n      - os: linux\n        |`, 'key guest ""'],
  [`${REGION}    guests: [{ os: |`, 'word os ""'],
  [`${REGION}    guests:\n      - os: linux\n        tools: [sudo, cu|]`, 'tool "cu"'],
  [`${REGION}    reachability: [p|`, 'word reachability "p"'],
  [`${REGION}    options:\n      |`, 'option ""'],
  [`${REGION}    options: { compute.|`, 'option "compute."'],
  [`${REGION}    options:\n      compute.resize: |`, 'switch compute.resize ""'],
  [`${REGION}    # gue|`, null],
  ['description: some te|', null],
  ['description: >\n  some te|', null],
  [`${REGION}    name: |`, null],
  ['other:\n  - |', null],
];

describe('places of a half-typed profile', () => {
  for (const [text, role] of PLACES) {
    it(JSON.stringify(text.slice(-40)), () => {
      const found = roleAt(text);
      // Free text has no role; the top of an unknown key may look like one of a key.
      assert.equal(found, role);
    });
  }

  it('never fail, whatever stands in the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(40), (text, at) => {
        const place = findTyped(text, Math.min(at, text.length));
        if (place) findProfileRole(place);
        findWritten(text, Math.min(at, text.length));
      }),
      { numRuns: 500 },
    );
  });

  it('tell the keys that are there, before and behind the caret', () => {
    const text = `${REGION}    virtualization: vm\n    guests: []\n`;
    assert.deepEqual(listKeys(text, []), ['name', 'regions']);
    assert.deepEqual(listKeys(text, ['regions', 0]), ['name', 'virtualization', 'guests']);
    assert.deepEqual(listKeys(text, ['regions', 7]), []);
  });
});

describe('what is written in a profile', () => {
  const text = `${REGION}    guests:\n      - os: linux\n        tools: ["sudo"]\n`;
  const at = (part: string): string => {
    const place = findWritten(text, text.indexOf(part) + 1);
    const role = place && findProfileRole(place);
    return place ? `${role?.kind ?? '-'} ${place.word} ${text.slice(place.range.start, place.range.end)}` : '-';
  };
  for (const [part, found] of [
    ['regions', 'key regions regions'],
    ['os:', 'key os os'],
    ['linux', 'word linux linux'],
    ['sudo', 'tool sudo "sudo"'],
  ] as const)
    it(part, () => assert.equal(at(part), found));
});
