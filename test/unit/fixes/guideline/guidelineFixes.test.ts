import assert from 'node:assert/strict';
import { addFlag, describeGuestFlag } from '../../../../src/fixes/guideline/flagTest';
import { openGuidelineFile } from '../../../../src/fixes/guideline/guidelineFile';
import { addCapabilityStub, moveCapability } from '../../../../src/fixes/guideline/listCapability';
import { fixGuideline } from '../../../../src/fixes/guideline/guidelineFixes';
import { lintGuideline } from '../../../../src/guideline/lint/lintGuideline';
import { parseFlagCode } from '../../../../src/guideline/readTestEntries';
import { readGuideline } from '../../../../src/guideline/readGuideline';
import type { FixContext } from '../../../../src/fixes/fixContext';
import type { Finding, Fix } from '../../../../src/model/finding';
import type { Guideline } from '../../../../src/model/guideline';
import type { TestCase } from '../../../../src/model/testCase';
import { linkEntries } from '../../../../src/trace/linkEntries';
import { applyEdits } from '../../../support/applyEdits';
import { SAMPLE_1_0, SAMPLE_1_2, SAMPLE_1_6, SAMPLE_2_0, SAMPLE_ADD_ON } from '../../guideline/guidelineSamples';
import { makeTest } from '../../../support/reportModels';

const ID = '00000000-0000-4000-8000-00000000000';
const URI = 'file:///2099.01.json';
const NEXT = 'file:///next.json';

/** A draft in a style of its own: four blanks, lists on one line, flags in odd order, CRLF in one variant. */
const DRAFT = `{
    "metadata": {
        "id": "2099.01", "schema": "2.0",
        "scoring": {"cutoff_score": 1, "criteria": {"doc": {"name": "Doc", "description": "", "weight": 8}}},
        "os_trademark_approval": {"replaces": "2098.01", "releases": [], "status": "draft"}
    },
    "components": {
        "os_powered_compute": {
            "capabilities": {
                "required": [
                    "one",
                    "two"
                ],
                "advisory": [],
                "deprecated": ["undefined"],
                "removed": []
            }
        }
    },
    "capabilities": {
        "one": { "achievements": ["doc"], "admin": false,   "description": "odd    blanks", "tests": {
                "demo.test_a.K.test_old": {
                    "idempotent_id": "id-${ID}1"
                },
                "demo.test_a.K.test_older": { "idempotent_id": "id-${ID}2", "aliases": [ "demo.test_a.K.test_new2"] },
                "demo.test_a.K.test_gone": {
                    "idempotent_id": "id-${ID}9",
                    "aliases": [
                        "demo.test_a.K.test_gone",
                        "demo.test_a.K.test_other"
                    ]
                }
            }
        },
        "two": {
            "achievements": ["doc"],
            "description": "",
            "tests": {
                "demo.test_a.K.test_live": {"idempotent_id": ""}
            }
        }
    }
}
`;

const TESTS = [
  live('demo.test_a.K.test_new', `${ID}1`),
  live('demo.test_a.K.test_new2', `${ID}2`),
  live('demo.test_a.K.test_live', `${ID}3`),
  live('demo.test_a.K.test_flag', `${ID}4`),
];

function live(name: string, id: string): TestCase {
  const parts = name.split('.');
  return makeTest({
    name,
    ids: [id],
    module: parts.slice(0, -2).join('.'),
    className: 'K',
    method: parts.at(-1) ?? '',
  });
}

interface Bench {
  readonly texts: Readonly<Record<string, string>>;
  readonly findings: readonly Finding[];
  fixesOf(rule: string, index?: number): readonly Fix[];
  refusalOf(rule: string): string;
  /** The file after the n-th fix of the first finding of a rule. */
  apply(rule: string, fix?: number): string;
}

