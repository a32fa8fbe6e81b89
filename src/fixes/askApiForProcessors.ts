import type { Finding, Fix } from '../model/finding';
import { askInstead, isMethodCall } from './askInstead';
import { findNodePath, type NodePath, type SyntaxNode } from './findNode';
import { NOT_INDEXED, openFixFile, type FixContext, type FixFile, type Offer } from './fixContext';
import { findServerId } from './serverId';

/** Commands that print how many processors the guest has, and nothing else. */
const PROCESSOR_COUNTS: ReadonlySet<string> = new Set([
  'grep -c ^processor /proc/cpuinfo',
  "grep -c '^processor' /proc/cpuinfo",
  'cat /proc/cpuinfo | grep processor | wc -l',
  'cat /proc/cpuinfo | grep -c processor',
  'grep -c processor /proc/cpuinfo',
]);

/** QF2: a guest that is asked for its processors → the hypervisor's diagnostics; or a command that more guests have. */
export function askApiForProcessors(finding: Finding, context: FixContext): Offer {
  const file = openFixFile(finding.uri, context);
  if (file === null) return NOT_INDEXED;
  const path = findNodePath(file.facts, finding.range);
  const literal = path.nodes[path.nodes.length - 1];
  if (literal?.k !== 'str' || !PROCESSOR_COUNTS.has(literal.v.trim()))
    return 'the command asks for more than the number of processors';
  const parent = path.nodes[path.nodes.length - 2];
  if (parent?.k === 'fstr' || parent?.k === 'bin' || parent?.k === 'attr')
    return 'the command is only a part of the text that is run';
  const diagnostics = askDiagnostics(file, path);
  return typeof diagnostics === 'string' ? [askGetconf(file, literal)] : [diagnostics, askGetconf(file, literal)];
}

function askDiagnostics(file: FixFile, { fn, nodes }: NodePath): Fix | string {
  const literal = nodes[nodes.length - 1];
  const call = nodes[nodes.length - 2];
  const server = fn === null ? null : findServerId(fn, file);
  if (fn === null || server === null) return 'which server is asked is not written plainly';
  if (call?.k !== 'call' || call.args[0] !== literal || !isMethodCall(call, 'exec_command'))
    return 'the command is no argument of exec_command';
  const answer = {
    callee: 'self.os_admin.servers_client.show_server_diagnostics',
    argument: server,
    tail: "['num_cpus']",
  };
  const edits = askInstead(file, fn, [call], answer, { microversion: '2.48', admin: true });
  if (typeof edits === 'string') return edits;
  return {
    id: 'QF2',
    title: 'Ask the server diagnostics for `num_cpus`',
    safe: false,
    note: 'Asks the hypervisor, no longer the guest; all tests of the class then need admin credentials and microversion 2.48.',
    edits,
    mayLeave: ['IL201'],
  };
}

function askGetconf(file: FixFile, literal: SyntaxNode): Fix {
  const quote = file.text.charAt(literal.e - 1);
  return {
    id: 'QF2-guest',
    title: 'Ask `getconf _NPROCESSORS_ONLN`',
    safe: false,
    note: 'May work on glibc, BSD and macOS guests; BusyBox has no getconf.',
    edits: [
      {
        uri: file.uri,
        range: { start: literal.s, end: literal.e },
        newText: `${quote}getconf _NPROCESSORS_ONLN${quote}`,
      },
    ],
  };
}
