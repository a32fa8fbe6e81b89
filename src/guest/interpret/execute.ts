import type { Expr, Stmt } from '../../model/facts';
import { noteChanged } from './changedValues';
import { assignTarget } from './evaluate';
import { absoluteModule } from '../../project/moduleScope';
import { commonLiterals, noteNarrowed, underLiterals } from './conditionalValues';
import { catchClass, isCaught, openTry } from './exceptions';
import { readSequence } from './containers';
import { Flow, type FlowSet, type Frame, type Machine } from './machine';
import { locate, viaRoute } from './locate';
import { concatenateValues } from './texts';
import { keysOfDotted } from './dependencies';
import { NO_ARGUMENTS } from './machine';
import { UNKNOWN, joinAll, joinValues, present, type Literal, type Value } from './values';

/** A loop over more known elements than this is run once over their join. */
const MAX_UNROLLED = 12;

/** Runs statements until control surely leaves; conditions pushed on the way hold until the end of the list. */
export function executeBlock(m: Machine, stmts: readonly Stmt[], frame: Frame): FlowSet {
  let flow: FlowSet = Flow.normal;
  // Set once some way has left without an error: what follows is one of several ways.
  let sinceExit = -1;
  for (const stmt of stmts) {
    const one = executeStatement(m, stmt, frame);
    flow = (flow & ~Flow.normal) | one;
    if (!(one & Flow.normal)) {
      if (sinceExit >= 0) m.markFailure(sinceExit, one);
      return flow;
    }
    if (sinceExit < 0 && flow & ~(Flow.normal | Flow.raises)) sinceExit = m.eventCount();
  }
  return flow;
}

function executeStatement(m: Machine, stmt: Stmt, frame: Frame): FlowSet {
  const flow = runStatement(m, stmt, frame);
  if (!m.skipped && !m.failed) return flow;
  const caught = m.failed && catchClass(m, 'AssertionError');
  m.lastRaise = caught ? 'caught' : m.skipped ? 'skip' : 'error';
  if (m.lastRaise !== 'error') leave(m, frame, flow);
  m.skipped = false;
  m.failed = false;
  return (flow & ~Flow.normal) | Flow.raises;
}

function runStatement(m: Machine, stmt: Stmt, frame: Frame): FlowSet {
  switch (stmt.k) {
    case 'expr':
      m.evaluate(stmt.x, frame);
      return Flow.normal;
    case 'assign': {
      const value = m.evaluate(stmt.value, frame);
      // What two calls give is not the same value, even where the second answer was remembered.
      const assigned = stmt.value.k === 'call' && value !== UNKNOWN ? [...value] : value;
      for (const target of stmt.targets) assignTarget(m, target, assigned, frame);
      return Flow.normal;
    }
    case 'aug':
      executeAugmented(m, stmt, frame);
      return Flow.normal;
    case 'return': {
      const value: Value = stmt.x ? m.evaluate(stmt.x, frame) : [{ k: 'const', v: null }];
      frame.returned = joinValues(frame.returned, underLiterals(value, m.ownConditions(frame)));
      frame.mayHaveReturned = true;
      return leave(m, frame, Flow.returns);
    }
    case 'raise':
      if (stmt.x) m.evaluate(stmt.x, frame);
      m.lastRaise = isCaught(m, stmt.x, frame) ? 'caught' : stmt.x && isSkip(stmt.x) ? 'skip' : 'error';
      return m.lastRaise === 'error' ? Flow.raises : leave(m, frame, Flow.raises);
    case 'if':
      return executeIf(m, stmt, frame);
    case 'for':
      return executeFor(m, stmt, frame);
    case 'while':
      // One round is run; what is asserted behind the loop may say something of another.
      return leave(m, frame, executeWhile(m, stmt, frame));
    case 'try':
      return executeTry(m, stmt, frame);
    case 'with':
      return executeWith(m, stmt, frame);
    case 'def':
      executeDefinition(m, stmt.index, frame);
      return Flow.normal;
    case 'import':
    case 'from':
      executeImport(m, stmt, frame);
      return Flow.normal;
    case 'global':
      for (const name of stmt.names) frame.globals.add(name);
      return Flow.normal;
    case 'assert':
      m.passAssertion(m.evaluateCondition(stmt.x, frame).literals.whenTrue);
      return Flow.normal;
    case 'break':
      return leave(m, frame, Flow.breaks);
    case 'continue':
      return leave(m, frame, Flow.continues);
    case 'class': {
      const cls = m.project.classAt(frame.module, stmt.index);
      if (cls) m.heap.write(frame.locals, cls.facts.name, [{ k: 'class', cls }]);
      return Flow.normal;
    }
    default:
      return Flow.normal;
  }
}

