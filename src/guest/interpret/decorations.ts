import type { Expr, FunctionFacts, KeywordArg } from '../../model/facts';
import { decoratorName } from '../../project/testMarks';
import type { Project, ProjectFunction, ProjectModule, ProjectSymbol } from '../../project/project';

/** A decorator that skips the test unless its condition, read in the module where it stands, comes out as `runsWhen`. */
export interface Skip {
  readonly condition: Expr;
  readonly runsWhen: boolean;
  readonly module: ProjectModule;
}

export interface Decoration {
  readonly kind: 'plain' | 'class' | 'static' | 'property';
  readonly skips: readonly Skip[];
  /** Decorators of the project that may wrap the function, innermost first. */
  readonly wrappers: readonly Expr[];
  /** A decorator that is a class of the project: an object of it stands in the function's place. */
  readonly maker: Expr | null;
  /** A decorator from outside the project may call the function again when it fails, or keep the failure for itself. */
  readonly mayCatch: boolean;
}

/** Decorators that mark a test and leave the function as it is (Tempest's own). */
const MARKS = new Set([
  'idempotent_id',
  'attr',
  'skip_because',
  'related_bug',
  'unstable_test',
  'requires_ext',
  'serial',
]);

/** Where decorators come from that let a failure through: Python's own, and what multiplies or skips tests. */
const LETTING_FAILURES_THROUGH =
  /^(abc|contextlib|ddt|functools|mock|tempest|testscenarios|testtools|typing|unittest)\b/;

/** By project: what a decorator's name stands for may change when files come and go. */
const cache = new WeakMap<Project, WeakMap<FunctionFacts, Decoration>>();

/** Reads what a function's decorators do to it. */
export function readDecoration(project: Project, fn: ProjectFunction): Decoration {
  let known = cache.get(project);
  if (!known) cache.set(project, (known = new WeakMap()));
  let decoration = known.get(fn.facts);
  if (!decoration) known.set(fn.facts, (decoration = classify(project, fn)));
  return decoration;
}

function classify(project: Project, fn: ProjectFunction): Decoration {
  let kind: Decoration['kind'] = 'plain';
  const wrappers: Expr[] = [];
  let maker: Expr | null = null;
  let mayCatch = false;
  for (const decorator of fn.facts.decorators) {
    const callee = decorator.k === 'call' ? decorator.fn : decorator;
    const name = decoratorName(project, fn.module, callee);
    if (name === 'classmethod') kind = 'class';
    else if (name === 'staticmethod') kind = 'static';
    else if (name === 'property' || name === 'cached_property' || name === 'abstractproperty') kind = 'property';
    else if (callee.k === 'attr' && (callee.attr === 'setter' || callee.attr === 'getter' || callee.attr === 'deleter'))
      kind = 'property';
    else if (!MARKS.has(name) && !name.startsWith('skip')) {
      const symbols = project.resolveExpr(fn.module, callee);
      if (symbols.some((symbol) => symbol.k === 'function')) wrappers.unshift(decorator);
      else if (symbols.some((symbol) => symbol.k === 'class')) maker = decorator;
      else if (name === 'expectedFailure' || !symbols.every(letsFailuresThrough)) mayCatch = true;
    }
  }
  return { kind, skips: readSkips(project, fn.module, fn.facts.decorators), wrappers, maker, mayCatch };
}

function letsFailuresThrough(symbol: ProjectSymbol): boolean {
  return symbol.k === 'external' && LETTING_FAILURES_THROUGH.test(symbol.name);
}

const ALWAYS: Expr = { k: 'const', v: true, s: 0, e: 0 };

/** What the decorators of a function or class say of skipping it: `skipIf`, `skipUnless`, `skip`, `skip_because`. */
export function readSkips(project: Project, module: ProjectModule, decorators: readonly Expr[]): readonly Skip[] {
  return decorators.flatMap((decorator) => readSkip(project, module, decorator));
}

function readSkip(project: Project, module: ProjectModule, decorator: Expr): Skip[] {
  if (decorator.k === 'name' || decorator.k === 'attr') {
    // A decorator that was made beforehand: `needs_x = testtools.skipUnless(…)`.
    const made = project.resolveExpr(module, decorator).find((symbol) => symbol.k === 'value');
    return made?.k === 'value' && made.expr.k === 'call' ? readSkip(project, made.module, made.expr) : [];
  }
  if (decorator.k !== 'call') return [];
  const [condition] = decorator.args;
  switch (decoratorName(project, module, decorator.fn)) {
    case 'skipUnless':
      return condition ? [{ condition, runsWhen: true, module }] : [];
    case 'skipIf':
      return condition ? [{ condition, runsWhen: false, module }] : [];
    case 'skip':
      return [{ condition: ALWAYS, runsWhen: false, module }];
    case 'skip_because':
      return readBugSkip(decorator.kw, module);
    default:
      return [];
  }
}

/** `skip_because(bug=…)` skips always, with `condition=` when that holds, with `interface=` (until 2014) for one kind of client alone. */
function readBugSkip(kw: readonly KeywordArg[], module: ProjectModule): Skip[] {
  const condition = kw.find((keyword) => keyword.name === 'condition')?.value;
  if (!condition && kw.some((keyword) => keyword.name === 'interface')) return [];
  return [{ condition: condition ?? ALWAYS, runsWhen: false, module }];
}
