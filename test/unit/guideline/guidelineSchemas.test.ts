import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buildSchemas } from '../../../scripts/guidelineSchemas/buildSchemas';
import {
  CRITERIA_TAGS,
  GUIDELINE_STATUSES,
  HOLDERS,
  type HolderKind,
} from '../../../src/guideline/guidelineVocabulary';
import {
  CRITERIA_DESCRIPTIONS,
  GUIDELINE_STATUS_DESCRIPTIONS,
  KEY_DESCRIPTIONS,
} from '../../../src/guideline/keyDescriptions';
import { CAPABILITY_STATUSES } from '../../../src/model/guideline';
import { problemsByGuidelineSchema as problemsOf } from '../../support/schemas';
import { ID_A, SAMPLE_1_0, SAMPLE_1_2, SAMPLE_1_6, SAMPLE_2_0, SAMPLE_ADD_ON } from './guidelineSamples';

const root = path.resolve(__dirname, '../../..');
const readJson = (file: string): Record<string, unknown> =>
  JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
const EXAMPLES: Readonly<Record<string, string>> = {
  '1.0': SAMPLE_1_0,
  '1.2': SAMPLE_1_2,
  '1.6': SAMPLE_1_6,
  '2.0': SAMPLE_2_0,
  'add-on': SAMPLE_ADD_ON,
};

describe('JSON Schemas of guidelines', () => {
  it('are what the vocabulary says (node scripts/write-schemas.mjs writes them)', () => {
    for (const [name, schema] of buildSchemas())
      assert.deepEqual(readJson(path.join(root, 'schemas', name)), JSON.parse(JSON.stringify(schema)), name);
  });

  it('describe every key and word of the vocabulary', () => {
    for (const [kind, { keys }] of Object.entries(HOLDERS)) {
      const described = Object.keys(KEY_DESCRIPTIONS[kind as HolderKind]).sort();
      assert.deepEqual(described, [...new Set([...keys['1'], ...keys['2']])].sort(), kind);
    }
    assert.deepEqual(Object.keys(CRITERIA_DESCRIPTIONS).sort(), [...CRITERIA_TAGS].sort());
    assert.deepEqual(Object.keys(GUIDELINE_STATUS_DESCRIPTIONS).sort(), [...GUIDELINE_STATUSES].sort());
  });

  it('offer the criteria and statuses of the model', () => {
    const text = readFileSync(path.join(root, 'schemas/guideline-2.0.schema.json'), 'utf8');
    const enums: unknown[] = [];
    JSON.parse(text, (key: string, value: unknown) => (key === 'enum' && enums.push(value), value));
    assert.deepEqual(enums, [[...GUIDELINE_STATUSES], [...CRITERIA_TAGS]]);
    for (const status of CAPABILITY_STATUSES) assert.ok(text.includes(`"${status}"`), status);
  });

  for (const [name, text] of Object.entries(EXAMPLES)) {
    it(`take the sample of ${name}, by its version and by content`, () => {
      const version = name === 'add-on' ? '2.0' : name;
      assert.deepEqual(problemsOf(`guideline-${version}`, JSON.parse(text)), []);
      assert.deepEqual(problemsOf('guideline', JSON.parse(text)), []);
    });
  }

  const BROKEN: readonly (readonly [from: string, to: string, where: string])[] = [
    ['"cutoff_score": 74', '"cutoff_score": "many"', '/metadata/scoring/cutoff_score'],
    ['"weight": 6', '"weight": "6"', '/metadata/scoring/criteria/atomic/weight'],
    ['"status": "approved"', '"status": "final"', '/metadata/os_trademark_approval/status'],
    ['"target_approval": "2018.11"', '"target_approval": "2018-11-01"', 'os_trademark_approval/target_approval'],
    ['"releases": ["ocata"]', '"releases": "ocata"', '/metadata/os_trademark_approval/releases'],
    ['"required": ["demo-cap"]', '"required": "demo-cap"', '/components/os_powered_compute/capabilities'],
    ['"admin": false', '"admin": "no"', '/capabilities/demo-cap/admin'],
    ['"aliases": ["pkg.m.K.test_old"]', '"aliases": "pkg.m.K.test_old"', '/capabilities/other-cap/tests'],
    ['"designated": true', '"designated": "yes"', '/designated_sections/nova/required'],
    ['"date": ""', '"date": "June"', '/capabilities/demo-cap/tests/pkg.m.K.test_a/flag/date'],
    [`{"idempotent_id": "id-${ID_A}"`, `{"idempotent_id": 5`, '/capabilities/demo-cap/tests/pkg.m.K.test_a'],
  ];
  for (const [from, to, where] of BROKEN) {
    it(`refuse ${to}`, () => {
      const text = SAMPLE_2_0.replace(from, to);
      assert.notEqual(text, SAMPLE_2_0);
      for (const name of ['guideline-2.0', 'guideline'])
        assert.ok(
          problemsOf(name, JSON.parse(text)).some((problem) => problem.includes(where)),
          problemsOf(name, JSON.parse(text)).join('\n'),
        );
    });
  }

  it('tell the version by content: what is right in one is wrong in another', () => {
    const listed = SAMPLE_1_6.replace('"schema": "1.6"', '"schema": "1.2"');
    assert.deepEqual(problemsOf('guideline', JSON.parse(SAMPLE_1_6)), []);
    assert.ok(problemsOf('guideline', JSON.parse(listed)).some((problem) => problem.includes('tests must be array')));
  });

  it('have nothing to say of other JSON that happens to be called so', () => {
    for (const value of [{}, [], { name: 'x', version: '1' }, { capabilities: ['a'] }, 5, null])
      assert.deepEqual(problemsOf('guideline', value), []);
  });
});
