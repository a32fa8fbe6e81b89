import type { CapabilityStatus } from '../model/guideline';
import { DIFF_CHANGE_WORDS, laterNameOf } from '../model/guidelineDiff';
import type { DiffReport, PrintedCapabilityDiff, PrintedEntryDiff, PrintedEntrySide } from './diffReport';
import { sortedUnique } from './places';
import { escapeMarkdown, linkTo } from './markdown';

/** A status of one component, before and after; null where the component does not list the capability. */
interface StatusStep {
  readonly component: string;
  readonly before: CapabilityStatus | null;
  readonly after: CapabilityStatus | null;
}

/** The comparison for a terminal: one line per change. */
export function printDiffText(report: DiffReport): string {
  const lines = [printTitle(report), describeChurn(report), ''];
  if (report.capabilities.length + report.entries.length === 0) return `${printTitle(report)}\nno difference\n`;
  if (report.capabilities.length > 0) lines.push('Capabilities', ...report.capabilities.map(listCapabilityLine), '');
  const entries = report.entries.filter(isOwnChange);
  if (entries.length > 0) lines.push('Tests', ...entries.flatMap(listEntryLines), '');
  return `${lines.join('\n').trimEnd()}\n`;
}

/** Where the names of a document lead. */
export interface DiffLinks {
  /** Address of a line (1-based) of one of the two files, or null. */
  lineOf(side: 'before' | 'after', line: number): string | null;
  /** Address of the test's `def`, or null where none is known. */
  sourceOf(entry: PrintedEntryDiff): string | null;
}

/** Lines by path, as forges and editors understand them; no sources. */
function linkByPath({ before, after }: DiffReport): DiffLinks {
  const pathOf = (file: string): string => file.split('/').map(encodeURIComponent).join('/');
  return {
    lineOf: (side, line) => `${pathOf((side === 'after' ? after : before).file)}#L${line}`,
    sourceOf: () => null,
  };
}

/** The comparison as a document: a section for each kind of change, every name a link to its line. */
export function printDiffMarkdown(report: DiffReport, links: DiffLinks = linkByPath(report)): string {
  const listEntrySection = (...section: EntrySection): string[] => printEntrySection(report, links, ...section);
  const sections = [
    ...listCapabilitySections(report, links),
    ...listEntrySection('Tests added', 'added', (entry) => [entry.elsewhere.join(', ')], ['Also in, before']),
    ...listEntrySection('Tests removed', 'removed', (entry) => [entry.elsewhere.join(', ')], ['Still in']),
    ...listEntrySection('Tests renamed', 'renamed', (entry) => [entry.before?.test ?? ''], ['Before']),
    ...listEntrySection(
      'Flags changed',
      'flagChanged',
      (entry) => [describeFlag(entry.before), describeFlag(entry.after)],
      ['Before', 'After'],
    ),
    ...listEntrySection('Aliases changed', 'aliasesChanged', (entry) => [listAliasSteps(entry).join(' ')], ['Aliases']),
    ...listEntrySection(
      'Guest levels changed',
      'levelChanged',
      (entry) => [entry.before?.level ?? '', entry.after?.level ?? ''],
      ['Before', 'After'],
    ),
  ];
  const body = sections.length === 0 ? ['No difference.', ''] : sections;
  return [`# ${escapeMarkdown(printTitle(report))}`, '', `${describeChurn(report)}.`, '', ...body].join('\n');
}

function printTitle({ before, after }: DiffReport): string {
  // Of one guideline at two times the ids say nothing.
  const named = before.id !== after.id || before.file === after.file;
  return `${(named && before.id) || before.file} → ${(named && after.id) || after.file}`;
}

function describeChurn({ before, after, summary: { tests } }: DiffReport): string {
  const churn = `tests: ${tests.added} added, ${tests.removed} removed, ${tests.renamed} renamed`;
  return `${before.file} (${before.status ?? 'no status'}) → ${after.file} (${after.status ?? 'no status'}); ${churn}`;
}

/** Status of a capability is told with the capability. */
function isOwnChange({ changes }: PrintedEntryDiff): boolean {
  return changes.some((change) => change !== 'statusChanged');
}

function listCapabilityLine({ name, changes, before, after }: PrintedCapabilityDiff): string {
  if (before === null) return `  + ${name}: ${listStatuses(after?.components ?? {})}, ${after?.tests ?? 0} tests`;
  if (after === null) return `  - ${name}: was ${listStatuses(before.components)}, ${before.tests} tests`;
  const told = [];
  if (changes.includes('renamed')) told.push(`was ${before.name}`);
  if (changes.includes('statusChanged'))
    told.push(listSteps(before.components, after.components).map(printStep).join(', '));
  if (changes.includes('levelChanged')) told.push(`guest level ${before.level ?? ''} → ${after.level ?? ''}`);
  return `  ~ ${name}: ${told.join('; ')}`;
}

