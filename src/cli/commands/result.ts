import { promises as files } from 'node:fs';
import path from 'node:path';
import { explainFailure } from '../../engine/node';
import type { IndexView } from '../../engine/indexView';
import { compareResults } from '../../guideline/results/compareResults';
import { readResults } from '../../guideline/results/readResults';
import { ResultsError } from '../../guideline/results/resultsError';
import { findTargetComponents, listMainTargets, listTargets } from '../../guideline/selectTests';
import type { Guideline } from '../../model/guideline';
import type { TestResults } from '../../model/testResults';
import { printJson } from '../../report/places';
import { reportResult, type ResultReport } from '../../report/resultReport';
import { printResultMarkdown, printResultText } from '../../report/resultTables';
import { ExitError } from '../exitError';
import { openIndex } from '../openIndex';
import { writeAnswer } from '../output';
import { pickGuideline } from '../pickGuideline';
import { usageError } from '../readArguments';
import type { ExitCode, Invocation } from './command';

const PRINTERS: Readonly<Record<string, (report: ResultReport) => string>> = {
  json: printJson,
  md: printResultMarkdown,
};

/** `interop-lens result` */
export async function judgeResults({ spec, args, terminal }: Invocation): Promise<ExitCode> {
  const [source = '-', ...rest] = args.positionals;
  if (rest.length > 0) throw usageError(spec, 'name one file of results');
  const roots = args.list('root');
  const named = args.list('guideline');
  const readRoots = roots.length > 0 || named.length === 0;
  const index = await openIndex({ roots, cache: args.text('cache'), guidelines: named, readRoots }, terminal);
  const guideline = pickGuideline(index, 'result');
  const targets = chooseTargets(guideline, args.list('target'));
  const results = parse(source, await readSource(source));
  const comparison = compareResults(guideline, results, targets, idsOver(index.view));
  const report = reportResult(comparison, source, index.places);
  const print = PRINTERS[args.text('format') ?? 'text'] ?? printResultText;
  await writeAnswer(terminal, print(report));
  return report.targets.some(({ verdict }) => verdict === 'no') ? 1 : 0;
}

/** Those asked for, else the main ones. */
function chooseTargets(guideline: Guideline, asked: readonly string[]): readonly string[] {
  const known = listTargets(guideline);
  for (const target of asked) {
    if (findTargetComponents(guideline, target) !== null) continue;
    const has = known.length > 0 ? `it has ${known.join(', ')}` : 'it has none';
    throw new ExitError(`result: guideline ${guideline.id.value} has no target "${target}"; ${has}.`);
  }
  return asked.length > 0 ? asked : listMainTargets(guideline);
}

async function readSource(source: string): Promise<Uint8Array> {
  if (source === '-') return readStandardInput();
  try {
    return await files.readFile(path.resolve(source));
  } catch (error) {
    throw new ExitError(`${explainFailure(source, error)} Check the path.`);
  }
}

async function readStandardInput(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}

function parse(source: string, bytes: Uint8Array): TestResults {
  try {
    return readResults(bytes);
  } catch (error) {
    if (error instanceof ResultsError) throw new ExitError(`${source}: ${error.message}`);
    throw error;
  }
}

function idsOver(view: IndexView): (name: string) => readonly string[] {
  return (name) => view.test(name)?.ids ?? [];
}
