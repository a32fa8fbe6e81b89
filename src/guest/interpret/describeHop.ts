import type { DefinedName, HopReason } from '../../model/hopReason';
import type { SiteKind } from '../../model/siteKind';
import type { Expr } from '../../model/facts';
import type { TextRange } from '../../model/text';
import type { ProjectClass, ProjectFunction } from '../../project/project';
import { describeValue } from './knownValues';
import type { CallStep, FunctionAlternative } from './hopNotes';
import type { ActivationNotes, Frame, Reasons } from './machine';
import { locate } from './locate';
import type { Value } from './values';

/**
 * Why an activation is on the way: how it was found and called from the one before it, then the conditions that hold where it
 * is now.
 * @param around wrappers of decorators between the two, outermost first
 */
export function describeHop(
  reasons: Reasons,
  frame: Frame,
  caller: Frame | null,
  around: readonly Frame[],
): readonly HopReason[] {
  const [outermost] = around;
  // A wrapper stands where the function is looked for: how it was called is how the function is called.
  const called = reasons.notesOf(outermost ?? frame);
  const notes = { ...called, target: targetOf(reasons.notesOf(frame).target, called) };
  const steps = isPassedOn(called.steps) ? called.steps.filter((step) => step.k !== 'written') : called.steps;
  return [
    ...steps.flatMap((step) => describeStep(reasons, step, notes, frame, caller)),
    ...(isPassedOn(called.steps) && notes.target ? [namedOnly(notes.target)] : []),
    ...around.flatMap((wrapper): HopReason[] =>
      wrapper.fn ? [{ k: 'route', route: { k: 'decorated', wrapper: definedFunction(wrapper.fn) }, at: null }] : [],
    ),
    ...around.flatMap((wrapper) => conditionsOf(reasons, wrapper)),
    ...conditionsOf(reasons, frame),
  ];
}

/** The conditions under which a text of the activation was put together, which may no longer hold where it is used. */
export function conditionsOfText(reasons: Reasons, frame: Frame, { start }: TextRange): HopReason[] {
  const now = reasons.notesOf(frame).conditions;
  return reasons
    .conditionsOfText(frame, start)
    .filter((note) => !now.includes(note))
    .map((note) => ({ k: 'condition', ...note }));
}

/** Routes on which what the source calls is not what is called in the end. */
const PASSING: ReadonlySet<string> = new Set([
  'used-fixture',
  'expected-failure',
  'supposed',
  'special-method',
  'property',
]);

function isPassedOn(steps: readonly CallStep[]): boolean {
  return steps.some((step) => step.k === 'route' && PASSING.has(step.route.k));
}

/** The function that is run, bound as the caller had it: a wrapper gives the receiver as its first argument. */
function targetOf(target: FunctionAlternative | null, called: ActivationNotes): FunctionAlternative | null {
  if (!target || !called.target || target === called.target) return target;
  const [first] = called.given.args;
  const self = called.target.self ?? target.self ?? (target.owner && first ? first : null);
  const source = called.target.source ?? target.source;
  return { ...target, self, ...(source && { source }) };
}

function namedOnly(target: FunctionAlternative): HopReason {
  return {
    k: 'callee',
    code: null,
    target: definedFunction(target.fn),
    how: howFound(target),
    receiver: null,
    inheritedBy: inheritor(target),
    computed: null,
    given: null,
  };
}

function inheritor(target: FunctionAlternative): string | null {
  const cls = receiverClass(target);
  return cls && target.owner && cls !== target.owner ? cls.fullName : null;
}

function conditionsOf(reasons: Reasons, frame: Frame): HopReason[] {
  return reasons.notesOf(frame).conditions.map((note) => ({ k: 'condition', ...note }));
}

function describeStep(
  reasons: Reasons,
  step: CallStep,
  { target }: Pick<ActivationNotes, 'target'>,
  frame: Frame,
  caller: Frame | null,
): HopReason[] {
  switch (step.k) {
    case 'route':
      return step.route.k === 'decorated' ? [] : [{ k: 'route', route: step.route, at: step.at }];
    case 'written':
      return [describeCallee(reasons, step.call.fn, step.uri, target, frame, caller)];
    case 'cleanup':
      return [
        {
          k: 'cleanup',
          scope: step.scope,
          by: step.by,
          at: step.at,
          callee: target ? definedFunction(target.fn) : null,
        },
      ];
    case 'test':
    case 'fixture': {
      const cls = target ? receiverClass(target) : null;
      if (!target || !cls) return [];
      const method = definedFunction(target.fn);
      return step.k === 'test'
        ? [{ k: 'test', cls: definedClass(cls), method }]
        : [{ k: 'fixture', scope: step.scope, when: step.when, cls: definedClass(cls), method }];
    }
  }
}

