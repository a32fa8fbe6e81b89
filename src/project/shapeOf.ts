import type { Expr, ModuleFacts, Stmt } from '../model/facts';

/**
 * What other files and the class structure can see of a module, as text: top-level and class-level statements, names,
 * parameters, decorators; without places and without what function bodies do. Two versions of a file with the same shape can
 * be exchanged without linking anything anew.
 */
export function shapeOf(facts: ModuleFacts): string {
  return JSON.stringify([
    facts.body.map((stmt) => dropPlaces(stmt)),
    facts.classes.map((cls) => [
      cls.qualname,
      cls.bases.map(dropExpr),
      cls.decorators.map(dropExpr),
      cls.body.map((stmt) => dropPlaces(stmt)),
    ]),
    facts.functions.map((fn) => [
      fn.qualname,
      fn.params.map((param) => [param.name, param.kind, param.default && dropExpr(param.default)]),
      fn.decorators.map(dropExpr),
    ]),
  ]);
}

function dropExpr(expr: Expr): string {
  return dropPlaces(expr);
}

function dropPlaces(node: Stmt | Expr): string {
  return JSON.stringify(node, (key, value: unknown) =>
    key === 's' || key === 'e' || key === 'segments' ? undefined : value,
  );
}
