import { printCsvRow } from '../report/csvRow';
import { compareText } from '../report/places';
import type { SortOrder, TableState } from './pageState';

/** A column of a table that can be sorted, filtered and exported. */
export interface Column<Row> {
  readonly key: string;
  readonly label: string;
  /** What is searched, exported and, without `rank`, sorted by. */
  readonly text: (row: Row) => string;
  /** Sort order where that of the texts is not it. */
  readonly rank?: (row: Row) => number;
  /** Values to filter by, in order; `matches` says which rows have one (default: the text is equal). */
  readonly choices?: readonly string[];
  readonly matches?: (row: Row, choice: string) => boolean;
  readonly isNumber?: boolean;
  /** The first click puts the highest first. */
  readonly highestFirst?: boolean;
}

/** Rows as a table shows them: filtered, then sorted, equal ones as they came. */
export function arrangeRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  { text, sort, chosen }: TableState,
): readonly Row[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const kept = rows.filter((row) => {
    const all = columns.map((column) => column.text(row).toLowerCase()).join('\n');
    return words.every((word) => all.includes(word)) && columns.every((column) => isChosen(row, column, chosen));
  });
  const column = columns.find(({ key }) => key === sort?.column);
  if (!sort || !column) return kept;
  const sign = sort.descending ? -1 : 1;
  return [...kept].sort((a, b) => sign * compareCells(column, a, b));
}

function isChosen<Row>(row: Row, column: Column<Row>, chosen: TableState['chosen']): boolean {
  const choice = chosen[column.key];
  if (choice === undefined || choice === '') return true;
  return column.matches ? column.matches(row, choice) : column.text(row) === choice;
}

function compareCells<Row>(column: Column<Row>, a: Row, b: Row): number {
  return column.rank ? column.rank(a) - column.rank(b) : compareText(column.text(a), column.text(b));
}

/** The rows as comma-separated values, the columns' labels first. */
export function printTableCsv<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  return printTable(
    columns.map(({ label }) => label),
    rows.map((row) => columns.map((column) => column.text(row))),
  );
}

/** Comma-separated values. A cell that a spreadsheet would run as a formula is made a text. */
export function printTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [heads, ...rows].map((cells) => printCsvRow(cells.map(disarm))).join('');
}

function disarm(cell: string): string {
  return /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
}

/** The next order when a head is clicked: one way, the other way, as it came. */
export function nextSort(sort: SortOrder | null, column: string, highestFirst = false): SortOrder | null {
  if (sort?.column !== column) return { column, descending: highestFirst };
  return sort.descending === highestFirst ? { column, descending: !highestFirst } : null;
}
