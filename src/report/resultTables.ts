import type { PassCount } from '../model/testResults';
import type { PrintedCapabilityResult, PrintedEntryResult, PrintedTargetVerdict, ResultReport } from './resultReport';
import { escapeMarkdown, linkTo } from './markdown';

/** The verdicts for a terminal, with what is missing. */
export function printResultText(report: ResultReport): string {
  const lines = [describeRun(report), ''];
  for (const target of report.targets) lines.push(...describeTarget(target, report), '');
  const listed = report.capabilities.filter(({ status }) => status !== null);
  if (listed.length > 0) lines.push('Capabilities', ...listCapabilityLines(listed), '');
  return `${lines.join('\n').trimEnd()}\n`;
}

/** Where the names of the document lead; null: nowhere. */
export interface ResultLinks {
  /** Address of a line (1-based) of the guideline. */
  lineOf(line: number): string | null;
  capabilityOf(name: string): string | null;
}

const NO_LINKS: ResultLinks = { lineOf: () => null, capabilityOf: () => null };

/** The verdicts as a document. */
export function printResultMarkdown(report: ResultReport, links: ResultLinks = NO_LINKS): string {
  const { guideline, targets, capabilities } = report;
  const missing = listMissing(report);
  return `${[
    `# ${escapeMarkdown(`${guideline.id || guideline.file}: results`)}`,
    '',
    `${escapeMarkdown(describeRun(report))}.`,
    '',
    '| Target | Verdict | Required passed | Required without flag passed | By names alone |',
    '| --- | --- | --- | --- | --- |',
    ...targets.map(printTargetRow),
    '',
    ...(missing.length === 0 ? [] : ['## Missing', '', ...printEntryTable(missing, links), '']),
    '## Capabilities',
    '',
    '| Capability | Status | Passed | Flagged | Not passed |',
    '| --- | --- | --- | --- | --- |',
    ...capabilities.map((capability) => printCapabilityRow(capability, links)),
  ].join('\n')}\n`;
}

function describeRun({ guideline, results }: ResultReport): string {
  const { file, format, passed, failed, skipped } = results;
  const others = format === 'subunit' ? `, ${failed} failed, ${skipped} skipped` : '';
  return `${guideline.id || guideline.file} against ${file === '-' ? 'standard input' : file} (${format}): ${passed} passed${others}`;
}

function describeTarget(target: PrintedTargetVerdict, report: ResultReport): string[] {
  const { verdict, verdictByNames, required, unflagged } = target;
  const lines = [
    `${target.target}: ${verdict === null ? 'nothing is required' : verdict.toUpperCase()}`,
    `  required: ${printCount(required)}; without flagged ones: ${printCount(unflagged)}`,
  ];
  if (verdictByNames !== verdict)
    lines.push(
      '  by names alone, as RefStack judges: NO (some tests passed under a name that the guideline does not know)',
    );
  const missing = new Set(target.missing);
  const entries = report.entries.filter(
    ({ test, flagged, outcome }) => missing.has(test) && !flagged && outcome !== 'passed',
  );
  return [...lines, ...uniqueTests(entries).map(({ test, outcome }) => `  - ${test} (${outcome})`)];
}

/** A test of several capabilities is told once. */
function uniqueTests(entries: readonly PrintedEntryResult[]): PrintedEntryResult[] {
  return [...new Map(entries.map((entry) => [entry.test, entry])).values()];
}

function listMissing(report: ResultReport): PrintedEntryResult[] {
  const missing = new Set(report.targets.flatMap((target) => target.missing));
  return report.entries.filter(({ test, flagged, outcome }) => missing.has(test) && !flagged && outcome !== 'passed');
}

function printCount({ tests, passed, percent }: PassCount): string {
  return percent === null ? 'none' : `${passed} of ${tests} (${percent} %)`;
}

function listCapabilityLines(capabilities: readonly PrintedCapabilityResult[]): string[] {
  const width = Math.max(...capabilities.map(({ capability }) => capability.length));
  return capabilities.map(({ capability, status, all, flagged }) => {
    const flags = flagged > 0 ? `, ${flagged} flagged` : '';
    return `  ${capability.padEnd(width)}  ${(status ?? '').padEnd(10)}  ${all.passed}/${all.tests}${flags}`;
  });
}

function printTargetRow({ target, verdict, required, unflagged, verdictByNames }: PrintedTargetVerdict): string {
  const cells = [
    target,
    verdict ?? 'nothing required',
    printCount(required),
    printCount(unflagged),
    verdictByNames ?? '',
  ];
  return printRow(cells);
}

function printEntryTable(entries: readonly PrintedEntryResult[], links: ResultLinks): string[] {
  return [
    '| Capability | Test | Outcome | Line |',
    '| --- | --- | --- | --- |',
    ...entries.map(({ capability, test, outcome, line }) =>
      joinCells([
        linkTo(capability, links.capabilityOf(capability)),
        linkTo(test, links.lineOf(line)),
        outcome,
        String(line),
      ]),
    ),
  ];
}

function printCapabilityRow(result: PrintedCapabilityResult, links: ResultLinks): string {
  const { capability, status, all, flagged, notPassed } = result;
  const rest = [status ?? '', printCount(all), String(flagged), notPassed.join(', ')].map(escapeMarkdown);
  return joinCells([linkTo(capability, links.capabilityOf(capability)), ...rest]);
}

function printRow(cells: readonly string[]): string {
  return joinCells(cells.map(escapeMarkdown));
}

function joinCells(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
