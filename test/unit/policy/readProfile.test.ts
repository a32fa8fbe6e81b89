import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { IMAGE_UPLOADS, REACH_WAYS, VIRTUALIZATIONS } from '../../../src/model/cloudProfile';
import { GUEST_OSES } from '../../../src/model/guestLevel';
import { BUILTIN_PROFILES } from '../../../src/policy/builtinProfiles';
import { PROFILE_RULES } from '../../../src/policy/profile/profileRules';
import { isProfileName, PROFILE_KEYS } from '../../../src/policy/profile/profileVocabulary';
import { readProfile } from '../../../src/policy/profile/readProfile';
import { writeProfileTemplate } from '../../../src/policy/profile/writeTemplate';
import { assertMatchesSchema } from '../../support/schemas';

const ROOT = path.resolve(__dirname, '../../..');
const URI = 'file:///c.interop-profile.yaml';

const GOOD = `name: Zones
regions:
  - name: west
    virtualization: container
    guests: [illumos]
    imageUpload: image
    reachability: [ping, ssh]
`;

/** `rule: text it stands on` of each finding. */
function findingsOf(text: string): string[] {
  return readProfile(URI, text).findings.map(
    ({ rule, range }) => `${rule}: ${text.slice(range.start, range.end).split('\n', 1)[0] ?? ''}`,
  );
}

const WRONG: readonly (readonly [what: string, text: string, findings: readonly string[]])[] = [
  ['a list', '- name: x\n', ['IL510: - name: x']],
  ['an empty file', '', ['IL510: ']],
  ['broken YAML', 'name: [x\n', ['IL510: ']],
  ['an unknown key', GOOD.replace('name: Zones', 'name: Zones\nowner: me'), ['IL511: owner']],
  ['a wrong word', GOOD.replace('[illumos]', '[solaris]'), ['IL512: solaris']],
  ['a text for a list', GOOD.replace('[illumos]', 'illumos'), ['IL512: illumos']],
  ['an option that is none', `${GOOD}    options: { run_validation: true }\n`, ['IL512: run_validation']],
  ['an option that is a text', `${GOOD}    options: { a.b: "no" }\n`, ['IL512: "no"']],
  ['a missing key', GOOD.replace('    imageUpload: image\n', ''), ['IL513: name']],
  ['no region', 'name: x\nregions: []\n', ['IL513: []']],
  ['a system twice', GOOD.replace('[illumos]', '[illumos, {os: illumos}]'), ['IL514: {os: illumos}']],
  ['a key twice', GOOD.replace('name: Zones', 'name: Zones\nname: Other'), ['IL514: name']],
  ['a kernel in a container', GOOD.replace(': image', ': any-kernel'), ['IL515: any-kernel']],
  ['answers of nothing', GOOD.replace('[illumos]', '[]'), ['IL515: [ping, ssh]']],
  [
    'validation off',
    `${GOOD}    options: { validation.run_validation: false }\n`,
    ['IL515: { validation.run_validation: false }'],
  ],
];

