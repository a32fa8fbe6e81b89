import type { IndexView } from '../../engine/indexView';
import { compareGuidelines } from '../../guideline/guidelineOrder';
import { CAPABILITY_STATUSES, type Guideline } from '../../model/guideline';
import { highestLevel } from '../../model/guestLevel';
import type { TextRange } from '../../model/text';
import type { TreeFilter, TreeNode, TreeTarget } from '../../protocol/treeMessages';
import { toRange } from '../convert';
import { describeFlag, describeState } from '../present/entryText';
import { describeLevel, levelBadge, needsLinux, pickEvidence } from '../present/levelText';
import { count } from '../present/markdown';
import { fileNameOf } from '../present/places';
import { isOpenFilter, makeLeafTest } from './treeFilter';
import { groupBy } from '../../model/groupBy';
import { joinKey, joinLines, joinParts, splitKey } from './treeKeys';
import { type EntryRow, rowsOfGuideline } from './treeRows';

const STATUS_ORDER = [...CAPABILITY_STATUSES, 'unlisted'] as const;

/** The rows of a guideline that a filter leaves. */
export function filterRows(view: IndexView, guideline: Guideline, filter: TreeFilter): readonly EntryRow[] {
  const rows = rowsOfGuideline(view, guideline);
  if (isOpenFilter(filter)) return rows;
  const fits = makeLeafTest(filter);
  return rows.filter((row) => fits({ ...row, statuses: [row.status] }));
}

/**
 * Children in the tree guideline → component → status → capability → test. Capabilities that no component lists stand below a node
 * of their own; where a guideline has no components at all (schema 1.0) they stand below the guideline.
 * @param parent key of a node, or null for the guidelines, newest first
 */
export function listGuidelineTree(view: IndexView, parent: string | null, filter: TreeFilter): readonly TreeNode[] {
  if (parent === null)
    return [...view.guidelines()]
      .sort(compareGuidelines)
      .flatMap((guideline) => guidelineNode(view, guideline, filter));
  const [uri = '', component, status, capability, test] = splitKey(parent);
  const guideline = view.guideline(uri);
  if (!guideline || test !== undefined) return [];
  const rows = filterRows(view, guideline, filter);
  if (component === undefined) {
    const components = groupBy(rows, (row) => row.component);
    if (components.size === 1 && components.has('') && guideline.components.length === 0)
      return capabilityNodes(view, rows);
    return [...components.values()].map((group) => componentNode(view, group));
  }
  const ofComponent = rows.filter((row) => row.component === component);
  if (status === undefined)
    return component === '' ? capabilityNodes(view, ofComponent) : statusNodes(view, ofComponent);
  const ofStatus = ofComponent.filter((row) => row.status === status);
  if (capability === undefined) return capabilityNodes(view, ofStatus);
  return ofStatus.flatMap((row) => (row.capability.name.value === capability ? testNode(view, row) : []));
}

/** Keys from the root to a row, without those that the tree leaves out. */
export function keysOfRow({
  guideline,
  component,
  status,
  capability,
  entry,
  occurrence,
}: EntryRow): readonly string[] {
  const { uri } = guideline;
  const keys = [uri];
  if (guideline.components.length > 0) keys.push(joinKey(uri, component));
  if (component !== '') keys.push(joinKey(uri, component, status));
  const ofCapability = joinKey(uri, component, status, capability.name.value);
  keys.push(ofCapability);
  if (entry) keys.push(joinKey(ofCapability, entry.entry.name.value, String(occurrence)));
  return keys;
}

function guidelineNode(view: IndexView, guideline: Guideline, filter: TreeFilter): readonly TreeNode[] {
  const { uri, id, status, capabilities } = guideline;
  const isOpen = isOpenFilter(filter);
  const rows = isOpen ? null : filterRows(view, guideline, filter);
  if (rows?.length === 0) return [];
  const shown = rows ? groupBy(rows, (row) => row.capability.name.value).size : capabilities.length;
  const label = id.value || fileNameOf(uri);
  return [
    {
      ...BARE,
      key: uri,
      kind: 'guideline',
      label,
      description: joinParts([
        status?.value ?? '',
        count(shown, 'capability', 'capabilities'),
        rows ? count(countEntries(rows), 'test') : '',
      ]),
      tooltip: joinLines([uri, `schema ${guideline.schemaVersion.value || 'unknown'}`]),
      expandable: capabilities.length > 0,
      target: targetOf(view, uri, id.range),
      name: label,
    },
  ];
}

function componentNode(view: IndexView, rows: readonly EntryRow[]): TreeNode {
  const [{ guideline, component, programs } = NO_ROW] = rows;
  const byStatus = groupBy(rows, (row) => row.status);
  const counts = STATUS_ORDER.flatMap((status) => {
    const group = byStatus.get(status);
    return group && status !== 'unlisted' ? [`${String(countCapabilities(group))} ${status}`] : [];
  });
  const uri = guideline?.uri ?? '';
  const range = guideline?.components.find(({ name }) => name.value === component)?.name.range;
  const isListed = component !== '';
  return {
    ...BARE,
    key: joinKey(uri, component),
    kind: 'component',
    label: isListed ? component : 'in no component',
    description: isListed ? joinParts(counts) : count(countCapabilities(rows), 'capability', 'capabilities'),
    tooltip: isListed
      ? joinLines([`component ${component}`, programs.length > 0 ? `of ${programs.join(', ')}` : ''])
      : 'Capabilities that no component lists: no program asks for them.',
    expandable: true,
    target: range ? targetOf(view, uri, range) : null,
    name: component,
  };
}