function listEntryLines(entry: PrintedEntryDiff): string[] {
  const { changes, before, after, elsewhere } = entry;
  const label = `${entry.test} [${entry.capability}]`;
  const where = elsewhere.length > 0 ? ` (${after ? 'was already in' : 'stays in'} ${elsewhere.join(', ')})` : '';
  if (before === null) return [`  + ${label}${where}`];
  if (after === null) return [`  - ${label}${where}`];
  const details = [];
  if (changes.includes('renamed')) details.push(`      was ${before.test}`);
  if (changes.includes('flagChanged')) details.push(`      flag: ${describeFlag(before)} → ${describeFlag(after)}`);
  if (changes.includes('aliasesChanged')) details.push(...listAliasSteps(entry).map((step) => `      alias ${step}`));
  if (changes.includes('levelChanged')) details.push(`      guest level ${before.level ?? ''} → ${after.level ?? ''}`);
  return [`  ~ ${label}`, ...details];
}

function listCapabilitySections(report: DiffReport, links: DiffLinks): string[] {
  if (report.capabilities.length === 0) return [];
  const rows = report.capabilities.map((capability) => {
    const { changes, before, after, name } = capability;
    const side = after ?? before;
    const sideName = after ? 'after' : 'before';
    const status = listSteps(before?.components ?? {}, after?.components ?? {})
      .map(printStep)
      .join(', ');
    const was = before && after && before.name !== after.name ? ` (was ${escapeMarkdown(before.name)})` : '';
    const levels = printLevelStep(before?.level ?? null, after?.level ?? null);
    return [
      `${linkTo(name, lineAddress(links, sideName, side?.line ?? null))}${was}`,
      changes.map((change) => DIFF_CHANGE_WORDS[change]).join(', '),
      escapeMarkdown(status),
      levels,
    ];
  });
  return ['## Capabilities', '', ...printTable(['Capability', 'Change', 'Status', 'Guest level'], rows), ''];
}

type EntrySection = [
  title: string,
  change: string,
  cellsOf: (entry: PrintedEntryDiff) => readonly string[],
  columns: readonly string[],
];

function printEntrySection(report: DiffReport, links: DiffLinks, ...section: EntrySection): string[] {
  const [title, change, cellsOf, columns] = section;
  const entries = report.entries.filter(({ changes }) => changes.some((one) => one === change));
  if (entries.length === 0) return [];
  const rows = entries.map((entry) => [
    escapeMarkdown(entry.capability),
    linkEntry(entry, links),
    ...cellsOf(entry).map(escapeMarkdown),
  ]);
  return [`## ${title}`, '', ...printTable(['Capability', 'Test', ...columns], rows), ''];
}

/** The entry's name leads to its line, the word behind it to the test. */
function linkEntry(entry: PrintedEntryDiff, links: DiffLinks): string {
  const line = (entry.after ?? entry.before)?.line ?? null;
  const name = linkTo(entry.test, lineAddress(links, entry.after ? 'after' : 'before', line));
  const source = links.sourceOf(entry);
  return source === null ? name : `${name} (${linkTo('source', source)})`;
}

function printTable(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}

function lineAddress(links: DiffLinks, side: 'before' | 'after', line: number | null): string | null {
  return line === null ? null : links.lineOf(side, line);
}

function listSteps(
  before: Readonly<Record<string, CapabilityStatus>>,
  after: Readonly<Record<string, CapabilityStatus>>,
): StatusStep[] {
  const old = renameComponents(before, after);
  const now = renameComponents(after, before);
  return sortedUnique([...Object.keys(old), ...Object.keys(now)])
    .map((component) => ({ component, before: old[component] ?? null, after: now[component] ?? null }))
    .filter((step) => step.before !== step.after);
}

/** As the other side names them, where schemas of both ages meet. */
function renameComponents(
  own: Readonly<Record<string, CapabilityStatus>>,
  other: Readonly<Record<string, CapabilityStatus>>,
): Record<string, CapabilityStatus> {
  const named = Object.entries(own).map(([component, status]): [string, CapabilityStatus] => {
    const later = laterNameOf(component);
    return [component in other || !(later in other) ? component : later, status];
  });
  return Object.fromEntries(named);
}

function printStep({ component, before, after }: StatusStep): string {
  return `${component ? `${component} ` : ''}${before ?? 'not listed'} → ${after ?? 'not listed'}`;
}

function listStatuses(components: Readonly<Record<string, CapabilityStatus>>): string {
  const listed = Object.entries(components).map(([component, status]) => `${component} ${status}`.trim());
  return listed.length > 0 ? listed.join(', ') : 'in no component';
}

function printLevelStep(before: string | null, after: string | null): string {
  return before === after || before === null || after === null ? (after ?? before ?? '') : `${before} → ${after}`;
}

function describeFlag(side: PrintedEntrySide | null): string {
  if (!side?.flagged) return 'none';
  return side.flagged.reason ?? 'flagged';
}

/** `+name` and `-name`. */
function listAliasSteps({ before, after }: PrintedEntryDiff): string[] {
  const old = before?.aliases ?? [];
  const now = after?.aliases ?? [];
  return [
    ...sortedUnique(now.filter((alias) => !old.includes(alias))).map((alias) => `+${alias}`),
    ...sortedUnique(old.filter((alias) => !now.includes(alias))).map((alias) => `-${alias}`),
  ];
}
