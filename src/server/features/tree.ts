import type { IndexView } from '../../engine/indexView';
import { pickCurrentGuidelines } from '../../guideline/guidelineOrder';
import { GUEST_LEVELS } from '../../model/guestLevel';
import { CAPABILITY_STATUSES } from '../../model/guideline';
import { LINK_STATES } from '../../model/trace';
import {
  type FindingGrouping,
  type TreeArguments,
  type TreeFacet,
  type TreeNode,
  type TreePathArguments,
  type TreeStatus,
  type TreeSummary,
  type TreeSummaryArguments,
} from '../../protocol/treeMessages';
import { touches } from '../convert';
import { locateInGuideline, testsAt } from '../locate';
import { needsLinux } from '../present/levelText';
import { listFindingRows } from '../tree/findingRows';
import { filterFindings, keysOfFinding, listFindingTree } from '../tree/findingTree';
import { filterRows, keysOfRow, listGuidelineTree } from '../tree/guidelineTree';
import { makeLeafTest, readFilter } from '../tree/treeFilter';
import { type EntryRow, rowsOfGuideline } from '../tree/treeRows';

const STATUS_ORDER: readonly TreeStatus[] = [...CAPABILITY_STATUSES, 'unlisted'];

/**
 * The children of tree nodes, one list for each parent. No list at all before the index is complete: links and levels could be wrong, and a
 * tree that shows something keeps it.
 */
export function listTree(view: IndexView, given: TreeArguments): readonly (readonly TreeNode[])[] {
  const parents: readonly (string | null)[] = Array.isArray(given.parents) ? given.parents : [null];
  if (!view.complete) return [];
  const filter = readFilter(given.filter);
  return parents.map((parent) =>
    given.tree === 'findings'
      ? listFindingTree(view, parent, filter, readGrouping(given.grouping))
      : listGuidelineTree(view, parent, filter),
  );
}

/**
 * The nodes from the root to what stands at a place, under a filter: to the entry of a test in the newest guideline that names it (or
 * to the entry or capability of a guideline file), or to a guest finding. Empty when nothing stands there, or the filter hides it.
 */
export function findTreePath(view: IndexView, given: TreePathArguments): readonly TreeNode[] {
  if (!view.complete || view.text(given.uri) === undefined) return [];
  const offset = view.offsetAt(given.uri, given.position);
  const keys = given.tree === 'findings' ? findingKeys(view, given, offset) : entryKeys(view, given, offset);
  const nodes: TreeNode[] = [];
  for (const [index, key] of keys.entries()) {
    const parent = index === 0 ? null : (keys[index - 1] ?? null);
    const [children = []] = listTree(view, { ...given, parents: [parent] });
    const node = children.find((candidate) => candidate.key === key);
    if (!node) return [];
    nodes.push(node);
  }
  return nodes;
}

function entryKeys(view: IndexView, { uri, filter }: TreePathArguments, offset: number): readonly string[] {
  const guideline = view.guideline(uri);
  if (guideline) {
    const place = locateInGuideline(guideline, offset);
    if (!place?.capability) return [];
    const rows = filterRows(view, guideline, readFilter(filter)).filter((row) => row.capability === place.capability);
    if (place.kind !== 'entry') return rows[0] ? keysOfRow({ ...rows[0], entry: null }) : [];
    const row = rows.find((candidate) => candidate.entry?.entry.range.start === place.entry.range.start);
    return row ? keysOfRow(row) : [];
  }
  const names = new Set(testsNear(view, uri, offset));
  for (const candidate of guidelinesByWeight(view)) {
    const rows = filterRows(view, candidate, readFilter(filter));
    const row = rows.find(({ entry }) => entry?.target && names.has(entry.target.name));
    if (row) return keysOfRow(row);
  }
  return [];
}

/** Tests whose name stands at the offset, else those in whose body it is. */
function testsNear(view: IndexView, uri: string, offset: number): readonly string[] {
  const named = testsAt(view, uri, offset);
  const near =
    named.length > 0 ? named : view.testsDefinedIn(uri).filter((test) => touches(test.definition.range, offset));
  return near.map((test) => test.name);
}

