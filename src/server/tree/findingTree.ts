import type { IndexView } from '../../engine/indexView';
import { findGuestRule } from '../../guest/catalogue/rules';
import { highestLevel } from '../../model/guestLevel';
import type { FindingGrouping, TreeFilter, TreeNode } from '../../protocol/treeMessages';
import { toRange } from '../convert';
import { describeLevel } from '../present/levelText';
import { count } from '../present/markdown';
import { fileNameOf } from '../present/places';
import { type FindingRow, listFindingRows } from './findingRows';
import { isOpenFilter, makeLeafTest } from './treeFilter';
import { groupBy } from '../../model/groupBy';
import { joinKey, joinLines, joinParts, splitKey } from './treeKeys';

/** The findings that a filter leaves, by file and place. */
export function filterFindings(view: IndexView, filter: TreeFilter): readonly FindingRow[] {
  const rows = listFindingRows(view);
  if (isOpenFilter(filter)) return rows;
  const fits = makeLeafTest({ ...filter, states: [] });
  return rows.filter((row) => fits({ ...row, state: null }));
}

/**
 * Children in the tree of guest findings: rule → file → site, or capability → file → site, where a site stands below every
 * capability that gets there.
 * @param parent key of a node, or null for the rules or capabilities
 */
export function listFindingTree(
  view: IndexView,
  parent: string | null,
  filter: TreeFilter,
  grouping: FindingGrouping,
): readonly TreeNode[] {
  const rows = filterFindings(view, filter);
  if (parent === null) return grouping === 'rule' ? ruleNodes(rows) : groupNodes(rows);
  const [kind = '', group = '', uri, site] = splitKey(parent);
  if (site !== undefined) return [];
  const inGroup = rows.filter((row) => groupsOf(row, kind).includes(group));
  if (uri === undefined) {
    const files = groupBy(inGroup, (row) => row.finding.uri);
    return [...files].map(([file, found]) => fileNode(parent, file, found));
  }
  return inGroup.filter((row) => row.finding.uri === uri).map((row) => siteNode(view, parent, row, kind));
}

/** Keys from the root to a finding, below the first of its groups. */
export function keysOfFinding(row: FindingRow, grouping: FindingGrouping): readonly string[] {
  const group = joinKey(grouping, groupsOf(row, grouping)[0] ?? '');
  const file = joinKey(group, row.finding.uri);
  return [group, file, joinKey(file, row.finding.rule, row.text, String(row.occurrence))];
}

/** What a row stands below: its rule, or its capabilities ("" for none). */
function groupsOf({ finding, capabilities }: FindingRow, grouping: string): readonly string[] {
  if (grouping === 'rule') return [finding.rule];
  return capabilities.length > 0 ? capabilities : [''];
}

function ruleNodes(rows: readonly FindingRow[]): readonly TreeNode[] {
  const groups = [...groupBy(rows, (row) => row.finding.rule)].sort(([a], [b]) => (a < b ? -1 : 1));
  return groups.map(([id, found]) => {
    const rule = findGuestRule(id);
    return {
      ...BARE,
      key: joinKey('rule', id),
      kind: 'rule',
      label: rule ? `${id} ${rule.name}` : id,
      description: joinParts([rule?.level ?? '', countSites(found), countFiles(found)]),
      tooltip: joinLines([rule?.summary ?? '', rule?.level ? `${rule.level}: ${describeLevel(rule.level)}` : '']),
      expandable: true,
      level: rule?.level ?? null,
      name: id,
    };
  });
}

function groupNodes(rows: readonly FindingRow[]): readonly TreeNode[] {
  const byCapability = new Map<string, FindingRow[]>();
  for (const row of rows) {
    for (const capability of groupsOf(row, 'capability')) {
      const group = byCapability.get(capability);
      if (group) group.push(row);
      else byCapability.set(capability, [row]);
    }
  }
  // Those that nothing current asks for come last.
  const groups = [...byCapability].sort(([a], [b]) => Number(a === '') - Number(b === '') || (a < b ? -1 : 1));
  return groups.map(([capability, found]) => {
    const levels = found.flatMap((row) => row.level ?? []);
    const level = levels.length > 0 ? highestLevel(levels) : null;
    return {
      ...BARE,
      key: joinKey('capability', capability),
      kind: 'group',
      label: capability === '' ? 'in no current guideline' : capability,
      description: joinParts([level ?? '', countSites(found), countFiles(found)]),
      tooltip:
        capability === ''
          ? 'Sites that no test of the current guidelines reaches.'
          : `Sites that tests of ${capability} reach in the current guidelines.`,
      expandable: true,
      level,
      name: capability,
    };
  });
}

function fileNode(parent: string, uri: string, rows: readonly FindingRow[]): TreeNode {
  const path = rows[0]?.path ?? uri;
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
  return {
    ...BARE,
    key: joinKey(parent, uri),
    kind: 'file',
    label: fileNameOf(uri),
    description: joinParts([folder, countSites(rows)]),
    tooltip: path,
    expandable: true,
    target: { uri, range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } },
    name: path,
  };
}

function siteNode(view: IndexView, parent: string, row: FindingRow, grouping: string): TreeNode {
  const { finding, text, level } = row;
  const range = toRange(view, finding.uri, finding.range);
  const tests = finding.tests?.length ?? 0;
  return {
    ...BARE,
    key: joinKey(parent, finding.rule, text, String(row.occurrence)),
    kind: 'site',
    label: text === '' ? finding.rule : text,
    description: joinParts([
      grouping === 'rule' ? '' : finding.rule,
      level ?? '',
      `line ${String(range.start.line + 1)}`,
      tests > 0 ? count(tests, 'test') : '',
      row.statuses.includes('required') ? 'required' : '',
    ]),
    tooltip: joinLines([
      finding.message,
      row.capabilities.length > 0 ? `capabilities: ${row.capabilities.join(', ')}` : 'in no current guideline',
    ]),
    expandable: false,
    level,
    target: { uri: finding.uri, range },
    evidence: finding.flows.length > 0 ? { uri: finding.uri, position: range.start } : null,
    name: text,
  };
}

/** What most nodes do not have. */
const BARE = { level: null, target: null, entry: null, evidence: null, id: null } as const;

function countSites(rows: readonly FindingRow[]): string {
  return count(rows.length, 'site');
}

function countFiles(rows: readonly FindingRow[]): string {
  const files = new Set(rows.map((row) => row.finding.uri)).size;
  return files > 1 ? `${String(files)} files` : '';
}
