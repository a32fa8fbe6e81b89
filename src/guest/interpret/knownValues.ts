import type { Expr } from '../../model/facts';
import type { KnownValue, ValueOrigin } from '../../model/hopReason';
import type { TextLocation } from '../../model/text';
import { partsOf } from '../../model/visitFacts';
import type { ActivationNotes, Frame, Machine, Reasons } from './machine';
import { placesWritten, printValue } from './printValue';
import { mayBeAbsent, present, sameAlternative, type Value } from './values';

/** What the names and attributes of an expression stand for; options of the configuration and what calls something left out. */
export function readKnownValues(m: Machine, reasons: Reasons, expr: Expr, frame: Frame): KnownValue[] {
  const found: KnownValue[] = [];
  const visit = (part: Expr): void => {
    if (part.k === 'name' || part.k === 'attr') {
      const value = readPlain(m, part, frame);
      if (value && saysSomething(value) && !isReceiver(part, frame))
        found.push(describeValue(reasons, part, value, frame));
      return;
    }
    // The method of a call says nothing; what it is asked of does.
    if (part.k === 'call') {
      if (part.fn.k === 'attr') visit(part.fn.obj);
      for (const arg of part.args) visit(arg);
      return;
    }
    for (const inner of partsOf(part)) visit(inner);
  };
  visit(expr);
  return [...new Map(found.map((one) => [String(one.code.range.start), one])).values()];
}

/** Functions, classes and modules are named by the source itself. */
function saysSomething(value: Value): boolean {
  return value.some(({ k }) => !['module', 'class', 'fn', 'builtin', 'ext', 'unknown', 'absent'].includes(k));
}

/** The receiver of the method itself: every reader knows what it is. */
function isReceiver(expr: Expr, { fn, owner }: Frame): boolean {
  return expr.k === 'name' && owner !== null && fn?.facts.params[0]?.name === expr.id;
}

/** One expression with its value and where that comes from. */
export function describeValue(reasons: Reasons, expr: Expr, value: Value, frame: Frame): KnownValue {
  const origins: ValueOrigin[] = [];
  if (expr.k === 'name') {
    const origin = reasons.originOf(frame, expr.id);
    if (origin && isStillBound(frame, expr.id, value)) origins.push(origin);
  }
  // A constant that is written as the argument itself stands at one place.
  const [given] = origins;
  for (const at of placesWritten(value)) if (!given || !covers(given.at, at)) origins.push({ k: 'written', at });
  for (const alternative of present(value)) {
    const at = alternative.k === 'obj' ? reasons.placeConstructed(alternative.obj) : null;
    if (at) origins.push({ k: 'made', at });
  }
  const unique = new Map(origins.map((one) => [`${one.at.uri} ${String(one.at.range.start)}`, one]));
  return {
    code: { uri: frame.module.uri, range: { start: expr.s, end: expr.e } },
    values: printValue(value),
    origins: [...unique.values()],
  };
}

/** False for a parameter that was given another value since. */
function isStillBound({ fn, bound }: Frame, name: string, value: Value): boolean {
  const index = fn?.facts.params.findIndex((param) => param.name === name) ?? -1;
  return bound[index]?.some((given) => value.some((one) => sameAlternative(one, given))) ?? false;
}

function covers(outer: TextLocation, inner: TextLocation): boolean {
  return outer.uri === inner.uri && outer.range.start <= inner.range.start && inner.range.end <= outer.range.end;
}

/** Reads a name, or attributes of one, without running what stands behind a property. */
function readPlain(m: Machine, expr: Expr, frame: Frame): Value | null {
  if (expr.k === 'name') return expr.id === 'CONF' ? null : m.evaluate(expr, frame);
  if (expr.k !== 'attr') return null;
  const holders = readPlain(m, expr.obj, frame);
  if (!holders) return null;
  const found: Value[number][] = [];
  for (const holder of present(m.feasible(holders))) {
    const stored = holder.k === 'obj' || holder.k === 'data' ? holder.obj.fields.get(expr.attr) : undefined;
    if (!stored) return null;
    found.push(...present(m.feasible(stored)));
  }
  return found;
}

/** Where the value of a parameter was given, or its default; null for names that are no parameters. */
export function originOfName({ target, given, steps }: ActivationNotes, name: string): ValueOrigin | null {
  if (!target) return null;
  const { params } = target.fn.facts;
  const index = params.findIndex((param) => param.name === name);
  const param = params[index];
  if (!param || (index === 0 && (target.self !== null || (target.owner !== null && target.bare === true)))) return null;
  const [first] = steps;
  const written = first?.k === 'written' && steps.length === 1 ? first : null;
  const at = (expr: Expr): ValueOrigin['at'] | null =>
    written ? { uri: written.uri, range: { start: expr.s, end: expr.e } } : null;
  const argument = (expr: Expr | undefined): ValueOrigin | null => {
    const place = expr ? at(expr) : null;
    return place ? { k: 'argument', at: place } : null;
  };
  if (param.kind === 'plain' && index < given.args.length)
    return argument(positionalExpr(written?.call.args ?? [], index - (target.self ? 1 : 0)));
  const keyword = given.kw.get(name);
  if (keyword && !mayBeAbsent(keyword)) {
    const kw = written?.call.kw ?? [];
    return argument((kw.find((one) => one.name === name) ?? kw.find((one) => one.name === null))?.value);
  }
  if (!param.default || keyword) return null;
  const { uri } = target.fn.module;
  return { k: 'default', at: { uri, range: { start: param.default.s, end: param.default.e } } };
}

/** The expression of a positional argument; one that a splat may have given is the splat. */
function positionalExpr(args: readonly Expr[], index: number): Expr | undefined {
  const star = args.findIndex((arg) => arg.k === 'star');
  return star >= 0 && star <= index ? args[star] : args[index];
}