/** A way ends here other than by failing: an assertion further down says nothing of what was done so far. */
function leave(m: Machine, frame: Frame, flow: FlowSet): FlowSet {
  frame.straightSince = m.eventCount();
  return flow;
}

/** `raise cls.skipException(…)`, `raise unittest.SkipTest`, `raise testtools.TestCase.skipException`. */
function isSkip(expr: Expr): boolean {
  const named = expr.k === 'call' ? expr.fn : expr;
  const name = named.k === 'attr' ? named.attr : named.k === 'name' ? named.id : '';
  return /skip/i.test(name);
}

function executeAugmented(m: Machine, stmt: Extract<Stmt, { k: 'aug' }>, frame: Frame): void {
  const before = m.evaluate(stmt.target, frame);
  const value = m.evaluate(stmt.value, frame);
  if (stmt.op !== '+') {
    assignTarget(m, stmt.target, UNKNOWN, frame);
    return;
  }
  const lists = before.filter((alternative) => alternative.k === 'obj' && alternative.obj.kind === 'list');
  if (lists.length > 0) {
    const added = readSequence(value);
    for (const list of lists) {
      if (list.k !== 'obj') continue;
      const contents = readSequence([list]);
      const rest = contents.rest === null ? added.rest : joinAll([contents.rest, added.rest ?? [], ...added.items]);
      const items = contents.rest === null ? [...contents.items, ...added.items] : contents.items;
      m.heap.write(list.obj, '#', [{ k: 'seq', items, rest }]);
    }
    noteChanged(m, stmt.target, frame);
    return;
  }
  const isText = [...before, ...value].some((alternative) => alternative.k === 'text');
  const [a] = before;
  const [b] = value;
  const sum: Value = isText
    ? concatenateValues([before, value])
    : before.length === 1 && value.length === 1 && a?.k === 'num' && b?.k === 'num'
      ? [{ k: 'num', v: a.v + b.v }]
      : UNKNOWN;
  assignTarget(m, stmt.target, sum, frame);
}

function executeIf(m: Machine, stmt: Extract<Stmt, { k: 'if' }>, frame: Frame): FlowSet {
  const condition = m.evaluateCondition(stmt.test, frame);
  const question = m.reasons?.ask(m, 'if', stmt.test, condition, frame);
  const take = (holds: boolean): FlowSet => {
    const block = holds ? stmt.body : stmt.orelse;
    if (block.length === 0) return Flow.normal;
    const run = (): FlowSet => m.execute(block, frame);
    return question ? (m.reasons?.where(question, holds, frame, run) ?? run()) : run();
  };
  if (condition.truth !== null) {
    // What would have left does not: so it is for all that follows.
    if (question && alwaysLeaves(condition.truth ? stmt.orelse : stmt.body))
      m.reasons?.noteExit(question, condition.truth, frame);
    return take(condition.truth);
  }
  const flows: [FlowSet, FlowSet] = [Flow.normal, Flow.normal];
  const flow = m.branch(
    condition.literals,
    () => {
      narrow(m, stmt.test, true, frame);
      return (flows[0] = take(true));
    },
    () => {
      narrow(m, stmt.test, false, frame);
      return (flows[1] = take(false));
    },
  );
  const falls = flows.map((one) => (one & Flow.normal) !== 0);
  if (question && falls[0] !== falls[1]) m.reasons?.noteExit(question, falls[0] === true, frame);
  return flow;
}

