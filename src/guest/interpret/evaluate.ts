import type { Expr, KeywordArg } from '../../model/facts';
import type { CallArguments, Frame, Machine } from './machine';
import { joinWays, mergeLiterals, overwrite, separate, underLiterals, withFallback } from './conditionalValues';
import { noteChanged, noteChangingCall } from './changedValues';
import { valueOfCondition } from './conditions';
import { newObject } from './heap';
import type { HeapObject } from './values';
import { concatenateValues, formatPercent, literalPart, textsOf } from './texts';
import { readItem, readSequence } from './containers';
import {
  plainText,
  ABSENT,
  FALSE,
  NONE,
  TRUE,
  UNKNOWN,
  joinAll,
  joinValues,
  present,
  textValue,
  type Alternative,
  type Literal,
  type Value,
} from './values';

/** Evaluates an expression to the set of things it may be, running what it calls. */
export function evaluateExpression(m: Machine, expr: Expr, frame: Frame): Value {
  switch (expr.k) {
    case 'name':
      return readName(m, expr.id, frame);
    case 'attr':
      return m.getAttribute(m.evaluate(expr.obj, frame), expr.attr, frame, { start: expr.s, end: expr.e });
    case 'call':
      return evaluateCall(m, expr, frame);
    case 'str':
      if (expr.segments[2] !== undefined) m.reasons?.noteText(frame, expr.segments[2]);
      return textValue(expr.v === '' ? [] : [literalPart(expr, frame.module.uri)]);
    case 'fstr':
      return concatenateValues(expr.parts.map((part) => m.evaluate(part, frame)));
    case 'num':
      return noteWritten(m, [{ k: 'num', v: expr.v }], expr, frame);
    case 'const':
      return noteWritten(m, expr.v === null ? NONE : expr.v ? TRUE : FALSE, expr, frame);
    case 'bin':
      return evaluateBinary(m, expr.op, m.evaluate(expr.l, frame), m.evaluate(expr.r, frame), frame);
    case 'bool':
      return evaluateBoolean(m, expr, frame);
    case 'not':
    case 'cmp':
      return valueOfCondition(m.evaluateCondition(expr, frame));
    case 'if':
      return evaluateConditional(m, expr, frame);
    case 'lambda':
      return [{ k: 'lambda', expr, closure: frame.locals, module: frame.module }];
    case 'list':
      return newList(readItems(m, expr.items, frame));
    case 'set':
      return newList(readItems(m, expr.items, frame));
    case 'tuple':
      return [readItems(m, expr.items, frame)];
    case 'dict':
      return evaluateDictionary(m, expr, frame);
    case 'sub':
      return evaluateSubscript(m, expr, frame);
    case 'comp':
      return evaluateComprehension(m, expr, frame);
    case 'star':
      return m.evaluate(expr.x, frame);
    case 'await':
      return expr.x ? m.evaluate(expr.x, frame) : NONE;
    case 'yield':
      return evaluateYield(m, expr, frame);
    case 'unary':
      return evaluateUnary(m, expr, frame);
    case 'walrus': {
      const value = m.evaluate(expr.x, frame);
      m.heap.write(frame.locals, expr.target, value);
      return value;
    }
    default:
      return UNKNOWN;
  }
}

function noteWritten(m: Machine, value: Value, expr: Expr, frame: Frame): Value {
  return m.reasons ? m.reasons.written(value, expr, frame) : value;
}

/** A name: locals, enclosing functions, the module, then Python's built-ins. */
export function readName(m: Machine, name: string, frame: Frame): Value {
  const local = readScope(m, frame.locals, name);
  if (local) return local;
  for (const scope of frame.closures) {
    const value = readScope(m, scope, name);
    if (value) return value;
  }
  if (name === '__file__') return plainText(frame.module.uri);
  const value = m.feasible(m.readModuleName(frame.module, name));
  return value.length > 0 ? value : [{ k: 'builtin', name, self: null }];
}

function readScope(m: Machine, scope: HeapObject, name: string): Value | null {
  const value = scope.fields.get(name);
  const known = value && present(m.feasible(value));
  return known && known.length > 0 ? known : null;
}

