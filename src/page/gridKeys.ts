/**
 * Arrow keys in tables with `role="grid"`: one stop of the Tab key per table, and from there cell by cell. What is focused
 * in a cell is its first link, button or field, else the cell.
 */
const MOVES: Readonly<Record<string, (table: HTMLTableElement, at: CellPlace) => CellPlace>> = {
  ArrowRight: (_, { row, column }) => ({ row, column: column + 1 }),
  ArrowLeft: (_, { row, column }) => ({ row, column: column - 1 }),
  ArrowDown: (_, { row, column }) => ({ row: row + 1, column }),
  ArrowUp: (_, { row, column }) => ({ row: row - 1, column }),
  PageDown: (_, { row, column }) => ({ row: row + 10, column }),
  PageUp: (_, { row, column }) => ({ row: row - 10, column }),
  Home: (_, { row }) => ({ row, column: 0 }),
  End: (_, { row }) => ({ row, column: Number.MAX_SAFE_INTEGER }),
};

interface CellPlace {
  readonly row: number;
  readonly column: number;
}

/** Moves the focus where an arrow key leads; other keys are left alone. */
export function moveInGrid(event: KeyboardEvent): void {
  const cell = cellOf(event.target);
  const table = cell?.closest('table');
  const move = MOVES[event.key];
  if (!cell || !table || !move || event.altKey || event.metaKey || isTyping(event.target)) return;
  const row = cell.parentElement instanceof HTMLTableRowElement ? cell.parentElement.rowIndex : 0;
  const whole = event.ctrlKey ? toEdge(event.key, table, { row, column: cell.cellIndex }) : null;
  const target = findCell(table, whole ?? move(table, { row, column: cell.cellIndex }));
  if (!target) return;
  event.preventDefault();
  focusable(target).focus();
}

function toEdge(key: string, table: HTMLTableElement, at: CellPlace): CellPlace {
  if (key === 'Home') return { row: 0, column: 0 };
  if (key === 'End') return { row: table.rows.length - 1, column: Number.MAX_SAFE_INTEGER };
  return at;
}

/** The cell at a place, moved inside of the table. Rows that span the table have one cell. */
function findCell(table: HTMLTableElement, { row, column }: CellPlace): HTMLTableCellElement | null {
  const at = table.rows[Math.max(0, Math.min(row, table.rows.length - 1))];
  return at?.cells[Math.max(0, Math.min(column, at.cells.length - 1))] ?? null;
}

function cellOf(target: EventTarget | null): HTMLTableCellElement | null {
  return target instanceof Element ? target.closest<HTMLTableCellElement>('td, th') : null;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
}

function focusable(cell: HTMLTableCellElement): HTMLElement {
  return cell.querySelector<HTMLElement>('a[href], button') ?? cell;
}

/** What has the focus becomes the table's one Tab stop. */
export function keepTabStop(event: FocusEvent): void {
  const table = event.currentTarget;
  if (!(table instanceof HTMLTableElement) || !(event.target instanceof HTMLElement)) return;
  for (const stop of table.querySelectorAll<HTMLElement>('[tabindex="0"]')) stop.tabIndex = -1;
  event.target.tabIndex = 0;
}

/** Every table needs one Tab stop: the first cell of the head when what had it is gone. */
export function ensureTabStop(table: HTMLTableElement | null): void {
  if (!table || table.querySelector('[tabindex="0"]')) return;
  const first = table.querySelector<HTMLTableCellElement>('th, td');
  if (first) focusable(first).tabIndex = 0;
}
