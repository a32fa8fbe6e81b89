import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { diffGuidelines } from '../../src/guideline/diffGuidelines';
import { readGuideline } from '../../src/guideline/readGuideline';
import type { Guideline } from '../../src/model/guideline';
import { GUIDELINE_FOLDER, whyNoGuidelines } from '../support/findGuidelineFiles';

const ORACLE = path.resolve(__dirname, 'oracle/diff_guidelines.py');

/** Distinct ids added, removed, renamed; the first two rows as published facts on the guidelines have them. */
const CHURN: readonly [before: string, after: string, churn: readonly [number, number, number]][] = [
  ['2015.07.json', '2016.01.json', [180, 3, 2]],
  ['2016.01.json', '2016.08.json', [38, 38, 22]],
  ['2016.08.json', '2018.02.json', [21, 32, 70]],
  ['2018.02.json', '2020.06.json', [2, 5, 1]],
  ['2020.06.json', 'next.json', [0, 0, 0]],
  ['2020.06.json', '2015.07.json', [35, 198, 3]],
];

interface Reference {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly renamed: readonly string[];
  readonly capabilities: { readonly added: readonly string[]; readonly removed: readonly string[] };
}

function read(file: string): Guideline {
  const { guideline } = readGuideline(`file:///${file}`, readFileSync(path.join(GUIDELINE_FOLDER, file), 'utf8'));
  assert.ok(guideline);
  return guideline;
}

function askPython(before: string, after: string): Reference {
  const files = [before, after].map((file) => path.join(GUIDELINE_FOLDER, file));
  return JSON.parse(execFileSync('python3', [ORACLE, ...files], { encoding: 'utf8' })) as Reference;
}

describe('published guidelines, compared', function () {
  this.timeout(30_000);
  before(function () {
    const reason = whyNoGuidelines();
    if (reason !== null) this.skip();
  });

  for (const [older, newer, churn] of CHURN) {
    it(`${older} → ${newer}: tests as a Python script counts them`, () => {
      const { tests } = diffGuidelines(read(older), read(newer));
      const { added, removed, renamed } = askPython(older, newer);
      assert.deepEqual(tests, { added, removed, renamed });
      assert.deepEqual([tests.added.length, tests.removed.length, tests.renamed.length], churn);
    });

    it(`${older} → ${newer}: capabilities as a Python script finds them`, () => {
      const { capabilities } = diffGuidelines(read(older), read(newer));
      const reference = askPython(older, newer).capabilities;
      // A renamed capability went under one name and came under another.
      const gone = capabilities.filter(({ before, after }) => before && before.name !== after?.name);
      const fresh = capabilities.filter(({ before, after }) => after && before?.name !== after.name);
      assert.deepEqual(gone.map((one) => one.before?.name).sort(), reference.removed);
      assert.deepEqual(fresh.map((one) => one.after?.name).sort(), reference.added);
    });
  }

  it('says nothing of a guideline compared with itself', () => {
    const { capabilities, entries, tests } = diffGuidelines(read('2018.02.json'), read('2018.02.json'));
    assert.deepEqual(
      { capabilities, entries, tests },
      {
        capabilities: [],
        entries: [],
        tests: { added: [], removed: [], renamed: [] },
      },
    );
  });

  it('tells what the drop of deprecated volume capabilities did in 2020.06', () => {
    const { entries } = diffGuidelines(read('2018.02.json'), read('2020.06.json'));
    const dropped = entries.filter(
      ({ changes, before }) => changes.includes('removed') && before?.capability.name.value.startsWith('volumes-v'),
    );
    assert.ok(dropped.length > 50);
    for (const { elsewhere, before } of dropped) {
      // The tests went on under the names without a version, but for those that Tempest dropped.
      const known =
        elsewhere.length > 0 || before?.entry.flag !== null || /snapshot|metadata/.test(before.entry.name.value);
      assert.ok(known, before?.entry.name.value);
    }
  });
});
