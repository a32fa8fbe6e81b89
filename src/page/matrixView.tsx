import { Fragment, type JSX } from 'preact';
import { GUEST_LEVELS } from '../model/guestLevel';
import { CAPABILITY_STATUSES } from '../model/guideline';
import type { ReportCell, ReportGuideline } from '../report/reportModel';
import { FlagCount, LevelBadge, StatusWord } from './badges';
import { Grid, ScrollArea, SortHead } from './dataTable';
import { Choice, SearchField } from './fields';
import {
  arrangeMatrix,
  countFlags,
  listMatrixRows,
  printMatrixCsv,
  type MatrixGroup,
  type MatrixRow,
} from './matrixRows';
import { keyOfGuideline } from './modelIndex';
import { usePage } from './pageContext';
import type { MatrixState } from './pageState';

/** Capability × guideline: status, level and flags in each cell, the evidence behind it. */
export function MatrixView(): JSX.Element {
  const { model, index, state } = usePage();
  const rows = listMatrixRows(model, index);
  const groups = arrangeMatrix(model, rows, state.matrix);
  return (
    <>
      <MatrixBar groups={groups} total={rows.length} />
      <ScrollArea label="Capabilities by guideline">
        <MatrixTable groups={groups} />
        {groups.length === 0 && <p class="empty">No capability fits. Clear the search or the filters above.</p>}
      </ScrollArea>
    </>
  );
}

function MatrixBar({
  groups,
  total,
}: {
  readonly groups: readonly MatrixGroup[];
  readonly total: number;
}): JSX.Element {
  const { model, index, state, host, change, announce } = usePage();
  const { matrix } = state;
  const said = (shown: readonly MatrixGroup[]): string =>
    `${shown.reduce((sum, group) => sum + group.rows.length, 0)} of ${total} capabilities`;
  const set = (part: Partial<MatrixState>): void => {
    const next = { ...matrix, ...part };
    change({ matrix: next });
    announce(said(arrangeMatrix(model, listMatrixRows(model, index), next)));
  };
  const projects = [...new Set(model.capabilities.map(({ project }) => project))].filter((project) => project !== '');
  return (
    <div class="bar">
      <SearchField label="Search capabilities" text={matrix.text} onText={(text) => set({ text })} />
      <Choice label="Project" value={matrix.project} choices={projects} onChoose={(project) => set({ project })} />
      <Choice
        label="Status"
        value={matrix.status}
        choices={CAPABILITY_STATUSES}
        onChoose={(status) => set({ status })}
      />
      <Choice
        label="Level at least"
        value={matrix.level === 'api' ? '' : matrix.level}
        choices={GUEST_LEVELS.slice(1)}
        all="api"
        onChoose={(level) => set({ level: GUEST_LEVELS.find((one) => one === level) ?? 'api' })}
      />
      <label class="field check">
        <input
          type="checkbox"
          checked={matrix.flaggedOnly}
          onChange={({ currentTarget }) => set({ flaggedOnly: currentTarget.checked })}
        />
        <span>with flags</span>
      </label>
      <span class="count">{said(groups)}</span>
      <button
        type="button"
        class="action"
        onClick={() => {
          host.save({ name: 'interop-lens-capabilities.csv', type: 'text/csv', text: printMatrixCsv(model, groups) });
          announce(`${said(groups)} exported`);
        }}
      >
        Export CSV
      </button>
    </div>
  );
}

function MatrixTable({ groups }: { readonly groups: readonly MatrixGroup[] }): JSX.Element {
  const { model, state, change } = usePage();
  const { matrix } = state;
  const onSort = (sort: MatrixState['sort']): void => change({ matrix: { ...matrix, sort } });
  return (
    <Grid class="matrix">
      <caption class="unseen">
        Status, guest level and flags of every capability in every guideline. Enter on a cell shows its tests.
      </caption>
      <thead>
        <tr>
          <SortHead column="capability" sort={matrix.sort} onSort={onSort}>
            Capability
          </SortHead>
          {model.guidelines.map((guideline, position) => (
            <SortHead
              key={keyOfGuideline(model, guideline)}
              column={keyOfGuideline(model, guideline)}
              sort={matrix.sort}
              onSort={onSort}
              highestFirst
              class={startsFamily(model.guidelines, position) ? 'family-start' : ''}
            >
              <span class="edition">{guideline.id}</span>
              <span class="edition-status">{guideline.status}</span>
            </SortHead>
          ))}
        </tr>
      </thead>
      {groups.map(({ project, rows }) => (
        <tbody key={project}>
          {project !== '' && (
            <tr class="group">
              <th scope="rowgroup" colSpan={model.guidelines.length + 1} tabIndex={-1}>
                <span>
                  {project} <small>{rows.length}</small>
                </span>
              </th>
            </tr>
          )}
          {rows.map((row) => (
            <MatrixLine key={row.capability.name} row={row} />
          ))}
        </tbody>
      ))}
    </Grid>
  );
}

function MatrixLine({ row }: { readonly row: MatrixRow }): JSX.Element {
  const { model } = usePage();
  const { capability, cells } = row;
  return (
    <tr>
      <th scope="row" tabIndex={-1} title={capability.description}>
        {capability.name}
      </th>
      {cells.map((cell, position) => {
        const guideline = model.guidelines[position];
        if (!guideline) return <Fragment key={position} />;
        const edge = startsFamily(model.guidelines, position) ? 'family-start' : '';
        const key = keyOfGuideline(model, guideline);
        return cell ? (
          <MatrixCell key={key} cell={cell} guideline={guideline} name={capability.name} edge={edge} />
        ) : (
          <td key={key} class={`absent ${edge}`} tabIndex={-1}>
            <span aria-hidden="true">·</span>
            <span class="unseen">not in it</span>
          </td>
        );
      })}
    </tr>
  );
}

function MatrixCell({
  cell,
  guideline,
  name,
  edge,
}: {
  readonly cell: ReportCell;
  readonly guideline: ReportGuideline;
  readonly name: string;
  readonly edge: string;
}): JSX.Element {
  const { model, state, select } = usePage();
  const key = keyOfGuideline(model, guideline);
  const { selection } = state;
  const isOpen = selection?.kind === 'cell' && selection.guideline === key && selection.capability === name;
  return (
    <td class={`${edge} ${isOpen ? 'open' : ''}`}>
      <button
        type="button"
        class={`cell cell-${cell.status ?? 'none'}`}
        tabIndex={-1}
        aria-pressed={isOpen}
        onClick={() => select({ kind: 'cell', guideline: key, capability: name })}
      >
        <StatusWord status={cell.status} />
        <CellLevel cell={cell} />
        <FlagCount count={countFlags(cell)} />
      </button>
    </td>
  );
}

/** Where all tests are flagged the count of flags says enough. */
function CellLevel({ cell }: { readonly cell: ReportCell }): JSX.Element | null {
  if (cell.level !== null) return <LevelBadge level={cell.level} />;
  if (cell.entries.length === 0) return <span class="level level-none">no tests</span>;
  if (countFlags(cell) === cell.entries.length) return <span class="hedge">all</span>;
  return <span class="level level-none">lost</span>;
}

/** Where another family (add-ons, verticals) begins, a line is drawn. */
function startsFamily(guidelines: readonly ReportGuideline[], position: number): boolean {
  return position > 0 && guidelines[position]?.family !== guidelines[position - 1]?.family;
}