export function newList(contents: Alternative): Value {
  const obj = newObject('list');
  obj.fields.set('#', [contents]);
  return [{ k: 'obj', obj }];
}

function readItems(m: Machine, items: readonly Expr[], frame: Frame): Alternative {
  const values: Value[] = [];
  let rest: Value | null = null;
  for (const item of items) {
    if (item.k !== 'star') {
      values.push(m.evaluate(item, frame));
      continue;
    }
    const inner = readSequence(m.evaluate(item.x, frame));
    if (inner.rest === null && rest === null) values.push(...inner.items);
    else rest = joinAll([rest ?? [], inner.rest ?? UNKNOWN, ...inner.items]);
  }
  return { k: 'seq', items: values, rest };
}

/** Evaluates the arguments of a call; splats of known sequences and mappings are laid out. */
function evaluateArguments(m: Machine, args: readonly Expr[], kw: readonly KeywordArg[], frame: Frame): CallArguments {
  const values: Value[] = [];
  let openArgs = false;
  for (const arg of args) {
    if (arg.k !== 'star') {
      values.push(m.evaluate(arg, frame));
      continue;
    }
    const inner = readSequence(m.evaluate(arg.x, frame));
    values.push(...inner.items);
    if (inner.rest !== null) openArgs = true;
  }
  const named = new Map<string, Value>();
  let openKw = false;
  for (const { name, value } of kw) {
    const evaluated = m.evaluate(value, frame);
    if (name !== null) named.set(name, evaluated);
    else if (!splatMapping(m, evaluated, named)) openKw = true;
  }
  return { args: values, kw: named, openArgs, openKw };
}

/** Lays out `**mapping`; false when there may be keys that are not known. */
function splatMapping(m: Machine, value: Value, into: Map<string, Value>): boolean {
  let closed = true;
  const mappings = value.flatMap((alternative) =>
    alternative.k === 'obj' && alternative.obj.kind === 'dict' ? [alternative.obj] : [],
  );
  if (mappings.length !== value.length) closed = false;
  const keys = new Set(mappings.flatMap((mapping) => [...mapping.fields.keys()]));
  for (const key of keys) {
    if (key === '#open') {
      closed = false;
      continue;
    }
    if (!key.startsWith('s:')) continue;
    const entry = m.feasible(joinAll(mappings.map((mapping) => mapping.fields.get(key) ?? ABSENT)));
    const named = into.get(key.slice(2));
    // What was popped from the mapping does not hide the keyword that stands beside it.
    into.set(key.slice(2), named ? withFallback(entry, named) : entry);
  }
  return closed;
}

function evaluateCall(m: Machine, expr: Extract<Expr, { k: 'call' }>, frame: Frame): Value {
  const { fn } = expr;
  const range = { start: expr.s, end: expr.e };
  if (fn.k === 'name' && fn.id === 'super' && !frame.locals.fields.has('super')) return evaluateSuper(m, expr, frame);
  const callee = m.evaluate(fn, frame);
  const args = evaluateArguments(m, expr.args, expr.kw, frame);
  const call = (): Value => m.call(callee, args, frame, range, fn);
  const result = m.reasons ? m.reasons.start({ k: 'written', call: expr, uri: frame.module.uri }, call) : call();
  noteChangingCall(m, fn, frame);
  return result;
}

function evaluateSuper(m: Machine, expr: Extract<Expr, { k: 'call' }>, frame: Frame): Value {
  const [classArg, selfArg] = expr.args;
  let after = frame.owner;
  if (classArg) {
    const [named] = m.evaluate(classArg, frame);
    if (named?.k === 'class') after = named.cls;
  }
  const self = selfArg ? m.evaluate(selfArg, frame) : firstParameter(frame);
  if (!after) return UNKNOWN;
  const supers: Alternative[] = [];
  for (const alternative of self) {
    const start = alternative.k === 'obj' ? alternative.obj.cls : alternative.k === 'class' ? alternative.cls : null;
    if (start) supers.push({ k: 'super', after, start, self: [alternative] });
  }
  return supers.length > 0 ? supers : UNKNOWN;
}

function firstParameter(frame: Frame): Value {
  const name = frame.fn?.facts.params[0]?.name;
  return (name !== undefined ? frame.locals.fields.get(name) : undefined) ?? frame.bound[0] ?? UNKNOWN;
}

