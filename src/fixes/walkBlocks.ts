import type { FunctionFacts, Stmt } from '../model/facts';
import { blocksOf } from '../model/visitFacts';

/** Every list of statements that run one after another below `body`, outermost first; nested functions are left out. */
export function* walkBlocks(body: readonly Stmt[]): Generator<readonly Stmt[]> {
  if (body.length === 0) return;
  yield body;
  for (const statement of body) for (const block of blocksOf(statement)) yield* walkBlocks(block);
}

/** The innermost block of a function that holds the range, and which of its statements does. */
export function findStatement(
  fn: FunctionFacts,
  range: { readonly start: number; readonly end: number },
): { readonly block: readonly Stmt[]; readonly statement: Stmt } | null {
  let found: { block: readonly Stmt[]; statement: Stmt } | null = null;
  for (const block of walkBlocks(fn.body)) {
    const statement = block.find((one) => one.s <= range.start && range.end <= one.e);
    if (statement !== undefined) found = { block, statement };
  }
  return found;
}
