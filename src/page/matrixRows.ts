import { compareLevels } from '../model/guestLevel';
import { CAPABILITY_STATUSES } from '../model/guideline';
import type { ReportCapability, ReportCell, ReportModel } from '../report/reportModel';
import { keyOfGuideline, type ModelIndex } from './modelIndex';
import type { MatrixState } from './pageState';
import { printTable } from './tableRows';

/** One capability with its cell in each guideline, in the order of `model.guidelines`. */
export interface MatrixRow {
  readonly capability: ReportCapability;
  readonly cells: readonly (ReportCell | null)[];
}

/** Rows that stand together under one head; "" where the order is not by project. */
export interface MatrixGroup {
  readonly project: string;
  readonly rows: readonly MatrixRow[];
}

export function listMatrixRows(model: ReportModel, index: ModelIndex): readonly MatrixRow[] {
  return model.capabilities.map((capability, position) => ({
    capability,
    cells: index.cells.map((cells) => cells.get(position) ?? null),
  }));
}

/** The rows that fit, by project, or in the order that a head was clicked for. */
export function arrangeMatrix(
  model: ReportModel,
  rows: readonly MatrixRow[],
  state: MatrixState,
): readonly MatrixGroup[] {
  const kept = rows.filter((row) => fits(row, state));
  if (state.sort) {
    const { column, descending } = state.sort;
    const position = model.guidelines.findIndex((guideline) => keyOfGuideline(model, guideline) === column);
    const sign = descending ? -1 : 1;
    const rank = (row: MatrixRow): number => rankOf(row.cells[position] ?? null);
    const sorted =
      position < 0
        ? [...kept].sort((a, b) => sign * (a.capability.name < b.capability.name ? -1 : 1))
        : // Equal ones stay by name both ways.
          [...kept].sort((a, b) => sign * (rank(a) - rank(b)));
    return sorted.length > 0 ? [{ project: '', rows: sorted }] : [];
  }
  const projects = [...new Set(kept.map(({ capability }) => capability.project))];
  return projects.map((project) => ({ project, rows: kept.filter((row) => row.capability.project === project) }));
}

function fits({ capability, cells }: MatrixRow, state: MatrixState): boolean {
  const words = state.text.toLowerCase().split(/\s+/).filter(Boolean);
  const text = `${capability.name} ${capability.project} ${capability.description}`.toLowerCase();
  return (
    words.every((word) => text.includes(word)) &&
    (state.project === '' || capability.project === state.project) &&
    cells.some((cell) => cell !== null && fitsCell(cell, state))
  );
}

/** One cell has to fit as a whole: "required and linux" is one guideline that requires it at that level. */
function fitsCell(cell: ReportCell, { status, level, flaggedOnly }: MatrixState): boolean {
  return (
    (status === '' || cell.status === status) &&
    compareLevels(cell.level ?? 'api', level) >= 0 &&
    (!flaggedOnly || countFlags(cell) > 0)
  );
}

/** Higher demands first, then stronger statuses; a capability that is not there last. */
function rankOf(cell: ReportCell | null): number {
  if (cell === null) return -1;
  const strength = cell.status === null ? 0 : CAPABILITY_STATUSES.length - CAPABILITY_STATUSES.indexOf(cell.status);
  return 1 + strength + 10 * Math.max(0, compareLevels(cell.level ?? 'api', 'api'));
}

export function countFlags(cell: ReportCell): number {
  return cell.entries.filter(({ flag }) => flag !== null).length;
}

/** The shown rows as comma-separated values: status, level and flags of each guideline in columns of their own. */
export function printMatrixCsv(model: ReportModel, groups: readonly MatrixGroup[]): string {
  const heads = model.guidelines.flatMap(({ id }) => [`${id} status`, `${id} level`, `${id} tests`, `${id} flagged`]);
  const rows = groups.flatMap(({ rows: members }) => members);
  return printTable(
    ['Capability', 'Project', ...heads],
    rows.map(({ capability, cells }) => [capability.name, capability.project, ...cells.flatMap(printCell)]),
  );
}

function printCell(cell: ReportCell | null): readonly string[] {
  if (cell === null) return ['', '', '', ''];
  return [cell.status ?? 'unlisted', cell.level ?? '', String(cell.entries.length), String(countFlags(cell))];
}
