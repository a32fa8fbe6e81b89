import type { FunctionFacts } from '../model/facts';
import type { Finding, Fix } from '../model/finding';
import { askInstead, isMethodCall, type Call } from './askInstead';
import { walkNodes } from './findNode';
import type { FixContext, Offer } from './fixContext';
import { fixOnTheWay, type PlaceOnTheWay } from './placesOnTheWay';
import { findServerId } from './serverId';

/**
 * The guest's boot time before and after → the number of actions that Nova has taken on the server, which grows with a reboot, so that
 * the comparison stays as it is. Only where two boot times of one function are compared and nothing else is done with them.
 */
export function askApiForBootTime(finding: Finding, context: FixContext): Offer {
  if (!finding.message.includes('/proc/uptime')) return 'what the file is read for decides what replaces it';
  const offer = fixOnTheWay(finding, context, countActions);
  return offer === '' ? 'what the boot time is for is not plain on the way to it' : offer;
}

function countActions({ file, fn, range }: PlaceOnTheWay): Fix | string {
  const calls = [...walkNodes(fn.body)].filter(
    (node): node is Call => node.k === 'call' && isMethodCall(node, 'get_boot_time'),
  );
  if (!calls.some((call) => call.s <= range.start && range.end <= call.e)) return '';
  const names = keptNames(fn, calls);
  if (names === null || !comparesOnce(fn, names)) return 'the boot times are used for more than one comparison';
  if (!reboots(fn)) return 'no reboot by the API stands beside the boot times';
  const server = findServerId(fn, file);
  if (server === null) return 'which server boots is not written plainly';
  const answer = {
    callee: 'len(self.servers_client.list_instance_actions',
    argument: server,
    tail: "['instanceActions'])",
  };
  const edits = askInstead(file, fn, calls, answer, null);
  if (typeof edits === 'string') return edits;
  return {
    id: 'boot-time-api',
    title: `Count the instance actions in ${fn.qualname}`,
    safe: false,
    note: 'Proves that Nova did the reboot, no longer that the guest came up anew; the names speak of times still.',
    edits,
    mayLeave: ['IL201'],
  };
}

/** The names that hold the values, when each is kept in one of its own. */
function keptNames(fn: FunctionFacts, calls: readonly Call[]): string[] | null {
  const names: string[] = [];
  for (const node of walkNodes(fn.body)) {
    if (node.k !== 'assign' || !calls.some((call) => call === node.value)) continue;
    const [target] = node.targets;
    if (target?.k === 'name' && node.targets.length === 1) names.push(target.id);
  }
  return names.length === 2 && calls.length === 2 && names[0] !== names[1] ? names : null;
}

/** `assertGreater(new, old, …)` and nothing else, its message apart. */
function comparesOnce(fn: FunctionFacts, [old, fresh]: readonly string[]): boolean {
  const isName = (node: unknown, id: string | undefined): boolean =>
    typeof node === 'object' && node !== null && 'k' in node && node.k === 'name' && 'id' in node && node.id === id;
  const comparisons = [...walkNodes(fn.body)].filter(
    (node): node is Call =>
      node.k === 'call' &&
      isMethodCall(node, 'assertGreater') &&
      isName(node.args[0], fresh) &&
      isName(node.args[1], old),
  );
  const [only] = comparisons;
  if (only === undefined || comparisons.length !== 1) return false;
  for (const node of walkNodes(fn.body)) {
    if (node.k !== 'name' || (node.id !== old && node.id !== fresh)) continue;
    const isTarget = [...walkNodes(fn.body)].some(
      (one) => one.k === 'assign' && one.targets.some((target) => target === node),
    );
    if (!isTarget && (node.s < only.s || node.e > only.e)) return false;
  }
  return true;
}

function reboots(fn: FunctionFacts): boolean {
  return [...walkNodes(fn.body)].some((node) => node.k === 'call' && isMethodCall(node, 'reboot_server'));
}