describe('profiles', () => {
  it('are read from YAML, with what is left out filled in', () => {
    const { profile, findings } = readProfile(URI, GOOD);
    assert.deepEqual(findings, []);
    assert.deepEqual(profile, {
      name: 'Zones',
      description: '',
      regions: [
        {
          name: 'west',
          virtualization: 'container',
          guests: [{ os: 'illumos', tools: [] }],
          imageUpload: 'image',
          reachability: ['ping', 'ssh'],
          options: {},
        },
      ],
    });
  });

  it('are read from JSON to the same', () => {
    const { profile } = readProfile(URI, GOOD);
    assert.deepEqual(
      readProfile('file:///c.interop-profile.json', JSON.stringify(profile, null, 2).replace('"description": "",', ''))
        .profile,
      profile,
    );
  });

  for (const [what, text, findings] of WRONG) {
    it(`with ${what} are told where it stands`, () => assert.deepEqual(findingsOf(text), findings));
  }

  it('with a warning alone are still good for a verdict, with an error are not', () => {
    for (const [what, text] of WRONG) {
      const { profile, findings } = readProfile(URI, text);
      assert.equal(
        profile === null,
        findings.some(({ severity }) => severity === 'error'),
        what,
      );
    }
  });

  it('are told of every rule by some example above', () => {
    const told = new Set(WRONG.flatMap(([, , findings]) => findings.map((finding) => finding.slice(0, 5))));
    assert.deepEqual(
      [...told].sort(),
      PROFILE_RULES.map(({ id }) => id),
    );
  });

  it('offer the word that is meant', () => {
    const message = (text: string): string => readProfile(URI, text).findings[0]?.message ?? '';
    assert.match(message(GOOD.replace('[illumos]', '[ilumos]')), /Is illumos meant\?/);
    assert.match(message(GOOD.replace('virtualization', 'virtualisation')), /Is "virtualization" meant\?/);
  });

  it('resolve anchors, and survive whatever stands in the file', () => {
    const shared =
      GOOD.replace('[illumos]', '&systems [illumos]') +
      GOOD.slice(GOOD.indexOf('  - name')).replace('west', 'east').replace('[illumos]', '*systems');
    assert.equal(readProfile(URI, shared).profile?.regions[1]?.guests[0]?.os, 'illumos');
    assert.deepEqual(findingsOf('['.repeat(100_000))[0]?.slice(0, 5), 'IL510');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => void readProfile(URI, text)),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(
        fc.nat(GOOD.length),
        fc.constantFrom('', '&a', '*a', '[', '{', ': ', '\t', '- ', '"'),
        (at, extra) => {
          const text = GOOD.slice(0, at) + extra + GOOD.slice(at + 1);
          for (const { range } of readProfile(URI, text).findings)
            assert.ok(0 <= range.start && range.start <= range.end && range.end <= text.length);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('start from a template that says the same, with every key explained', () => {
    for (const { profile } of BUILTIN_PROFILES) {
      const text = writeProfileTemplate(profile);
      const read = readProfile(URI, text);
      assert.deepEqual([read.profile, read.findings], [profile, []], text);
      for (const { about, name } of [...PROFILE_KEYS.profile, ...PROFILE_KEYS.region])
        assert.ok(name === '$schema' || name === 'name' || text.includes(about), name);
    }
    const odd = { name: 'yes: "no"', description: '#1', regions: BUILTIN_PROFILES[0]?.profile.regions ?? [] };
    assert.deepEqual(readProfile(URI, writeProfileTemplate(odd)).profile, odd);
  });

  it('are known by their file name', () => {
    for (const name of ['a.interop-profile.yaml', 'x/b.interop-profile.yml', 'file:///c.interop-profile.json'])
      assert.ok(isProfileName(name), name);
    for (const name of ['interop-profile.txt', 'a.interop-profile.yaml.bak', 'profile.yaml'])
      assert.ok(!isProfileName(name), name);
  });
});

describe('the schema of profiles', () => {
  const schema = JSON.parse(readFileSync(path.join(ROOT, 'schemas/interop-profile.schema.json'), 'utf8')) as {
    properties: Record<string, { description: string }>;
    $defs: Record<
      string,
      {
        enum?: string[];
        required?: string[];
        properties?: Record<string, { description: string; enum?: string[]; items?: { enum?: string[] } }>;
      }
    >;
  };

  it('has the keys, words and texts of the reader', () => {
    const { region, guest, os } = schema.$defs;
    const objects = { profile: { properties: schema.properties }, region, guest };
    for (const [name, keys] of Object.entries(PROFILE_KEYS)) {
      const properties = objects[name as keyof typeof objects]?.properties ?? {};
      assert.deepEqual(Object.keys(properties).sort(), keys.map((key) => key.name).sort());
      for (const key of keys)
        if (key.name !== '$schema') assert.equal(properties[key.name]?.description, key.about, key.name);
    }
    assert.deepEqual(os?.enum, [...GUEST_OSES]);
    assert.deepEqual(region?.properties?.['virtualization']?.enum, [...VIRTUALIZATIONS]);
    assert.deepEqual(region.properties['imageUpload']?.enum, [...IMAGE_UPLOADS]);
    assert.deepEqual(region.properties['reachability']?.items?.enum, [...REACH_WAYS]);
    assert.deepEqual(
      region.required,
      PROFILE_KEYS.region.filter(({ required }) => required).map((key) => key.name),
    );
  });

  it('takes the built-in profiles and the sample', () => {
    for (const { profile } of BUILTIN_PROFILES) assertMatchesSchema('interop-profile', profile);
    const sample = readFileSync(path.join(ROOT, 'samples/profiles/two-regions.interop-profile.yaml'), 'utf8');
    const { profile, findings } = readProfile(URI, sample);
    assert.deepEqual(findings, []);
    assertMatchesSchema('interop-profile', profile);
  });
});
