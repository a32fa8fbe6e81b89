import type { Expr, FunctionFacts, ModuleFacts, Stmt } from '../model/facts';
import { childrenOf } from '../model/visitFacts';
import type { TextRange } from '../model/text';

export type SyntaxNode = Expr | Stmt;

/** Nodes around a range, from the outermost statement inwards, within the innermost function that holds it. */
export interface NodePath {
  /** Null at module or class level. */
  readonly fn: FunctionFacts | null;
  readonly nodes: readonly SyntaxNode[];
}

/** The nodes that hold `range` (start and end inside them). */
export function findNodePath(facts: ModuleFacts, range: TextRange): NodePath {
  const fn = findFunction(facts, range);
  const roots: readonly SyntaxNode[] =
    fn === null ? [...facts.body, ...facts.classes.flatMap((one) => one.body)] : functionRoots(fn);
  const nodes: SyntaxNode[] = [];
  let level = roots;
  for (;;) {
    const inner: SyntaxNode | undefined = level.find(
      (node) => node.k !== 'def' && node.k !== 'class' && holds(node, range),
    );
    if (inner === undefined) return { fn, nodes };
    nodes.push(inner);
    level = childrenOf(inner);
  }
}

function functionRoots(fn: FunctionFacts): SyntaxNode[] {
  const defaults = fn.params.flatMap((param) => (param.default === null ? [] : [param.default]));
  return [...fn.decorators, ...defaults, ...fn.body];
}

function findFunction(facts: ModuleFacts, range: TextRange): FunctionFacts | null {
  let found: FunctionFacts | null = null;
  for (const fn of facts.functions) {
    if (fn.range.start > range.start || fn.range.end < range.end) continue;
    if (found === null || fn.range.start > found.range.start) found = fn;
  }
  return found;
}

function holds(node: SyntaxNode, range: TextRange): boolean {
  return node.s <= range.start && node.e >= range.end;
}

/** Every node below `roots`, outermost first; nested functions and classes are left out. */
export function* walkNodes(roots: readonly SyntaxNode[]): Generator<SyntaxNode> {
  for (const node of roots) {
    yield node;
    yield* walkNodes(childrenOf(node));
  }
}
