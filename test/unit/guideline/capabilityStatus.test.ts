import assert from 'node:assert/strict';
import {
  indexComponentStatuses,
  listProgramComponents,
  statusOfCapability,
  strongestStatus,
} from '../../../src/guideline/capabilityStatus';
import { compareGuidelines, editionOf, pickCurrentGuidelines } from '../../../src/guideline/guidelineOrder';
import { readGuideline } from '../../../src/guideline/readGuideline';
import { findMeantWord } from '../../../src/model/meantWord';
import { listTargets, selectTests } from '../../../src/guideline/selectTests';
import { parseTestId } from '../../../src/guideline/testId';
import type { Guideline } from '../../../src/model/guideline';
import { ID_A, SAMPLE_1_2, SAMPLE_2_0, SAMPLE_ADD_ON } from './guidelineSamples';

function read(text: string, uri = 'file:///g.json'): Guideline {
  const { guideline } = readGuideline(uri, text);
  assert.ok(guideline);
  return guideline;
}

describe('capability status', () => {
  it('is one per component, and the strongest for the capability', () => {
    const guideline = read(SAMPLE_1_2);
    const statuses = indexComponentStatuses(guideline);
    assert.deepEqual(statuses.get('auth'), [
      { component: 'compute', status: 'required' },
      { component: 'object', status: 'advisory' },
    ]);
    assert.equal(strongestStatus(statuses.get('auth') ?? []), 'required');
    assert.equal(strongestStatus([]), null);
  });

  it('falls back to the status on the capability when no component lists it', () => {
    const guideline = read(SAMPLE_1_2);
    const statuses = indexComponentStatuses(guideline);
    assert.deepEqual(
      guideline.capabilities.map((capability) => statusOfCapability(capability, statuses)),
      ['required', 'required', 'removed'],
    );
  });

  it('takes the components of a program that the file defines', () => {
    for (const [text, expected] of [
      [SAMPLE_1_2, ['compute']],
      [SAMPLE_2_0, ['os_powered_compute']],
      [SAMPLE_ADD_ON, ['os_powered_dns']],
    ] as const) {
      const guideline = read(text);
      const program = guideline.programs[0];
      assert.ok(program);
      assert.deepEqual(
        listProgramComponents(guideline, program).map(({ name }) => name.value),
        expected,
      );
    }
  });
});

describe('selectTests', () => {
  const all = { target: 'compute', types: null, alias: true, flag: true };
  const names = (guideline: Guideline, selection: Parameters<typeof selectTests>[1]): string[] | null =>
    selectTests(guideline, selection)?.map(({ name }) => name) ?? null;

  it('lists keys and aliases, and drops both with the flag', () => {
    const guideline = read(SAMPLE_2_0);
    assert.deepEqual(names(guideline, all), ['pkg.m.K.test_a', 'pkg.m.K.test_b', 'pkg.m.K.test_old']);
    assert.deepEqual(names(guideline, { ...all, alias: false, flag: false }), ['pkg.m.K.test_b']);
    assert.deepEqual(names(guideline, { ...all, types: ['required'] }), ['pkg.m.K.test_a']);
  });

  it('knows the targets of each schema', () => {
    assert.deepEqual(listTargets(read(SAMPLE_1_2)), ['platform', 'compute', 'object']);
    assert.deepEqual(listTargets(read(SAMPLE_2_0)), ['compute', 'os_powered_compute']);
    assert.deepEqual(listTargets(read(SAMPLE_ADD_ON)), ['dns', 'os_powered_dns']);
    assert.equal(selectTests(read(SAMPLE_ADD_ON), { ...all, target: 'platform' }), null);
    assert.deepEqual(names(read(SAMPLE_1_2), { ...all, target: 'platform', flag: false }), ['pkg.m.K.test_a']);
  });
});

describe('guideline order', () => {
  const make = (id: string, uri: string): Guideline => read(SAMPLE_2_0.replace('"2018.11"', `"${id}"`), uri);

  it('puts next first, then the newest, main files before add-ons', () => {
    const list = ['dns.2020.06', '2018.02', 'next', '2020.06'].map((id) => make(id, `file:///${id}.json`));
    const sorted = [...list].sort(compareGuidelines).map(({ id }) => id.value);
    assert.deepEqual(sorted, ['next', '2020.06', '2018.02', 'dns.2020.06']);
    const current = pickCurrentGuidelines(list).map(({ id }) => id.value);
    assert.deepEqual(current, ['2020.06', 'next', 'dns.2020.06']);
  });

  it('believes the file name before a wrong id, and the id where the name says nothing', () => {
    const wrong = editionOf(make('orchestration.next', 'file:///add-ons/orchestration.2018.02.json'));
    assert.deepEqual(wrong, { family: 'orchestration', edition: '2018.02', kind: 'dated' });
    assert.equal(editionOf(make('2018.11', 'file:///copy.json')).edition, '2018.11');
  });
});

describe('parseTestId and findMeantWord', () => {
  it('reads every form of id', () => {
    assert.deepEqual(parseTestId(`id-${ID_A}`), { id: ID_A, tags: [], prefixed: true });
    assert.deepEqual(parseTestId(ID_A.toUpperCase()), { id: ID_A, tags: [], prefixed: false });
    assert.deepEqual(parseTestId(`id-${ID_A},image,smoke`), { id: ID_A, tags: ['image', 'smoke'], prefixed: true });
    assert.deepEqual(parseTestId(`gate,id-${ID_A}`), { id: ID_A, tags: ['gate'], prefixed: true });
    assert.deepEqual(parseTestId(''), { id: null, tags: [], prefixed: false });
    assert.deepEqual(parseTestId(`id-${ID_A}0`), { id: null, tags: [`id-${ID_A}0`], prefixed: false });
  });

  it('finds what a misspelt word means, and leaves strangers alone', () => {
    const keys = ['achievements', 'description', 'tests', 'idempotent_id'];
    assert.equal(findMeantWord('acheivements', keys), 'achievements');
    assert.equal(findMeantWord('descriptin', keys), 'description');
    assert.equal(findMeantWord('idempotent-id', keys), 'idempotent_id');
    assert.equal(findMeantWord('owner', keys), null);
  });
});
