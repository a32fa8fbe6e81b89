import { printJson } from '../../report/places';
import { printTraceHtml } from '../../report/tracePage';
import { reportTrace, type TraceReport } from '../../report/traceReport';
import { printTraceCsv, printTraceMarkdown } from '../../report/traceTables';
import { ExitError } from '../exitError';
import { openIndex } from '../openIndex';
import { writeAnswer } from '../output';
import type { ExitCode, Invocation } from './command';

const PRINTERS: Readonly<Record<string, (report: TraceReport) => string>> = {
  json: printJson,
  csv: printTraceCsv,
  html: printTraceHtml,
};

/** `interop-lens trace` */
export async function traceGuidelines({ args, terminal }: Invocation): Promise<ExitCode> {
  const request = {
    roots: args.list('root'),
    cache: args.text('cache'),
    guidelines: args.list('guideline'),
    readRoots: true,
  };
  const { view, places, guidelines } = await openIndex(request, terminal);
  if (guidelines.length === 0) {
    throw new ExitError(
      'trace: there is no guideline under the roots. Name a guideline file or folder with --guideline PATH.',
    );
  }
  const traced = guidelines.map((guideline) => ({ guideline, entries: view.trace(guideline.uri) }));
  const report = reportTrace(traced, (name) => view.demand(name), places);
  const print = PRINTERS[args.text('format') ?? 'md'] ?? printTraceMarkdown;
  await writeAnswer(terminal, print(report));
  return 0;
}
