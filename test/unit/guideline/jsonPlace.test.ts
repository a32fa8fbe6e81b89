import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findJsonPlace, type JsonPlace } from '../../../src/guideline/jsonPlace';
import { findRole, listHolders } from '../../../src/guideline/guidelineRole';
import { HOLDERS } from '../../../src/guideline/guidelineVocabulary';
import { SAMPLE_1_0, SAMPLE_1_2, SAMPLE_1_6, SAMPLE_2_0, SAMPLE_ADD_ON } from './guidelineSamples';

/** The place of the bar in a text, and the text that its range covers. */
function at(marked: string): (JsonPlace & { readonly covered: string }) | null {
  const text = marked.replace('|', '');
  const place = findJsonPlace(text, marked.indexOf('|'));
  return place && { ...place, covered: text.slice(place.range.start, place.range.end) };
}

function roleOf(marked: string): string {
  const place = at(marked);
  const found = place && findRole(place);
  return found ? [found.role, found.holder, ...found.names].filter((part) => part !== null).join(' ') : 'none';
}

describe('findJsonPlace', () => {
  const CASES: readonly (readonly [marked: string, path: JsonPlace['path'], covered: string, typed: string])[] = [
    ['{"a": {"b|c": 1}}', ['a', 'bc'], '"bc"', 'b'],
    ['{"a": ["x", |]}', ['a', 1], '', ''],
    ['{"a": ["x", "y|]}', ['a', 1], '"y', 'y'],
    ['{"a": "b|c", "d": 1}', ['a'], '"bc"', 'b'],
    ['{"a": {"t": {"tem|\n}}}', ['a', 't', 'tem'], '"tem', 'tem'],
    ['{"a": "ne|,\n "z": 2}', ['a'], '"ne', 'ne'],
    ['{"a": tr|}', ['a'], 'tr', 'tr'],
    ['{"a": [|', ['a', 0], '', ''],
    ['{|}', [''], '', ''],
    ['{"a": "x\\"|y"}', ['a'], '"x\\"y"', 'x\\"'],
  ];
  for (const [marked, path, covered, typed] of CASES) {
    it(marked, () => {
      const place = at(marked);
      assert.deepEqual([place?.path, place?.covered, place?.typed], [path, covered, typed]);
    });
  }

  it('is nowhere behind a finished value', () => {
    for (const marked of ['{"a": "x"|}', '{"a": ["one" |]}']) assert.equal(at(marked), null, marked);
  });

  it('tells a key with a value from one without', () => {
    assert.equal(at('{"a|" : 1}')?.hasValue, true);
    assert.equal(at('{"a|"}')?.hasValue, false);
    assert.equal(at('{"a": ["b|"]}')?.hasValue, false);
  });

  it('survives every cut of a guideline at every place', () => {
    const samples = [SAMPLE_1_0, SAMPLE_1_2, SAMPLE_1_6, SAMPLE_2_0, SAMPLE_ADD_ON];
    fc.assert(
      fc.property(fc.constantFrom(...samples), fc.nat(), fc.nat(), (text, end, offset) => {
        const cut = text.slice(0, end % (text.length + 1));
        const place = findJsonPlace(cut, offset % (cut.length + 1));
        if (place === null) return true;
        findRole(place);
        return place.range.start >= 0 && place.range.start <= place.range.end && place.range.end <= cut.length;
      }),
      { numRuns: 500 },
    );
  });
});

describe('findRole', () => {
  const CASES: readonly (readonly [marked: string, role: string])[] = [
    ['{"capabilities": {"|": 1}}', 'capability-name '],
    ['{"capabilities": {"c": {"|": 1}}}', 'own-key capability c'],
    ['{"capabilities": {"c": {"achievements": ["|"]}}}', 'achievement c'],
    ['{"capabilities": {"c": {"project": "|"}}}', 'project c'],
    ['{"capabilities": {"c": {"status": "|"}}}', 'capability-status c'],
    ['{"capabilities": {"c": {"tests": ["|"]}}}', 'test-name c'],
    ['{"capabilities": {"c": {"flagged": ["|"]}}}', 'flagged-test c'],
    ['{"capabilities": {"c": {"tests": {"a|": {}}}}}', 'test-name c a'],
    ['{"capabilities": {"c": {"tests": {"t": {"|"}}}}}', 'own-key test c t'],
    ['{"capabilities": {"c": {"tests": {"t": {"idempotent_id": "|"}}}}}', 'test-id c t'],
    ['{"capabilities": {"c": {"tests": {"t": {"aliases": ["x", "|"]}}}}}', 'alias c t'],
    ['{"capabilities": {"c": {"tests": {"t": {"flagged": {"reason": "|"}}}}}}', 'flag-reason c t'],
    ['{"capabilities": {"c": {"tests": {"t": {"flag": {"date": "|"}}}}}}', 'flag-date c t'],
    ['{"components": {"compute": {"required": ["|"]}}}', 'listed-capability compute'],
    ['{"components": {"x": {"capabilities": {"advisory": ["|"]}}}}', 'listed-capability x'],
    ['{"components": {"x": {"designated_sections": {"required": ["|"]}}}}', 'listed-project x'],
    ['{"metadata": {"os_trademark_approval": {"status": "|"}}}', 'guideline-status'],
    ['{"metadata": {"|"}}', 'own-key metadata'],
    ['{"status": "|"}', 'guideline-status'],
    ['{"releases": ["|"]}', 'release'],
    ['{"platform": {"required": ["|"]}}', 'component-name'],
    ['{"add-ons": {"DNS": {"components": [{"name": "|"}]}}}', 'component-name DNS'],
    ['{"designated_sections": {"|"}}', 'listed-project '],
    ['{"designated_sections": {"nova": {"required": {"sections": {"API": {"|"}}}}}}', 'own-key section nova API'],
    ['{"designated-sections": {"required": {"nova": {"|"}}}}', 'own-key designated nova'],
    ['{"capabilities": {"c": {"description": "|"}}}', 'none'],
    ['{"other": {"required": ["|"]}}', 'none'],
    ['{"components": {"x": {"nonsense": ["|"]}}}', 'none'],
  ];
  for (const [marked, role] of CASES) it(`${marked} is for ${role}`, () => assert.equal(roleOf(marked), role));

  it('knows a way to every kind of object', () => {
    assert.deepEqual([...listHolders()].sort(), Object.keys(HOLDERS).sort());
  });
});
