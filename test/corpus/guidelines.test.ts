import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { detectGuideline, mayBeGuideline } from '../../src/guideline/detectGuideline';
import { parseFlagCode } from '../../src/guideline/readTestEntries';
import { readGuideline } from '../../src/guideline/readGuideline';
import { selectTests } from '../../src/guideline/selectTests';
import type { Guideline, GuidelineTest } from '../../src/model/guideline';
import { GUIDELINE_FOLDER, whyNoGuidelines } from '../support/findGuidelineFiles';

/** One row of the table of published guidelines (facts computed from the interop repository). */
interface Row {
  readonly kind: Guideline['kind'];
  readonly schema: string;
  readonly id: string;
  readonly status: string;
  readonly replaces: string | null;
  readonly releases: readonly [string, string];
  readonly capabilities: number;
  /** required/advisory/deprecated/removed */
  readonly components: Readonly<Record<string, string>>;
  readonly entries: number;
  readonly distinct: number;
  readonly flagged: number;
  readonly withAliases: number;
  readonly aliases: number;
  readonly emptyCapabilities: number;
  readonly idsUnderTwoKeys: number;
  readonly testsInSeveralCapabilities: number;
  readonly idsWithTags: number;
  readonly codes: Readonly<Record<string, number>>;
}

const NO_QUIRKS = { emptyCapabilities: 0, idsUnderTwoKeys: 0, testsInSeveralCapabilities: 0, idsWithTags: 0 };
const LATE_CODES = { D400: 2, D401: 4, D406: 1, none: 4 };

const TABLE: Readonly<Record<string, Row>> = {
  '2015.07.json': {
    ...NO_QUIRKS,
    kind: 'main',
    schema: '1.5',
    id: '2015.07',
    status: 'superseded',
    replaces: '2015.05',
    releases: ['icehouse', 'kilo'],
    capabilities: 46,
    components: { compute: '37/0/0/0', object: '11/0/0/0' },
    entries: 129,
    distinct: 129,
    flagged: 31,
    withAliases: 4,
    aliases: 4,
    idsUnderTwoKeys: 5,
    codes: { D400: 5, D401: 2, D405: 13, D406: 6, none: 5 },
  },
  '2016.01.json': {
    ...NO_QUIRKS,
    kind: 'main',
    schema: '1.5',
    id: '2016.01',
    status: 'superseded',
    replaces: '2015.07',
    releases: ['juno', 'mitaka'],
    capabilities: 74,
    components: { compute: '35/28/2/0', object: '10/0/1/0' },
    entries: 306,
    distinct: 306,
    flagged: 51,
    withAliases: 33,
    aliases: 33,
    emptyCapabilities: 2,
    idsUnderTwoKeys: 5,
    idsWithTags: 29,
    codes: { D400: 23, D401: 2, D405: 13, D406: 9, none: 4 },
  },
  '2016.08.json': {
    ...NO_QUIRKS,
    kind: 'main',
    schema: '1.6',
    id: '2016.08',
    status: 'superseded',
    replaces: '2016.01',
    releases: ['kilo', 'newton'],
    capabilities: 78,
    components: { compute: '48/3/8/2', object: '9/7/1/1' },
    entries: 306,
    distinct: 306,
    flagged: 49,
    withAliases: 92,
    aliases: 100,
    emptyCapabilities: 4,
    idsUnderTwoKeys: 5,
    codes: { D400: 20, D401: 4, D404: 1, D405: 15, D406: 5, none: 4 },
  },
  '2018.02.json': {
    ...NO_QUIRKS,
    kind: 'main',
    schema: '2.0',
    id: '2018.02',
    status: 'superseded',
    replaces: '2017.09',
    releases: ['newton', 'queens'],
    capabilities: 91,
    components: { os_powered_compute: '68/3/0/2', os_powered_storage: '17/2/0/0' },
    entries: 350,
    distinct: 293,
    flagged: 20,
    withAliases: 157,
    aliases: 174,
    idsUnderTwoKeys: 2,
    testsInSeveralCapabilities: 57,
    codes: { D400: 11, D401: 4, D406: 1, none: 4 },
  },
  '2020.06.json': {
    ...NO_QUIRKS,
    kind: 'main',
    schema: '2.0',
    id: '2020.06',
    status: 'approved',
    replaces: '2019.11',
    releases: ['stein', 'victoria'],
    capabilities: 79,
    components: { os_powered_compute: '60/0/0/0', os_powered_storage: '20/0/0/0' },
    entries: 289,
    distinct: 287,
    flagged: 11,
    withAliases: 95,
    aliases: 104,
    testsInSeveralCapabilities: 2,
    codes: LATE_CODES,
  },
  'next.json': {
    ...NO_QUIRKS,
    kind: 'main',
    schema: '2.0',
    id: 'next',
    status: 'draft',
    replaces: '2018.02',
    releases: ['ocata', 'rocky'],
    capabilities: 79,
    components: { os_powered_compute: '57/3/0/14', os_powered_storage: '19/1/0/0' },
    entries: 289,
    distinct: 287,
    flagged: 11,
    withAliases: 95,
    aliases: 104,
    testsInSeveralCapabilities: 2,
    codes: LATE_CODES,
  },
  'add-ons/dns.2020.06.json': {
    ...NO_QUIRKS,
    kind: 'add-on',
    schema: '2.0',
    id: 'dns.2020.06',
    status: 'approved',
    replaces: 'dns.2019.11',
    releases: ['stein', 'victoria'],
    capabilities: 2,
    components: { os_powered_dns: '2/0/0/0' },
    entries: 10,
    distinct: 10,
    flagged: 0,
    withAliases: 0,
    aliases: 0,
    codes: {},
  },
  'verticals/nfv.next.json': {
    ...NO_QUIRKS,
    kind: 'vertical',
    schema: '2.0',
    id: 'nfv.next',
    status: 'draft',
    replaces: null,
    releases: ['newton', 'queens'],
    capabilities: 6,
    components: { os_powered_nfv_platform: '0/6/0/0' },
    entries: 34,
    distinct: 34,
    flagged: 0,
    withAliases: 0,
    aliases: 0,
    codes: {},
  },
};

