import { printCsvRow } from './csvRow';
import type { PrintedEntry, PrintedGuideline, TraceReport } from './traceReport';
import { escapeMarkdown } from './markdown';

const COLUMNS = [
  'guideline',
  'capability',
  'components',
  'test',
  'id',
  'aliases',
  'flagged',
  'state',
  'resolved by',
  'target',
  'file',
  'line',
  'level',
  'level with validation off',
  'guards',
] as const;

/** The whole trace as comma-separated values (RFC 4180, one header line); lists inside a cell are separated by blanks. */
export function printTraceCsv(report: TraceReport): string {
  const rows = report.guidelines.flatMap((guideline) => guideline.entries.map((entry) => listCells(guideline, entry)));
  return [[...COLUMNS], ...rows].map(printCsvRow).join('');
}

/** The trace as Markdown: one section per guideline, one table row per entry. */
export function printTraceMarkdown(report: TraceReport): string {
  return report.guidelines.map(printSection).join('\n');
}

/** How many entries have each link state, in words: `277 ok, 11 renamed`. Most frequent first. */
export function countStates(entries: readonly PrintedEntry[]): string {
  const counts = new Map<string, number>();
  for (const { state } of entries) counts.set(state, (counts.get(state) ?? 0) + 1);
  const sorted = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return sorted.map(([state, count]) => `${count} ${state}`).join(', ');
}

/** `compute required`, `object advisory`, for reading. */
export function listComponents(entry: PrintedEntry): string[] {
  return Object.entries(entry.components).map(([component, status]) => `${component} ${status}`);
}

function listCells(guideline: PrintedGuideline, entry: PrintedEntry): string[] {
  return [
    guideline.file,
    entry.capability,
    listComponents(entry).join('; '),
    entry.test,
    entry.id ?? '',
    entry.aliases.join(' '),
    entry.flagged ? (entry.flagged.reason ?? 'yes') : '',
    entry.state,
    entry.resolvedBy,
    entry.target?.name ?? '',
    entry.target?.file ?? '',
    entry.target ? String(entry.target.line) : '',
    entry.level ?? '',
    entry.levelWithValidationOff ?? '',
    entry.guards.join('; '),
  ];
}

function printSection(guideline: PrintedGuideline): string {
  const head = [
    `## ${escapeMarkdown(guideline.id || guideline.file)}`,
    '',
    `${escapeMarkdown(guideline.file)}, schema ${escapeMarkdown(guideline.schemaVersion)}: ${guideline.entries.length} entries` +
      `${guideline.entries.length > 0 ? ` (${countStates(guideline.entries)})` : ''}`,
    '',
  ];
  if (guideline.entries.length === 0) return head.join('\n');
  const table = [
    '| Capability | Components | Test | State | Level | Guards | Flagged | Source |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...guideline.entries.map(printRow),
  ];
  return `${[...head, ...table].join('\n')}\n`;
}

function printRow(entry: PrintedEntry): string {
  const level =
    entry.level === entry.levelWithValidationOff
      ? (entry.level ?? '')
      : `${entry.level ?? ''} (${entry.levelWithValidationOff ?? ''} with validation off)`;
  const test = entry.target && entry.target.name !== entry.test ? `${entry.test} → ${entry.target.name}` : entry.test;
  const cells = [
    entry.capability,
    listComponents(entry).join(', '),
    test,
    entry.state,
    level,
    entry.guards.join(', '),
    entry.flagged ? (entry.flagged.reason ?? 'yes') : '',
    entry.target ? `${entry.target.file}:${entry.target.line}` : '',
  ];
  return `| ${cells.map(escapeMarkdown).join(' | ')} |`;
}