function statusNodes(view: IndexView, rows: readonly EntryRow[]): readonly TreeNode[] {
  const groups = groupBy(rows, (row) => row.status);
  return STATUS_ORDER.flatMap((status) => {
    const group = groups.get(status);
    const [first] = group ?? [];
    if (!group || !first) return [];
    const { guideline, component } = first;
    return [
      {
        ...BARE,
        key: joinKey(guideline.uri, component, status),
        kind: 'status',
        label: status,
        description: joinParts([
          count(countCapabilities(group), 'capability', 'capabilities'),
          count(countEntries(group), 'test'),
          describeLinux(group),
        ]),
        tooltip: `${status} in ${component}`,
        expandable: true,
        target: statusTarget(view, first),
        name: status,
      } satisfies TreeNode,
    ];
  });
}

function statusTarget(view: IndexView, { guideline, component, status }: EntryRow): TreeTarget | null {
  const found = guideline.components.find(({ name }) => name.value === component);
  const range = status === 'unlisted' ? undefined : found?.capabilities[status][0]?.range;
  return range ? targetOf(view, guideline.uri, range) : null;
}

function capabilityNodes(view: IndexView, rows: readonly EntryRow[]): readonly TreeNode[] {
  return [...groupBy(rows, (row) => row.capability.name.value).values()].flatMap((group) => {
    const [first] = group;
    return first ? [capabilityNode(view, first, group)] : [];
  });
}

function capabilityNode(view: IndexView, first: EntryRow, rows: readonly EntryRow[]): TreeNode {
  const { guideline, component, status, capability } = first;
  const levels = rows.flatMap((row) => row.level ?? []);
  const level = levels.length > 0 ? highestLevel(levels) : null;
  const flagged = rows.filter(({ entry }) => entry?.entry.flag).length;
  const proof = rows.find((row) => row.level === level && row.demand && pickEvidence(row.demand));
  const tests = countEntries(rows);
  return {
    ...BARE,
    key: joinKey(guideline.uri, component, status, capability.name.value),
    kind: 'capability',
    label: capability.name.value,
    description: joinParts([
      level ?? '',
      count(tests, 'test'),
      tests > 1 ? describeLinux(rows) : '',
      flagged > 0 ? `${String(flagged)} flagged` : '',
    ]),
    tooltip: joinLines([
      capability.description?.value ?? '',
      level ? `${level}: ${describeLevel(level)}` : '',
      component === '' ? 'in no component' : `${status} in ${component}`,
    ]),
    expandable: tests > 0,
    level,
    target: targetOf(view, guideline.uri, capability.name.range),
    evidence: proof?.demand ? { test: proof.demand.test } : null,
    name: capability.name.value,
  };
}

function testNode(view: IndexView, row: EntryRow): readonly TreeNode[] {
  const { guideline, entry, demand, level } = row;
  if (!entry) return [];
  const { target, state } = entry;
  const name = entry.entry.name.value;
  const written = targetOf(view, guideline.uri, entry.entry.name.range);
  const evidence = demand ? pickEvidence(demand) : undefined;
  const sites = demand?.sites.filter((site) => !site.debugOnly).length ?? 0;
  return [
    {
      ...BARE,
      key: keysOfRow(row).at(-1) ?? '',
      kind: 'test',
      label: name.slice(name.lastIndexOf('.') + 1),
      description: joinParts([
        demand ? levelBadge(demand) : '',
        sites > 0 ? count(sites, 'site') : '',
        state === 'ok' ? '' : state,
        entry.entry.flag ? describeFlag(entry.entry.flag) : '',
        name.split('.').at(-2) ?? '',
      ]),
      tooltip: joinLines([
        name,
        target && target.name !== name ? `today ${target.name}` : '',
        `${state}: ${describeState(state)}`,
        level ? `${level}: ${describeLevel(level)}` : '',
        entry.entry.flag?.reason?.value ?? '',
      ]),
      expandable: false,
      level,
      target: target ? targetOf(view, target.definition.uri, target.definition.nameRange) : written,
      entry: written,
      evidence: evidence && demand ? { test: demand.test } : null,
      name: target?.name ?? name,
      id: entry.entry.id,
    },
  ];
}

const NO_ROW: Partial<EntryRow> & Pick<EntryRow, 'component' | 'programs'> = { component: '', programs: [] };

/** What most nodes do not have. */
const BARE = { level: null, target: null, entry: null, evidence: null, id: null } as const;

function countCapabilities(rows: readonly EntryRow[]): number {
  return new Set(rows.map((row) => row.capability)).size;
}

/** Entries, each once: a capability that stands under two components has its rows twice. */
function countEntries(rows: readonly EntryRow[]): number {
  return new Set(rows.flatMap((row) => row.entry ?? [])).size;
}

function describeLinux(rows: readonly EntryRow[]): string {
  const needing = new Set(rows.flatMap(({ entry, level }) => (entry && level && needsLinux(level) ? [entry] : [])))
    .size;
  return needing === 0 ? '' : needing === 1 ? '1 needs linux' : `${String(needing)} need linux`;
}

function targetOf(view: IndexView, uri: string, range: TextRange): TreeTarget {
  return { uri, range: toRange(view, uri, range) };
}
