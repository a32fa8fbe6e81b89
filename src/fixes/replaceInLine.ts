import type { TextEdit, TextRange } from '../model/text';
import type { SyntaxNode } from './findNode';
import { indentAt, MAX_COLUMNS, newlineOf, textBefore, textBehind, type FixFile } from './fixContext';

/**
 * Puts an expression in the place of another one on the same line. Where the line would become too long, the arguments of the innermost call
 * that holds it and stands on that line go to a line of their own, as Tempest writes it. Null when that does not help.
 * @param nodes from the outermost statement inwards, around the expression
 */
export function replaceInLine(
  file: FixFile,
  nodes: readonly SyntaxNode[],
  old: { readonly s: number; readonly e: number },
  newText: string,
): TextEdit[] | null {
  const range: TextRange = { start: old.s, end: old.e };
  if (file.text.slice(old.s, old.e).includes('\n')) return null;
  const edit = { uri: file.uri, range, newText };
  const before = textBefore(file, old.s);
  const behind = textBehind(file, old.e);
  if (before.length + newText.length + behind.length <= MAX_COLUMNS) return [edit];
  const lineStart = old.s - before.length;
  const indent = `${indentAt(file, old.s)}    `;
  for (const node of [...nodes].reverse()) {
    if (node.k !== 'call' || node.s < lineStart || node.e > old.e + behind.length) continue;
    const open = node.fn.e;
    if (file.text.charAt(open) !== '(' || open >= old.s) continue;
    const moved = indent.length + (old.s - open - 1) + newText.length + behind.length;
    if (moved > MAX_COLUMNS) continue;
    const start = open + 1;
    return [{ uri: file.uri, range: { start, end: start }, newText: `${newlineOf(file)}${indent}` }, edit];
  }
  return null;
}
