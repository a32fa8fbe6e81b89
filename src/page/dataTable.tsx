import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Choice, SearchField } from './fields';
import { ensureTabStop, keepTabStop, moveInGrid } from './gridKeys';
import { usePage } from './pageContext';
import type { SortOrder, TableState } from './pageState';
import { arrangeRows, nextSort, printTableCsv, type Column } from './tableRows';

/** A column's head with a button that sorts. */
export function SortHead({
  column,
  sort,
  onSort,
  children,
  highestFirst = false,
  class: className = '',
}: {
  readonly column: string;
  readonly sort: SortOrder | null;
  readonly onSort: (sort: SortOrder | null) => void;
  readonly children: ComponentChildren;
  readonly highestFirst?: boolean;
  readonly class?: string;
}): JSX.Element {
  const order = sort?.column === column ? (sort.descending ? 'descending' : 'ascending') : 'none';
  return (
    <th scope="col" aria-sort={order} class={className}>
      <button type="button" class="sort" tabIndex={-1} onClick={() => onSort(nextSort(sort, column, highestFirst))}>
        {children}
        <span class="sort-sign" aria-hidden="true">
          {order === 'ascending' ? '▲' : order === 'descending' ? '▼' : ''}
        </span>
      </button>
    </th>
  );
}

/** A scrolling stretch around a wide table, reachable by keyboard. */
export function ScrollArea({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <div class="scroll" role="region" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}

/** A table in which the arrow keys move; see gridKeys. */
export function Grid({
  class: className,
  children,
}: {
  readonly class: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  const table = useRef<HTMLTableElement>(null);
  useLayoutEffect(() => ensureTabStop(table.current));
  return (
    <table ref={table} class={className} role="grid" onKeyDown={moveInGrid} onFocusIn={keepTabStop}>
      {children}
    </table>
  );
}

/** A column as a table shows it. */
export interface ShownColumn<Row> extends Column<Row> {
  /** What is shown; default: the text. What can be focused in it has `tabIndex` -1. */
  readonly cell?: (row: Row) => ComponentChildren;
}

interface DataTableProps<Row> {
  readonly name: string;
  readonly caption: string;
  /** `test`, `site`: what a row is, in the count. */
  readonly noun: string;
  readonly rows: readonly Row[];
  readonly columns: readonly ShownColumn<Row>[];
  readonly keyOf: (row: Row) => string;
  readonly isSelected: (row: Row) => boolean;
  readonly table: TableState;
  readonly onChange: (table: TableState) => void;
}

/** A table with search, choices, sortable heads and CSV export. */
export function DataTable<Row>(props: DataTableProps<Row>): JSX.Element {
  const { name, caption, rows, columns, keyOf, isSelected, table, onChange } = props;
  const shown = arrangeRows(rows, columns, table);
  return (
    <>
      <TableBar {...props} shown={shown} />
      <ScrollArea label={caption}>
        <Grid class={`data data-${name}`}>
          <caption class="unseen">{caption}</caption>
          <thead>
            <tr>
              {columns.map(({ key, label, isNumber, highestFirst }) => (
                <SortHead
                  key={key}
                  column={key}
                  sort={table.sort}
                  class={isNumber ? 'number' : ''}
                  highestFirst={highestFirst}
                  onSort={(sort) => onChange({ ...table, sort })}
                >
                  {label}
                </SortHead>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={keyOf(row)} class={isSelected(row) ? 'selected' : ''}>
                {columns.map((column, position) => (
                  <DataCell key={column.key} column={column} row={row} isHead={position === 0} />
                ))}
              </tr>
            ))}
          </tbody>
        </Grid>
        {shown.length === 0 && <p class="empty">Nothing fits. Clear the search or the filters above.</p>}
      </ScrollArea>
    </>
  );
}

function DataCell<Row>({
  column,
  row,
  isHead,
}: {
  readonly column: ShownColumn<Row>;
  readonly row: Row;
  readonly isHead: boolean;
}): JSX.Element {
  const content = column.cell ? column.cell(row) : column.text(row);
  const className = `column-${column.key}${column.isNumber ? ' number' : ''}`;
  return isHead ? (
    <th scope="row" tabIndex={-1} class={className}>
      {content}
    </th>
  ) : (
    <td tabIndex={-1} class={className}>
      {content}
    </td>
  );
}

function TableBar<Row>({
  name,
  noun,
  rows,
  shown,
  columns,
  table,
  onChange,
}: DataTableProps<Row> & { readonly shown: readonly Row[] }): JSX.Element {
  const { host, announce } = usePage();
  const said = `${shown.length} of ${rows.length} ${noun}s`;
  const set = (part: Partial<TableState>): void => {
    const next = { ...table, ...part };
    onChange(next);
    announce(`${arrangeRows(rows, columns, next).length} of ${rows.length} ${noun}s`);
  };
  return (
    <div class="bar">
      <SearchField label={`Search ${noun}s`} text={table.text} onText={(text) => set({ text })} />
      {columns.map(({ key, label, choices }) =>
        choices ? (
          <Choice
            key={key}
            label={label}
            value={table.chosen[key] ?? ''}
            choices={choices}
            onChoose={(choice) => set({ chosen: { ...table.chosen, [key]: choice } })}
          />
        ) : null,
      )}
      <span class="count">{said}</span>
      <button
        type="button"
        class="action"
        onClick={() => {
          host.save({ name: `interop-lens-${name}.csv`, type: 'text/csv', text: printTableCsv(shown, columns) });
          announce(`${shown.length} ${noun}s exported`);
        }}
      >
        Export CSV
      </button>
    </div>
  );
}
