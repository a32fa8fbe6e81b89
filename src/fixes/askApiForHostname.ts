import type { Finding } from '../model/finding';
import { askInstead, isMethodCall } from './askInstead';
import { findNodePath } from './findNode';
import { NOT_INDEXED, openFixFile, type FixContext, type Offer } from './fixContext';
import { findServerId } from './serverId';

/** The guest that is asked for its name → the name that Nova gave it (`OS-EXT-SRV-ATTR:hostname`, for everyone since 2.90). */
export function askApiForHostname(finding: Finding, context: FixContext): Offer {
  const file = openFixFile(finding.uri, context);
  if (file === null) return NOT_INDEXED;
  const { fn, nodes } = findNodePath(file.facts, finding.range);
  const literal = nodes[nodes.length - 1];
  const call = nodes[nodes.length - 2];
  if (literal?.k !== 'str' || literal.v.trim() !== 'hostname') return 'the command does more than print the name';
  if (call?.k !== 'call' || call.args[0] !== literal || !isMethodCall(call, 'exec_command'))
    return 'the command is no argument of exec_command';
  const server = fn === null ? null : findServerId(fn, file);
  if (fn === null || server === null) return 'which server is asked is not written plainly';
  const answer = {
    callee: 'self.servers_client.show_server',
    argument: server,
    tail: "['server']['OS-EXT-SRV-ATTR:hostname']",
  };
  const edits = askInstead(file, fn, [call], answer, { microversion: '2.90', admin: false });
  if (typeof edits === 'string') return edits;
  return [
    {
      id: 'hostname-api',
      title: 'Ask the API for `OS-EXT-SRV-ATTR:hostname`',
      safe: false,
      note: 'Proves the name that Nova gives, no longer that the guest took it; all tests of the class then need microversion 2.90.',
      edits,
      mayLeave: ['IL201'],
    },
  ];
}
