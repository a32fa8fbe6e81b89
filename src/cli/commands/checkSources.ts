import type { Finding } from '../../model/finding';
import { printFindingsText, reportFindings, type FindingsContext } from '../../report/findingsReport';
import { printFindingsGithub } from '../../report/githubReport';
import { reportGitlab } from '../../report/gitlabReport';
import { printJson } from '../../report/places';
import { reportSarif } from '../../report/sarifReport';
import { printUnifiedDiff } from '../../report/unifiedDiff';
import { matchBaselineFile, writeBaselineFile } from '../baselineFile';
import { exitCodeFor } from '../exitCode';
import { noteCommitted } from '../noteCommitted';
import { openIndex, type OpenedIndex } from '../openIndex';
import { complain, writeAnswer, type Terminal } from '../output';
import { planFixes, type FixPlan } from '../planFixes';
import type { Arguments } from '../readArguments';
import { listRules } from '../../engine/ruleTable';
import { TOOL } from '../toolInfo';
import { readDate } from '../readDate';
import { writeFixes } from '../writeFixes';
import type { ExitCode, Invocation } from './command';

/** `interop-lens check` */
export async function checkSources({ spec, args, terminal }: Invocation): Promise<ExitCode> {
  const date = readDate(spec, args.text('date'), process.env.SOURCE_DATE_EPOCH);
  const request = {
    roots: args.list('root'),
    cache: args.text('cache'),
    guidelines: args.list('guideline'),
    readRoots: true,
    date,
  };
  const index = await openIndex(request, terminal);
  await noteCommitted(index);
  const plan = planWanted(index, args);
  if (plan !== null && args.flag('diff') !== true) await writeFixes(plan.files);
  const findings = collectFindings(index);
  const wanted = args.text('write-baseline');
  if (wanted !== undefined) {
    const count = await writeBaselineFile(wanted, findings, findingsContext(index));
    complain(terminal, `${wanted} holds ${String(count)} ${count === 1 ? 'finding' : 'findings'}`);
    return 0;
  }
  const context = await withBaseline(findingsContext(index), findings, args.text('baseline'), terminal);
  const answer =
    plan !== null && args.flag('diff') === true
      ? printPatch(plan)
      : printFindings(findings, context, args.text('format') ?? 'text');
  if (plan !== null) complain(terminal, describePlan(plan, args.flag('diff') === true));
  await writeAnswer(terminal, answer);
  return exitCodeFor(args, findings, context.known);
}

async function withBaseline(
  context: FindingsContext,
  findings: readonly Finding[],
  named: string | undefined,
  terminal: Terminal,
): Promise<FindingsContext> {
  if (named === undefined) return context;
  return { ...context, known: await matchBaselineFile(named, findings, context, terminal) };
}

function planWanted(index: OpenedIndex, args: Arguments): FixPlan | null {
  const mode = args.text('fix');
  if (mode === undefined && args.flag('diff') !== true) return null;
  return planFixes(index, mode === 'unsafe' ? 'unsafe' : 'safe');
}

/** All findings with their fixes; the one that only silences a finding goes without saying. */
function collectFindings({ view }: OpenedIndex): Finding[] {
  const findings = view.files().flatMap((file) => [...view.findings(file.uri)]);
  return findings.map((finding) => {
    const fixes = finding.suppressed ? [] : view.fixes(finding).filter(({ id }) => id !== 'noqa');
    return { ...finding, fixes };
  });
}

function printPatch({ files }: FixPlan): string {
  return files.map(({ path, before, after }) => printUnifiedDiff(path, before, after)).join('');
}

function describePlan({ files, fixes }: FixPlan, isDryRun: boolean): string {
  if (files.length === 0) return 'no fix to apply';
  const verb = isDryRun ? 'would be applied to' : 'applied to';
  return `${fixes} ${fixes === 1 ? 'fix' : 'fixes'} ${verb} ${files.length} ${files.length === 1 ? 'file' : 'files'}`;
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
