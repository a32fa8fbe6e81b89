import type { Finding, Fix } from '../model/finding';
import { findNodePath, walkNodes, type SyntaxNode } from './findNode';
import { openFixFile, type FixContext } from './fixContext';

/** What shows that the function that waits goes on to run commands in the guest. */
const COMMAND_CALLS: ReadonlySet<string> = new Set([
  'exec_command',
  'RemoteClient',
  'get_remote_client',
  'create_timestamp',
  'get_timestamp',
]);
const MAX_PLACES = 3;

/**
 * QF3: `wait_until='SSHABLE'` → `'PINGABLE'`, at the finding or at the calls that lead to it. Only where the function runs no
 * command in the guest itself; whether its test does elsewhere is for the person to see.
 */
export function waitForPing(finding: Finding, context: FixContext): Fix[] {
  const places = [finding, ...finding.flows.flat()];
  const fixes = new Map<string, Fix>();
  for (const place of places) {
    const file = openFixFile(place.uri, context);
    if (file === null || fixes.size >= MAX_PLACES) continue;
    const path = findNodePath(file.facts, place.range);
    const literal = path.nodes.map(findSshable).find((one) => one !== null) ?? null;
    if (literal === null || path.fn === null || runsCommands(path.fn.body)) continue;
    const word = { start: literal.start, end: literal.end };
    if (file.text.slice(word.start, word.end) !== 'SSHABLE') continue;
    fixes.set(`${place.uri} ${word.start}`, {
      title: `Wait for PINGABLE instead of SSHABLE in ${path.fn.qualname}`,
      safe: false,
      note: 'Only where no guest command follows; the security group has to allow ICMP.',
      edits: [{ uri: place.uri, range: word, newText: 'PINGABLE' }],
    });
  }
  return [...fixes.values()];
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