/** The engine's way from texts to fixes: read, link, lint, fix. The first text is the one that is linted. */
function work(texts: Readonly<Record<string, string>>): Bench {
  const models = new Map(Object.entries(texts).map(([uri, text]) => [uri, readGuideline(uri, text).guideline]));
  const all = [...models.values()].filter((model): model is Guideline => model !== null);
  const entries = linkEntries(all, TESTS, new Set(['demo']));
  const [uri = ''] = Object.keys(texts);
  const guideline = models.get(uri);
  assert.ok(guideline);
  const findings = lintGuideline(guideline, entries, { siblings: all });
  const context: FixContext = {
    text: (wanted) => texts[wanted],
    facts: () => undefined,
    guideline: (wanted) => models.get(wanted) ?? undefined,
    entriesOf: (wanted) => entries.filter((entry) => entry.guideline.uri === wanted),
    test: (name) => TESTS.find((test) => test.name === name),
    today: () => '2099-02-03',
  };
  const offer = (rule: string, index: number): readonly Fix[] | string => {
    const finding = findings.filter((one) => one.rule === rule)[index];
    assert.ok(finding, `no ${rule} in ${findings.map((one) => one.rule).join(' ')}`);
    return fixGuideline(finding, context);
  };
  const fixesOf = (rule: string, index = 0): readonly Fix[] => {
    const offered = offer(rule, index);
    assert.ok(typeof offered !== 'string', `${rule} has no fix`);
    return offered;
  };
  return {
    texts,
    findings,
    fixesOf,
    refusalOf: (rule) => {
      const offered = offer(rule, 0);
      assert.ok(typeof offered === 'string', `${rule} has fixes`);
      return offered;
    },
    apply: (rule, index = 0) => {
      const fix = fixesOf(rule)[index];
      assert.ok(fix, `${rule} has ${fixesOf(rule).length} fixes`);
      const [edit] = fix.edits;
      assert.ok(edit);
      const changed = applyEdits(edit.uri, texts[edit.uri] ?? '', fix.edits);
      const again = readGuideline(edit.uri, changed);
      assert.ok(again.complete && again.guideline, 'the fix broke the JSON');
      return changed;
    },
  };
}

/** Replaces words that stand once in a text. */
function change(text: string, ...pairs: readonly (readonly [from: string, to: string])[]): string {
  return pairs.reduce((now, [from, to]) => {
    assert.equal(now.split(from).length, 2, `"${from}" stands once`);
    return now.replace(from, () => to);
  }, text);
}