/** The current guidelines first, the newest dated one before the draft; then the others, newest first. */
function guidelinesByWeight(view: IndexView): ReturnType<IndexView['guidelines']> {
  return [...new Set([...pickCurrentGuidelines(view.guidelines()), ...view.guidelines()])];
}

function findingKeys(view: IndexView, given: TreePathArguments, offset: number): readonly string[] {
  const rows = filterFindings(view, readFilter(given.filter)).filter(({ finding }) => finding.uri === given.uri);
  const { line } = given.position;
  const row =
    rows.find(({ finding }) => touches(finding.range, offset)) ??
    rows.find(({ finding }) => view.positionAt(given.uri, finding.range.start).line === line);
  return row ? keysOfFinding(row, readGrouping(given.grouping)) : [];
}

/** What a tree holds, and what the filter leaves of it. */
export function summarizeTree(view: IndexView, { tree, filter }: TreeSummaryArguments): TreeSummary {
  if (!view.complete) return EMPTY;
  return tree === 'findings' ? summarizeFindings(view, filter) : summarizeGuidelines(view, filter);
}

const EMPTY: TreeSummary = {
  shown: 0,
  total: 0,
  telling: 0,
  files: 0,
  levels: [],
  statuses: [],
  programs: [],
  states: [],
};

function summarizeGuidelines(view: IndexView, filter: TreeSummaryArguments['filter']): TreeSummary {
  const fits = makeLeafTest(readFilter(filter));
  const rows = view.guidelines().flatMap((guideline) => rowsOfGuideline(view, guideline));
  const shown = rows.filter((row) => fits({ ...row, statuses: [row.status] }));
  return {
    shown: countEntries(shown),
    total: countEntries(rows),
    telling: countEntries(shown.filter(({ level }) => level !== null && needsLinux(level))),
    files: view.guidelines().length,
    levels: countValues(rows, ({ level }) => (level ? [level] : []), GUEST_LEVELS),
    statuses: countValues(rows, ({ status }) => [status], STATUS_ORDER),
    programs: countValues(rows, ({ programs }) => programs, null),
    states: countValues(rows, ({ state }) => (state ? [state] : []), LINK_STATES),
  };
}

function summarizeFindings(view: IndexView, filter: TreeSummaryArguments['filter']): TreeSummary {
  const rows = listFindingRows(view);
  const shown = filterFindings(view, readFilter(filter));
  return {
    shown: shown.length,
    total: rows.length,
    telling: shown.filter(({ statuses }) => statuses.includes('required')).length,
    files: new Set(shown.map(({ finding }) => finding.uri)).size,
    levels: countValues(rows, ({ level }) => (level ? [level] : []), GUEST_LEVELS),
    statuses: countValues(rows, ({ statuses }) => statuses, STATUS_ORDER),
    programs: countValues(rows, ({ programs }) => programs, null),
    states: [],
  };
}

/** An entry whose capability stands under two components counts once. */
function countEntries(rows: readonly EntryRow[]): number {
  return new Set(rows.flatMap((row) => row.entry ?? [])).size;
}

/** How often each value occurs, in the given order, or by name where there is none. */
function countValues<Row, T extends string>(
  rows: readonly Row[],
  valuesOf: (row: Row) => readonly T[],
  order: readonly T[] | null,
): readonly TreeFacet<T>[] {
  const counts = new Map<T, number>();
  for (const row of rows) for (const value of valuesOf(row)) counts.set(value, (counts.get(value) ?? 0) + 1);
  const values = order ?? [...counts.keys()].sort();
  return values.flatMap((value) => {
    const amount = counts.get(value);
    return amount === undefined ? [] : [{ value, count: amount }];
  });
}

function readGrouping(grouping: unknown): FindingGrouping {
  return grouping === 'capability' ? 'capability' : 'rule';
}
