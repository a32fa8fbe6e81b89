import { GUEST_LEVELS, LEVEL_MEANING, type GuestLevel } from '../model/guestLevel';
import { countStates, listComponents } from './traceTables';
import type { PrintedEntry, PrintedGuideline, TraceReport } from './traceReport';

const STYLE = `
:root { color-scheme: light dark; --line: #8884; --muted: #767676; --head: #f3f3f3; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --muted: #a0a0a0; --head: #2a2a2a; --bad: #ff8a80; } }
body { font: 14px/1.5 system-ui, sans-serif; margin: 2rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2.5rem; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; color: var(--muted); padding: 0 0 .5rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid var(--line); }
thead th { position: sticky; top: 0; background: var(--head); }
tbody th { font-weight: 600; }
code { font: 12px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
small { color: var(--muted); display: block; }
.level { white-space: nowrap; border: 1px solid var(--line); border-radius: 4px; padding: 0 .4rem; }
.level-linux, .level-image { color: var(--bad); border-color: currentColor; font-weight: 600; }
dl { display: grid; grid-template-columns: max-content auto; gap: .1rem 1rem; }
dd { margin: 0; }
`;

/**
 * The trace as one self-contained page: no script, no outside resource, every text escaped.
 * Levels carry their word, so that colour is never the only sign.
 */
export function printTraceHtml(report: TraceReport): string {
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<title>Interop Lens: guideline trace</title>',
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    '<h1>Guideline trace</h1>',
    printLegend(),
    ...report.guidelines.map(printGuidelineSection),
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function printLegend(): string {
  const rows = GUEST_LEVELS.map((level) => `<dt>${printLevel(level)}</dt><dd>${escapeHtml(LEVEL_MEANING[level])}</dd>`);
  return `<details><summary>Guest levels</summary><dl>${rows.join('')}</dl></details>`;
}

function printGuidelineSection(guideline: PrintedGuideline): string {
  const rows = guideline.entries.map((entry, index) => printRow(entry, guideline.entries[index - 1]));
  const summary = guideline.entries.length > 0 ? countStates(guideline.entries) : 'no tests';
  return [
    `<h2>${escapeHtml(guideline.id || guideline.file)}</h2>`,
    '<table>',
    `<caption>${escapeHtml(guideline.file)}, schema ${escapeHtml(guideline.schemaVersion)}: ${escapeHtml(summary)}</caption>`,
    '<thead><tr><th scope="col">Capability</th><th scope="col">Test</th><th scope="col">State</th>' +
      '<th scope="col">Level</th><th scope="col">Source</th></tr></thead>',
    `<tbody>${rows.join('\n')}</tbody>`,
    '</table>',
  ].join('\n');
}

/** The capability is written once above its rows, and stays readable to a screen reader in every row. */
function printRow(entry: PrintedEntry, previous: PrintedEntry | undefined): string {
  const first = previous?.capability !== entry.capability;
  const capability = first
    ? `<th scope="row">${escapeHtml(entry.capability)}<small>${escapeHtml(listComponents(entry).join(', '))}</small></th>`
    : `<td aria-label="${escapeHtml(entry.capability)}"></td>`;
  return `<tr>${capability}<td>${printTestCell(entry)}</td><td>${escapeHtml(entry.state)}</td><td>${printLevelCell(entry)}</td><td>${printSourceCell(entry)}</td></tr>`;
}

function printTestCell(entry: PrintedEntry): string {
  const parts = [`<code>${escapeHtml(entry.test)}</code>`];
  if (entry.target && entry.target.name !== entry.test)
    parts.push(`<small>now <code>${escapeHtml(entry.target.name)}</code></small>`);
  if (entry.flagged) parts.push(`<small>flagged: ${escapeHtml(entry.flagged.reason ?? 'no reason given')}</small>`);
  return parts.join('');
}

function printLevelCell(entry: PrintedEntry): string {
  if (!entry.level) return '';
  const parts = [printLevel(entry.level)];
  if (entry.levelWithValidationOff && entry.levelWithValidationOff !== entry.level) {
    parts.push(`<small>${escapeHtml(entry.levelWithValidationOff)} with validation off</small>`);
  }
  if (entry.guards.length > 0) parts.push(`<small>guards: ${escapeHtml(entry.guards.join(', '))}</small>`);
  return parts.join('');
}

function printSourceCell(entry: PrintedEntry): string {
  return entry.target ? `<code>${escapeHtml(entry.target.file)}:${entry.target.line}</code>` : '';
}

function printLevel(level: GuestLevel): string {
  return `<span class="level level-${level}">${level}</span>`;
}

/** Text made harmless inside elements and attribute values. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
