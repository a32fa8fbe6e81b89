import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { GUIDELINE_RULES } from '../../../src/guideline/lint/guidelineRules';
import { lintGuideline } from '../../../src/guideline/lint/lintGuideline';
import { readGuideline } from '../../../src/guideline/readGuideline';
import type { Finding } from '../../../src/model/finding';
import type { Guideline } from '../../../src/model/guideline';
import type { TestCase } from '../../../src/model/testCase';
import { linkEntries } from '../../../src/trace/linkEntries';
import { ID_A, ID_B } from './guidelineSamples';

/** A draft without any finding; each case below changes one thing in it. */
const CLEAN = `{
  "metadata": {"id": "next", "schema": "2.0", "source": "https://example.org/next.json",
    "scoring": {"cutoff_score": 5, "criteria": {"atomic": {"name": "Atomic", "description": "d", "weight": 6}}},
    "os_trademark_approval": {"target_approval": "2018.11", "replaces": "2018.02", "releases": ["ocata"], "status": "draft"}},
  "platforms": {"OpenStack Powered Compute": {"description": "c", "components": [{"name": "os_powered_compute"}]}},
  "components": {"os_powered_compute": {
    "capabilities": {"required": ["demo-cap"], "advisory": ["other-cap"], "deprecated": [], "removed": []},
    "designated_sections": {"required": ["nova"]}}},
  "capabilities": {
    "demo-cap": {"achievements": ["atomic"], "admin": false, "project": "nova", "description": "d", "required_since": "2018.02",
      "tests": {
        "pkg.mod.test_m.KTest.test_a": {"idempotent_id": "id-${ID_A}",
          "flagged": {"reason": "[D402] bug", "action": "fix", "date": "2018-01-01"}}}},
    "other-cap": {"achievements": ["atomic"], "admin": false, "project": "nova", "description": "d", "required_since": "",
      "tests": {"pkg.mod.test_m.KTest.test_b": {"idempotent_id": "id-${ID_B}", "aliases": ["pkg.mod.test_m.KTest.test_old"]}}}
  },
  "designated_sections": {}, "test_repositories": {}
}`;

const NOWHERE = { start: 0, end: 0 };

function makeTest(name: string, id: string): TestCase {
  const [method = '', className = '', ...rest] = name.split('.').reverse();
  const definition = { name, className, uri: 'file:///t.py', nameRange: NOWHERE, range: NOWHERE, idRange: null };
  return {
    name,
    ids: [id],
    attrs: [],
    module: rest.reverse().join('.'),
    className,
    method,
    classUri: 'file:///t.py',
    definition,
  };
}

const A = makeTest('pkg.mod.test_m.KTest.test_a', ID_A);
const B = makeTest('pkg.mod.test_m.KTest.test_b', ID_B);

function read(text: string, uri = 'file:///guidelines/next.json'): Guideline {
  const { guideline } = readGuideline(uri, text);
  assert.ok(guideline);
  return guideline;
}

function lint(text: string, tests: readonly TestCase[] | null = null, siblings: readonly Guideline[] = []): Finding[] {
  const guideline = read(text);
  return lintGuideline(guideline, tests === null ? [] : linkEntries([guideline], tests), { siblings });
}

/** One change of the clean file, and the text under the finding that it must bring. */
type Change = readonly [rule: string, from: string, to: string, marked: string];

