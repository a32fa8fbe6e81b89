import type { Finding, Fix } from '../model/finding';
import { findNodePath, walkNodes, type SyntaxNode } from './findNode';
import type { FixContext, Offer } from './fixContext';
import { fixOnTheWay, type PlaceOnTheWay } from './placesOnTheWay';

/** What shows that the function that waits goes on to run commands in the guest. */
const COMMAND_CALLS: ReadonlySet<string> = new Set([
  'exec_command',
  'RemoteClient',
  'get_remote_client',
  'create_timestamp',
  'get_timestamp',
]);

/**
 * QF3: `wait_until='SSHABLE'` → `'PINGABLE'`, at the finding or at the calls that lead to it. Only where the function runs no
 * command in the guest itself; whether its test does elsewhere is for the person to see.
 */
export function waitForPing(finding: Finding, context: FixContext): Offer {
  const offer = fixOnTheWay(finding, context, shortenWait);
  return offer === '' ? 'the login is what is tested, or no wait for SSHABLE is written on the way to it' : offer;
}

function shortenWait({ file, fn, range }: PlaceOnTheWay): Fix | string {
  const word =
    findNodePath(file.facts, range)
      .nodes.map(findSshable)
      .find((one) => one !== null) ?? null;
  if (word === null || file.text.slice(word.start, word.end) !== 'SSHABLE') return '';
  if (runsCommands(fn.body)) return 'a guest command follows in the same function';
  return {
    id: 'QF3',
    title: `Wait for PINGABLE instead of SSHABLE in ${fn.qualname}`,
    safe: false,
    note: 'Only where no guest command follows; the security group has to allow ICMP.',
    edits: [{ uri: file.uri, range: word, newText: 'PINGABLE' }],
    mayLeave: ['IL219'],
  };
}

/** Where the value stands, without its quotes, when the node is a call with `wait_until='SSHABLE'` or the literal itself. */
function findSshable(node: SyntaxNode): { start: number; end: number } | null {
  if (node.k === 'call') {
    const value = node.kw.find((keyword) => keyword.name === 'wait_until')?.value;
    return value === undefined ? null : findSshable(value);
  }
  if (node.k !== 'str' || node.v !== 'SSHABLE' || node.segments.length !== 4) return null;
  return { start: node.segments[2] ?? 0, end: node.segments[3] ?? 0 };
}

function runsCommands(body: readonly SyntaxNode[]): boolean {
  for (const node of walkNodes(body)) {
    if (node.k !== 'call') continue;
    const name = node.fn.k === 'attr' ? node.fn.attr : node.fn.k === 'name' ? node.fn.id : '';
    if (COMMAND_CALLS.has(name)) return true;
  }
  return false;
}
