import assert from 'node:assert/strict';
import type { PrintedTest, TestsReport } from '../../src/report/testsReport';
import {
  CORPUS,
  CORPUS_FOLDER,
  CORPUS_PACKAGES,
  corpusOfRelease,
  enumerateTests,
  listReleases,
  modulePrefixes,
  presentRoots,
  whyNoCorpus,
  type Corpus,
  type LoadedTest,
} from '../support/pythonOracle';
import { runCli } from '../support/runCli';
import { printTable } from '../support/textTable';

/** What both sides must agree on, as one comparable line per column. */
interface ComparedTest {
  readonly name: string;
  readonly place: string;
  readonly ids: string;
  readonly attrs: string;
}

const COLUMNS = ['place', 'ids', 'attrs'] as const;

describe('tests as Python’s unittest loader finds them', () => {
  let listed: Promise<readonly PrintedTest[]> | null = null;

  for (const name of CORPUS_PACKAGES) {
    it(`${name}: the same names, ids, attributes and places`, async function () {
      const reason = whyNoCorpus(name);
      if (reason !== null) {
        console.log(`      skipped: ${reason}`);
        this.skip();
      }
      const compared = await comparePackage(name, CORPUS, await (listed ??= listOurTests(CORPUS)));
      assert.ok(compared > 0, 'the oracle found tests');
    });
  }
});

describe('tests of other releases as Python’s unittest loader finds them', function () {
  // A release is read whole, by Python and by us.
  this.timeout(1_200_000);
  for (const release of listReleases()) {
    it(`${release}: Tempest and every plugin`, async function () {
      const corpus = corpusOfRelease(release);
      if (corpus.packages.length === 0) {
        console.log(
          `      skipped: there is no ${CORPUS_FOLDER}-${release}; \`node scripts/fetch-corpus.mjs --release ${release}\` fetches it`,
        );
        this.skip();
      }
      if (!process.env.INTEROP_LENS_ALL_RELEASES) {
        console.log('      skipped: takes minutes; INTEROP_LENS_ALL_RELEASES=1 runs it');
        this.skip();
      }
      const ours = await listOurTests(corpus);
      let compared = 0;
      for (const name of corpus.packages) compared += await comparePackage(name, corpus, ours);
      assert.ok(compared > 1000, `${compared} tests`);
    });
  }
});

/** @returns how many tests were compared. @throws AssertionError with a table of the differences */
async function comparePackage(name: string, corpus: Corpus, ours: readonly PrintedTest[]): Promise<number> {
  const oracle = await enumerateTests(name, corpus);
  assert.deepEqual(oracle.failed, [], 'every module can be loaded by the oracle');
  const prefixes = modulePrefixes(name, corpus);
  const within = (test: { readonly name: string }): boolean => prefixes.some((prefix) => test.name.startsWith(prefix));
  const listed = new Set(ours.map((test) => test.name));
  // Tests that code puts into a class (one for each file of a folder) are in no text that we could list.
  const expected = compareByName(
    oracle.tests
      .filter((test) => within(test) && test.written)
      .map((test) => ({ ...test, name: listed.has(test.name) ? test.name : nameAtDefinition(test) })),
  );
  const emptied = new Set(oracle.emptied);
  const actual = compareByName(ours.filter((test) => within(test) && !emptied.has(test.definedIn)));
  const differences = listDifferences(expected, actual);
  assert.equal(
    differences.length,
    0,
    `${name}: ${differences.length} differences over ${expected.size} tests\n` +
      printTable(['test', 'field', 'Python', 'interop-lens'], differences.slice(0, 60)),
  );
  return expected.size;
}

/** What `interop-lens list-tests` prints for all packages together, as one run over many roots. */
async function listOurTests(corpus: Corpus): Promise<readonly PrintedTest[]> {
  const roots = presentRoots(corpus).flatMap((root) => ['--root', root]);
  const { code, stdout, stderr } = await runCli(['list-tests', ...roots, '--format', 'json']);
  assert.equal(code, 0, stderr);
  return (JSON.parse(stdout) as TestsReport).tests;
}

/**
 * Where the data of a data-driven test (ddt) exists only when the module runs, we list one test under the name at the `def`; where
 * it is written down, one for each value, named as Python names them.
 */
function nameAtDefinition({ name, generatedFrom }: LoadedTest): string {
  return generatedFrom === null ? name : name.replace(/[^.]+$/, generatedFrom);
}

function compareByName(
  tests: readonly Pick<LoadedTest, 'name' | 'ids' | 'attrs' | 'file' | 'line'>[],
): Map<string, ComparedTest> {
  const byName = new Map<string, ComparedTest>();
  for (const test of tests) {
    const { name } = test;
    const place = `${test.file}:${test.line}`;
    byName.set(name, { name, place, ids: [...test.ids].sort().join(','), attrs: [...test.attrs].sort().join(',') });
  }
  return byName;
}

function listDifferences(
  expected: ReadonlyMap<string, ComparedTest>,
  actual: ReadonlyMap<string, ComparedTest>,
): string[][] {
  const rows: string[][] = [];
  for (const name of [...new Set([...expected.keys(), ...actual.keys()])].sort()) {
    const wanted = expected.get(name);
    const found = actual.get(name);
    if (!wanted || !found) rows.push([name, 'test', wanted ? 'there' : 'absent', found ? 'there' : 'absent']);
    else {
      for (const column of COLUMNS) {
        if (wanted[column] !== found[column]) rows.push([name, column, wanted[column], found[column]]);
      }
    }
  }
  return rows;
}
