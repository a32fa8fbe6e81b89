import { promises as files } from 'node:fs';
import path from 'node:path';
import { explainFailure } from '../../engine/node';
import { readWorksheet, type Worksheet } from '../../guideline/scoring/readWorksheet';
import { addStatuses, listOwnScores, scoreCapabilities } from '../../guideline/scoring/scoreCapabilities';
import type { Guideline } from '../../model/guideline';
import { printJson } from '../../report/places';
import { printScoreCsv, printScoreText, printWorksheet, reportScores } from '../../report/scoreReport';
import { ExitError } from '../exitError';
import { openIndex } from '../openIndex';
import { complain, writeAnswer, type Terminal } from '../output';
import { pickGuideline } from '../pickGuideline';
import { usageError } from '../readArguments';
import type { ExitCode, Invocation } from './command';

/** `interop-lens score` */
export async function tabulateScores({ spec, args, terminal }: Invocation): Promise<ExitCode> {
  const [source, ...rest] = args.positionals;
  if (rest.length > 0) throw usageError(spec, 'name one worksheet');
  const named = args.list('guideline');
  const index = await openIndex(
    { roots: args.list('root'), guidelines: named, readRoots: named.length === 0 },
    terminal,
  );
  const guideline = pickGuideline(index, 'score');
  if (guideline.criteria.length === 0) {
    throw new ExitError(
      `score: guideline ${guideline.id.value} has no criteria to weigh with. Name another with --guideline FILE.`,
    );
  }
  const worksheet = source === undefined ? null : await openWorksheet(source, guideline, terminal);
  const scores = worksheet ? addStatuses(guideline, worksheet.capabilities) : listOwnScores(guideline);
  const table = scoreCapabilities(guideline, scores);
  await writeAnswer(terminal, print());
  return 0;

  function print(): string {
    const format = args.text('format') ?? 'text';
    if (format === 'json') return printJson(reportScores(table));
    if (format === 'csv') return printScoreCsv(table);
    return worksheet ? printWorksheet(worksheet.lines, table, worksheet.lineEnd) : printScoreText(table);
  }
}

/** Faults are told and the lines kept as they are; a file without any score is no worksheet. */
async function openWorksheet(source: string, guideline: Guideline, terminal: Terminal): Promise<Worksheet> {
  const names = new Map(guideline.criteria.map(({ tag, name }) => [tag.value, name ?? tag.value]));
  const worksheet = readWorksheet(await readText(source), names);
  for (const { line, message } of worksheet.problems) complain(terminal, `${source}:${line}: ${message}`);
  if (worksheet.capabilities.length > 0) return worksheet;
  throw new ExitError(
    `${source} holds no scores: a worksheet has lines "capability: [1,1,0] [1,1,1] [0,1,1] [1,1,1] [1]".`,
  );
}

async function readText(source: string): Promise<string> {
  try {
    return await files.readFile(path.resolve(source), 'utf8');
  } catch (error) {
    throw new ExitError(`${explainFailure(source, error)} Check the path.`);
  }
}
