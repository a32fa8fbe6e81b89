import { printLevelsText, reportLevels } from '../../report/levelsReport';
import { printJson } from '../../report/places';
import { openIndex } from '../openIndex';
import { writeAnswer } from '../output';
import type { ExitCode, Invocation } from './command';

/** `interop-lens levels` */
export async function showLevels({ args, terminal }: Invocation): Promise<ExitCode> {
  const { view, places } = await openIndex(
    { roots: args.list('root'), cache: args.text('cache'), guidelines: [], readRoots: true },
    terminal,
  );
  const report = reportLevels(view.tests(), (name) => view.demand(name), places);
  await writeAnswer(terminal, args.text('format') === 'json' ? printJson(report) : printLevelsText(report));
  return 0;
}