/** True for a block that ends in a statement behind which nothing is run. */
function alwaysLeaves(block: readonly Stmt[]): boolean {
  const last = block.at(-1);
  return last !== undefined && ['return', 'raise', 'break', 'continue'].includes(last.k);
}

/** Leaves only the alternatives of a local name that agree with the condition on it (`if name`, `if name is None`, `not`). */
function narrow(m: Machine, test: Expr, holds: boolean, frame: Frame): void {
  if (test.k === 'not') narrow(m, test.x, !holds, frame);
  else if (test.k === 'bool' && test.op === (holds ? 'and' : 'or'))
    for (const item of test.items) narrow(m, item, holds, frame);
  else if (test.k === 'name') narrowName(m, test.id, frame, (truth) => truth !== !holds);
  else if (
    test.k === 'cmp' &&
    test.l.k === 'name' &&
    test.ops.length === 1 &&
    test.r[0]?.k === 'const' &&
    test.r[0].v === null
  ) {
    const wantsNone = (test.ops[0] === 'is' || test.ops[0] === '==') === holds;
    const value = frame.locals.fields.get(test.l.id);
    if (!value) return;
    const kept = value.filter((alternative) => {
      if (alternative.k === 'unknown' || alternative.k === 'ext' || alternative.k === 'conf') return true;
      return (alternative.k === 'const' && alternative.v === null) === wantsNone;
    });
    writeNarrowed(m, frame, test.l.id, value, kept);
  }
}

function writeNarrowed(m: Machine, frame: Frame, name: string, value: Value, kept: Value): void {
  if (kept.length === 0 || kept.length === value.length) return;
  noteNarrowed(kept, value);
  m.heap.write(frame.locals, name, kept);
}

function narrowName(m: Machine, name: string, frame: Frame, keep: (truth: boolean | null) => boolean): void {
  const value = frame.locals.fields.get(name);
  if (!value) return;
  const kept = value.filter((alternative) => keep(m.truthOf([alternative])));
  writeNarrowed(m, frame, name, value, kept);
}

function executeFor(m: Machine, stmt: Extract<Stmt, { k: 'for' }>, frame: Frame): FlowSet {
  const sequence = readSequence(m.evaluate(stmt.iter, frame));
  let flow: FlowSet = 0;
  const runBody = (element: Value): FlowSet => {
    assignTarget(m, stmt.target, element, frame);
    return m.execute(stmt.body, frame);
  };
  if (sequence.rest === null && sequence.items.length > 0 && sequence.items.length <= MAX_UNROLLED) {
    for (const element of sequence.items) {
      const base = m.conditions.length;
      const one = runBody(element);
      // What had to hold for a round to pass holds behind the loop, when there is no other way out of it.
      const kept =
        one & ~(Flow.normal | Flow.raises)
          ? []
          : m.conditions.slice(base).filter((condition) => condition.exit === 'raise');
      m.conditions.length = base;
      m.conditions.push(...kept);
      flow |= one;
      if (!(one & (Flow.normal | Flow.continues))) break;
    }
    if (!(flow & (Flow.normal | Flow.continues | Flow.breaks))) return flow;
  } else {
    const element = joinAll([...sequence.items, sequence.rest ?? []]);
    const base = m.conditions.length;
    m.maybe(() => (flow |= runBody(element.length > 0 ? element : UNKNOWN)));
    m.conditions.length = base;
  }
  const left = (flow & (Flow.returns | Flow.raises)) | Flow.normal;
  if (stmt.orelse.length === 0) return left;
  return left | executeElse(m, stmt.orelse, (flow & Flow.breaks) !== 0, frame);
}

