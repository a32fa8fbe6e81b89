import type { Expr } from '../../model/facts';
import type { TextRange } from '../../model/text';
import type { ProjectClass } from '../../project/project';
import { callBuiltin } from './builtins';
import { supposeCallbacks } from './callbacks';
import { callExternal } from './externals';
import { observeApiCall } from './apiCalls';
import { isExceptionClass, isRestClientClass } from './classTraits';
import { observeConsoleWrite } from './consoles';
import { callFramework } from './framework';
import { underLiterals } from './conditionalValues';
import { newData, newObject } from './heap';
import type { CallArguments, Frame, Machine } from './machine';
import { bindParameters } from './parameters';
import { locate, viaRoute } from './locate';
import { CONSOLE_WRITERS } from './sinks';
import { UNKNOWN, joinAll, plainText, present, type Alternative, type Value } from './values';

/** Calls every alternative of a callee; where there are several, each may or may not be the one. */
export function callValue(
  m: Machine,
  callee: Value,
  args: CallArguments,
  frame: Frame,
  range: TextRange,
  calleeExpr: Expr | null,
): Value {
  const targets = present(m.feasible(callee));
  const [first] = targets;
  if (first && targets.length === 1 && !first.when) return callAlternative(m, first, args, frame, range, calleeExpr);
  const call = (target: Alternative): Value => {
    const result = m.under(target.when, () => callAlternative(m, target, args, frame, range, calleeExpr));
    return underLiterals(result, target.when ?? []);
  };
  if (first && targets.length === 1) return call(first);
  const count = targets.length;
  const results = targets.map((target) =>
    viaRoute(m, { k: 'among', count }, frame, range, () => m.maybe(() => call(target))),
  );
  // One of several that skips does not skip for all.
  if (targets.length > 1) m.skipped = m.failed = false;
  return results.length > 0 ? joinAll(results) : UNKNOWN;
}

function callAlternative(
  m: Machine,
  target: Alternative,
  args: CallArguments,
  frame: Frame,
  range: TextRange,
  calleeExpr: Expr | null,
): Value {
  switch (target.k) {
    case 'fn':
      return callFunction(m, target, args, frame, range);
    case 'class':
      return construct(m, target.cls, args, frame, range);
    case 'lambda':
      return callLambda(m, target, args, frame, range);
    case 'partial': {
      const kw = new Map([...target.kw, ...args.kw]);
      const given = { ...args, args: [...target.args, ...args.args], kw };
      return viaRoute(m, { k: 'partial' }, frame, range, () => m.call(target.fn, given, frame, range, null));
    }
    case 'builtin':
      return callBuiltin(m, target.name, target.self, args, frame, range);
    case 'ext':
      return callExternal(m, target, args, frame, range);
    case 'namedtuple':
      return constructTuple(target.fields, args);
    case 'obj': {
      const { cls } = target.obj;
      if (cls && m.project.findMember(cls, '__call__')) {
        const method = m.getAttribute([target], '__call__', frame, range);
        return viaRoute(m, { k: 'callable', cls: cls.fullName }, frame, range, () =>
          m.call(method, args, frame, range, null),
        );
      }
      return UNKNOWN;
    }
    case 'conf':
    case 'const':
    case 'num':
      return UNKNOWN;
    default:
      return callUnknown(m, args, frame, range, calleeExpr);
  }
}

/** The target is not known: the call is noted, and callbacks handed to it are supposed to be called. */
function callUnknown(m: Machine, args: CallArguments, frame: Frame, range: TextRange, calleeExpr: Expr | null): Value {
  const name = calleeExpr?.k === 'attr' ? calleeExpr.attr : calleeExpr?.k === 'name' ? calleeExpr.id : '';
  if (name !== '') m.noteUnresolved(frame, range, name);
  supposeCallbacks(m, args, frame, range);
  return newData();
}

function callFunction(
  m: Machine,
  target: Extract<Alternative, { k: 'fn' }>,
  args: CallArguments,
  frame: Frame,
  range: TextRange,
): Value {
  // A decorator's wrapper calls the bare function; whoever called the wrapper is its caller.
  if (!target.bare) m.noteCall(frame, range, target.fn);
  const known = callFramework(m, target, args, frame, range);
  if (known) return known;
  const receiver = target.self?.[0];
  const receiverClass = receiver?.k === 'obj' ? receiver.obj.cls : null;
  if (receiverClass && isRestClientClass(m.project, receiverClass)) {
    return observeApiCall(m, target.fn.facts.name, args, frame, range);
  }
  if (CONSOLE_WRITERS.has(target.fn.facts.name)) observeConsoleWrite(m, frame, range);
  const wrapped = target.bare ? null : m.decorated(target);
  if (wrapped)
    return m.call(wrapped, target.self ? { ...args, args: [target.self, ...args.args] } : args, frame, range, null);
  return m.invoke(target, args, frame, range);
}

function callLambda(
  m: Machine,
  target: Extract<Alternative, { k: 'lambda' }>,
  args: CallArguments,
  frame: Frame,
  range: TextRange,
): Value {
  const inner = m.newFrame(target.module, frame.owner, null, [target.closure, ...m.enclosingScopes(target.closure)]);
  bindParameters(m, target.expr.params, args, inner.locals, () => inner);
  const run = (): Value =>
    m.enterFrame({ ...inner, name: '<lambda>', callRange: range }, (entered) => m.evaluate(target.expr.body, entered));
  return m.reasons ? m.reasons.enter(inner, target, args, run) : run();
}

function construct(m: Machine, cls: ProjectClass, args: CallArguments, frame: Frame, range: TextRange): Value {
  const obj = newObject('instance', cls);
  const self: Value = [{ k: 'obj', obj }];
  m.reasons?.noteConstructed(obj, locate(frame, range));
  if (isRestClientClass(m.project, cls) || isExceptionClass(m.project, cls)) return self;
  const init = m.project.findMember(cls, '__init__');
  if (init?.binding.k === 'function') {
    const fn = m.project.functionAt(init.owner.module, init.binding.index);
    if (fn) callFunction(m, { k: 'fn', fn, self, owner: init.owner, closure: null }, args, frame, range);
  } else constructFromBases(m, cls, obj, args);
  return self;
}

/** Classes made from a named tuple, or from a mapping, keep what they were given. */
function constructFromBases(
  m: Machine,
  cls: ProjectClass,
  obj: ReturnType<typeof newObject>,
  args: CallArguments,
): void {
  for (const base of cls.facts.bases) {
    if (base.k !== 'call') continue;
    const [tuple] = m.evaluate(base, m.newFrame(cls.module, null));
    if (tuple?.k === 'namedtuple') fillTuple(obj, tuple.fields, args);
  }
}

function constructTuple(fields: readonly string[], args: CallArguments): Value {
  const obj = newObject('instance');
  fillTuple(obj, fields, args);
  return [{ k: 'obj', obj }];
}

function fillTuple(obj: ReturnType<typeof newObject>, fields: readonly string[], args: CallArguments): void {
  const items = fields.map((field, i) => args.args[i] ?? args.kw.get(field) ?? UNKNOWN);
  fields.forEach((field, i) => obj.fields.set(field, items[i] ?? UNKNOWN));
  obj.fields.set('#tuple', [{ k: 'seq', items, rest: null }]);
  obj.fields.set('_fields', [{ k: 'seq', items: fields.map(plainText), rest: null }]);
}