function countBy<T>(values: readonly T[], keyOf: (value: T) => string): Record<string, number> {
  const result: Record<string, number> = {};
  for (const value of values) result[keyOf(value)] = (result[keyOf(value)] ?? 0) + 1;
  return result;
}

function countIdsUnderTwoKeys(tests: readonly GuidelineTest[]): number {
  const keys = new Map<string, Set<string>>();
  for (const { id, name } of tests) if (id !== null) keys.set(id, (keys.get(id) ?? new Set()).add(name.value));
  return [...keys.values()].filter((names) => names.size > 1).length;
}

function summarise(guideline: Guideline): Row {
  const tests = guideline.capabilities.flatMap((capability) => capability.tests);
  const flags = tests.flatMap((test) => (test.flag === null ? [] : [test.flag]));
  const components = guideline.components.map(({ name, capabilities }): [string, string] => {
    const { required, advisory, deprecated, removed } = capabilities;
    return [name.value, [required, advisory, deprecated, removed].map((list) => list.length).join('/')];
  });
  return {
    kind: guideline.kind,
    schema: guideline.schemaVersion.value,
    id: guideline.id.value,
    status: guideline.status?.value ?? '',
    replaces: guideline.replaces?.value ?? null,
    releases: [guideline.releases[0]?.value ?? '', guideline.releases.at(-1)?.value ?? ''],
    capabilities: guideline.capabilities.length,
    components: Object.fromEntries(components),
    entries: tests.length,
    distinct: new Set(tests.map((test) => test.name.value)).size,
    flagged: flags.length,
    withAliases: tests.filter((test) => test.aliases.length > 0).length,
    aliases: tests.reduce((sum, test) => sum + test.aliases.length, 0),
    emptyCapabilities: guideline.capabilities.filter((capability) => capability.tests.length === 0).length,
    idsUnderTwoKeys: countIdsUnderTwoKeys(tests),
    testsInSeveralCapabilities: Object.values(countBy(tests, (test) => test.name.value)).filter((n) => n > 1).length,
    idsWithTags: tests.filter((test) => test.idTags.length > 0).length,
    codes: countBy(flags, (flag) => flag.code ?? 'none'),
  };
}