function executeWhile(m: Machine, stmt: Extract<Stmt, { k: 'while' }>, frame: Frame): FlowSet {
  const condition = m.evaluateCondition(stmt.test, frame);
  const { truth, literals } = condition;
  if (truth === false) return m.execute(stmt.orelse, frame);
  const forever = truth === true && stmt.test.k === 'const';
  const base = m.conditions.length;
  for (const literal of literals.whenTrue) m.conditions.push({ literal, exit: 'branch', guard: 'inline' });
  const question = forever ? null : m.reasons?.ask(m, 'while', stmt.test, condition, frame);
  const runBody = (): FlowSet => m.execute(stmt.body, frame);
  const run = question ? () => m.reasons?.where(question, true, frame, runBody) ?? runBody() : runBody;
  const flow = forever ? run() : m.maybe(run);
  m.conditions.length = base;
  const left = flow & (Flow.returns | Flow.raises);
  // `while True` ends by break alone; when no way out was seen, the next round may find one.
  if (forever && !(flow & Flow.breaks) && left !== 0) return left;
  const after = stmt.orelse.length > 0 ? executeElse(m, stmt.orelse, true, frame) : Flow.normal;
  return left | after | Flow.normal;
}

/** The `else` of a loop; it is one of two ways when the loop may be left by `break`. */
function executeElse(m: Machine, orelse: readonly Stmt[], mayBreak: boolean, frame: Frame): FlowSet {
  if (!mayBreak) return m.execute(orelse, frame);
  return m.maybe(() => m.markFailure(m.eventCount(), m.execute(orelse, frame)));
}

function executeTry(m: Machine, stmt: Extract<Stmt, { k: 'try' }>, frame: Frame): FlowSet {
  const base = m.conditions.length;
  const open = openTry(m, stmt, frame);
  m.openTries.push(open);
  const body = m.execute(stmt.body, frame);
  m.openTries.pop();
  let flow = body;
  if (stmt.handlers.length > 0) m.conditions.length = base;
  if (body & Flow.normal && stmt.orelse.length > 0) flow = (flow & ~Flow.normal) | m.execute(stmt.orelse, frame);
  stmt.handlers.forEach((handler, i) => {
    flow |= runHandler(m, handler, open.handlers[i]?.reachedWhere ?? [], frame);
  });
  if (stmt.handlers.length > 0) m.conditions.length = base;
  if (stmt.final.length > 0) {
    const final = m.execute(stmt.final, frame);
    if (!(final & Flow.normal)) return final;
  }
  return flow;
}

type Handler = Extract<Stmt, { k: 'try' }>['handlers'][number];

/**
 * The handler of an exception runs when something has failed, and then what it does only explains that; unless a `raise` of the
 * code's own leads here: then it is a way like any other, under what holds at every such `raise`.
 */
function runHandler(
  m: Machine,
  handler: Handler,
  reachedWhere: readonly (readonly Literal[])[],
  frame: Frame,
): FlowSet {
  const isOrdinary = reachedWhere.length > 0;
  if (!isOrdinary) m.handlerDepth++;
  const { lastRaise } = m;
  try {
    return m.maybe(() => m.under(commonLiterals(reachedWhere), () => runHandlerBody(m, handler, frame)));
  } finally {
    if (!isOrdinary) m.handlerDepth--;
    m.lastRaise = lastRaise;
  }
}

function runHandlerBody(m: Machine, handler: Handler, frame: Frame): FlowSet {
  if (handler.name) m.heap.write(frame.locals, handler.name, UNKNOWN);
  const since = m.eventCount();
  const run = (): FlowSet => m.markFailure(since, m.execute(handler.body, frame));
  const code = handler.type ?? handler.body[0];
  return m.reasons && code ? m.reasons.inHandler(locate(frame, { start: code.s, end: code.e }), frame, run) : run();
}