const CHANGES: readonly Change[] = [
  ['IL401', '"achievements": ["atomic"]', '"acheivements": ["atomic"]', 'acheivements'],
  ['IL401', '"project": "nova"', '"owner": "nova"', 'owner'],
  ['IL402', '"project": "nova"', '"admin": false', 'admin'],
  ['IL403', '"required_since": "2018.02"', '"required-since": "2018.02"', 'required-since'],
  ['IL404', '"achievements": ["atomic"]', '"achievements": ["atomic", "discoverable"]', 'discoverable'],
  ['IL405', '"required": ["demo-cap"]', '"required": ["demo-cap", "gone-cap"]', 'gone-cap'],
  ['IL406', '"advisory": ["other-cap"]', '"advisory": []', 'other-cap'],
  [
    'IL407',
    `"pkg.mod.test_m.KTest.test_b": {"idempotent_id": "id-${ID_B}", "aliases": ["pkg.mod.test_m.KTest.test_old"]}`,
    '',
    'other-cap',
  ],
  ['IL408', '"removed": []', '"removed": ["demo-cap"]', 'demo-cap'],
  ['IL410', 'KTest.test_b"', 'KTest.test_a"', 'pkg.mod.test_m.KTest.test_a'],
  ['IL411', `"id-${ID_B}"`, `"id-${ID_A}"`, `id-${ID_A}`],
  ['IL412', `"id-${ID_A}"`, '"id-123"', 'id-123'],
  ['IL413', `"id-${ID_A}"`, `"id-${ID_A},smoke"`, `id-${ID_A},smoke`],
  ['IL414', `"id-${ID_A}"`, '""', ''],
  ['IL415', `"id-${ID_A}"`, `"${ID_A}"`, ID_A],
  ['IL416', '"flagged":', '"flag":', '{'],
  ['IL417', '[D402] bug', 'D402: bug', 'D402: bug'],
  ['IL417', '[D402] bug', 'it is broken', 'it is broken'],
  ['IL418', '[D402] bug', '[D499] bug', '[D499] bug'],
  ['IL419', '"action": "fix", ', '', '[D402] bug'],
  ['IL420', '"id": "next"', '"id": "2018.11"', '2018.11'],
  ['IL421', 'org/next.json', 'org/add-ons/dns.next.json', 'https://example.org/add-ons/dns.next.json'],
  ['IL422', '"status": "draft"', '"status": "final"', 'final'],
  ['IL423', '"cutoff_score": 5', '"cutoff_score": 7', 'demo-cap'],
  [
    'IL424',
    '"aliases": ["pkg.mod.test_m.KTest.test_old"]',
    '"aliases": ["pkg.mod.test_m.KTest.test_b"]',
    'pkg.mod.test_m.KTest.test_b',
  ],
  ['IL439', '"releases": ["ocata"]', '"releases": []', 'next'],
  ['IL439', '"releases": ["ocata"]', '"releases": ["ocata", "queens"]', 'queens'],
  ['IL439', '"releases": ["ocata"]', '"releases": ["ocata", "pike", "ocata"]', 'ocata'],
  ['IL443', '"admin": false', '"admin": true', 'true'],
  ['IL445', '"required_since": "2018.02"', '"required_since": ""', ''],
  ['IL445', '"required_since": "2018.02"', '"required_since": "soon"', 'soon'],
  ['IL445', ', "required_since": "2018.02"', '', 'demo-cap'],
  ['IL425', 'KTest.test_a"', 'KTest.test_a:x"', 'pkg.mod.test_m.KTest.test_a:x'],
  ['IL425', 'test_m.KTest.test_a"', 'test_m.test_a"', 'pkg.mod.test_m.test_a'],
];

/** Changes whose finding needs the sources. */
const LINK_CHANGES: readonly Change[] = [
  ['IL444', '[D402] bug', '[D406] gone', '[D406] gone'],
  [
    'IL430',
    `"id-${ID_B}", "aliases"`,
    '"id-00000000-0000-4000-8000-0000000000ff", "aliases"',
    'pkg.mod.test_m.KTest.test_x',
  ],
  ['IL431', `"id-${ID_B}"`, '"id-00000000-0000-4000-8000-0000000000ff"', 'id-00000000-0000-4000-8000-0000000000ff'],
  ['IL432', 'KTest.test_b"', 'KTest.test_x"', 'pkg.mod.test_m.KTest.test_x'],
  ['IL433', 'test_m.KTest.test_b"', 'test_old.KTest.test_b"', 'pkg.mod.test_old.KTest.test_b'],
  ['IL434', '["pkg.mod.test_m.KTest.test_old"]', '["pkg.mod.test_m.KTest.test_a"]', 'pkg.mod.test_m.KTest.test_a'],
  ['IL435', 'KTest.test_b"', 'KTest.test_x"', 'pkg.mod.test_m.KTest.test_old'],
  [
    'IL436',
    `KTest.test_b": {"idempotent_id": "id-${ID_B}"`,
    'KTest.NEED_TEST": {"idempotent_id": ""',
    'pkg.mod.test_m.KTest.NEED_TEST',
  ],
  ['IL437', 'KTest.test_b": {', 'KTest.test_x": {', 'pkg.mod.test_m.KTest.test_x'],
  [
    'IL438',
    `KTest.test_b": {"idempotent_id": "id-${ID_B}"`,
    'KTest.test_x": {"idempotent_id": ""',
    'pkg.mod.test_m.KTest.test_x',
  ],
];

