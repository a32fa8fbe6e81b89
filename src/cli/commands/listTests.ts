import { printJson } from '../../report/places';
import { printTestsText, reportTests } from '../../report/testsReport';
import { openIndex } from '../openIndex';
import { writeAnswer } from '../output';
import type { ExitCode, Invocation } from './command';

/** `interop-lens list-tests` */
export async function listTests({ args, terminal }: Invocation): Promise<ExitCode> {
  const { view, places } = await openIndex(
    { roots: args.list('root'), cache: args.text('cache'), guidelines: [], readRoots: true },
    terminal,
  );
  const report = reportTests(view.tests(), places);
  await writeAnswer(terminal, args.text('format') === 'json' ? printJson(report) : printTestsText(report));
  return 0;
}