function executeWith(m: Machine, stmt: Extract<Stmt, { k: 'with' }>, frame: Frame): FlowSet {
  const managers: { value: Value; range: { start: number; end: number } }[] = [];
  let expectsFailure = false;
  for (const { context, target } of stmt.items) {
    const value = m.evaluate(context, frame);
    const range = { start: context.s, end: context.e };
    if (context.k === 'call' && context.fn.k === 'attr' && context.fn.attr.startsWith('assertRaises'))
      expectsFailure = true;
    const entered = enter(m, value, frame, range);
    managers.push({ value, range });
    if (target) assignTarget(m, target, entered, frame);
  }
  if (expectsFailure) m.expectedFailureDepth++;
  let flow = m.execute(stmt.body, frame);
  if (expectsFailure) {
    m.expectedFailureDepth--;
    flow |= Flow.normal;
  }
  for (const { value, range } of managers.reverse()) exit(m, value, frame, range);
  return flow;
}

function enter(m: Machine, value: Value, frame: Frame, range: { start: number; end: number }): Value {
  const entered: Value[] = [];
  for (const alternative of present(value)) {
    if (alternative.k === 'gen') entered.push(alternative.yielded);
    else if (alternative.k === 'obj' && alternative.obj.cls && m.project.findMember(alternative.obj.cls, '__enter__')) {
      const method = m.getAttribute([alternative], '__enter__', frame, range);
      entered.push(
        viaRoute(m, { k: 'special-method', method: '__enter__' }, frame, range, () =>
          m.call(method, NO_ARGUMENTS, frame, range, null),
        ),
      );
    } else entered.push([alternative]);
  }
  return joinAll(entered);
}

function exit(m: Machine, value: Value, frame: Frame, range: { start: number; end: number }): void {
  for (const alternative of present(value)) {
    if (alternative.k !== 'obj' || !alternative.obj.cls || !m.project.findMember(alternative.obj.cls, '__exit__'))
      continue;
    const args = [UNKNOWN, UNKNOWN, UNKNOWN];
    const method = m.getAttribute([alternative], '__exit__', frame, range);
    viaRoute(m, { k: 'special-method', method: '__exit__' }, frame, range, () =>
      m.call(method, { ...NO_ARGUMENTS, args }, frame, range, null),
    );
  }
}

function executeDefinition(m: Machine, index: number, frame: Frame): void {
  const fn = m.project.functionAt(frame.module, index);
  if (!fn) return;
  m.heap.write(frame.locals, fn.facts.name, [{ k: 'fn', fn, self: null, owner: frame.owner, closure: frame.locals }]);
}

function executeImport(m: Machine, stmt: Extract<Stmt, { k: 'import' | 'from' }>, frame: Frame): void {
  for (const { name, as } of stmt.names) {
    const head = name.split('.')[0] ?? name;
    const value = stmt.k === 'from' ? importFrom(m, stmt, name, frame) : importModule(m, as === null ? head : name);
    m.heap.write(frame.locals, as ?? (stmt.k === 'import' ? head : name), value);
  }
}

function importModule(m: Machine, name: string): Value {
  m.dependOn(keysOfDotted(m.project, name));
  const module = m.project.moduleNamed(name);
  return [module ? { k: 'module', module } : { k: 'ext', path: name }];
}

/** `from module import name` inside a function: what the name is in that module, or a module of the package. */
function importFrom(m: Machine, stmt: Extract<Stmt, { k: 'from' }>, name: string, frame: Frame): Value {
  const source = absoluteModule(frame.module.name, frame.module.isPackage, stmt.module, stmt.level);
  const module = m.project.moduleNamed(source);
  const value = module ? m.readModuleName(module, name) : [];
  return value.length > 0 ? value : importModule(m, `${source}.${name}`);
}
