import type { Finding, Severity } from '../../model/finding';
import {
  printFindingsText,
  reachesSeverity,
  reportFindings,
  SEVERITIES,
  type FindingsContext,
} from '../../report/findingsReport';
import { printFindingsGithub } from '../../report/githubReport';
import { reportGitlab } from '../../report/gitlabReport';
import { printJson } from '../../report/places';
import { reportSarif } from '../../report/sarifReport';
import { openIndex, type OpenedIndex } from '../openIndex';
import { writeAnswer } from '../output';
import { listRules } from '../ruleTable';
import { TOOL } from '../toolInfo';
import type { ExitCode, Invocation } from './command';

/** `interop-lens check` */
export async function checkSources({ args, terminal }: Invocation): Promise<ExitCode> {
  const request = { roots: args.list('root'), guidelines: args.list('guideline'), readRoots: true };
  const index = await openIndex(request, terminal);
  const findings = index.view.files().flatMap((file) => [...index.view.findings(file.uri)]);
  const context = findingsContext(index);
  await writeAnswer(terminal, printFindings(findings, context, args.text('format') ?? 'text'));
  const threshold = args.text('fail-on') ?? 'error';
  return isSeverity(threshold) && reachesSeverity(findings, threshold) ? 1 : 0;
}

/** What printing findings needs of an index. */
export function findingsContext({ view, places }: Pick<OpenedIndex, 'view' | 'places'>): FindingsContext {
  return { places, rules: listRules(), textOf: (uri) => view.text(uri) };
}

function printFindings(findings: readonly Finding[], context: FindingsContext, format: string): string {
  switch (format) {
    case 'json':
      return printJson(reportFindings(findings, context));
    case 'sarif':
      return printJson(reportSarif(findings, context, TOOL));
    case 'gitlab':
      return printJson(reportGitlab(findings, context));
    case 'github':
      return printFindingsGithub(reportFindings(findings, context));
    default:
      return printFindingsText(reportFindings(findings, context));
  }
}

function isSeverity(text: string): text is Severity {
  return SEVERITIES.some((severity) => severity === text);
}
