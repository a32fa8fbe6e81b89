import type { Severity } from '../model/finding';
import { listOpen, type FindingsReport, type PrintedFinding } from './findingsReport';

const COMMANDS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
  hint: 'notice',
};

/**
 * Workflow commands that GitHub Actions turns into annotations, one line per open finding; nothing on a clean run.
 */
export function printFindingsGithub(report: FindingsReport): string {
  return listOpen(report)
    .map((finding) => `${printCommand(finding)}\n`)
    .join('');
}

function printCommand(finding: PrintedFinding): string {
  const properties: [string, string | number][] = [
    ['file', finding.file],
    ['line', finding.line],
    ['endLine', finding.endLine],
    ['title', finding.rule],
  ];
  // GitHub takes columns only for stretches within one line.
  if (finding.line === finding.endLine) properties.push(['col', finding.column], ['endColumn', finding.endColumn]);
  const told = properties.map(([key, value]) => `${key}=${escapeProperty(String(value))}`).join(',');
  const page = finding.url === '' ? '' : ` (${finding.url})`;
  return `::${COMMANDS[finding.severity]} ${told}::${escapeData(`${finding.message}${page}`)}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
