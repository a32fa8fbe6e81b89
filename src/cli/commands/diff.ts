import path from 'node:path';
import { toFileUri } from '../../engine/node';
import { diffGuidelines } from '../../guideline/diffGuidelines';
import type { Guideline, GuidelineTest } from '../../model/guideline';
import type { GuestLevel } from '../../model/guestLevel';
import { reportDiff, type DiffReport } from '../../report/diffReport';
import { printDiffMarkdown, printDiffText } from '../../report/diffTables';
import { printJson } from '../../report/places';
import { ExitError } from '../exitError';
import { openIndex, type OpenedIndex } from '../openIndex';
import { writeAnswer } from '../output';
import { usageError } from '../readArguments';
import type { ExitCode, Invocation } from './command';

const PRINTERS: Readonly<Record<string, (report: DiffReport) => string>> = {
  json: printJson,
  md: printDiffMarkdown,
};

/** `interop-lens diff A B` */
export async function compareGuidelines({ spec, args, terminal }: Invocation): Promise<ExitCode> {
  const [a, b, ...rest] = args.positionals;
  if (a === undefined || b === undefined || rest.length > 0) {
    throw usageError(spec, 'name two guideline files, the earlier one first');
  }
  const roots = args.list('root');
  const index = await openIndex({ roots, guidelines: [a, b], readRoots: roots.length > 0 }, terminal);
  const before = findByPath(index, a);
  const after = findByPath(index, b);
  const diff = diffGuidelines(before, after, levelsOver(index, [before, after]));
  const print = PRINTERS[args.text('format') ?? 'text'] ?? printDiffText;
  await writeAnswer(terminal, print(reportDiff(diff, index.places)));
  return 0;
}

function findByPath({ guidelines }: OpenedIndex, given: string): Guideline {
  const uri = toFileUri(path.resolve(given));
  const found = guidelines.find((guideline) => guideline.uri === uri);
  if (!found) throw new ExitError(`diff: ${given} is a folder; name a guideline file.`);
  return found;
}

/** Levels of the tests that the entries lead to today; null for every entry when no sources were read. */
function levelsOver(
  { view }: OpenedIndex,
  guidelines: readonly Guideline[],
): (entry: GuidelineTest) => GuestLevel | null {
  const levels = new Map<GuidelineTest, GuestLevel>();
  for (const { entry, target } of guidelines.flatMap(({ uri }) => view.trace(uri))) {
    const level = target === null ? undefined : view.demand(target.name)?.level;
    if (level !== undefined) levels.set(entry, level);
  }
  return (entry) => levels.get(entry) ?? null;
}
