import type { Expr, FunctionFacts } from '../model/facts';
import { walkNodes } from './findNode';
import { indentAt, MAX_COLUMNS, newlineOf, textBefore, type FixFile } from './fixContext';

/** `server['id']` as a method writes it, when it speaks of exactly one server. */
export function findServerId(fn: FunctionFacts, file: FixFile): string | null {
  if (fn.classIndex < 0 || fn.params[0]?.name !== 'self') return null;
  const written = new Set<string>();
  for (const node of walkNodes(fn.body)) {
    if (node.k === 'sub' && node.index.k === 'str' && node.index.v === 'id' && isServer(node.obj))
      written.add(file.text.slice(node.s, node.e).replaceAll('"', "'"));
    else if (node.k === 'name' && node.id === 'server') written.add("server['id']");
    else if (node.k === 'attr' && node.attr === 'server' && isSelf(node.obj)) written.add("self.server['id']");
    else if (node.k === 'attr' && node.attr === 'server_id' && isSelf(node.obj)) written.add('self.server_id');
  }
  // A server that was looked up by the id that stands beside it is the same one.
  if (written.has('self.server_id') && looksUpById(fn)) written.delete("server['id']");
  const [only] = written;
  return written.size === 1 && only !== undefined ? only : null;
}

function looksUpById(fn: FunctionFacts): boolean {
  const found = [...walkNodes(fn.body)].filter(
    (node) => node.k === 'assign' && node.targets.some((target) => target.k === 'name' && target.id === 'server'),
  );
  return found.length > 0 && found.every((node) => node.k === 'assign' && isLookup(node.value));
}

/** `….show_server(self.server_id)['server']` */
function isLookup(value: Expr): boolean {
  if (value.k !== 'sub' || value.obj.k !== 'call') return false;
  const { fn, args } = value.obj;
  const [id] = args;
  return fn.k === 'attr' && fn.attr === 'show_server' && id?.k === 'attr' && id.attr === 'server_id' && isSelf(id.obj);
}

function isServer(node: Expr): boolean {
  return (
    (node.k === 'name' && node.id === 'server') || (node.k === 'attr' && node.attr === 'server' && isSelf(node.obj))
  );
}

function isSelf(node: Expr): boolean {
  return node.k === 'name' && node.id === 'self';
}

/**
 * A call in place of an expression at `offset`: on the line when it fits, else with its argument on the next one. Null when it
 * is too long either way.
 * @param behind what stays behind it on its last line
 */
export function writeCall(
  file: FixFile,
  offset: number,
  callee: string,
  argument: string,
  tail: string,
  behind: string,
): string | null {
  const before = textBefore(file, offset).length;
  const flat = `${callee}(${argument})${tail}`;
  if (before + flat.length + behind.length <= MAX_COLUMNS) return flat;
  const indent = `${indentAt(file, offset)}    `;
  const second = `${indent}${argument})${tail}`;
  if (before + callee.length + 1 > MAX_COLUMNS || second.length + behind.length > MAX_COLUMNS) return null;
  return `${callee}(${newlineOf(file)}${second}`;
}
