import type { Expr, FunctionFacts } from '../model/facts';
import { findNodePath, walkNodes, type SyntaxNode } from './findNode';
import type { FixFile } from './fixContext';
import type { LiteralPiece } from './literalPiece';

/** What Python does with the text before somebody runs it: `%` takes `%s` for arguments, or it goes on as it is. */
export type Formatting = 'percent' | 'plain';

/** Methods that hand their text to a shell as it is. */
const RUNNERS: ReadonlySet<string> = new Set(['exec_command', 'execute_script', 'execute']);

/** Whether Python reads `%` in a literal. Null where that is not plain to see: the text is kept, returned or handed on. */
export function howFormatted({ literal, around }: LiteralPiece, file: FixFile): Formatting | null {
  let inner: SyntaxNode = literal;
  for (let i = around.length - 1; i >= 0; i--) {
    const node = around[i];
    if (node === undefined) return null;
    if (node.k === 'bin' && node.op === '%') return node.l === inner ? 'percent' : null;
    const isFormat = node.k === 'attr' && node.attr === 'format';
    const isFormatted = node.k === 'call' && node.fn === inner;
    if (isFormat || isFormatted || (node.k === 'bin' && node.op === '+') || node.k === 'fstr') inner = node;
    else if (node.k === 'call') return runs(node) ? 'plain' : null;
    else return node.k === 'assign' ? howNameIsFormatted(node, file) : null;
  }
  return null;
}

function runs({ fn }: Extract<Expr, { k: 'call' }>): boolean {
  return fn.k === 'attr' && RUNNERS.has(fn.attr);
}

/** The text gets a name: every use of it in the function has to agree. */
function howNameIsFormatted(assign: Extract<SyntaxNode, { k: 'assign' }>, file: FixFile): Formatting | null {
  const [target] = assign.targets;
  const { fn } = findNodePath(file.facts, { start: assign.s, end: assign.e });
  if (fn === null || target?.k !== 'name' || assign.targets.length > 1) return null;
  const uses = usesOf(target.id, fn).filter(({ s }) => s !== target.s);
  const ways = new Set(uses.map((use) => howUseIsFormatted(use, file)));
  const [way = null] = ways;
  return ways.size === 1 ? way : null;
}

function usesOf(name: string, fn: FunctionFacts): Expr[] {
  return [...walkNodes(fn.body)].filter(
    (node): node is Extract<Expr, { k: 'name' }> => node.k === 'name' && node.id === name,
  );
}

function howUseIsFormatted(use: Expr, file: FixFile): Formatting | null {
  const { nodes } = findNodePath(file.facts, { start: use.s, end: use.e });
  const parent = nodes[nodes.length - 2];
  if (parent?.k === 'bin' && parent.op === '%' && parent.l.s === use.s) return 'percent';
  return parent?.k === 'call' && parent.fn.s !== use.s && runs(parent) ? 'plain' : null;
}
