import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Engine } from '../../src/engine/engine';
import type { OfferedFix } from '../../src/engine/indexView';
import { chooseFixes } from '../../src/engine/chooseFixes';
import { groupByFile } from '../../src/model/textEdits';
import type { Finding, Fix } from '../../src/model/finding';
import { printUnifiedDiff } from '../../src/report/unifiedDiff';
import { readPython } from '../../src/syntax/readPython';
import { loadTestGrammars } from '../../test/support/loadTestGrammars';
import { CORPUS_FOLDER, rootOf, TEMPEST } from '../../test/support/pythonOracle';
import { printTable } from '../../test/support/textTable';
import { changedCommands } from './changedCommands';
import { lintTexts, PythonCompiler } from './checkPython';
import { compareCommands } from './compareCommands';
import { EditTrials, fateOf, textOf } from './judgeFix';
import { offersAtCalls } from './offersAtCalls';
import { allFindings, openCorpus } from './openCorpus';
import { runTrials } from './runTrials';
import { printMarkdown, replaceBetweenMarks, tabulate, tabulateRefusals, type Table, type Trial } from './tabulate';

const PAGE = path.resolve(__dirname, '../../docs/fixes.md');

/** What to prove. */
export interface ProofRequest {
  readonly only: string;
  /** Id of a fix whose diffs are printed; "" for none. */
  readonly show: string;
  /** Id of the only fix that is tried; "" for all. */
  readonly fix: string;
  /** False leaves out the `# noqa` fixes, which are many. */
  readonly suppress: boolean;
}

/** Runs the whole proof and prints it; into docs/fixes.md when nothing was left out. Gives the exit code: 1 when a fix failed. */
export async function proveFixes(request: ProofRequest): Promise<number> {
  const engine = await openCorpus(request.only);
  const before = allFindings(engine);
  console.log(`${engine.tests().length} tests, ${before.length} findings`);
  const laboratory = new EditTrials(engine, before);
  const trials = tryEach(engine, laboratory, request.fix);
  if (request.suppress && request.fix === '') trials.push(...trySuppressions(laboratory));
  if (request.fix === '') trials.push(...applySafeTogether(engine, laboratory));
  laboratory.end();
  await checkWithPython(engine, trials);
  await compareInShells(engine, trials);
  for (const trial of trials) {
    if (trial.failures.length > 0 || trial.fix.id === request.show) printTrial(engine, trial);
  }
  const table = tabulate(trials);
  const refusals = tabulateRefusals(listRefusals(engine, before));
  console.log(`\n${printTable(table.header, table.rows)}\n\n${printTable(refusals.header, refusals.rows)}`);
  if (request.only === '' && request.fix === '' && request.suppress) writePage(engine, before, trials, table, refusals);
  return trials.some(({ failures }) => failures.length > 0) ? 1 : 0;
}

function tryEach(engine: Engine, laboratory: EditTrials, only: string): Trial[] {
  const onFindings = [...laboratory.fixes].flatMap(([finding, fixes]) =>
    fixes.flatMap((fix) => (fix.id === 'noqa' ? [] : [{ finding, fix }])),
  );
  const offers: OfferedFix[] = [...onFindings, ...offersAtCalls(engine, onFindings)].filter(
    ({ fix }) => only === '' || fix.id === only,
  );
  return runTrials(laboratory, offers, (text) => console.error(text));
}

/** Suppressions have nothing to do with each other: those of a file on different lines are looked at in one go. */
function trySuppressions(laboratory: EditTrials): Trial[] {
  const trials: Trial[] = [];
  let waiting: readonly Finding[] = laboratory.before;
  while (waiting.length > 0) {
    const chosen = chooseFixes(waiting, fixesIn(laboratory), ({ id }) => id === 'noqa');
    const edits = chosen.taken.flatMap(({ fix }) => fix.edits);
    if (edits.length === 0) break;
    const made = laboratory.run(edits, ({ texts, appeared, after }) =>
      chosen.taken.map(({ finding, fix }) => {
        const own = new Map([...texts].filter(([uri]) => uri === finding.uri));
        return judge(finding, { ...fix, edits }, own, appeared, after);
      }),
    );
    trials.push(...made);
    waiting = chosen.waiting;
  }
  return trials;
}

function fixesIn(laboratory: EditTrials): (finding: Finding) => readonly Fix[] {
  return (finding) => laboratory.fixes.get(finding) ?? [];
}

function judge(
  finding: Finding,
  fix: Fix,
  texts: ReadonlyMap<string, string>,
  appeared: readonly Finding[],
  after: readonly Finding[],
): Trial {
  const failures: string[] = [];
  const fate = fateOf(finding, fix.edits, after);
  if (fate === 'there' && fix.keepsFinding !== true) failures.push('the finding is still there');
  for (const one of appeared) {
    if (fix.mayLeave?.includes(one.rule) !== true) failures.push(`new finding ${one.rule}: ${one.message}`);
  }
  const leaves = appeared.filter((one) => fix.mayLeave?.includes(one.rule)).map((one) => one.rule);
  return { finding, fix, texts, fate, leaves, failures, comparisons: [], together: false };
}

