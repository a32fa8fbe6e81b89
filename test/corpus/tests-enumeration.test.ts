import assert from 'node:assert/strict';
import type { PrintedTest, TestsReport } from '../../src/report/testsReport';
import {
  CORPUS_PACKAGES,
  enumerateTests,
  modulePrefixes,
  presentRoots,
  whyNoCorpus,
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
      const oracle = await enumerateTests(name);
      assert.deepEqual(oracle.failed, [], 'every module can be loaded by the oracle');
      const ours = await (listed ??= listOurTests());
      const prefixes = modulePrefixes(name);
      const within = (test: { readonly name: string }): boolean =>
        prefixes.some((prefix) => test.name.startsWith(prefix));
      const generated = generatedPlaces(oracle.tests);
      const expected = compareByName(oracle.tests.filter(within), generated);
      const actual = compareByName(ours.filter(within), generated);
      assert.ok(expected.size > 0, 'the oracle found tests');
      const differences = listDifferences(expected, actual);
      assert.equal(
        differences.length,
        0,
        `${differences.length} differences over ${expected.size} tests\n` +
          printTable(['test', 'field', 'Python', 'interop-lens'], differences.slice(0, 60)),
      );
    });
  }
});

/** What `interop-lens list-tests` prints for all packages together, as one run over many roots. */
async function listOurTests(): Promise<readonly PrintedTest[]> {
  const roots = presentRoots().flatMap((root) => ['--root', root]);
  const { code, stdout, stderr } = await runCli(['list-tests', ...roots, '--format', 'json']);
  assert.equal(code, 0, stderr);
  return (JSON.parse(stdout) as TestsReport).tests;
}

/**
 * Definitions that decorators multiply by data (ddt), by place. How many tests they make, and their names, rest on values that
 * exist only when the module runs, so both sides are compared by the name at the `def`.
 */
function generatedPlaces(tests: readonly LoadedTest[]): ReadonlyMap<string, string> {
  return new Map(
    tests.flatMap((test) =>
      test.generatedFrom === null ? [] : [[`${test.file}:${test.line}`, test.generatedFrom] as const],
    ),
  );
}

function compareByName(
  tests: readonly Pick<LoadedTest, 'name' | 'ids' | 'attrs' | 'file' | 'line'>[],
  generated: ReadonlyMap<string, string>,
): Map<string, ComparedTest> {
  const byName = new Map<string, ComparedTest>();
  for (const test of tests) {
    const place = `${test.file}:${test.line}`;
    const written = generated.get(place);
    const name = written === undefined ? test.name : test.name.replace(/[^.]+$/, written);
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
