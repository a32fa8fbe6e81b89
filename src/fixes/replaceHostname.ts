import type { Finding } from '../model/finding';
import { findNodePath, type NodePath } from './findNode';
import {
  MAX_COLUMNS,
  NOT_INDEXED,
  openFixFile,
  textBefore,
  textBehind,
  type FixContext,
  type Offer,
} from './fixContext';

const COMMANDS: ReadonlySet<string> = new Set(['hostname', '/bin/hostname']);

/**
 * QF1: `hostname` → `uname -n`, which POSIX has. Only where the literal is that one command and nothing else (options make
 * hostname do other things, and a text shared with other commands may be read by someone else), and only as an argument.
 */
export function replaceHostname(finding: Finding, context: FixContext): Offer {
  const file = openFixFile(finding.uri, context);
  if (file === null) return NOT_INDEXED;
  const { start, end } = finding.range;
  if (!COMMANDS.has(file.text.slice(start, end))) return 'the word is put together from parts';
  const path = findNodePath(file.facts, finding.range);
  const literal = path.nodes[path.nodes.length - 1];
  if (literal?.k !== 'str' || !isWholeCommand(literal.v))
    return 'options, or other commands in the same text, make it more than printing the name';
  const callee = calledWith(path);
  if (callee === null) return 'the text is kept or changed before it is run, and someone else may read it';
  if (textBefore(file, start).length + 'uname -n'.length + textBehind(file, end).length > MAX_COLUMNS)
    return 'a line would be longer than 79 columns';
  const safe = callee === 'exec_command';
  return [
    {
      id: 'QF1',
      title: 'Use `uname -n`, which POSIX has',
      safe,
      note: safe ? null : `Check that ${callee} does nothing else with the text.`,
      edits: [{ uri: finding.uri, range: { start, end }, newText: 'uname -n' }],
    },
  ];
}

function isWholeCommand(text: string): boolean {
  const words = text.trim().split(/\s+/);
  return (
    COMMANDS.has(words[words.length - 1] ?? '') && (words.length === 1 || (words.length === 2 && words[0] === 'sudo'))
  );
}

/** Name of the method that gets the literal as an argument of its own, or null when the literal goes elsewhere first. */
function calledWith(path: NodePath): string | null {
  const literal = path.nodes[path.nodes.length - 1];
  const call = path.nodes[path.nodes.length - 2];
  if (literal === undefined || call?.k !== 'call' || call.fn === literal) return null;
  return call.fn.k === 'attr' ? call.fn.attr : call.fn.k === 'name' ? call.fn.id : null;
}
