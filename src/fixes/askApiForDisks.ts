import type { FunctionFacts } from '../model/facts';
import type { Finding, Fix } from '../model/finding';
import { askInstead, isMethodCall, type Call } from './askInstead';
import { walkNodes, type SyntaxNode } from './findNode';
import type { FixContext, Offer } from './fixContext';
import { fixOnTheWay, type PlaceOnTheWay } from './placesOnTheWay';
import { findServerId } from './serverId';

/**
 * QF5: the disks that the guest lists → the attachments that Nova knows. The finding stands in the helper, so the calls of
 * `list_disks()` on the way there are rewritten, all of one function together: counts of both kinds cannot be compared.
 */
export function askApiForDisks(finding: Finding, context: FixContext): Offer {
  const offer = fixOnTheWay(finding, context, listAttachments);
  return offer === '' ? 'what the list of disks is for is not plain on the way to it' : offer;
}

function listAttachments({ file, fn, range }: PlaceOnTheWay): Fix | string {
  const calls = [...walkNodes(fn.body)].filter(
    (node): node is Call => node.k === 'call' && isMethodCall(node, 'list_disks') && node.args.length === 0,
  );
  if (!calls.some((call) => call.s <= range.start && range.end <= call.e)) return '';
  const server = findServerId(fn, file);
  if (server === null) return 'which server has the disks is not written plainly';
  if (!onlyCounts(fn, calls)) return 'the names of the disks are used, not only their number';
  const answer = {
    callee: 'self.servers_client.list_volume_attachments',
    argument: server,
    tail: "['volumeAttachments']",
  };
  const edits = askInstead(file, fn, calls, answer, null);
  if (typeof edits === 'string') return edits;
  return {
    id: 'QF5',
    title: `Count the volume attachments in ${fn.qualname}`,
    safe: false,
    note: 'Proves what Nova attached, no longer that the guest saw the disk.',
    edits,
    mayLeave: ['IL201'],
  };
}

/** True when each list is kept in a name that is only ever counted: the entries are of another shape afterwards. */
function onlyCounts(fn: FunctionFacts, calls: readonly Call[]): boolean {
  const nodes = [...walkNodes(fn.body)];
  const kept = nodes.flatMap((node) =>
    node.k === 'assign' && calls.some((call) => call === node.value) ? [node] : [],
  );
  if (kept.length !== calls.length) return false;
  const names = new Set(kept.flatMap((one) => one.targets.map((target) => (target.k === 'name' ? target.id : ''))));
  const targets = new Set<SyntaxNode>(kept.flatMap((one) => one.targets));
  const counted = new Set<SyntaxNode>(
    nodes.flatMap((node) => (node.k === 'call' && node.fn.k === 'name' && node.fn.id === 'len' ? node.args : [])),
  );
  return nodes.every((node) => node.k !== 'name' || !names.has(node.id) || targets.has(node) || counted.has(node));
}
