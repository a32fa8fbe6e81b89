import type { Expr, Stmt } from '../model/facts';
import type { Finding, Fix } from '../model/finding';
import { positionAt, type TextEdit } from '../model/text';
import { bindsName } from './bindsName';
import { findNodePath, walkNodes } from './findNode';
import { openFixFile, type FixContext, type FixFile } from './fixContext';

/** Statements that mean something else, or nothing, inside a new block. */
const UNMOVABLE: ReadonlySet<Stmt['k']> = new Set(['return', 'def', 'class', 'import', 'from', 'global']);

/**
 * QF10, inline: the statement that reaches the guest, and all that use what it binds, go into
 * `if CONF.validation.run_validation:`. Only at the top of a test's body, and only where assertions remain outside, so that
 * the test still proves something with validation off.
 */
export function guardBlock(finding: Finding, context: FixContext): Fix[] {
  const file = openFixFile(finding.uri, context);
  if (file === null || !bindsName(file.facts, 'CONF')) return [];
  const { fn } = findNodePath(file.facts, finding.range);
  if (fn === null || !fn.name.startsWith('test') || fn.classIndex < 0) return [];
  const first = fn.body.findIndex(
    (statement) => statement.s <= finding.range.start && finding.range.end <= statement.e,
  );
  if (first < 0) return [];
  const last = findLastUse(fn.body, first);
  const block = fn.body.slice(first, last + 1);
  const rest = [...fn.body.slice(0, first), ...fn.body.slice(last + 1)];
  if (!rest.some(asserts) || !block.every((statement) => mayMove(statement, file))) return [];
  const edits = indentBlock(file, block);
  if (edits === null) return [];
  return [
    {
      title: 'Reach the guest only when validation is on',
      safe: true,
      note: null,
      edits,
    },
  ];
}

/** Index of the last statement that uses a name bound from `first` on, directly or through another. */
function findLastUse(body: readonly Stmt[], first: number): number {
  const bound = new Set<string>();
  let last = first - 1;
  body.forEach((statement, i) => {
    if (i < first || (i > first && !uses(statement, bound))) return;
    // Everything between moves along, so what it binds counts too.
    for (const moved of body.slice(last + 1, i + 1)) for (const name of boundNames(moved)) bound.add(name);
    last = i;
  });
  return last;
}

function uses(statement: Stmt, names: ReadonlySet<string>): boolean {
  for (const node of walkNodes([statement])) {
    if (node.k === 'name' && names.has(node.id)) return true;
    // `self.x` that the block sets may be read anywhere in the class.
    if (node.k === 'attr' && node.obj.k === 'name' && names.has(`${node.obj.id}.${node.attr}`)) return true;
  }
  return false;
}

function boundNames(statement: Stmt): string[] {
  const names: string[] = [];
  for (const node of walkNodes([statement])) {
    if (node.k === 'assign') names.push(...node.targets.flatMap(targetNames));
    else if (node.k === 'aug') names.push(...targetNames(node.target));
    else if (node.k === 'for') names.push(...targetNames(node.target));
    else if (node.k === 'with')
      names.push(...node.items.flatMap((item) => (item.target === null ? [] : targetNames(item.target))));
    else if (node.k === 'walrus') names.push(node.target);
  }
  return names;
}

function targetNames(target: Expr): string[] {
  if (target.k === 'name') return [target.id];
  if (target.k === 'attr' && target.obj.k === 'name') return [`${target.obj.id}.${target.attr}`];
  if (target.k === 'tuple' || target.k === 'list') return target.items.flatMap(targetNames);
  return target.k === 'star' ? targetNames(target.x) : [];
}

function asserts(statement: Stmt): boolean {
  for (const node of walkNodes([statement])) {
    if (node.k === 'assert') return true;
    if (node.k === 'call' && node.fn.k === 'attr' && node.fn.attr.startsWith('assert')) return true;
  }
  return false;
}

/** Indenting a string over several lines would change it; what is kept on `self` may be wanted elsewhere. */
function mayMove(statement: Stmt, file: FixFile): boolean {
  for (const node of walkNodes([statement])) {
    if (UNMOVABLE.has(node.k as Stmt['k'])) return false;
    if ((node.k === 'str' || node.k === 'fstr') && /"""|'''|\\\r?\n/.test(file.text.slice(node.s, node.e)))
      return false;
    if (node.k === 'assign' && node.targets.some((target) => target.k === 'attr')) return false;
  }
  return true;
}

/** Four blanks before every line of the block, and the `if` above it. Null when other code shares its lines. */
function indentBlock(file: FixFile, block: readonly Stmt[]): TextEdit[] | null {
  const start = block[0]?.s ?? 0;
  const end = block[block.length - 1]?.e ?? start;
  const { lineStarts } = file.facts;
  const firstLine = positionAt(lineStarts, start).line;
  const lastLine = positionAt(lineStarts, end).line;
  const blockStart = lineStarts[firstLine] ?? 0;
  const indent = file.text.slice(blockStart, start);
  const behind = file.text.slice(end, lineStarts[lastLine + 1] ?? file.text.length);
  if (indent.trim() !== '' || !/^\s*(?:#.*)?\s*$/.test(behind)) return null;
  const newline = file.text.includes('\r\n') ? '\r\n' : '\n';
  const edits: TextEdit[] = [];
  for (let line = firstLine; line <= lastLine; line++) {
    const offset = lineStarts[line] ?? 0;
    const head = line === firstLine ? `${indent}if CONF.validation.run_validation:${newline}` : '';
    const blank = file.text.slice(offset, lineStarts[line + 1] ?? file.text.length).trim() === '';
    if (!blank) edits.push({ uri: file.uri, range: { start: offset, end: offset }, newText: `${head}    ` });
  }
  return edits;
}
