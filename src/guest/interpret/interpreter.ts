import type { EvaluatedText } from '../../model/commandText';
import type { Expr, Stmt } from '../../model/facts';
import type { SiteKind } from '../../model/guestSite';
import type { TextRange } from '../../model/text';
import { isTestClass } from '../../project/discoverTests';
import type { Project, ProjectClass, ProjectFunction, ProjectModule, ProjectSymbol } from '../../project/project';
import { getAttribute, setAttribute } from './attributes';
import { callValue } from './calls';
import { truthOfValue, evaluateCondition } from './conditions';
import { readDecoration } from './decorations';
import { evaluateExpression } from './evaluate';
import { executeBlock } from './execute';
import { locateEvent } from './locateEvent';
import { Heap, newObject, type HeapObject } from './heap';
import {
  Flow,
  type AttributeAssignment,
  type CallArguments,
  type Condition,
  type FlowSet,
  type Frame,
  type GuestEvent,
  type Machine,
  type PathCondition,
} from './machine';
import { bindParameters } from './parameters';
import { findAttributeAssignments, isGuestClientClass } from './classTraits';
import { UNKNOWN, joinAll, type Alternative, type ConditionLiterals, type Value } from './values';

/** Calls deeper than this are not followed. */
const MAX_DEPTH = 48;
/** The same function may be active this often at once (recursion). */
const MAX_RECURSION = 2;
/** Statements and expressions of one test: a runaway analysis ends here, and says so. */
const MAX_STEPS = 400_000;

export interface Cleanup {
  readonly callee: Value;
  readonly args: CallArguments;
  readonly frame: Frame;
  readonly range: TextRange;
  /** What held where it was registered. */
  readonly conditions: readonly PathCondition[];
}

/** A call that was not followed, with the name it was made by. */
export interface UnfollowedCall {
  readonly uri: string;
  readonly range: TextRange;
  readonly name: string;
}

/**
 * Runs Python facts abstractly: every expression yields the small set of things that it may be, every branch that is open is
 * taken both ways, and each thing done to the guest is recorded with the calls and conditions that led there.
 */
export class Interpreter implements Machine {
  readonly heap = new Heap();
  readonly conditions: PathCondition[] = [];
  readonly stack: Frame[] = [];
  handlerDepth = 0;
  expectedFailureDepth = 0;
  supposedDepth = 0;
  skipped = false;
  lastRaise: 'skip' | 'error' = 'error';
  /** What was recorded since the caller last took it. */
  events: GuestEvent[] = [];
  unfollowed: UnfollowedCall[] = [];
  testCleanups: Cleanup[] = [];
  classCleanups: Cleanup[] = [];
  /** Keys of the functions that ran since the caller last took it: what the result depends on. */
  visited = new Set<string>();
  private silent = 0;
  private steps = 0;
  exhausted = false;
  private readonly moduleNames = new Map<ProjectModule, Map<string, Value>>();
  private readonly classStates = new Map<ProjectClass, HeapObject>();
  private readonly enclosing = new WeakMap<HeapObject, readonly HeapObject[]>();
  private readonly wrapped = new Map<ProjectFunction, Value | null>();
  /** Functions that decorators put around others. */
  private readonly wrapperFunctions = new Set<ProjectFunction>();
  private readonly assignments = new Map<ProjectClass, Map<string, AttributeAssignment[]>>();
  private readonly guestClients = new Map<ProjectClass, boolean>();
  private readonly testClasses = new Map<ProjectClass, boolean>();

  constructor(readonly project: Project) {}

  /** Forgets what was remembered of a module's own values, after its text changed. */
  forgetModule(uri: string): void {
    for (const module of this.moduleNames.keys()) if (module.uri === uri) this.moduleNames.delete(module);
    for (const cls of this.classStates.keys()) if (cls.module.uri === uri) this.classStates.delete(cls);
    for (const fn of this.wrapped.keys()) if (fn.module.uri === uri) this.wrapped.delete(fn);
    this.assignments.clear();
    this.guestClients.clear();
  }

  resetSteps(): void {
    this.steps = 0;
    this.exhausted = false;
  }

  evaluate(expr: Expr, frame: Frame): Value {
    if (++this.steps > MAX_STEPS) {
      this.exhausted = true;
      return UNKNOWN;
    }
    return evaluateExpression(this, expr, frame);
  }

  execute(stmts: readonly Stmt[], frame: Frame): FlowSet {
    if (this.exhausted) return Flow.normal;
    return executeBlock(this, stmts, frame);
  }

  evaluateCondition(expr: Expr, frame: Frame): Condition {
    return evaluateCondition(this, expr, frame);
  }

  truthOf(value: Value): boolean | null {
    return truthOfValue(value, this.conditions);
  }