function evaluateBinary(m: Machine, op: string, left: Value, right: Value, frame: Frame): Value {
  if (op === '%' && left.some((alternative) => alternative.k === 'text'))
    return formatWithPercent(m, left, right, frame);
  if (op !== '+') return evaluateArithmetic(op, left, right);
  const sums: Value[] = [];
  const leftTexts = left.filter((alternative) => alternative.k === 'text' || alternative.k === 'conf');
  const rightIsText = right.some((alternative) => alternative.k === 'text');
  if (leftTexts.length > 0 || rightIsText) return concatenateValues([left, right]);
  const first = readSequence(left);
  const second = readSequence(right);
  if (isSequence(left) && isSequence(right)) {
    const rest = first.rest === null ? second.rest : joinAll([first.rest, second.rest ?? [], ...second.items]);
    const items = first.rest === null ? [...first.items, ...second.items] : first.items;
    const sum: Alternative = { k: 'seq', items, rest };
    sums.push(left.some((alternative) => alternative.k === 'obj') ? newList(sum) : [sum]);
    return joinAll(sums);
  }
  return evaluateArithmetic(op, left, right);
}

function isSequence(value: Value): boolean {
  return (
    value.length > 0 &&
    value.every(
      (alternative) => alternative.k === 'seq' || (alternative.k === 'obj' && alternative.obj.kind === 'list'),
    )
  );
}

function evaluateArithmetic(op: string, left: Value, right: Value): Value {
  const [a] = left;
  const [b] = right;
  if (left.length !== 1 || right.length !== 1 || a?.k !== 'num' || b?.k !== 'num') {
    if (op === '*' && left.length === 1 && a?.k === 'text' && b?.k === 'num' && b.v >= 0 && b.v <= 16) {
      return concatenateValues(Array.from({ length: b.v }, () => left));
    }
    return UNKNOWN;
  }
  const results: Readonly<Record<string, number>> = {
    '+': a.v + b.v,
    '-': a.v - b.v,
    '*': a.v * b.v,
    '//': Math.floor(a.v / b.v),
    '%': a.v % b.v,
  };
  const result = results[op];
  return result === undefined || !Number.isFinite(result) ? UNKNOWN : [{ k: 'num', v: result }];
}

function formatWithPercent(m: Machine, left: Value, right: Value, frame: Frame): Value {
  const asTuple = right.length === 1 && right[0]?.k === 'seq' ? right[0] : null;
  const positional = (index: number): Value => {
    if (asTuple) return asTuple.items[index] ?? asTuple.rest ?? UNKNOWN;
    return index === 0 ? right : UNKNOWN;
  };
  const named = (name: string): Value =>
    readItem(m, right, textValue([{ kind: 'literal', text: name, uri: '', segments: [] }]), frame);
  return joinAll(textsOf(left).map((template) => formatPercent(template, positional, named)));
}

function evaluateBoolean(m: Machine, expr: Extract<Expr, { k: 'bool' }>, frame: Frame): Value {
  const base = m.conditions.length;
  const kept: Value[] = [];
  let before: readonly Literal[] = [];
  for (const [i, item] of expr.items.entries()) {
    const value = m.evaluate(item, frame);
    const truth = m.truthOf(value);
    const last = i === expr.items.length - 1;
    const stops = truth === (expr.op === 'or');
    const condition = conditionOf(value);
    const [passed, ends] =
      expr.op === 'and' ? [condition.whenTrue, condition.whenFalse] : [condition.whenFalse, condition.whenTrue];
    if (last || stops || truth === null)
      kept.push(underLiterals(last ? value : underLiterals(keepSide(value, expr.op === 'or', m), ends), before));
    if (stops) break;
    for (const literal of passed) m.conditions.push({ literal, exit: 'branch', guard: 'inline' });
    before = mergeLiterals(before, passed) ?? before;
  }
  m.conditions.length = base;
  const configured = kept.every((value) =>
    value.every((alternative) => ['conf', 'cond', 'const'].includes(alternative.k)),
  );
  if (configured && kept.some((value) => value.some((alternative) => alternative.k !== 'const'))) {
    return valueOfCondition(combineConfigured(expr.op, kept, m));
  }
  return joinAll(kept);
}

