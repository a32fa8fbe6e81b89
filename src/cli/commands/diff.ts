import path from 'node:path';
import { readRevision } from '../../engine/git/node';
import { toFileUri } from '../../engine/node';
import { diffGuidelines } from '../../guideline/diffGuidelines';
import { readGuideline } from '../../guideline/readGuideline';
import type { Guideline } from '../../model/guideline';
import { findLineStarts, positionAt } from '../../model/text';
import { reportDiff, type DiffReport } from '../../report/diffReport';
import { printDiffMarkdown, printDiffText } from '../../report/diffTables';
import { printJson, type Places } from '../../report/places';
import { mapEntryLevels } from '../../trace/mapEntryLevels';
import { ExitError } from '../exitError';
import { openIndex, type OpenedIndex } from '../openIndex';
import { writeAnswer } from '../output';
import { usageError } from '../readArguments';
import type { ExitCode, Invocation } from './command';

const PRINTERS: Readonly<Record<string, (report: DiffReport) => string>> = {
  json: printJson,
  md: printDiffMarkdown,
};

/** `interop-lens diff A B`, `interop-lens diff --git REVISION FILE` */
export async function compareGuidelines(invocation: Invocation): Promise<ExitCode> {
  const { spec, args, terminal } = invocation;
  const revision = args.text('git');
  const [first, second, ...rest] = args.positionals;
  const wanted = revision === undefined ? 2 : 1;
  if (first === undefined || args.positionals.length !== wanted || rest.length > 0) {
    const what = wanted === 2 ? 'name two guideline files, the earlier one first' : 'name one guideline file';
    throw usageError(spec, what);
  }
  const roots = args.list('root');
  const guidelines = second === undefined ? [first] : [first, second];
  const index = await openIndex(
    { roots, cache: args.text('cache'), guidelines, readRoots: roots.length > 0 },
    terminal,
  );
  const after = findByPath(index, second ?? first);
  const earlier = revision === undefined ? null : await openRevision(first, revision, index);
  const before = earlier?.guideline ?? findByPath(index, first);
  const entries = [before, after].flatMap(({ uri }) => index.view.trace(uri));
  const diff = diffGuidelines(
    before,
    after,
    mapEntryLevels(entries, (name) => index.view.demand(name)?.level),
  );
  const print = PRINTERS[args.text('format') ?? 'text'] ?? printDiffText;
  await writeAnswer(terminal, print(reportDiff(diff, earlier?.places ?? index.places)));
  return 0;
}

/** A file as git has it, under a URI of its own, and places that know both. */
async function openRevision(
  file: string,
  revision: string,
  index: OpenedIndex,
): Promise<{ readonly guideline: Guideline; readonly places: Places }> {
  const text = await readRevision(file, revision);
  const current = toFileUri(path.resolve(file));
  const uri = `${current}?${encodeURIComponent(revision)}`;
  const { guideline, complete } = readGuideline(uri, text);
  if (!guideline || !complete) throw new ExitError(`${file} is no whole guideline in ${revision}.`);
  const lineStarts = findLineStarts(text);
  const { places } = index;
  return {
    guideline,
    places: {
      pathOf: (wanted) => (wanted === uri ? `${places.pathOf(current)}@${revision}` : places.pathOf(wanted)),
      positionAt: (wanted, offset) =>
        wanted === uri ? positionAt(lineStarts, offset) : places.positionAt(wanted, offset),
    },
  };
}

function findByPath({ guidelines }: OpenedIndex, given: string): Guideline {
  const uri = toFileUri(path.resolve(given));
  const found = guidelines.find((guideline) => guideline.uri === uri);
  if (!found) throw new ExitError(`diff: ${given} is a folder; name a guideline file.`);
  return found;
}
