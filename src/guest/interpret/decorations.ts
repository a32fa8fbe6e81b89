import type { Expr, FunctionFacts } from '../../model/facts';
import { decoratorName } from '../../project/testMarks';
import type { Project, ProjectFunction } from '../../project/project';

export interface Decoration {
  readonly kind: 'plain' | 'class' | 'static' | 'property';
  /** `skipIf` / `skipUnless` with their conditions. */
  readonly skips: readonly { readonly condition: Expr; readonly runsWhen: boolean }[];
  /** Decorators of the project that may wrap the function, innermost first. */
  readonly wrappers: readonly Expr[];
}

/** Decorators that mark a test and leave the function as it is (Tempest's own). */
const MARKS = new Set(['idempotent_id', 'attr', 'skip_because', 'related_bug', 'unstable_test', 'requires_ext', 'serial']);

const cache = new WeakMap<FunctionFacts, Decoration>();

/** Reads what a function's decorators do to it. */
export function readDecoration(project: Project, fn: ProjectFunction): Decoration {
  let decoration = cache.get(fn.facts);
  if (!decoration) cache.set(fn.facts, (decoration = classify(project, fn)));
  return decoration;
}

function classify(project: Project, fn: ProjectFunction): Decoration {
  let kind: Decoration['kind'] = 'plain';
  const wrappers: Expr[] = [];
  for (const decorator of fn.facts.decorators) {
    const callee = decorator.k === 'call' ? decorator.fn : decorator;
    const name = decoratorName(project, fn.module, callee);
    if (name === 'classmethod') kind = 'class';
    else if (name === 'staticmethod') kind = 'static';
    else if (name === 'property' || name === 'cached_property' || name === 'abstractproperty') kind = 'property';
    else if (callee.k === 'attr' && (callee.attr === 'setter' || callee.attr === 'getter' || callee.attr === 'deleter')) kind = 'property';
    else if (!MARKS.has(name) && !name.startsWith('skip')) {
      const inProject = project.resolveExpr(fn.module, callee).some((symbol) => symbol.k === 'function');
      if (inProject) wrappers.unshift(decorator);
    }
  }
  return { kind, skips: readSkips(project, fn.module, fn.facts.decorators), wrappers };
}

/** `@testtools.skipIf(condition, …)` and `@testtools.skipUnless(condition, …)` of a function or class. */
export function readSkips(project: Project, module: ProjectFunction['module'], decorators: readonly Expr[]): Decoration['skips'] {
  const skips: { condition: Expr; runsWhen: boolean }[] = [];
  for (const decorator of decorators) {
    if (decorator.k !== 'call') continue;
    const name = decoratorName(project, module, decorator.fn);
    const [condition] = decorator.args;
    if (condition && (name === 'skipUnless' || name === 'skipIf')) skips.push({ condition, runsWhen: name === 'skipUnless' });
  }
  return skips;
}
