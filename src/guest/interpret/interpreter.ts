import type { EvaluatedText } from '../../model/commandText';
import type { Expr, Stmt } from '../../model/facts';
import type { SiteKind } from '../../model/siteKind';
import type { TextRange } from '../../model/text';
import type { Project, ProjectClass, ProjectFunction, ProjectModule } from '../../project/project';
import { AbsorbedKeys } from './absorbedKeys';
import { getAttribute, setAttribute } from './attributes';
import { callValue } from './calls';
import { truthOfValue, evaluateCondition } from './conditions';
import { AppliedDecorators } from './appliedDecorators';
import { readDecoration } from './decorations';
import { joinEarlyReturns, runBranch } from './branches';
import { evaluateExpression } from './evaluate';
import { executeBlock } from './execute';
import { locateEvent } from './locateEvent';
import { UploadWatch } from './uploadWatch';
import { fingerprintArguments, isPlainResult, type RememberedCall } from './callMemo';
import { countCaught, mayBeKept, openUnknownTry } from './exceptions';
import { feasible, isConfigured, lookUpLiteral, underLiterals } from './conditionalValues';
import { markContradicting, markDebugOnly } from './failures';
import { Heap, newestObject, newLocals, newObject } from './heap';
import type { HeapObject } from './values';
import { RememberedValues } from './rememberedValues';
import { RelevanceOracle } from './relevance';
import { ReasonRecorder } from './reasons';
import {
  Flow,
  type AttributeAssignment,
  type CallArguments,
  type Cleanup,
  type Condition,
  type EventDetail,
  type FlowSet,
  type Frame,
  type GuestEvent,
  type Machine,
  type NewFrame,
  type OpenTry,
  type PathCondition,
  type UnfollowedCall,
} from './machine';
import { CONFIGURATION, isConfiguration, valueOfSymbol } from './moduleValues';
import { MAX_STEPS } from './limits';
import { isTooDeep } from './recursion';
import { bindParameters, namesUnknownParameter } from './parameters';
import { CallRecord } from './callRecord';
import { ClassKnowledge } from './classKnowledge';
import { keysOfName } from './dependencies';
import { NONE, UNKNOWN, joinAll, type Alternative, type ConditionLiterals, type Literal, type Value } from './values';

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
  hasSerialConsole = false;
  readonly uploads = new UploadWatch();
  skipped = false;
  failed = false;
  lastRaise: 'skip' | 'error' | 'caught' = 'error';
  readonly openTries: OpenTry[] = [];
  /** What was recorded since the caller last took it. */
  events: GuestEvent[] = [];
  unfollowed: UnfollowedCall[] = [];
  testCleanups: Cleanup[] = [];
  classCleanups: Cleanup[] = [];
  /** Keys of the functions that ran since the caller last took it: what the result depends on. */
  visited = new Set<string>();
  /** Numbers of the calls that were run since then (see CallRecord). */
  calls = new Set<number>();
  private readonly absorbed = new AbsorbedKeys();
  private silent = 0;
  /** How many events there were when the innermost open way (of a branch, of what may or may not happen) began. */
  private waySince = 0;
  wayDepth = 0;
  private steps = 0;
  exhausted = false;
  private readonly rememberedValues = new RememberedValues(this);
  private readonly classStates = new Map<ProjectClass, HeapObject>();
  private readonly decorators = new AppliedDecorators(this);
  private readonly knowledge: ClassKnowledge;
  private readonly remembered = new Map<string, RememberedCall>();
  /** Conditions on the configuration that were asked: what depends on them depends on the path. */
  private asked = new Set<string>();

  /**
   * @param dataFile text of an indexed file that is no Python
   * @param reasons keeps why things happen; null for a run that only asks what happens
   */
  constructor(
    readonly project: Project,
    readonly dataFile: (uri: string) => string | undefined = () => undefined,
    private readonly record: CallRecord = new CallRecord(),
    readonly reasons: ReasonRecorder | null = null,
    private readonly relevance = new RelevanceOracle(project),
  ) {
    this.knowledge = new ClassKnowledge(project);
  }

  /** Another interpreter of the same project, from a fresh state, that notes why things happen. */
  withReasons(): Interpreter {
    return new Interpreter(this.project, this.dataFile, new CallRecord(), new ReasonRecorder(), this.relevance);
  }

  /** What the relevance of functions rests on, for the interpreter that comes after this one. */
  relevanceAnswers(): ReadonlyMap<string, boolean> {
    return this.relevance.answers();
  }

  /** Takes over the functions that an earlier interpreter was asked about. @returns keys of those that are judged otherwise now */
  compareRelevance(before: ReadonlyMap<string, boolean>): Set<string> {
    return this.relevance.refresh(before);
  }

  /**
   * Forgets what was remembered of a module's own values, after its text changed.
   * @param changed keys of the functions whose text is another one now
   * @returns keys of functions, in any file, whose calls are followed now and were not before, or the other way round
   */
  forgetModule(uri: string, changed: ReadonlySet<string>): Set<string> {
    // What other modules made of this one's values may stand at old places too.
    this.rememberedValues.clear();
    for (const cls of this.classStates.keys()) if (cls.module.uri === uri) this.classStates.delete(cls);
    this.knowledge.forget();
    this.remembered.clear();
    const edited = [...changed].flatMap((key) => this.project.functionOfKey(key) ?? []);
    return this.relevance.refresh(this.relevance.answers(), edited);
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
    const run = (): FlowSet => executeBlock(this, stmts, frame);
    return this.reasons ? this.reasons.inBlock(frame, run) : run();
  }

  evaluateCondition(expr: Expr, frame: Frame): Condition {
    const found = evaluateCondition(this, expr, frame);
    const condition = this.reasons ? this.reasons.located(found, expr, frame) : found;
    this.noteAsked(condition.literals.whenTrue);
    this.noteAsked(condition.literals.whenFalse);
    return condition;
  }

  private noteAsked(literals: readonly Literal[]): void {
    for (const literal of literals) if (isConfigured(literal)) this.asked.add(literal.key);
  }

  feasible(value: Value): Value {
    for (const { when } of value) if (when) this.noteAsked(when);
    return feasible(value, this.conditions);
  }

  under<T>(when: readonly Literal[] | undefined, run: () => T): T {
    if (!when) return run();
    const open = when.filter((literal) => lookUpLiteral(literal.key, this.conditions) === null);
    if (open.length === 0) return run();
    const base = this.conditions.length;
    for (const literal of open) this.conditions.push({ literal, exit: 'branch', guard: 'inline' });
    try {
      return this.onWay(run);
    } finally {
      this.conditions.splice(base, open.length);
    }
  }

  truthOf(value: Value): boolean | null {
    return truthOfValue(value, this.conditions);
  }

  branch(literals: ConditionLiterals, first: () => FlowSet, second: () => FlowSet): FlowSet {
    return runBranch(this, literals, first, second);
  }

  eventCount(): number {
    return this.events.length;
  }

  markFailure(since: number, flow: FlowSet): FlowSet {
    const fails = flow === Flow.raises && this.lastRaise === 'error' && this.expectedFailureDepth === 0;
    if (fails) markDebugOnly(this.events, since);
    return flow;
  }

  onWay<T>(run: () => T): T {
    const outer = this.waySince;
    this.waySince = this.events.length;
    this.wayDepth++;
    const result = run();
    this.wayDepth--;
    this.waySince = outer;
    return result;
  }

  passAssertion(literals: readonly Literal[]): void {
    const frame = this.stack.at(-1);
    if (!frame || literals.length === 0 || this.expectedFailureDepth + this.supposedDepth > 0) return;
    if (mayBeKept(this.openTries)) return;
    markContradicting(this.events, Math.max(this.waySince, frame.straightSince), literals);
  }

  maybe<T>(run: () => T): T {
    const base = this.conditions.length;
    const start = this.heap.mark();
    const result = this.onWay(run);
    this.conditions.length = base;
    this.heap.applyJoined(this.heap.rollBack(start), new Map());
    return result;
  }

  quietly<T>(run: () => T): T {
    this.silent++;
    const { skipped, failed, lastRaise } = this;
    try {
      return run();
    } finally {
      this.silent--;
      this.skipped = skipped;
      this.failed = failed;
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
    if (isTooDeep(this.stack, target)) return UNKNOWN;
    this.visited.add(fn.key);
    if (this.relevance.isIdle(fn)) return NONE;
    const fingerprint = target.self || target.closure ? null : fingerprintArguments(args);
    if (fingerprint === null) return this.run(target, args, range);
    return this.runRemembered(target, args, range, `${fn.key} ${fingerprint}`);
  }

  /** Plain values in, plain values out, nothing done and no condition decided on the way: the next such call gets the same answer. */
  private runRemembered(
    target: Extract<Alternative, { k: 'fn' }>,
    args: CallArguments,
    range: TextRange,
    key: string,
  ): Value {
    const known = this.remembered.get(key);
    if (known && !this.isDecided(known.asked)) {
      for (const visited of known.visited) this.visited.add(visited);
      for (const asked of known.asked) this.asked.add(asked);
      for (const call of known.calls) this.calls.add(call);
      return known.value;
    }
    const before = this.countNoted();
    const outer = this.visited;
    const outerCalls = this.calls;
    const calls = new Set<number>();
    this.calls = calls;
    const visited = new Set<string>();
    const newest = newestObject();
    const mark = this.heap.mark();
    const outerAsked = this.asked;
    const asked = new Set<string>();
    this.asked = asked;
    const depth = this.conditions.length;
    this.visited = visited;
    const value = this.run(target, args, range);
    this.visited = outer;
    this.calls = outerCalls;
    this.asked = outerAsked;
    for (const one of visited) outer.add(one);
    for (const one of asked) outerAsked.add(one);
    for (const one of calls) outerCalls.add(one);
    const pure =
      this.countNoted() === before &&
      this.silent === 0 &&
      !this.skipped &&
      !this.exhausted &&
      depth === this.conditions.length &&
      !this.isDecided(asked);
    if (pure && isPlainResult(value) && this.heap.wroteOnlyNewerThan(newest, mark))
      this.remembered.set(key, { value, visited, asked, calls });
    return value;
  }

  /** Grows with everything that a call leaves behind beside its result. */
  private countNoted(): number {
    const left = this.events.length + this.unfollowed.length + this.testCleanups.length + this.classCleanups.length;
    return left + countCaught(this.openTries);
  }

  /** True when the current path says something of one of the options: an answer found on another path may not hold here. */
  private isDecided(asked: ReadonlySet<string>): boolean {
    return asked.size > 0 && this.conditions.some((condition) => asked.has(condition.literal.key));
  }

  private run(target: Extract<Alternative, { k: 'fn' }>, args: CallArguments, range: TextRange): Value {
    const { fn } = target;
    // A TypeError: nothing of the function runs, and nothing comes of it.
    if (namesUnknownParameter(fn.facts.params, args)) return [];
    const closures = target.closure ? [target.closure, ...this.enclosingScopes(target.closure)] : [];
    const entered = this.newFrame(fn.module, target.owner, fn, closures);
    entered.callRange = range;
    entered.wrapper = this.decorators.isWrapper(fn);
    const given = target.self ? { ...args, args: [target.self, ...args.args] } : args;
    entered.bound = bindParameters(this, fn.facts.params, given, entered.locals, () =>
      this.newFrame(fn.module, target.owner, null, closures),
    );
    const before = this.skipped;
    this.skipped = false;
    this.failed = false;
    let atEnd: readonly Literal[] = [];
    const runBody = (): FlowSet =>
      this.enterFrame(entered, () => {
        const left = this.execute(fn.facts.body, entered);
        joinEarlyReturns(this, entered);
        atEnd = this.ownConditions(entered);
        return left;
      });
    const catches = fn.facts.decorators.length > 0 && readDecoration(this.project, fn).mayCatch;
    if (catches) this.openTries.push(openUnknownTry(entered, this.conditions.length));
    const flow = this.reasons ? this.reasons.enter(entered, target, given, runBody) : runBody();
    if (catches) this.openTries.pop();
    // A function that always skips skips its caller; one that always fails is more likely read wrongly.
    const alwaysSkips = (flow & (Flow.normal | Flow.returns)) === 0 && this.lastRaise === 'skip';
    this.skipped = before || alwaysSkips;
    if (fn.facts.yields) return [{ k: 'gen', yielded: entered.yielded }];
    const falls = (flow & Flow.normal) !== 0;
    const returned = falls ? joinAll([entered.returned, underLiterals(NONE, atEnd)]) : entered.returned;
    return returned.length > 0 ? returned : UNKNOWN;
  }

  ownConditions(frame: Frame): readonly Literal[] {
    if (this.conditions.length <= frame.conditionsBefore) return [];
    return this.conditions
      .slice(frame.conditionsBefore)
      .filter(({ exit }) => exit !== 'raise')
      .map(({ literal }) => literal);
  }

  enterFrame<T>(frame: Frame, run: (frame: Frame) => T): T {
    const base = this.conditions.length;
    this.stack.push(frame);
    try {
      return run(frame);
    } finally {
      this.stack.pop();
      // Conditions whose other way was an exception hold for the caller too.
      let kept = base;
      for (let at = base; at < this.conditions.length; at++) {
        const condition = this.conditions[at];
        if (condition?.exit === 'raise') this.conditions[kept++] = condition;
      }
      this.conditions.length = kept;
    }
  }

  newFrame(
    module: ProjectModule,
    owner: ProjectClass | null,
    fn: ProjectFunction | null = null,
    closures: readonly HeapObject[] = [],
  ): NewFrame {
    return {
      locals: newLocals(closures),
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
      straightSince: this.events.length,
      depth: this.wayDepth,
      earlyReturns: [],
      conditionsBefore: this.conditions.length,
      globals: new Set(),
      ranCommand: false,
    };
  }

  enclosingScopes(locals: HeapObject): readonly HeapObject[] {
    return locals.enclosing;
  }

  readModuleName(module: ProjectModule, name: string): Value {
    return this.remember(module, name, () => {
      this.dependOn(keysOfName(this.project, module, name));
      const symbols = this.project.lookUp(module, name);
      if (isConfiguration(name, symbols)) return CONFIGURATION;
      return this.quietly(() =>
        this.heap.isolate(() => joinAll(symbols.map((symbol) => valueOfSymbol(this, symbol, name)))),
      );
    });
  }

  remember(holder: object, name: string, run: () => Value): Value {
    return this.rememberedValues.remember(holder, name, run);
  }

  dependOn(keys: Iterable<string>): boolean {
    if (keys instanceof Set && !this.absorbed.note(keys, this.visited)) return false;
    for (const key of keys) this.visited.add(key);
    return true;
  }

  classState(cls: ProjectClass): HeapObject {
    let state = this.classStates.get(cls);
    if (!state) this.classStates.set(cls, (state = newObject('class', cls)));
    return state;
  }

  attributeAssignments(cls: ProjectClass, name: string): readonly AttributeAssignment[] {
    return this.knowledge.attributeAssignments(cls, name);
  }

  decorated(target: Extract<Alternative, { k: 'fn' }>): Value | null {
    return this.decorators.decorated(target);
  }

  isWrapperOf(outer: ProjectFunction, inner: ProjectFunction): boolean {
    return this.decorators.isWrapperOf(outer, inner);
  }

  isGuestClient(cls: ProjectClass): boolean {
    return this.knowledge.isGuestClient(cls);
  }

  isTestClass(cls: ProjectClass): boolean {
    return this.knowledge.isTestClass(cls);
  }

  emit(kind: SiteKind, text: EvaluatedText, frame: Frame, range: TextRange, detail?: EventDetail): void {
    if (this.silent > 0) return;
    this.events.push({ ...this.uploads.see(locateEvent(this, kind, text, frame, range)), ...detail });
  }

  noteUnresolved(frame: Frame, range: TextRange, name: string): void {
    if (this.silent === 0) this.unfollowed.push({ uri: frame.module.uri, range, name });
  }

  noteCall(frame: Frame, range: TextRange, callee: ProjectFunction): void {
    if (this.decorators.isWrapper(callee)) return;
    const number = this.record.numberOf(frame, range, callee);
    if (number >= 0) this.calls.add(number);
  }

  addCleanup(scope: 'test' | 'class', callee: Value, args: CallArguments, frame: Frame, range: TextRange): void {
    for (const target of callee) if (target.k === 'fn') this.noteCall(frame, range, target.fn);
    if (this.silent > 0) return;
    (scope === 'test' ? this.testCleanups : this.classCleanups).push({
      callee,
      args,
      frame,
      range,
      conditions: this.conditions.slice(),
    });
  }
}