/** Every string of the model lies in the file exactly where its range says. */
function assertRanges(text: string, guideline: Guideline): void {
  const check = (ranged: { value: string; range: { start: number; end: number } } | null): void => {
    if (ranged === null) return;
    const written = text.slice(ranged.range.start - 1, ranged.range.end + 1);
    assert.equal(JSON.parse(written), ranged.value);
  };
  const { id, schemaVersion, status, replaces, source, targetApproval } = guideline;
  [id, schemaVersion, status, replaces, source, targetApproval, ...guideline.releases].forEach(check);
  for (const capability of guideline.capabilities) {
    check(capability.name);
    check(capability.description);
    capability.keys.forEach(check);
    capability.achievements.forEach(check);
    for (const entry of capability.tests) {
      [entry.name, entry.idAsWritten, ...entry.aliases, entry.flag?.reason ?? null].forEach(check);
      const whole = JSON.parse(`{${text.slice(entry.range.start, entry.range.end)}}`) as Record<string, unknown>;
      assert.deepEqual(Object.keys(whole), [entry.name.value]);
    }
  }
}

describe('corpus: published guidelines', () => {
  before(function () {
    const reason = whyNoGuidelines();
    if (reason === null) return;
    console.log(`      skipped: ${reason}`);
    this.skip();
  });

  for (const [file, expected] of Object.entries(TABLE)) {
    it(`${file} reads with the counts of the table, every range exact`, () => {
      const text = readFileSync(path.join(GUIDELINE_FOLDER, file), 'utf8');
      const { guideline, problems, complete } = readGuideline(`file:///${file}`, text);
      assert.ok(guideline);
      assert.deepEqual(problems, []);
      assert.ok(complete);
      assert.deepEqual(summarise(guideline), expected);
      assertRanges(text, guideline);
      assert.equal(mayBeGuideline(text), true);
      assert.equal(detectGuideline(text)?.kind, expected.kind);
    });
  }

  /** entries/flagged of the required capabilities, per component: numbers computed from the repository. */
  const REQUIRED: Readonly<Record<string, readonly string[]>> = {
    '2015.07.json': ['114/29', '17/2'],
    '2016.01.json': ['111/28', '14/0'],
    '2016.08.json': ['215/17', '14/0'],
    '2018.02.json': ['285/20', '53/0'],
    '2020.06.json': ['228/11', '60/0'],
    'next.json': ['225/11', '59/0'],
  };
  for (const [file, expected] of Object.entries(REQUIRED)) {
    it(`${file} selects the required tests of each component`, () => {
      const text = readFileSync(path.join(GUIDELINE_FOLDER, file), 'utf8');
      const { guideline } = readGuideline(file, text);
      assert.ok(guideline);
      const counts = ['compute', 'object'].map((target) => {
        const all = selectTests(guideline, { target, types: ['required'], alias: false, flag: true });
        const unflagged = selectTests(guideline, { target, types: ['required'], alias: false, flag: false });
        assert.ok(all && unflagged);
        return `${all.length}/${all.length - unflagged.length}`;
      });
      assert.deepEqual(counts, expected);
    });
  }

  it('names the misspelt keys, and reads them as what they stand for', () => {
    const { guideline } = readGuideline('next', readFileSync(path.join(GUIDELINE_FOLDER, 'next.json'), 'utf8'));
    assert.ok(guideline);
    const unknown = guideline.unknownKeys?.map(({ key, meant }) => `${key.value} > ${meant}`).sort();
    const misspelt = ['acheivements > achievements', 'acheivements > achievements', 'descriptin > description'];
    assert.deepEqual(unknown, misspelt);
    const slo = guideline.capabilities.find(({ name }) => name.value === 'objectstore-slo-support');
    assert.ok(slo && slo.achievements.length > 0);
    assert.equal(parseFlagCode('[D400] reason'), 'D400');
  });
});