  branch(literals: ConditionLiterals, first: () => FlowSet, second: () => FlowSet): FlowSet {
    const base = this.conditions.length;
    const start = this.heap.mark();
    this.push(literals.whenTrue, 'branch', 'inline');
    const flowA = first();
    const raiseA = this.lastRaise;
    this.conditions.length = base;
    const changesA = this.heap.rollBack(start);
    this.push(literals.whenFalse, 'branch', 'inline');
    const flowB = second();
    const raiseB = this.lastRaise;
    this.conditions.length = base;
    const changesB = this.heap.rollBack(start);
    const fallsA = (flowA & Flow.normal) !== 0;
    const fallsB = (flowB & Flow.normal) !== 0;
    if (fallsA === fallsB) this.heap.applyJoined(changesA, changesB);
    else {
      // What the way that left has done to objects may be seen later; what holds on the other way holds from here on.
      this.heap.apply(fallsA ? changesA : changesB);
      const left = new Map([...(fallsA ? changesB : changesA)].filter(([obj]) => obj.kind !== 'frame'));
      this.heap.applyJoined(left, new Map());
      this.continueAfterExit(fallsA ? literals.whenTrue : literals.whenFalse, fallsA ? flowB : flowA, fallsA ? raiseB : raiseA);
    }
    return flowA | flowB;
  }

  private continueAfterExit(literals: ConditionLiterals['whenTrue'], exitFlow: FlowSet, raise: 'skip' | 'error'): void {
    const raises = (exitFlow & ~Flow.raises) === 0;
    const frame = this.stack[this.stack.length - 1];
    const outlives = raises && frame?.mayHaveReturned !== true;
    this.push(literals, outlives ? 'raise' : 'return', raises ? (raise === 'skip' ? 'skip' : null) : 'inline');
  }

  private push(literals: ConditionLiterals['whenTrue'], exit: PathCondition['exit'], guard: PathCondition['guard']): void {
    for (const literal of literals) this.conditions.push({ literal, exit, guard });
  }

  maybe<T>(run: () => T): T {
    const base = this.conditions.length;
    const start = this.heap.mark();
    const result = run();
    this.conditions.length = base;
    this.heap.applyJoined(this.heap.rollBack(start), new Map());
    return result;
  }

  quietly<T>(run: () => T): T {
    this.silent++;
    const { skipped, lastRaise } = this;
    try {
      return run();
    } finally {
      this.silent--;
      this.skipped = skipped;
      this.lastRaise = lastRaise;
    }
  }

  getAttribute(value: Value, name: string, frame: Frame, range: TextRange): Value {
    return getAttribute(this, value, name, frame, range);
  }

  setAttribute(value: Value, name: string, assigned: Value): void {
    setAttribute(this, value, name, assigned);
  }

  call(callee: Value, args: CallArguments, frame: Frame, range: TextRange, calleeExpr: Expr | null): Value {
    if (this.exhausted) return UNKNOWN;
    return callValue(this, callee, args, frame, range, calleeExpr);
  }

  invoke(target: Extract<Alternative, { k: 'fn' }>, args: CallArguments, _frame: Frame, range: TextRange): Value {
    const { fn } = target;
    if (this.stack.length >= MAX_DEPTH || this.activations(fn) >= MAX_RECURSION) return UNKNOWN;
    this.visited.add(fn.key);
    const closures = target.closure ? [target.closure, ...this.enclosingScopes(target.closure)] : [];
    const created = this.newFrame(fn.module, target.owner, fn, closures);
    const defaults = this.newFrame(fn.module, target.owner, null, closures);
    const given = target.self ? { ...args, args: [target.self, ...args.args] } : args;
    const bound = bindParameters(this, fn.facts.params, given, created.locals, defaults);
    const wrapper = this.wrapperFunctions.has(fn);
    const entered: Frame = { ...created, bound, callRange: range, wrapper };
    const before = this.skipped;
    this.skipped = false;
    const flow = this.enterFrame(entered, () => this.execute(fn.facts.body, entered));
    // A function that always skips skips its caller; one that always fails is more likely read wrongly.
    const alwaysSkips = (flow & (Flow.normal | Flow.returns)) === 0 && this.lastRaise === 'skip';
    this.skipped = before || alwaysSkips;
    if (fn.facts.yields) return [{ k: 'gen', yielded: entered.yielded }];
    const falls = (flow & Flow.normal) !== 0;
    const returned = falls ? joinAll([entered.returned, [{ k: 'const', v: null }]]) : entered.returned;
    return returned.length > 0 ? returned : UNKNOWN;
  }

  private activations(fn: ProjectFunction): number {
    let count = 0;
    for (const frame of this.stack) if (frame.fn === fn) count++;
    return count;
  }

  enterFrame<T>(frame: Frame, run: (frame: Frame) => T): T {
    const base = this.conditions.length;
    this.stack.push(frame);
    try {
      return run(frame);
    } finally {
      this.stack.pop();
      // Conditions whose other way was an exception hold for the caller too.
      const kept = this.conditions.slice(base).filter((condition) => condition.exit === 'raise');
      this.conditions.length = base;
      this.conditions.push(...kept);
    }
  }

