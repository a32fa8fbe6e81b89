import { summariseGuideline } from '../../report/guidelineSummary';
import { printRst, printSummaryMarkdown } from '../../report/summaryMarkup';
import { openIndex } from '../openIndex';
import { writeAnswer } from '../output';
import { pickGuideline } from '../pickGuideline';
import type { ExitCode, Invocation } from './command';

/** `interop-lens rst` */
export async function printSummary({ args, terminal }: Invocation): Promise<ExitCode> {
  const named = args.list('guideline');
  const index = await openIndex(
    { roots: args.list('root'), guidelines: named, readRoots: named.length === 0 },
    terminal,
  );
  const blocks = summariseGuideline(pickGuideline(index, 'rst'));
  await writeAnswer(terminal, args.text('format') === 'md' ? printSummaryMarkdown(blocks) : printRst(blocks));
  return 0;
}
