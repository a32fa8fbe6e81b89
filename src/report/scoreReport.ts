import type { CapabilityStatus } from '../model/guideline';
import {
  type CapabilityScores,
  type Score,
  type ScoreTable,
  WORKSHEET_TAGS,
  type WorksheetTag,
} from '../model/scoring';

/** `interop-lens/scores/1`, see schemas/scores-1.schema.json. */
export interface ScoreReport {
  readonly schema: 'interop-lens/scores/1';
  readonly guideline: string;
  readonly cutoff: number | null;
  readonly criteria: ScoreTable['criteria'];
  readonly capabilities: readonly PrintedScore[];
}

export interface PrintedScore {
  readonly name: string;
  readonly status: CapabilityStatus | null;
  readonly scores: Readonly<Record<WorksheetTag, Score>>;
  readonly nonAdmin: Score;
  readonly total: number;
  readonly vetoed: boolean;
  readonly open: boolean;
  readonly reachesCutoff: boolean;
}

/** A line of a worksheet as the report needs it: kept, or a scoring line up to its total. */
export interface ReportedLine {
  readonly text: string;
  readonly capability: CapabilityScores | null;
  readonly head?: string;
}

/** The table as plain data, in its own order. */
export function reportScores({ guideline, cutoff, criteria, rows }: ScoreTable): ScoreReport {
  const capabilities = rows.map(({ name, status, scores, nonAdmin, total, vetoed, open, reachesCutoff }) => ({
    name,
    status,
    scores,
    nonAdmin,
    total,
    vetoed,
    open,
    reachesCutoff,
  }));
  return { schema: 'interop-lens/scores/1', guideline, cutoff, criteria, capabilities };
}

/**
 * The worksheet with its totals: every other line as it was, totals anew, `*` where the cutoff is reached.
 * @param lines those that the table's rows came from, in the same order
 */
export function printWorksheet(lines: readonly ReportedLine[], table: ScoreTable, lineEnd: '\n' | '\r\n'): string {
  let row = 0;
  const printed = lines.map((line) => {
    if (line.capability === null) return line.text;
    const scored = table.rows[row++];
    return scored === undefined
      ? line.text
      : `${line.head ?? line.text} [${scored.total}]${scored.reachesCutoff ? '*' : ''}`;
  });
  const text = printed.join(lineEnd);
  return text === '' || text.endsWith(lineEnd) ? text : `${text}${lineEnd}`;
}

/** One line per capability: total, mark, status, and what is not met. */
export function printScoreText(table: ScoreTable): string {
  const width = Math.max(0, ...table.rows.map(({ name }) => name.length));
  const cutoff = table.cutoff === null ? 'no cutoff score' : `cutoff score ${table.cutoff}`;
  const lines = table.rows.map((row) => {
    const mark = row.reachesCutoff ? '*' : ' ';
    const missed = table.criteria.filter(({ tag, weight }) => weight > 0 && row.scores[tag] !== '1');
    const note = row.vetoed
      ? 'vetoed: for administrators'
      : missed.length > 0
        ? `without ${missed.map(({ tag }) => tag).join(', ')}`
        : '';
    return `${row.name.padEnd(width)}  ${String(row.total).padStart(4)}${mark}  ${(row.status ?? '').padEnd(10)}  ${note}`.trimEnd();
  });
  return `${[`${table.guideline}: ${cutoff}, * reaches it`, '', ...lines].join('\n')}\n`;
}

/** Comma-separated values with the criteria's names as head and a final column for the total. */
export function printScoreCsv(table: ScoreTable): string {
  const head = ['Capability', ...table.criteria.map(({ name }) => name), 'Non-Admin', 'Total'];
  const rows = table.rows.map(({ name, scores, nonAdmin, total }) => [
    name,
    ...WORKSHEET_TAGS.map((tag) => scores[tag]),
    nonAdmin,
    String(total),
  ]);
  return [head, ...rows].map((cells) => `${cells.map(quoteCsv).join(',')}\n`).join('');
}

function quoteCsv(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