  newFrame(module: ProjectModule, owner: ProjectClass | null, fn: ProjectFunction | null = null, closures: readonly HeapObject[] = []): Frame {
    const locals = newObject('frame');
    this.enclosing.set(locals, closures);
    return {
      locals,
      module,
      fn,
      name: fn ? fn.facts.qualname : '<module>',
      owner,
      closures,
      callRange: null,
      bound: [],
      wrapper: false,
      returned: [],
      yielded: [],
      mayHaveReturned: false,
      globals: new Set(),
      ranCommand: false,
    };
  }

  enclosingScopes(locals: HeapObject): readonly HeapObject[] {
    return this.enclosing.get(locals) ?? [];
  }

  readModuleName(module: ProjectModule, name: string): Value {
    let names = this.moduleNames.get(module);
    if (!names) this.moduleNames.set(module, (names = new Map<string, Value>()));
    const known = names.get(name);
    if (known) return known;
    names.set(name, UNKNOWN);
    const symbols = this.project.lookUp(module, name);
    const value = isConfiguration(name, symbols)
      ? CONFIGURATION
      : this.quietly(() => this.heap.isolate(() => joinAll(symbols.map((symbol) => this.valueOfSymbol(symbol, name)))));
    names.set(name, value);
    return value;
  }

  private valueOfSymbol(symbol: ProjectSymbol, name: string): Value {
    switch (symbol.k) {
      case 'module':
        return [{ k: 'module', module: symbol.module }];
      case 'class':
        return [{ k: 'class', cls: symbol.cls }];
      case 'function':
        return [{ k: 'fn', fn: symbol.fn, self: null, owner: null, closure: null }];
      case 'external':
        return /(^|\.)CONF$/.test(symbol.name) ? CONFIGURATION : [{ k: 'ext', path: symbol.name }];
      case 'value': {
        if (symbol.expr.k === 'name' && symbol.expr.id === name) return UNKNOWN;
        return this.evaluate(symbol.expr, this.newFrame(symbol.module, null));
      }
    }
  }

  classState(cls: ProjectClass): HeapObject {
    let state = this.classStates.get(cls);
    if (!state) this.classStates.set(cls, (state = newObject('class', cls)));
    return state;
  }

  attributeAssignments(cls: ProjectClass, name: string): readonly AttributeAssignment[] {
    let byName = this.assignments.get(cls);
    if (!byName) this.assignments.set(cls, (byName = findAttributeAssignments(this.project, cls)));
    return byName.get(name) ?? [];
  }

  decorated(target: Extract<Alternative, { k: 'fn' }>): Value | null {
    const { fn } = target;
    const known = this.wrapped.get(fn);
    if (known !== undefined) return known;
    const { wrappers } = readDecoration(this.project, fn);
    this.wrapped.set(fn, null);
    if (wrappers.length === 0) return null;
    const plain: Value = [{ k: 'fn', fn, self: null, owner: target.owner, closure: target.closure, bare: true }];
    let value = plain;
    this.quietly(() =>
      this.heap.isolate(() => {
        const frame = this.newFrame(fn.module, null);
        for (const wrapper of wrappers) {
          const callee = this.evaluate(wrapper, frame);
          const result = this.call(callee, { args: [value], kw: new Map(), openArgs: false, openKw: false }, frame, { start: wrapper.s, end: wrapper.e }, null);
          if (result.every((alternative) => alternative.k === 'fn')) value = result;
        }
      }),
    );
    for (const alternative of value) if (alternative.k === 'fn' && alternative.fn !== fn) this.wrapperFunctions.add(alternative.fn);
    const changed = value.some((alternative) => alternative.k === 'fn' && alternative.fn !== fn);
    this.wrapped.set(fn, changed ? value : null);
    return changed ? value : null;
  }

  isGuestClient(cls: ProjectClass): boolean {
    let known = this.guestClients.get(cls);
    if (known === undefined) {
      known = !this.isTestClass(cls) && isGuestClientClass(this.project, cls);
      this.guestClients.set(cls, known);
    }
    return known;
  }

  isTestClass(cls: ProjectClass): boolean {
    let known = this.testClasses.get(cls);
    if (known === undefined) this.testClasses.set(cls, (known = isTestClass(this.project, cls)));
    return known;
  }

  emit(kind: SiteKind, text: EvaluatedText, frame: Frame, range: TextRange): void {
    if (this.silent > 0) return;
    this.events.push(locateEvent(this, kind, text, frame, range));
  }

  noteUnresolved(frame: Frame, range: TextRange, name: string): void {
    if (this.silent === 0) this.unfollowed.push({ uri: frame.module.uri, range, name });
  }

  addCleanup(scope: 'test' | 'class', callee: Value, args: CallArguments, frame: Frame, range: TextRange): void {
    if (this.silent > 0) return;
    (scope === 'test' ? this.testCleanups : this.classCleanups).push({ callee, args, frame, range, conditions: this.conditions.slice() });
  }
}

const CONFIGURATION: Value = [{ k: 'conf', path: '' }];

/** `CONF` is oslo.config's configuration object wherever a module of that name is imported from. */
function isConfiguration(name: string, symbols: readonly ProjectSymbol[]): boolean {
  return name === 'CONF' && symbols.length > 0;
}
