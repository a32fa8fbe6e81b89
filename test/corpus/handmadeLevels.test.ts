import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { LevelsReport } from '../../src/report/levelsReport';
import { CORPUS, corpusOfRelease, presentRoots, type Corpus } from '../support/pythonOracle';
import { CHECKOUT, runCli } from '../support/runCli';
import { printTable } from '../support/textTable';

/** A row of the tables in docs/analysis.md: an answer made by reading the test, and the engine's beside it. */
interface HandmadeAnswer {
  readonly release: string;
  readonly test: string;
  readonly byHand: string;
  /** `level (level with validation off)`. */
  readonly engine: string;
}

/** Debian's release for each Tempest that the tables name; the tests' own corpus is Tempest 33. */
const RELEASES: Readonly<Record<string, string | null>> = {
  '25': 'bullseye',
  '33': null,
  '43': 'trixie',
  '47': 'forky',
};

/** The sections that hold the two tables; others have tables of their own kind. */
const SECTIONS = /^## Twenty(?: tests by hand|-six more)[^\n]*\n[\s\S]*?(?=^## |$(?![\s\S]))/gm;

/** Rows of the two tables: with a column for the release, or without one (Tempest 33, names below `tempest`). */
function readAnswers(): HandmadeAnswer[] {
  const text = readFileSync(path.join(CHECKOUT, 'docs/analysis.md'), 'utf8');
  const sections = text.match(SECTIONS) ?? [];
  return sections
    .flatMap((section) => section.split('\n'))
    .flatMap((line): HandmadeAnswer[] => {
      const cells = line.split('|').map((cell) => cell.trim());
      const at = cells.findIndex((cell) => /^`[\w.]+\.test_\w+`$/.test(cell));
      const [test = '', byHand = '', engine = ''] = at < 0 ? [] : cells.slice(at, at + 3);
      if (!/^\w+ \(\w+\)$/.test(engine)) return [];
      const named = test.slice(1, -1);
      if (at === 2) return [{ release: cells[1] ?? '', test: named, byHand, engine }];
      return [{ release: '33', test: `tempest.${named}`, byHand, engine }];
    });
}

describe('levels that docs/analysis.md says were worked out by hand', function () {
  this.timeout(1_200_000);
  const answers = readAnswers();

  it('there are at least forty-six, and the engine agrees with each in the document', () => {
    assert.ok(answers.length >= 46, `${answers.length} rows`);
    for (const { test, byHand, engine } of answers) assert.equal(engine.split(' ')[0], byHand, test);
  });

  for (const [tempest, release] of Object.entries(RELEASES)) {
    it(`Tempest ${tempest}: the engine says today what the tables say`, async function () {
      const corpus = release === null ? CORPUS : corpusOfRelease(release);
      const why = whyNot(corpus, release);
      if (why !== null) {
        console.log(`      skipped: ${why}`);
        this.skip();
      }
      const levels = await readLevels(corpus);
      const wanted = answers.filter((answer) => answer.release === tempest);
      assert.ok(wanted.length > 0, 'rows of this release');
      const different = wanted.filter(({ test, engine }) => levels.get(test) !== engine);
      const rows = different.map(({ test, engine }) => [test, engine, levels.get(test) ?? 'no such test']);
      assert.equal(rows.length, 0, `\n${printTable(['test', 'docs/analysis.md', 'today'], rows)}`);
    });
  }
});

function whyNot(corpus: Corpus, release: string | null): string | null {
  if (presentRoots(corpus).length === 0) return `there is no ${corpus.folder}`;
  if (release !== null && !process.env['INTEROP_LENS_ALL_RELEASES'])
    return 'takes a minute; INTEROP_LENS_ALL_RELEASES=1 runs it';
  return null;
}

/** `level (level with validation off)` of every test. */
async function readLevels(corpus: Corpus): Promise<ReadonlyMap<string, string>> {
  const roots = presentRoots(corpus).flatMap((root) => ['--root', root]);
  const { code, stdout, stderr } = await runCli(['levels', ...roots, '--format', 'json']);
  assert.equal(code, 0, stderr);
  const { tests } = JSON.parse(stdout) as LevelsReport;
  return new Map(
    tests.map(({ name, level, levelWithValidationOff }) => [name, `${level} (${levelWithValidationOff})`]),
  );
}