function assertFinds(findings: readonly Finding[], text: string, rule: string, marked: string): void {
  const found = findings.filter((finding) => finding.rule === rule);
  assert.deepEqual(
    found.map(({ range }) => text.slice(range.start, range.end)),
    [marked],
    JSON.stringify(findings.map((finding) => [finding.rule, finding.message])),
  );
}

describe('lintGuideline', () => {
  it('finds nothing in a clean draft, with and without the sources', () => {
    assert.deepEqual(lint(CLEAN), []);
    assert.deepEqual(lint(CLEAN, [A, B]), []);
  });

  for (const [rule, from, to, marked] of CHANGES) {
    it(`${rule}: ${marked || 'an empty id'}`, () => {
      const text = CLEAN.replace(from, to);
      assert.notEqual(text, CLEAN);
      assertFinds(lint(text), text, rule, marked);
    });
  }

  for (const [rule, from, to, marked] of LINK_CHANGES) {
    it(`${rule}: against the sources`, () => {
      let text = CLEAN.replace(from, to);
      assert.notEqual(text, CLEAN);
      if (rule === 'IL430') text = text.replace('KTest.test_b"', 'KTest.test_x"');
      if (rule === 'IL437') text = text.replace('KTest.test_old"', 'KTest.test_b"');
      assertFinds(lint(text, [A, B]), text, rule, marked);
      assert.ok(!lint(text).some((finding) => finding.rule === rule), 'nothing is said without the index');
    });
  }

  it('IL409: a list with the same test twice', () => {
    const text =
      '{"release":"havana","schema":"1.0","capabilities":{"c":{"description":"","tests":["p.m.t.K.test_a","p.m.t.K.test_a"]}}}';
    assertFinds(lint(text), text, 'IL409', 'p.m.t.K.test_a');
  });

  it('IL411: leaves inherited variants alone', () => {
    const text = CLEAN.replace(`"id-${ID_B}"`, `"id-${ID_A}"`).replace('KTest.test_b"', 'KSubTest.test_a"');
    const sub = makeTest('pkg.mod.test_m.KSubTest.test_a', ID_A);
    for (const tests of [null, [A, sub]]) {
      assert.deepEqual(
        lint(text, tests).filter(({ rule }) => rule === 'IL411'),
        [],
      );
    }
  });

  it('IL426, IL427: against the predecessor', () => {
    const before = CLEAN.replace('"id": "next"', '"id": "2018.02"').replace(
      '"required": ["demo-cap"], "advisory": ["other-cap"]',
      '"required": ["other-cap"], "advisory": []',
    );
    const predecessor = read(before, 'file:///guidelines/2018.02.json');
    const after = CLEAN.replace(
      '"advisory": ["other-cap"], "deprecated": [], "removed": []',
      '"removed": ["other-cap"]',
    );
    const findings = lint(after, null, [predecessor]);
    assertFinds(findings, after, 'IL426', 'demo-cap');
    assertFinds(findings, after, 'IL427', 'other-cap');
    assert.deepEqual(
      lint(CLEAN, null, [read(CLEAN.replace('"id": "next"', '"id": "2018.02"'), 'file:///2018.02.json')]),
      [],
    );
  });

  it('IL428: a flag of the approved guideline that next lacks', () => {
    const approved = read(
      CLEAN.replace('"id": "next"', '"id": "2018.11"')
        .replace('"draft"', '"approved"')
        .replace('next.json', '2018.11.json'),
      'file:///guidelines/2018.11.json',
    );
    const flagless = CLEAN.replace(/,\s*"flagged": \{[^}]*\}/, '');
    const rules = (next: string): string[] =>
      lintGuideline(approved, [], { siblings: [approved, read(next)] }).map((finding) => finding.rule);
    assert.deepEqual(rules(flagless), ['IL428']);
    assert.deepEqual(rules(CLEAN), []);
  });

  it('IL446: what is replaced is earlier, and for next the newest approved guideline', () => {
    const dated = (id: string, replaces: string): string =>
      CLEAN.replace('"id": "next"', `"id": "${id}"`).replace('"2018.02", "releases"', `"${replaces}", "releases"`);
    const itself = read(dated('2018.11', '2018.11'), 'file:///2018.11.json');
    const found = lintGuideline(itself, [], { siblings: [itself] }).filter(({ rule }) => rule === 'IL446');
    assert.deepEqual(
      found.map(({ range }) => dated('2018.11', '2018.11').slice(range.start, range.end)),
      ['2018.11'],
    );
    const approved = read(dated('2018.11', '2018.02').replace('"draft"', '"approved"'), 'file:///2018.11.json');
    const rules = (text: string): string[] => lint(text, null, [approved]).map(({ rule }) => rule);
    assert.ok(rules(CLEAN).includes('IL446'));
    assert.ok(!rules(CLEAN.replace('"replaces": "2018.02"', '"replaces": "2018.11"')).includes('IL446'));
  });

  it('IL445: a dated guideline cannot require since a later one', () => {
    const text = CLEAN.replace('"id": "next"', '"id": "2018.11"').replace(
      '"required_since": "2018.02"',
      '"required_since": "2019.06"',
    );
    const late = read(text, 'file:///2018.11.json');
    const found = lintGuideline(late, [], { siblings: [] }).filter(({ rule }) => rule === 'IL445');
    assert.deepEqual(
      found.map(({ range }) => text.slice(range.start, range.end)),
      ['2019.06'],
    );
  });

  it('IL439: goes on behind z, and leaves numbers alone', () => {
    for (const releases of [
      '["yoga", "zed", "antelope"]',
      '["zed", "2023.1", "bobcat"]',
      '["icehouse", "juno", "kilo"]',
    ])
      assert.deepEqual(lint(CLEAN.replace('["ocata"]', releases)), []);
  });

  it('IL429: a flag that a dated draft took over from the guideline before', () => {
    const before = read(
      CLEAN.replace('"id": "next"', '"id": "2018.02"').replace('"draft"', '"approved"'),
      'file:///2018.02.json',
    );
    const after = CLEAN.replace('"id": "next"', '"id": "2018.11"');
    const rulesOf = (text: string): string[] =>
      lintGuideline(read(text, 'file:///2018.11.json'), [], { siblings: [before] }).map(({ rule }) => rule);
    assert.ok(rulesOf(after).includes('IL429'));
    assert.ok(!rulesOf(after.replace('2018-01-01', '2018-06-01')).includes('IL429'), 'a flag of its own');
    assert.ok(!rulesOf(after.replace('"draft"', '"approved"')).includes('IL429'), 'approved');
    assert.ok(!lint(CLEAN, null, [before]).some(({ rule }) => rule === 'IL429'), 'next mirrors flags');
  });

  describe('against what is committed', () => {
    const APPROVED = CLEAN.replace('"id": "next"', '"id": "2018.11"').replace('"draft"', '"approved"');
    const WITHOUT_FLAG = APPROVED.replace(/,\s*"flagged": \{[^}]*\}/, '');
    const URI = 'file:///2018.11.json';

    function changes(now: string, before: string | null, siblings: readonly Guideline[] = []): (readonly string[])[] {
      const guideline = read(now, URI);
      const committed = before === null ? null : read(before, URI);
      return lintGuideline(guideline, [], { siblings: [guideline, ...siblings], committed })
        .filter(({ rule }) => ['IL440', 'IL441', 'IL442'].includes(rule))
        .map(({ rule, range }) => [rule, now.slice(range.start, range.end)]);
    }

    it('finds nothing where nothing changed, without git, and in what was a draft', () => {
      assert.deepEqual(changes(APPROVED, APPROVED), []);
      assert.deepEqual(changes(WITHOUT_FLAG, null), []);
      assert.deepEqual(changes(WITHOUT_FLAG, CLEAN.replace('"id": "next"', '"id": "2018.11"')), []);
    });

    it('IL440: a test that is gone, came or is called otherwise', () => {
      const gone = APPROVED.replace(/"pkg\.mod\.test_m\.KTest\.test_b": \{[^}]*\}/, '');
      assert.deepEqual(changes(gone, APPROVED), [['IL440', 'other-cap']]);
      assert.deepEqual(changes(APPROVED, gone), [['IL440', 'pkg.mod.test_m.KTest.test_b']]);
      const renamed = APPROVED.replace('KTest.test_b"', 'KTest.test_c"');
      assert.deepEqual(changes(renamed, APPROVED), [['IL440', 'pkg.mod.test_m.KTest.test_c']]);
      const aliased = APPROVED.replace('["pkg.mod.test_m.KTest.test_old"]', '["pkg.mod.test_m.KTest.test_new"]');
      assert.deepEqual(changes(aliased, APPROVED), []);
    });

    it('IL440: a capability that is gone with its tests', () => {
      const start = APPROVED.indexOf(',\n    "other-cap"');
      const gone = APPROVED.slice(0, start) + APPROVED.slice(APPROVED.indexOf('\n  },\n  "designated_sections"'));
      assert.deepEqual(changes(gone, APPROVED), [['IL440', '2018.11']]);
    });

    it('IL441: a new flag, unless this is the newest approved guideline', () => {
      const newer = read(APPROVED.replace('"id": "2018.11"', '"id": "2019.06"'), 'file:///2019.06.json');
      assert.deepEqual(changes(APPROVED, WITHOUT_FLAG, [newer]), [['IL441', '[D402] bug']]);
      assert.deepEqual(changes(APPROVED, WITHOUT_FLAG), []);
    });

    it('IL442: a flag that is gone', () => {
      assert.deepEqual(changes(WITHOUT_FLAG, APPROVED), [['IL442', 'pkg.mod.test_m.KTest.test_a']]);
    });
  });

  it('speaks lower of what is approved, and lowest of what is superseded', () => {
    const severities = ['draft', 'approved', 'superseded'].map((status) => {
      const text = CLEAN.replace('"draft"', `"${status}"`).replace(
        '"required": ["demo-cap"]',
        '"required": ["demo-cap", "gone"]',
      );
      return lint(text).find(({ rule }) => rule === 'IL405')?.severity;
    });
    assert.deepEqual(severities, ['error', 'warning', 'info']);
    // What judges a change against git is no quirk of the past.
    const changes = ['IL440', 'IL441', 'IL442'];
    const past = GUIDELINE_RULES.filter(({ id }) => !changes.includes(id));
    assert.ok(past.every(({ superseded }) => superseded === 'info' || superseded === 'hint'));
  });

  it('has one page for each rule, named after it', () => {
    for (const { id, name, summary, severity, approved } of GUIDELINE_RULES) {
      const page = path.resolve(__dirname, `../../../docs/rules/${id}.md`);
      assert.ok(existsSync(page), `${id} has no page`);
      const text = readFileSync(page, 'utf8');
      assert.ok(text.startsWith(`# ${id} ${name}\n`), `${id} has another title`);
      assert.ok(text.includes(summary), `${id} does not carry its summary`);
      assert.ok(
        text.includes(`Severity: ${severity} in a draft, ${approved} in an approved`),
        `${id}: other severities`,
      );
      for (const heading of ['Message', 'Problematic', 'Better', 'Why', 'Exceptions', 'References']) {
        assert.ok(text.includes(`\n## ${heading}\n`), `${id} lacks "${heading}"`);
      }
    }
    assert.equal(new Set(GUIDELINE_RULES.map(({ id }) => id)).size, GUIDELINE_RULES.length);
  });

  it('tests every rule of the table', () => {
    const elsewhere = ['IL409', 'IL426', 'IL427', 'IL428', 'IL429', 'IL440', 'IL441', 'IL442', 'IL446'];
    const tested = new Set([...CHANGES, ...LINK_CHANGES].map(([rule]) => rule).concat(elsewhere));
    assert.deepEqual(
      GUIDELINE_RULES.map(({ id }): string => id).filter((id) => !tested.has(id)),
      [],
    );
  });
});