function conditionOf(value: Value): {
  whenTrue: readonly { key: string; holds: boolean }[];
  whenFalse: readonly { key: string; holds: boolean }[];
} {
  const [only] = value;
  if (value.length === 1 && only?.k === 'cond') return only.literals;
  if (value.length === 1 && only?.k === 'conf' && only.path.includes('.')) {
    return { whenTrue: [{ key: only.path, holds: true }], whenFalse: [{ key: only.path, holds: false }] };
  }
  return { whenTrue: [], whenFalse: [] };
}

function combineConfigured(
  op: 'and' | 'or',
  values: readonly Value[],
  m: Machine,
): { truth: boolean | null; literals: ReturnType<typeof conditionOf> } {
  const open = values.filter((value) => m.truthOf(value) === null).map(conditionOf);
  const [single] = open;
  if (open.length === 1 && single) return { truth: null, literals: single };
  const whenTrue = op === 'and' ? open.flatMap((one) => one.whenTrue) : [];
  const whenFalse = op === 'or' ? open.flatMap((one) => one.whenFalse) : [];
  return { truth: null, literals: { whenTrue, whenFalse } };
}

/** The alternatives of an operand that end a boolean expression: the true ones of `or`, the false ones of `and`. */
function keepSide(value: Value, truth: boolean, m: Machine): Value {
  return value.filter((alternative) => m.truthOf([alternative]) !== !truth);
}

function evaluateConditional(m: Machine, expr: Extract<Expr, { k: 'if' }>, frame: Frame): Value {
  const condition = m.evaluateCondition(expr.test, frame);
  if (condition.truth !== null) return m.evaluate(condition.truth ? expr.a : expr.b, frame);
  let a: Value = [];
  let b: Value = [];
  m.branch(
    condition.literals,
    () => ((a = m.evaluate(expr.a, frame)), 1),
    () => ((b = m.evaluate(expr.b, frame)), 1),
  );
  return joinWays(a, condition.literals.whenTrue, b, condition.literals.whenFalse);
}

/** Key under which a dictionary keeps an entry; null when the key is not one known constant. */
export function dictionaryKey(key: Value): string | null {
  const [only] = key;
  if (key.length !== 1 || !only) return null;
  if (only.k === 'num') return `n:${String(only.v)}`;
  if (only.k !== 'text') return null;
  let text = '';
  for (const part of only.parts) {
    if (part.kind === 'hole') return null;
    text += part.text;
  }
  return `s:${text}`;
}

function evaluateDictionary(m: Machine, expr: Extract<Expr, { k: 'dict' }>, frame: Frame): Value {
  const obj = newObject('dict');
  for (const { key, value } of expr.items) {
    const evaluated = m.evaluate(value, frame);
    if (key === null) copyMapping(evaluated, obj);
    else {
      const name = dictionaryKey(m.evaluate(key, frame));
      if (name !== null) obj.fields.set(name, evaluated);
      else obj.fields.set('#open', joinValues(obj.fields.get('#open') ?? [], evaluated));
    }
  }
  return [{ k: 'obj', obj }];
}

function copyMapping(value: Value, into: HeapObject): void {
  for (const alternative of value) {
    if (alternative.k !== 'obj' || alternative.obj.kind !== 'dict') {
      into.fields.set('#open', UNKNOWN);
      continue;
    }
    for (const [key, entry] of alternative.obj.fields) into.fields.set(key, entry);
  }
}

function evaluateSubscript(m: Machine, expr: Extract<Expr, { k: 'sub' }>, frame: Frame): Value {
  const obj = m.evaluate(expr.obj, frame);
  if (expr.index.k === 'slice') {
    for (const bound of [expr.index.lo, expr.index.hi, expr.index.step]) if (bound) m.evaluate(bound, frame);
    return isSequence(obj)
      ? [{ k: 'seq', items: [], rest: joinAll([...readSequence(obj).items, readSequence(obj).rest ?? []]) }]
      : UNKNOWN;
  }
  return readItem(m, obj, m.evaluate(expr.index, frame), frame);
}

