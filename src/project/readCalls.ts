import type { Expr, FunctionFacts } from '../model/facts';
import type { TextRange } from '../model/text';
import { visitExpressions, visitStatements } from '../model/visitFacts';
import { collectBlockNames } from './moduleScope';
import type { Project, ProjectClass, ProjectFunction, ProjectSymbol } from './project';

/** A call, or a read of an attribute (which may run a property), in a function's body. */
export interface CallPlace {
  readonly expr: Extract<Expr, { k: 'call' | 'attr' }>;
  /** The name of what is called or read: the last one of a dotted name. */
  readonly name: TextRange;
}

const placesByFacts = new WeakMap<FunctionFacts, readonly CallPlace[]>();

/** Calls and attribute reads of a function, in source order; those of functions defined inside of it are theirs. */
export function readCallPlaces(fn: FunctionFacts): readonly CallPlace[] {
  let places = placesByFacts.get(fn);
  if (!places) placesByFacts.set(fn, (places = findPlaces(fn)));
  return places;
}

function findPlaces(fn: FunctionFacts): readonly CallPlace[] {
  const places: CallPlace[] = [];
  visitStatements(fn.body, (stmt) =>
    visitExpressions(stmt, (expr) => {
      if (expr.k === 'attr') places.push({ expr, name: lastName(expr) });
      else if (expr.k === 'call') places.push({ expr, name: lastName(expr.fn) });
    }),
  );
  return places;
}

function lastName(expr: Expr): TextRange {
  return { start: expr.k === 'attr' ? expr.e - expr.attr.length : expr.s, end: expr.e };
}

/**
 * What a call runs as far as the text alone says: names and dotted names of the module, methods of the own class through `self`,
 * `cls` and `super()`, constructors. Nothing for a name that the function binds itself, and for objects of unknown class.
 */
export function resolveCall(project: Project, fn: ProjectFunction, { expr }: CallPlace): readonly ProjectFunction[] {
  if (expr.k !== 'call') return [];
  const { fn: callee } = expr;
  const method = callee.k === 'attr' ? resolveOwnMethod(project, fn, callee) : null;
  if (method) return [method];
  const root = rootOf(callee);
  if (root === null || bindsName(fn, root)) return [];
  return project.resolveExpr(fn.module, callee).flatMap((symbol) => functionOf(project, symbol) ?? []);
}

/** The name at the bottom of a dotted name; null for any other expression. */
function rootOf(expr: Expr): string | null {
  return expr.k === 'name' ? expr.id : expr.k === 'attr' ? rootOf(expr.obj) : null;
}

function functionOf(project: Project, symbol: ProjectSymbol): ProjectFunction | null {
  if (symbol.k === 'function') return symbol.fn;
  return symbol.k === 'class' ? memberOf(project, symbol.cls, '__init__') : null;
}

function resolveOwnMethod(
  project: Project,
  fn: ProjectFunction,
  callee: Extract<Expr, { k: 'attr' }>,
): ProjectFunction | null {
  const cls = project.classAt(fn.module, fn.facts.classIndex);
  if (!cls) return null;
  const { obj, attr } = callee;
  if (obj.k === 'name' && obj.id === fn.facts.params[0]?.name) return memberOf(project, cls, attr);
  if (obj.k === 'call' && obj.fn.k === 'name' && obj.fn.id === 'super') return memberOf(project, cls, attr, cls);
  return null;
}

function memberOf(
  project: Project,
  cls: ProjectClass,
  name: string,
  after: ProjectClass | null = null,
): ProjectFunction | null {
  const found = project.findMember(cls, name, after);
  return found?.binding.k === 'function' ? (project.functionAt(found.owner.module, found.binding.index) ?? null) : null;
}

const localNames = new WeakMap<FunctionFacts, ReadonlySet<string>>();

function bindsName(fn: ProjectFunction, name: string): boolean {
  let names = localNames.get(fn.facts);
  if (!names) {
    const { module, facts } = fn;
    const bound = collectBlockNames(module.facts, facts.body, module.name, module.isPackage).keys();
    names = new Set([...facts.params.map((param) => param.name), ...bound]);
    localNames.set(facts, names);
  }
  return names.has(name);
}
