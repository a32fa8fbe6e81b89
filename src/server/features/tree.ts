import type { IndexView } from '../../engine/indexView';
import type { Capability, Guideline } from '../../model/guideline';
import type { TraceEntry } from '../../model/trace';
import type { TreeNode } from '../../protocol/messages';
import { compareGuidelines } from '../../guideline/guidelineOrder';
import { highestLevel } from '../../model/guestLevel';
import { toRange } from '../convert';
import { statusesOf, tracedEntry } from '../locate';
import { describeFlag, describeState, describeStatuses } from '../present/entryText';
import { describeLevel, levelBadge } from '../present/levelText';
import { count } from '../present/markdown';
import { fileNameOf } from '../present/places';

/** Key parts: guideline address, capability name, entry name, place in the list (a name may occur twice). A tab occurs in none of them. */
const SEPARATOR = '\t';

/** The children of a tree node; of no parent the guidelines, newest first. Nothing before the index is complete. */
export function listTree(view: IndexView, parent: string | undefined): readonly TreeNode[] {
  if (!view.complete) return [];
  if (parent === undefined)
    return [...view.guidelines()].sort(compareGuidelines).map((guideline) => guidelineNode(view, guideline));
  const [uri = '', capabilityName] = parent.split(SEPARATOR);
  const guideline = view.guideline(uri);
  if (!guideline) return [];
  if (capabilityName === undefined) return guideline.capabilities.map((each) => capabilityNode(view, guideline, each));
  const capability = guideline.capabilities.find((candidate) => candidate.name.value === capabilityName);
  return (capability?.tests ?? []).flatMap((test, index) => {
    const entry = tracedEntry(view, guideline, test);
    return entry ? [testNode(view, entry, index)] : [];
  });
}

function guidelineNode(view: IndexView, guideline: Guideline): TreeNode {
  const { uri, id, status, capabilities } = guideline;
  const parts = [status?.value ?? '', count(capabilities.length, 'capability', 'capabilities')].filter(
    (part) => part !== '',
  );
  return {
    key: uri,
    kind: 'guideline',
    label: id.value || fileNameOf(uri),
    description: parts.join(' · '),
    tooltip: `${uri}\nschema ${guideline.schemaVersion.value || 'unknown'}`,
    expandable: capabilities.length > 0,
    target: { uri, range: toRange(view, uri, id.range) },
  };
}

function capabilityNode(view: IndexView, guideline: Guideline, capability: Capability): TreeNode {
  const entries = capability.tests.flatMap((test) => tracedEntry(view, guideline, test) ?? []);
  const demands = entries.flatMap(({ target }) => (target ? (view.demand(target.name) ?? []) : []));
  const level = demands.length > 0 ? highestLevel(demands.map((demand) => demand.level)) : null;
  const statuses = describeStatuses(statusesOf(guideline, capability.name.value));
  return {
    key: [guideline.uri, capability.name.value].join(SEPARATOR),
    kind: 'capability',
    label: capability.name.value,
    description: [level ?? '', statuses, count(capability.tests.length, 'test')]
      .filter((part) => part !== '')
      .join(' · '),
    tooltip: [capability.description?.value ?? '', level ? `${level}: ${describeLevel(level)}` : '']
      .filter((line) => line !== '')
      .join('\n'),
    expandable: capability.tests.length > 0,
    target: { uri: guideline.uri, range: toRange(view, guideline.uri, capability.name.range) },
  };
}

function testNode(view: IndexView, entry: TraceEntry, index: number): TreeNode {
  const { guideline, capability, target } = entry;
  const demand = target ? view.demand(target.name) : undefined;
  const name = entry.entry.name.value;
  const parts = [
    demand ? levelBadge(demand) : '',
    entry.state === 'ok' ? '' : entry.state,
    entry.entry.flag ? describeFlag(entry.entry.flag) : '',
  ];
  const place = target
    ? { uri: target.definition.uri, range: target.definition.nameRange }
    : { uri: guideline.uri, range: entry.entry.name.range };
  return {
    key: [guideline.uri, capability.name.value, name, String(index)].join(SEPARATOR),
    kind: 'test',
    label: name.split('.').slice(-2).join('.'),
    description: parts.filter((part) => part !== '').join(' · '),
    tooltip: [
      name,
      `${entry.state}: ${describeState(entry.state)}`,
      demand ? `${demand.level}: ${describeLevel(demand.level)}` : '',
    ]
      .filter((line) => line !== '')
      .join('\n'),
    expandable: false,
    target: { uri: place.uri, range: toRange(view, place.uri, place.range) },
  };
}
