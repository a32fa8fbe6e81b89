import type { Expr, FunctionFacts, ModuleFacts, Stmt } from '../model/facts';
import { partsOf } from '../model/visitFacts';
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
    level = childNodes(inner);
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
    yield* walkNodes(childNodes(node));
  }
}

/** Direct parts of a node in source order, as far as fixes look into them. */
function childNodes(node: SyntaxNode): readonly SyntaxNode[] {
  switch (node.k) {
    case 'expr':
    case 'assert':
      return [node.x];
    case 'assign':
      return [...node.targets, node.value];
    case 'aug':
      return [node.target, node.value];
    case 'return':
    case 'raise':
      return node.x === null ? [] : [node.x];
    case 'if':
      return 'body' in node ? [node.test, ...node.body, ...node.orelse] : partsOf(node);
    case 'for':
      return [node.target, node.iter, ...node.body, ...node.orelse];
    case 'while':
      return [node.test, ...node.body, ...node.orelse];
    case 'try':
      return [...node.body, ...node.handlers.flatMap((handler) => handler.body), ...node.orelse, ...node.final];
    case 'with':
      return [
        ...node.items.flatMap((item) => (item.target === null ? [item.context] : [item.context, item.target])),
        ...node.body,
      ];
    case 'del':
      return node.targets;
    case 'def':
    case 'class':
    case 'import':
    case 'from':
    case 'global':
    case 'break':
    case 'continue':
      return [];
    default:
      return partsOf(node);
  }
}
