import type { Expr, Stmt } from './facts';

/** Visits every statement of a body, nested blocks included; functions and classes defined inside are not entered. */
export function visitStatements(body: readonly Stmt[], visit: (stmt: Stmt) => void): void {
  for (const stmt of body) {
    visit(stmt);
    for (const block of blocksOf(stmt)) visitStatements(block, visit);
  }
}

/** The statement lists inside a statement. */
export function blocksOf(stmt: Stmt): readonly (readonly Stmt[])[] {
  switch (stmt.k) {
    case 'if':
    case 'while':
    case 'for':
      return [stmt.body, stmt.orelse];
    case 'try':
      return [stmt.body, ...stmt.handlers.map((handler) => handler.body), stmt.orelse, stmt.final];
    case 'with':
      return [stmt.body];
    default:
      return [];
  }
}

/** Visits every expression that belongs to the statement itself (not to statements inside it), outermost first. */
export function visitExpressions(stmt: Stmt, visit: (expr: Expr) => void): void {
  for (const expr of expressionsOf(stmt)) visitExpression(expr, visit);
}

function expressionsOf(stmt: Stmt): readonly Expr[] {
  switch (stmt.k) {
    case 'expr':
    case 'assert':
      return [stmt.x];
    case 'assign':
      return [...stmt.targets, stmt.value];
    case 'aug':
      return [stmt.target, stmt.value];
    case 'return':
    case 'raise':
      return stmt.x ? [stmt.x] : [];
    case 'if':
    case 'while':
      return [stmt.test];
    case 'for':
      return [stmt.target, stmt.iter];
    case 'try':
      return stmt.handlers.flatMap((handler) => (handler.type ? [handler.type] : []));
    case 'with':
      return stmt.items.flatMap((item) => (item.target ? [item.context, item.target] : [item.context]));
    case 'del':
      return stmt.targets;
    default:
      return [];
  }
}

/** Direct parts of a statement or an expression: its expressions, then the statements inside it. */
export function childrenOf(node: Expr | Stmt): readonly (Expr | Stmt)[] {
  return isStatement(node) ? [...expressionsOf(node), ...blocksOf(node).flat()] : partsOf(node);
}

/** The kinds of statements; `if` is one of expressions too. */
const STATEMENT_KINDS: Readonly<Record<Stmt['k'], true>> = {
  expr: true,
  assign: true,
  aug: true,
  return: true,
  raise: true,
  if: true,
  for: true,
  while: true,
  try: true,
  with: true,
  def: true,
  class: true,
  import: true,
  from: true,
  global: true,
  del: true,
  assert: true,
  break: true,
  continue: true,
};

function isStatement(node: Expr | Stmt): node is Stmt {
  return node.k === 'if' ? 'body' in node : node.k in STATEMENT_KINDS;
}

/** Visits an expression and everything in it, outermost first. */
export function visitExpression(expr: Expr, visit: (expr: Expr) => void): void {
  visit(expr);
  for (const part of partsOf(expr)) visitExpression(part, visit);
}

/** Direct parts of an expression, in source order. */
export function partsOf(expr: Expr): readonly Expr[] {
  switch (expr.k) {
    case 'attr':
      return [expr.obj];
    case 'call':
      return [expr.fn, ...expr.args, ...expr.kw.map((kw) => kw.value)];
    case 'fstr':
      return expr.parts;
    case 'bin':
      return [expr.l, expr.r];
    case 'bool':
    case 'list':
    case 'tuple':
    case 'set':
      return expr.items;
    case 'not':
    case 'star':
    case 'walrus':
      return [expr.x];
    case 'cmp':
      return [expr.l, ...expr.r];
    case 'if':
      return [expr.a, expr.test, expr.b];
    case 'lambda':
      return [expr.body];
    case 'dict':
      return expr.items.flatMap((item) => (item.key ? [item.key, item.value] : [item.value]));
    case 'sub':
      return [expr.obj, expr.index];
    case 'slice':
      return [expr.lo, expr.hi, expr.step].filter((part) => part !== null);
    case 'comp':
      return [
        expr.elt,
        ...(expr.value ? [expr.value] : []),
        ...expr.gens.flatMap((gen) => [gen.target, gen.iter, ...gen.ifs]),
      ];
    case 'await':
    case 'yield':
    case 'unary':
      return expr.x ? [expr.x] : [];
    default:
      return [];
  }
}