function describeCallee(
  reasons: Reasons,
  callee: Expr,
  uri: string,
  target: FunctionAlternative | null,
  frame: Frame,
  caller: Frame | null,
): HopReason {
  const code = { uri, range: { start: callee.s, end: callee.e } };
  if (!target) {
    return {
      k: 'callee',
      code,
      target: { name: 'a lambda', at: reasons.notesOf(frame).lambda ?? code },
      how: 'lambda',
      receiver: null,
      inheritedBy: null,
      computed: null,
      given: given(reasons, callee, caller),
    };
  }
  const isSuper =
    callee.k === 'attr' && callee.obj.k === 'call' && callee.obj.fn.k === 'name' && callee.obj.fn.id === 'super';
  const isConstructor = target.fn.facts.name === '__init__' && !(callee.k === 'attr' && callee.attr === '__init__');
  const { self, source } = target;
  return {
    k: 'callee',
    code,
    target: definedFunction(target.fn),
    how: isSuper ? 'super' : isConstructor ? 'constructor' : howFound(target),
    receiver: isConstructor ? null : receiverOf(reasons, callee, self, caller),
    inheritedBy: inheritor(target),
    computed: source?.k === 'computed' ? { code: source.at, name: source.name, exact: source.exact } : null,
    given: given(reasons, callee, caller),
  };
}

function howFound({ fn, self, owner }: FunctionAlternative): 'function' | 'method' | 'inner' {
  if (fn.facts.qualname.includes('<locals>')) return 'inner';
  return self || owner ? 'method' : 'function';
}

/** The object or class that the method is called on, where the call names it. */
function receiverOf(
  reasons: Reasons,
  callee: Expr,
  self: Value | null,
  caller: Frame | null,
): Extract<HopReason, { k: 'callee' }>['receiver'] {
  if (!self || !caller) return null;
  if (callee.k === 'attr') return describeValue(reasons, callee.obj, self, caller);
  return null;
}

/** The callee is a parameter of the calling function. */
function given(reasons: Reasons, callee: Expr, caller: Frame | null): ReturnType<Reasons['originOf']> {
  return callee.k === 'name' && caller ? reasons.originOf(caller, callee.id) : null;
}

function receiverClass({ self }: FunctionAlternative): ProjectClass | null {
  const [receiver] = self ?? [];
  return receiver?.k === 'class' ? receiver.cls : receiver?.k === 'obj' ? receiver.obj.cls : null;
}

export function definedFunction({ module, facts }: ProjectFunction): DefinedName {
  const name =
    facts.classIndex < 0 && !facts.qualname.includes('.') ? `${module.name}.${facts.qualname}` : facts.qualname;
  return { name, at: { uri: module.uri, range: facts.nameRange } };
}

export function definedClass({ module, facts, fullName }: ProjectClass): DefinedName {
  return { name: fullName, at: { uri: module.uri, range: facts.nameRange } };
}

/** The registration of a cleanup that runs nothing of the roots before it reaches the wire. */
export function describeCleanup(reasons: Reasons): HopReason[] {
  return reasons.stepsNow().flatMap((step) => (step.k === 'cleanup' ? [{ ...step, callee: null }] : []));
}

/** What the last call of a path is: the activations between it and the wire, each with the call in it. */
export function describeSite(
  reasons: Reasons,
  kind: SiteKind,
  inside: readonly Frame[],
  site: Frame,
  wire: { readonly frame: Frame; readonly range: TextRange },
): HopReason {
  const [first] = inside;
  const notes = first ? reasons.notesOf(first) : null;
  const [step] = notes?.steps ?? [];
  const through = inside.flatMap((frame, i): DefinedName[] => {
    if (!frame.fn) return [];
    const range = inside[i + 1]?.callRange ?? wire.range;
    return [{ name: definedFunction(frame.fn).name, at: locate(frame, range) }];
  });
  const written = step?.k === 'written' ? step.call.fn : null;
  // The wrapper of a decorator has its receiver as first argument.
  const self = notes?.target?.self ?? (written?.k === 'attr' ? notes?.given.args[0] : undefined);
  const receiver = written && self ? receiverOf(reasons, written, self, site) : null;
  return { k: 'site', kind, through, ends: locate(wire.frame, wire.range), receiver };
}