describe('fixes of guidelines, byte for byte', () => {
  for (const [name, eol] of [
    ['LF', '\n'],
    ['CRLF', '\r\n'],
  ] as const) {
    it(`adopt today's name and keep the old one as alias (${name})`, () => {
      const text = DRAFT.replaceAll('\n', eol);
      const bench = work({ [URI]: text });
      assert.equal(
        bench.apply('IL432'),
        change(
          text,
          ['"demo.test_a.K.test_old"', '"demo.test_a.K.test_new"'],
          [
            `"idempotent_id": "id-${ID}1"`,
            [
              `"idempotent_id": "id-${ID}1",`,
              '                    "aliases": [',
              '                        "demo.test_a.K.test_old"',
              '                    ]',
            ].join(eol),
          ],
        ),
      );
      assert.equal(bench.fixesOf('IL432')[0]?.safe, true);
    });
  }

  it("change places of key and alias when today's name is an alias", () => {
    assert.equal(
      work({ [URI]: DRAFT }).apply('IL437'),
      change(
        DRAFT,
        ['K.test_new2"', 'K.test_tmp"'],
        ['K.test_older"', 'K.test_new2"'],
        ['K.test_tmp"', 'K.test_older"'],
      ),
    );
  });

  it('keep the key of an approved guideline and add the new name as alias', () => {
    const approved = change(DRAFT, ['"draft"', '"approved"']);
    const fixes = work({ [URI]: approved }).fixesOf('IL432');
    assert.deepEqual(
      fixes.map(({ title, safe }) => [title, safe]),
      [['Add K.test_new as alias', true]],
    );
    assert.equal(
      work({ [URI]: approved }).apply('IL432'),
      change(approved, [
        `"idempotent_id": "id-${ID}1"`,
        `"idempotent_id": "id-${ID}1",\n                    "aliases": [\n                        "demo.test_a.K.test_new"\n                    ]`,
      ]),
    );
  });

  it('do not adopt a name that the capability has already', () => {
    const both = change(DRAFT, [
      `"demo.test_a.K.test_old": {`,
      `"demo.test_a.K.test_new": { "idempotent_id": "id-${ID}1" },\n                "demo.test_a.K.test_old": {`,
    ]);
    const [finding] = work({ [URI]: both }).findings.filter(({ rule }) => rule === 'IL432');
    // The twin is told as a duplicate of the id instead.
    assert.equal(finding, undefined);
  });

  it('remove an alias, and the list with the last one', () => {
    assert.equal(
      work({ [URI]: DRAFT }).apply('IL424'),
      change(DRAFT, [
        '"demo.test_a.K.test_gone",\n                        "demo.test_a.K.test_other"',
        '"demo.test_a.K.test_other"',
      ]),
    );
    const conflict = change(DRAFT, ['K.test_new2"]', 'K.test_live" ]']);
    const first = work({ [URI]: change(conflict, ['"demo.test_a.K.test_older"', '"demo.test_a.K.test_new2"']) });
    assert.equal(
      first.apply('IL434'),
      change(first.texts[URI] ?? '', [`"id-${ID}2", "aliases": [ "demo.test_a.K.test_live" ] }`, `"id-${ID}2" }`]),
    );
  });

  it('write the id that the live test has', () => {
    const bench = work({ [URI]: DRAFT });
    assert.equal(bench.apply('IL414'), change(DRAFT, ['{"idempotent_id": ""}', `{"idempotent_id": "id-${ID}3"}`]));
    assert.equal(bench.fixesOf('IL414')[0]?.safe, true);
    const without = change(DRAFT, ['{"idempotent_id": ""}', '{ }']);
    assert.equal(
      work({ [URI]: without }).apply('IL414'),
      change(without, ['{ }', `{\n                    "idempotent_id": "id-${ID}3"\n                }`]),
    );
    const wrong = change(DRAFT, ['{"idempotent_id": ""}', `{"idempotent_id": "id-${ID}8"}`]);
    const mismatch = work({ [URI]: wrong });
    assert.equal(mismatch.apply('IL431'), change(wrong, [`${ID}8`, `${ID}3`]));
    assert.equal(mismatch.fixesOf('IL431')[0]?.safe, false);
  });

  it('write ids plainly', () => {
    const tagged = change(DRAFT, [`"id-${ID}1"`, `"id-${ID}1,image,smoke"`]);
    assert.equal(work({ [URI]: tagged }).apply('IL413'), DRAFT);
    const bare = change(DRAFT, [`"id-${ID}1"`, `"${ID}1"`]);
    assert.equal(work({ [URI]: bare }).apply('IL415'), DRAFT);
  });

  it('flag a test that is gone', () => {
    assert.equal(
      work({ [URI]: DRAFT }).apply('IL430'),
      change(DRAFT, [
        '"demo.test_a.K.test_other"\n                    ]',
        `"demo.test_a.K.test_other"
                    ],
                    "flagged": {
                        "reason": "[D406] The test was removed from its suite.",
                        "action": "Remove the test from the next guideline.",
                        "date": "2099-02-03"
                    }`,
      ]),
    );
  });

  it('mirror a flag into next, in the style of next', () => {
    const flag = '"flagged": {"date": "2099-01-01", "reason": "[D401] \\"quoted\\"", "action": "wait"}';
    const approved = change(
      DRAFT,
      ['"draft"', '"approved"'],
      [`"idempotent_id": "id-${ID}2"`, `"idempotent_id": "id-${ID}2", ${flag}`],
    );
    const next = change(DRAFT, ['"2099.01"', '"next"']);
    const bench = work({ [URI]: approved, [NEXT]: next });
    assert.equal(
      bench.apply('IL428'),
      change(next, [
        '"aliases": [ "demo.test_a.K.test_new2"] }',
        '"aliases": [ "demo.test_a.K.test_new2"], "flagged": {"reason": "[D401] \\"quoted\\"", "action": "wait", "date": "2099-01-01"} }',
      ]),
    );
  });

  it('put the flag type in brackets, and rename the key', () => {
    const flag = (reason: string, key = 'flagged'): string =>
      change(DRAFT, [
        `"idempotent_id": "id-${ID}2"`,
        `"idempotent_id": "id-${ID}2", "${key}": {"reason": "${reason}", "action": "a", "date": "2099-01-01"}`,
      ]);
    assert.equal(work({ [URI]: flag('D401: a \\"b\\"') }).apply('IL417'), flag('[D401] a \\"b\\"'));
    assert.match(work({ [URI]: flag('no type') }).refusalOf('IL417'), /names no flag type/);
    assert.equal(work({ [URI]: flag('[D401] a', 'flag') }).apply('IL416'), flag('[D401] a'));
  });

  it('date a flag that has no date, and leave the rest to a reviewer', () => {
    const flagged = (fields: string): string =>
      change(DRAFT, [`"idempotent_id": "id-${ID}2"`, `"idempotent_id": "id-${ID}2", "flagged": {${fields}}`]);
    assert.equal(
      work({ [URI]: flagged('"reason": "[D401] a"') }).apply('IL419'),
      flagged('"reason": "[D401] a", "date": "2099-02-03"'),
    );
    assert.equal(
      work({ [URI]: flagged('"reason": "[D401] a", "date": ""') }).apply('IL419'),
      flagged('"reason": "[D401] a", "date": "2099-02-03"'),
    );
    assert.match(work({ [URI]: flagged('"date": "2099-01-01"') }).refusalOf('IL419'), /only a reviewer/);
  });

  it('define an undefined capability, or take it out of the list', () => {
    const bench = work({ [URI]: DRAFT });
    const stub = [
      '"achievements": [],',
      '"admin": false,',
      '"description": "",',
      '"project": "",',
      '"required_since": "",',
      '"tests": {}',
    ]
      .map((line) => `            ${line}\n`)
      .join('');
    assert.equal(
      bench.apply('IL405'),
      change(DRAFT, [
        '"demo.test_a.K.test_live": {"idempotent_id": ""}\n            }\n        }\n',
        `"demo.test_a.K.test_live": {"idempotent_id": ""}\n            }\n        },\n        "undefined": {\n${stub}        }\n`,
      ]),
    );
    assert.equal(bench.apply('IL405', 1), change(DRAFT, ['["undefined"]', '[]']));
  });

  it('list an unlisted capability, and move one between statuses', () => {
    const unlisted = change(DRAFT, ['"one",\n                    "two"', '"one"']);
    const advisory = '"advisory": [\n                    "two"\n                ]';
    assert.equal(work({ [URI]: unlisted }).apply('IL406'), change(unlisted, ['"advisory": []', advisory]));
    const before = change(DRAFT, ['"2099.01"', '"2098.01"'], ['"one",\n                    "two"', '"one"']);
    assert.equal(
      work({ [URI]: DRAFT, 'file:///2098.01.json': before }).apply('IL426'),
      change(DRAFT, ['"one",\n                    "two"', '"one"'], ['"advisory": []', advisory]),
    );
  });

  it('move the first and the only one of a list', () => {
    const before = change(DRAFT, ['"2099.01"', '"2098.01"']);
    const after = change(
      DRAFT,
      ['[\n                    "one",\n                    "two"\n                ]', '["two"]'],
      ['"removed": []', '"removed": ["one"]'],
    );
    assert.equal(
      work({ [URI]: after, 'file:///2098.01.json': before }).apply('IL427'),
      change(after, ['["undefined"]', '["undefined", "one"]'], ['"removed": ["one"]', '"removed": []']),
    );
  });

  it('correct words', () => {
    const slips = change(DRAFT, ['"achievements": ["doc"], "admin"', '"acheivements": ["docs"], "admin"']);
    assert.equal(work({ [URI]: slips }).apply('IL401'), change(slips, ['"acheivements"', '"achievements"']));
    assert.equal(work({ [URI]: slips }).apply('IL404'), change(slips, ['"docs"', '"doc"']));
    const since = change(DRAFT, ['"admin": false,   ', '"admin": false, "required-since": "",']);
    assert.equal(work({ [URI]: since }).apply('IL403'), change(since, ['required-since', 'required_since']));
    assert.equal(
      work({ 'file:///2098.01.json': DRAFT }).apply('IL420'),
      change(DRAFT, ['"id": "2099.01"', '"id": "2098.01"']),
    );
    const twice = change(DRAFT, ['"advisory": []', '"advisory": ["one"]']);
    assert.equal(work({ [URI]: twice }).apply('IL408'), DRAFT);
  });

  it('flag with the evidence on the guest, in the list of a schema without blocks', () => {
    const text = SAMPLE_1_2;
    const guideline = readGuideline(URI, text).guideline ?? undefined;
    const context: FixContext = { text: () => text, facts: () => undefined, guideline: () => guideline };
    const file = openGuidelineFile(URI, context);
    const [capability] = guideline?.capabilities ?? [];
    const [entry, flagged] = capability?.tests ?? [];
    assert.ok(file && capability && entry && flagged);
    const fields = {
      ...describeGuestFlag({ message: '`/proc/cpuinfo` is a file of the Linux kernel.' }, 'K.test_a'),
      date: '2099-02-03',
    };
    assert.equal(parseFlagCode(fields.reason), 'D404');
    const edit = addFlag(file, { capability, entry }, fields);
    assert.ok(edit);
    assert.equal(
      applyEdits(URI, text, [edit]),
      change(text, ['"flagged": ["pkg.m.K.test_b"]', '"flagged": ["pkg.m.K.test_b", "pkg.m.K.test_a"]']),
    );
    assert.equal(addFlag(file, { capability, entry: flagged }, fields), null);
  });

  it('add a capability stub that its schema knows', () => {
    for (const sample of [SAMPLE_1_0, SAMPLE_1_2, SAMPLE_1_6, SAMPLE_2_0]) {
      const guideline = readGuideline(URI, sample).guideline ?? undefined;
      const file = openGuidelineFile(URI, { text: () => sample, guideline: () => guideline });
      const edit = file && addCapabilityStub(file, 'fresh-cap');
      assert.ok(edit);
      const again = readGuideline(URI, applyEdits(URI, sample, [edit]));
      assert.ok(again.guideline);
      assert.ok(again.guideline.capabilities.some(({ name }) => name.value === 'fresh-cap'));
      assert.deepEqual(again.guideline.unknownKeys, guideline?.unknownKeys);
      assert.equal(addCapabilityStub(file, 'demo-cap'), null);
    }
  });

  it('move a capability in every schema, and refuse what is not there', () => {
    for (const [sample, component] of [
      [SAMPLE_1_6, 'compute'],
      [SAMPLE_2_0, 'os_powered_compute'],
      [SAMPLE_ADD_ON, 'os_powered_dns'],
    ] as const) {
      const guideline = readGuideline(URI, sample).guideline ?? undefined;
      const file = openGuidelineFile(URI, { text: () => sample, guideline: () => guideline });
      const name = guideline?.capabilities[0]?.name.value ?? '';
      assert.ok(file);
      const edits = moveCapability(file, component, name, 'deprecated');
      assert.ok(edits);
      const again = readGuideline(URI, applyEdits(URI, sample, edits)).guideline;
      const lists = again?.components.find((one) => one.name.value === component)?.capabilities;
      assert.deepEqual([lists?.deprecated.map(({ value }) => value), lists?.required], [[name], []]);
      assert.equal(moveCapability(file, component, name, 'required'), null);
      assert.equal(moveCapability(file, 'no such', name, 'advisory'), null);
    }
  });

  it('offer nothing while the file is broken, nor where a comment would go', () => {
    const [finding] = work({ [URI]: DRAFT }).findings.filter(({ rule }) => rule === 'IL432');
    assert.ok(finding);
    const guideline = readGuideline(URI, DRAFT).guideline ?? undefined;
    const offer = fixGuideline(finding, {
      text: () => `${DRAFT.slice(0, 900)}`,
      facts: () => undefined,
      guideline: () => guideline,
    });
    assert.equal(offer, 'the file is no guideline that can be read whole');
    const comment = change(DRAFT, ['"demo.test_a.K.test_gone",\n', '"demo.test_a.K.test_gone", // why\n']);
    assert.deepEqual(work({ [URI]: comment }).fixesOf('IL424'), []);
  });
});
