import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { lintGuideline } from '../../src/guideline/lint/lintGuideline';
import { readGuideline } from '../../src/guideline/readGuideline';
import type { Guideline } from '../../src/model/guideline';
import type { TestCase } from '../../src/model/testCase';
import type { TraceEntry } from '../../src/model/trace';
import { linkEntries } from '../../src/trace/linkEntries';
import { GUIDELINE_FOLDER, whyNoGuidelines } from '../support/findGuidelineFiles';

/**
 * Guideline entries linked to the tests of Debian's Tempest 33 as Python's own loader enumerates them: this checks the
 * links alone, without our discovery of tests.
 */
const PROJECT = path.resolve(__dirname, '../..');
const TEMPEST = path.join(PROJECT, '.cache/corpus/python3-tempest/usr/lib/python3/dist-packages');
const NOWHERE = { start: 0, end: 0 };

interface OracleTest {
  readonly name: string;
  readonly ids: readonly string[];
  readonly attrs: readonly string[];
  readonly file: string;
  readonly classFile: string;
  readonly definedIn: string;
}

function enumerateTests(): TestCase[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'interop-lens-oracle-'));
  try {
    const output = path.join(folder, 'tests.json');
    const script = path.join(PROJECT, 'test/corpus/oracle/enumerate_tests.py');
    execFileSync('python3', [script, TEMPEST, '--json', output], { stdio: 'ignore' });
    const { tests } = JSON.parse(readFileSync(output, 'utf8')) as { tests: OracleTest[] };
    return tests.map(toTestCase);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function toTestCase({ name, ids, attrs, file, classFile, definedIn }: OracleTest): TestCase {
  const [method = '', className = '', ...module] = name.split('.').reverse();
  const definingClass = definedIn.split('.').at(-2) ?? '';
  const places = { uri: file, nameRange: NOWHERE, range: NOWHERE, idRange: null };
  const definition = { name: definedIn, className: definingClass, ...places };
  return { name, ids, attrs, module: module.reverse().join('.'), className, method, classUri: classFile, definition };
}

function readPublished(file: string): Guideline {
  const uri = `file:///guidelines/${file}`;
  const { guideline } = readGuideline(uri, readFileSync(path.join(GUIDELINE_FOLDER, file), 'utf8'));
  assert.ok(guideline);
  return guideline;
}

function countBy(entries: readonly TraceEntry[], keyOf: (entry: TraceEntry) => string): Record<string, number> {
  const result: Record<string, number> = {};
  for (const entry of entries) result[keyOf(entry)] = (result[keyOf(entry)] ?? 0) + 1;
  return result;
}

/** States and how the names fare, entry by entry, on Tempest 33. The `none` rows are the removed tests of the facts. */
const EXPECTED: Readonly<Record<string, readonly [Record<string, number>, Record<string, number>]>> = {
  '2015.07.json': [
    { ok: 115, 'alias-live': 3, renamed: 2, removed: 9 },
    { path: 115, alias: 3, id: 2, none: 9 },
  ],
  '2016.01.json': [
    { ok: 177, 'alias-live': 25, renamed: 88, moved: 4, removed: 12 },
    { path: 177, alias: 25, id: 92, none: 12 },
  ],
  '2016.08.json': [
    { ok: 226, 'alias-live': 61, renamed: 14, removed: 5 },
    { path: 226, alias: 61, id: 14, none: 5 },
  ],
  '2018.02.json': [
    { ok: 343, 'alias-conflict': 1, duplicate: 3, renamed: 2, removed: 1 },
    { path: 344, alias: 3, id: 2, none: 1 },
  ],
  '2020.06.json': [
    { ok: 286, 'alias-conflict': 1, renamed: 1, removed: 1 },
    { path: 287, id: 1, none: 1 },
  ],
  'next.json': [
    { ok: 286, 'alias-conflict': 1, renamed: 1, removed: 1 },
    { path: 287, id: 1, none: 1 },
  ],
  'add-ons/dns.2020.06.json': [{ external: 10 }, { none: 10 }],
  'verticals/nfv.next.json': [{ external: 34 }, { none: 34 }],
};

describe('corpus: guideline entries against Tempest', function () {
  this.timeout(120_000);
  let tests: TestCase[] = [];

  before(function () {
    const reason = existsSync(TEMPEST) ? whyNoGuidelines() : `Debian's Tempest is not unpacked in ${TEMPEST}`;
    if (reason !== null) {
      console.log(`      skipped: ${reason}`);
      this.skip();
    }
    tests = enumerateTests();
  });

  for (const [file, [states, resolvedBy]] of Object.entries(EXPECTED)) {
    it(`${file}: every entry has its link state`, () => {
      const entries = linkEntries([readPublished(file)], tests);
      assert.deepEqual(
        countBy(entries, ({ state }) => state),
        states,
      );
      assert.deepEqual(
        countBy(entries, (entry) => entry.resolvedBy),
        resolvedBy,
      );
      // An id that is live leads to a test that carries it, whatever the names say.
      for (const { entry, target } of entries) {
        if (entry.id !== null && target !== null) assert.ok(target.ids.includes(entry.id), entry.name.value);
      }
    });
  }

  it('2020.06 warns of one thing: the alias that is another test', () => {
    const guideline = readPublished('2020.06.json');
    const findings = lintGuideline(guideline, linkEntries([guideline], tests), { siblings: [guideline] });
    const loud = findings.filter(({ severity }) => severity === 'error' || severity === 'warning');
    assert.deepEqual(
      loud.map(({ rule }) => rule),
      ['IL434'],
    );
  });
});