function evaluateComprehension(m: Machine, expr: Extract<Expr, { k: 'comp' }>, frame: Frame): Value {
  const collected: Value[] = [];
  let exact = true;
  const run = (depth: number): void => {
    const generator = expr.gens[depth];
    if (!generator) {
      collected.push(m.evaluate(expr.elt, frame));
      if (expr.value) m.evaluate(expr.value, frame);
      return;
    }
    const sequence = readSequence(m.evaluate(generator.iter, frame));
    const elements =
      sequence.rest === null ? sequence.items.slice(0, 16) : [joinAll([...sequence.items, sequence.rest])];
    if (sequence.rest !== null || generator.ifs.length > 0) exact = false;
    for (const element of elements) {
      assignTarget(m, generator.target, element, frame);
      const literals = generator.ifs.map((test) => m.evaluateCondition(test, frame));
      if (literals.some((condition) => condition.truth === false)) continue;
      run(depth + 1);
    }
  };
  m.maybe(() => run(0));
  if (expr.kind === 'dict') {
    const obj = newObject('dict');
    obj.fields.set('#open', UNKNOWN);
    return [{ k: 'obj', obj }];
  }
  const contents: Alternative = exact
    ? { k: 'seq', items: collected, rest: null }
    : { k: 'seq', items: [], rest: joinAll(collected) };
  return expr.kind === 'gen' ? [contents] : newList(contents);
}

function evaluateYield(m: Machine, expr: Extract<Expr, { k: 'await' | 'yield' | 'unary' }>, frame: Frame): Value {
  const value = expr.x ? m.evaluate(expr.x, frame) : NONE;
  frame.yielded = joinValues(frame.yielded, value);
  return UNKNOWN;
}

function evaluateUnary(m: Machine, expr: Extract<Expr, { k: 'await' | 'yield' | 'unary' }>, frame: Frame): Value {
  const value = expr.x ? m.evaluate(expr.x, frame) : UNKNOWN;
  const [only] = value;
  return expr.op === '-' && value.length === 1 && only?.k === 'num' ? [{ k: 'num', v: -only.v }] : UNKNOWN;
}

/** Binds a target (name, attribute, item, or a tuple of them) to a value. */
export function assignTarget(m: Machine, target: Expr, value: Value, frame: Frame): void {
  switch (target.k) {
    case 'name':
      assignName(m, target.id, value, frame);
      break;
    case 'attr':
      m.setAttribute(m.evaluate(target.obj, frame), target.attr, value);
      break;
    case 'sub':
      assignItem(
        m,
        m.evaluate(target.obj, frame),
        target.index.k === 'slice' ? UNKNOWN : m.evaluate(target.index, frame),
        value,
      );
      noteChanged(m, target.obj, frame);
      break;
    case 'tuple':
    case 'list': {
      const sequence = readSequence(value);
      target.items.forEach((item, i) => {
        assignTarget(m, item.k === 'star' ? item.x : item, sequence.items[i] ?? sequence.rest ?? UNKNOWN, frame);
      });
      break;
    }
    default:
      break;
  }
}

function assignName(m: Machine, name: string, value: Value, frame: Frame): void {
  if (frame.globals.has(name)) {
    const scope = frame.closures.find((closure) => closure.fields.has(name));
    if (scope) m.heap.write(scope, name, joinValues(scope.fields.get(name) ?? [], value));
    return;
  }
  m.heap.write(frame.locals, name, separate(value));
}

function assignItem(m: Machine, container: Value, key: Value, value: Value): void {
  const single = container.length === 1;
  for (const alternative of container) {
    if (alternative.k !== 'obj' && alternative.k !== 'data') continue;
    const { obj } = alternative;
    if (obj.kind === 'dict' || obj.kind === 'instance') {
      const name = dictionaryKey(key) ?? '#open';
      const strong = single && name !== '#open';
      m.heap.write(obj, name, strong ? value : overwrite(obj.fields.get(name) ?? ABSENT, value, alternative.when));
    } else if (obj.kind === 'list') {
      const contents = readSequence([alternative]);
      m.heap.write(obj, '#', [{ k: 'seq', items: contents.items, rest: joinValues(contents.rest ?? [], value) }]);
    }
  }
}
