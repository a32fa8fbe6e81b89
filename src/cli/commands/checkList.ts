import { promises as files } from 'node:fs';
import path from 'node:path';
import { describeSize } from '../../engine/readText';
import { DEFAULT_SETTINGS } from '../../engine/settings';
import { explainFailure, toFileUri } from '../../engine/node';
import { indexListedTests } from '../../guideline/testList/listedTests';
import { lintTestList } from '../../guideline/testList/lintTestList';
import { readTestList } from '../../guideline/testList/readTestList';
import type { Finding } from '../../model/finding';
import { findLineStarts, positionAt } from '../../model/text';
import { printFindingsText, reportFindings, type FindingsContext } from '../../report/findingsReport';
import { printFindingsGithub } from '../../report/githubReport';
import { printJson } from '../../report/places';
import { reportSarif } from '../../report/sarifReport';
import { exitCodeFor } from '../exitCode';
import { ExitError } from '../exitError';
import { openIndex } from '../openIndex';
import { writeAnswer } from '../output';
import { usageError } from '../readArguments';
import { listRules } from '../../engine/ruleTable';
import { TOOL } from '../toolInfo';
import type { ExitCode, Invocation } from './command';

interface ListFile {
  readonly uri: string;
  /** Relative to the current folder, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** `interop-lens check-list` */
export async function checkLists({ spec, args, terminal }: Invocation): Promise<ExitCode> {
  if (args.positionals.length === 0) throw usageError(spec, 'name a list of tests');
  const lists = await Promise.all([...new Set(args.positionals)].map(openList));
  const { view } = await openIndex(
    { roots: args.list('root'), cache: args.text('cache'), guidelines: [], readRoots: true },
    terminal,
  );
  if (view.tests().length === 0) {
    throw new ExitError(
      'check-list: there is no test under the roots to compare with. Name their folder with --root DIR.',
    );
  }
  const tests = indexListedTests(view.tests());
  const findings = lists.flatMap(({ uri, text }) => lintTestList(readTestList(uri, text), tests));
  await writeAnswer(terminal, print(findings, contextOf(lists), args.text('format') ?? 'text'));
  return exitCodeFor(args, findings);
}

async function openList(given: string): Promise<ListFile> {
  const file = path.resolve(given);
  try {
    const { size } = await files.stat(file);
    if (size > DEFAULT_SETTINGS.maxFileSize)
      throw new ExitError(`${given} is no list to check. ${describeSize(size, DEFAULT_SETTINGS)}`);
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await files.readFile(file));
    return { uri: toFileUri(file), path: path.relative('.', file).split(path.sep).join('/'), text };
  } catch (error) {
    if (error instanceof ExitError) throw error;
    if (error instanceof TypeError) throw new ExitError(`${given} is not UTF-8. A list of tests is plain text.`);
    throw new ExitError(`${explainFailure(given, error)} Check the path.`);
  }
}

function contextOf(lists: readonly ListFile[]): FindingsContext {
  const byUri = new Map(lists.map((list) => [list.uri, { ...list, lineStarts: findLineStarts(list.text) }]));
  return {
    places: {
      pathOf: (uri) => byUri.get(uri)?.path ?? uri,
      positionAt: (uri, offset) => positionAt(byUri.get(uri)?.lineStarts ?? [0], offset),
    },
    rules: listRules(),
    textOf: (uri) => byUri.get(uri)?.text,
  };
}

function print(findings: readonly Finding[], context: FindingsContext, format: string): string {
  if (format === 'json') return printJson(reportFindings(findings, context));
  if (format === 'sarif') return printJson(reportSarif(findings, context, TOOL));
  if (format === 'github') return printFindingsGithub(reportFindings(findings, context));
  return printFindingsText(reportFindings(findings, context));
}
