import type { Expr, FunctionFacts, Stmt } from '../model/facts';
import { blocksOf } from '../model/visitFacts';
import type { TextRange } from '../model/text';
import { walkNodes } from './findNode';
import type { FixFile } from './fixContext';

type Assignment = Extract<Stmt, { k: 'assign' }>;

/**
 * True when something outside of the ranges may read the value that an assignment gives to its name: what stands behind it up to the next
 * assignment that surely comes in between, anything in a loop around it, and functions inside the function.
 */
export function isValueRead(
  file: FixFile,
  fn: FunctionFacts,
  assignment: Assignment,
  name: string,
  gone: readonly TextRange[],
): boolean {
  const end = nextAssignment(fn.body, assignment, name);
  const loops = loopsAround(fn.body, assignment);
  const isGone = (node: Expr): boolean => gone.some(({ start, end: to }) => start <= node.s && node.e <= to);
  const sees = (node: Expr): boolean =>
    (node.s > assignment.e && node.s < end) || loops.some((loop) => loop.s <= node.s && node.e <= loop.e);
  if (readsIn(fn.body, name).some((node) => sees(node) && !isGone(node))) return true;
  return file.facts.functions.some(
    (inner) =>
      inner !== fn &&
      fn.range.start <= inner.range.start &&
      inner.range.end <= fn.range.end &&
      readsIn(inner.body, name).length > 0,
  );
}

/** Every place that reads a name; a plain assignment to it is none. */
function readsIn(body: readonly Stmt[], name: string): Expr[] {
  const nodes = [...walkNodes(body)];
  const written = new Set<unknown>(nodes.flatMap((node) => (node.k === 'assign' ? node.targets : [])));
  return nodes.filter((node): node is Expr => node.k === 'name' && node.id === name && !written.has(node));
}

/** End of the next assignment to the name in the same block or one around it; everything behind that sees the new value. */
function nextAssignment(body: readonly Stmt[], from: Assignment, name: string): number {
  for (const block of blocksAround(body, from).reverse()) {
    const next = block.find((one) => one.s > from.e && assigns(one, name));
    if (next !== undefined) return next.e;
  }
  return Number.MAX_SAFE_INTEGER;
}

function assigns(statement: Stmt, name: string): boolean {
  return statement.k === 'assign' && statement.targets.some((target) => target.k === 'name' && target.id === name);
}

/** The blocks that hold a statement, outermost first. */
function blocksAround(body: readonly Stmt[], wanted: Stmt): (readonly Stmt[])[] {
  const blocks: (readonly Stmt[])[] = [];
  let block: readonly Stmt[] | undefined = body;
  while (block !== undefined) {
    blocks.push(block);
    const holder: Stmt | undefined = block.find((one) => one !== wanted && one.s <= wanted.s && wanted.e <= one.e);
    block = holder && blocksOf(holder).find((inner) => inner.some((one) => one.s <= wanted.s && wanted.e <= one.e));
  }
  return blocks;
}

function loopsAround(body: readonly Stmt[], wanted: Stmt): Stmt[] {
  return blocksAround(body, wanted).flatMap((block) =>
    block.filter((one) => (one.k === 'for' || one.k === 'while') && one.s <= wanted.s && wanted.e <= one.e),
  );
}