/** Every safe fix of a file in one go, until a second run has nothing more to offer: that must be at once. */
function applySafeTogether(engine: Engine, laboratory: EditTrials): Trial[] {
  const trials: Trial[] = [];
  const byFile = new Map<string, Finding[]>();
  for (const finding of laboratory.before) byFile.set(finding.uri, [...(byFile.get(finding.uri) ?? []), finding]);
  for (const [uri, findings] of byFile) {
    const chosen = chooseFixes(findings, fixesIn(laboratory), (fix) => fix.safe);
    const [first] = chosen.taken;
    if (first === undefined) continue;
    const edits = chosen.taken.flatMap(({ fix }) => fix.edits);
    const fix: Fix = { id: 'fixAll', title: 'All safe fixes of a file', safe: true, note: null, edits };
    trials.push(
      laboratory.run(edits, ({ texts, appeared, after }) => {
        const mayLeave = new Set(chosen.taken.flatMap((one) => one.fix.mayLeave ?? []));
        const failures = appeared
          .filter((one) => !mayLeave.has(one.rule))
          .map((one) => `new finding ${one.rule}: ${one.message}`);
        for (const { finding } of chosen.taken)
          if (fateOf(finding, edits, after) === 'there')
            failures.push(`${finding.rule} is still there: ${finding.message}`);
        const again = chooseFixes(
          engine.findings(uri),
          (one) => engine.fixes(one),
          (one) => one.safe,
        );
        for (const one of again.taken) failures.push(`a second run offers "${one.fix.title}" for ${one.finding.rule}`);
        if (chosen.waiting.length > 0) failures.push(`${chosen.waiting.length} safe fixes collide`);
        return {
          finding: first.finding,
          fix,
          texts,
          fate: 'gone' as const,
          leaves: [],
          failures,
          comparisons: [],
          together: true,
        };
      }),
    );
  }
  return trials;
}

async function checkWithPython(engine: Engine, trials: readonly Trial[]): Promise<void> {
  const variants = trials.flatMap((trial) => [...trial.texts].map(([uri, text]) => ({ trial, uri, text })));
  const texts = new Map<string, { uri: string; text: string }>();
  for (const { uri, text } of variants) {
    for (const one of [
      { uri, text: textOf(engine, uri) },
      { uri, text },
    ])
      texts.set(`${uri}\n${one.text}`, one);
  }
  const keys = [...texts.keys()];
  const linted = [...texts.values()].map(({ uri, text }) => ({ path: engine.file(uri)?.path ?? 'x.py', text }));
  const said = await lintTexts(linted, path.join(tmpdir(), `interop-lens-fixes-${process.pid}`), rootOf(TEMPEST));
  const reports = new Map(keys.map((key, i) => [key, said[i] ?? []]));
  const compiler = new PythonCompiler();
  for (const { trial, uri, text } of variants) {
    const error = await compiler.compile(text);
    if (error !== '') trial.failures.push(`Python: ${error}`);
    const known = reports.get(`${uri}\n${textOf(engine, uri)}`) ?? [];
    for (const report of withoutOnce(reports.get(`${uri}\n${text}`) ?? [], known))
      trial.failures.push(`flake8: ${report}`);
  }
  compiler.close();
}

function withoutOnce(reports: readonly string[], known: readonly string[]): string[] {
  const left = [...known];
  return reports.filter((report) => {
    const at = left.indexOf(report);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

async function compareInShells(engine: Engine, trials: readonly Trial[]): Promise<void> {
  const parser = (await loadTestGrammars()).newParser('python');
  for (const trial of trials) {
    if (trial.together || trial.fix.id === 'noqa') continue;
    const edits = groupByFile(trial.fix.edits);
    for (const [uri, text] of trial.texts) {
      const facts = readPython(uri, textOf(engine, uri), '', parser);
      const pairs = changedCommands(facts, readPython(uri, text, '', parser), edits.get(uri) ?? []);
      for (const { before, after } of pairs) {
        for (const one of compareCommands(before, after)) {
          trial.comparisons.push(`${one.shell}: ${one.outcome}`);
          if (one.outcome === 'different') trial.failures.push(`${one.shell} prints something else: ${one.detail}`);
        }
      }
    }
  }
}

function listRefusals(engine: Engine, before: readonly Finding[]): { rule: string; reason: string }[] {
  return before.flatMap((finding) => {
    const reason = engine.whyNoFix(finding);
    return reason === null ? [] : [{ rule: finding.rule, reason }];
  });
}

function printTrial(engine: Engine, trial: Trial): void {
  console.log(`\n--- ${trial.fix.id ?? '?'} ${trial.fix.title} (${trial.finding.rule}, ${trial.fate})`);
  for (const failure of trial.failures) console.log(`FAILED: ${failure}`);
  for (const [uri, text] of trial.texts)
    console.log(printUnifiedDiff(engine.file(uri)?.path ?? uri, textOf(engine, uri), text));
}

function writePage(
  engine: Engine,
  before: readonly Finding[],
  trials: readonly Trial[],
  table: Table,
  refusals: Table,
): void {
  const failed = trials.filter(({ failures }) => failures.length > 0).length;
  const summary =
    `${engine.tests().length} tests in ${engine.files().length} files, ${before.length} findings, ` +
    `${trials.length} trials, ${failed} failures.`;
  const page = readFileSync(PAGE, 'utf8');
  // Other releases have a table of their own: `.cache/corpus-forky` → `proof-forky`.
  const release = /^corpus(-\w+)$/.exec(path.basename(CORPUS_FOLDER))?.[1] ?? '';
  const withTable = replaceBetweenMarks(page, `proof${release}`, `${summary}\n\n${printMarkdown(table)}\n`);
  const whole = release === '' ? replaceBetweenMarks(withTable, 'refusals', `${printMarkdown(refusals)}\n`) : withTable;
  writeFileSync(PAGE, whole);
  console.log(`\n${path.relative(process.cwd(), PAGE)} written`);
}
