import type { EvaluatedText } from '../../model/commandText';
import type { Expr, Stmt } from '../../model/facts';
import type { Confidence } from '../../model/guestSite';
import type { SiteKind } from '../../model/siteKind';
import type { CallRoute, HopReason, ValueOrigin } from '../../model/hopReason';
import type { TextLocation, TextRange } from '../../model/text';
import type { Project, ProjectClass, ProjectFunction, ProjectModule } from '../../project/project';
import type { Heap } from './heap';
import type { CallStep, ConditionNote, FunctionAlternative } from './hopNotes';
import type { UploadWatch } from './uploadWatch';
import type { HeapObject } from './values';
import type { Alternative, ConditionLiterals, ConsoleLog, Literal, Value } from './values';

/** How control leaves a statement: a set of bits, since the interpreter follows every way. */
export const Flow = { normal: 1, returns: 2, raises: 4, breaks: 8, continues: 16 } as const;
export type FlowSet = number;

/** An activation of a function (or a module's top level). Locals are the fields of `locals`. */
export interface Frame {
  readonly locals: HeapObject;
  readonly module: ProjectModule;
  /** Null for module level and class bodies. */
  readonly fn: ProjectFunction | null;
  /** `Class.method` as shown in evidence. */
  readonly name: string;
  /** The class whose body holds the function: where `super()` starts. */
  readonly owner: ProjectClass | null;
  /** Locals of the enclosing function, innermost first. */
  readonly closures: readonly HeapObject[];
  /** The call (in the calling frame's module) that made this activation. */
  readonly callRange: TextRange | null;
  /** The parameters as bound, in order: what the caller passed. */
  readonly bound: readonly Value[];
  /** True for the wrapper that a decorator put around a function: no hop of its own in evidence. */
  readonly wrapper: boolean;
  /** How many conditions were on the path when the activation was made. */
  readonly conditionsBefore: number;
  returned: Value;
  yielded: Value;
  /** Set once some path has left the function by `return`: later raise conditions no longer hold for all that come after. */
  mayHaveReturned: boolean;
  /**
   * How many events there were when a way last left the activation's straight line (by `return`, `break`, a skip, a round of a
   * loop), or when it was made: what came before has not surely gone on to here.
   */
  straightSince: number;
  /** How deep in open ways the activation was made. */
  readonly depth: number;
  /** Returns under a condition of the configuration that the activation's straight line has passed, in order. */
  readonly earlyReturns: EarlyReturn[];
  /** Names declared `global` or `nonlocal`. */
  readonly globals: Set<string>;
  /** Set when a command was run in the guest while this activation was on the stack. */
  ranCommand: boolean;
}

/** A way that left a function by `return` while another went on. */
export interface EarlyReturn {
  /** Of the heap, and of its objects, when it left. */
  readonly mark: number;
  readonly newest: number;
  /** What holds where it has left, and where the other way has come to the function's end. */
  readonly whereLeft: readonly Literal[];
  whereStayed: readonly Literal[];
}

/** An activation that is being made: who calls it, and with what, is filled in by whoever enters it. */
export type NewFrame = Omit<Frame, 'callRange' | 'bound' | 'wrapper'> & {
  -readonly [K in 'callRange' | 'bound' | 'wrapper']: Frame[K];
};

/** A condition on the current path. */
export interface PathCondition {
  readonly literal: Literal;
  /** `raise`: the other way ends in an exception, so the condition outlives the function. */
  readonly exit: 'raise' | 'return' | 'branch';
  /** How it switches a site off; null when the other way is an error, which is no guard. */
  readonly guard: 'skip' | 'inline' | null;
}

/** What an event says beyond its kind. */
export interface EventDetail {
  /** The rule that speaks for it instead of the kind's usual one. */
  readonly rule?: string;
  /** The console log that was read. */
  readonly log?: ConsoleLog;
  /** The test waits for what the script does: it has to run. */
  readonly mustRun?: boolean;
  /** What it went over. */
  readonly connection?: HeapObject;
  /** The channel whose command it is: what is sent into it later is the command's standard input. */
  readonly channel?: HeapObject;
  /** The key that says, among conditions, whether the guest has answered. */
  readonly answer?: string;
}

/** `why`: kept only while reasons are recorded. */
export interface EventStep {
  readonly frame: Frame;
  readonly range: TextRange;
  readonly why?: readonly HopReason[];
}

/** Something that the guest was made to do, before it is turned into a GuestSite. */
export interface GuestEvent extends EventDetail {
  readonly kind: SiteKind;
  readonly text: EvaluatedText;
  readonly confidence: Confidence;
  readonly debugOnly: boolean;
  /** The test fails when the guest answers. */
  readonly mustFail?: boolean;
  readonly conditions: readonly PathCondition[];
  /** Frames from the outermost on, the last one holding the site; `range` is the call inside it. */
  readonly path: readonly EventStep[];
  /** Activations of guest clients between the site and the wire. A login below one that also ran a command is part of the command. */
  readonly clientFrames: readonly Frame[];
}

/** A `try` whose body is being run. */
export interface OpenTry {
  readonly frame: Frame;
  readonly handlers: readonly OpenHandler[];
  /** How many conditions were on the path when it began. */
  readonly base: number;
}

export interface OpenHandler {
  readonly type: Expr | null;
  /** It ends by raising: what comes here leaves again. */
  readonly passesOn: boolean;
  /** What held at each `raise` that surely comes here, from the `try` on. */
  readonly reachedWhere: (readonly Literal[])[];
}

/** Arguments of a call after evaluation. `openKeywords`: an unknown mapping was splatted. */
export interface CallArguments {
  readonly args: readonly Value[];
  readonly kw: ReadonlyMap<string, Value>;
  /** An unknown sequence was splatted behind `args`. */
  readonly openArgs: boolean;
  readonly openKw: boolean;
}

/** A condition that was read, before it is known which way is taken. */
export type Question = Pick<ConditionNote, 'code' | 'form' | 'values'> & { readonly condition: Condition };

/** What was noted of one activation. */
export interface ActivationNotes {
  readonly steps: readonly CallStep[];
  /** Null for a lambda, and for what is no function. */
  readonly target: FunctionAlternative | null;
  readonly lambda: TextLocation | null;
  /** The receiver first, where there is one. */
  readonly given: CallArguments;
  readonly conditions: ConditionNote[];
}

/** What is run when something is called: a function, or a lambda. */
export type Callee = FunctionAlternative | Extract<Alternative, { k: 'lambda' }>;

/** Keeps why things happen while a test is explained (see reasons.ts). Each method that takes `run` runs it and hands its result on. */
export interface Reasons {
  /** Runs a call that starts with this step. */
  start<T>(step: CallStep, run: () => T): T;
  /** Runs a call that goes on with this step. */
  through<T>(route: CallRoute, at: TextLocation | null, run: () => T): T;
  /** Notes how an activation came about, and runs it: calls inside start anew. */
  enter<T>(frame: Frame, callee: Callee, given: CallArguments, run: () => T): T;
  /** How the call came about that is being made, when it runs no function of the roots. */
  stepsNow(): readonly CallStep[];
  notesOf(frame: Frame): ActivationNotes;
  noteConstructed(obj: HeapObject, at: TextLocation): void;
  placeConstructed(obj: HeapObject): TextLocation | null;
  /** What a condition asks, with what its names stand for here. */
  ask(m: Machine, form: Question['form'], test: Expr, condition: Condition, frame: Frame): Question;
  /** Runs what happens where the condition comes out so. */
  where<T>(question: Question, holds: boolean, frame: Frame, run: () => T): T;
  /** The other way has left: from here to the end of the block the condition comes out so. */
  noteExit(question: Question, holds: boolean, frame: Frame): void;
  /** Runs the handler of an exception. */
  inHandler<T>(code: TextLocation, frame: Frame, run: () => T): T;
  /** Runs a block: what exits inside say holds no longer behind it. */
  inBlock<T>(frame: Frame, run: () => T): T;
  /** A text that may go into what is sent later is read here. */
  noteText(frame: Frame, start: number): void;
  /** What held in the activation where the text that starts there was read. */
  conditionsOfText(frame: Frame, start: number): readonly ConditionNote[];
  /** The same value, knowing where it is written. */
  written(value: Value, expr: Expr, frame: Frame): Value;
  /** The same condition, what it says of configuration knowing where it is asked. */
  located(condition: Condition, expr: Expr, frame: Frame): Condition;
  /** Where the value of a parameter of the activation comes from; null for other names. */
  originOf(frame: Frame, name: string): ValueOrigin | null;
}

/** What the parts of the interpreter ask of each other. */
export interface Machine {
  readonly project: Project;
  readonly heap: Heap;
  /** Keeps why things happen, while a test is explained; null while the index is made. */
  readonly reasons: Reasons | null;
  /** Conditions on the current path, outermost first. */
  readonly conditions: PathCondition[];
  readonly stack: Frame[];
  /** Counts how deep we are in exception handlers (debug-only code). */
  handlerDepth: number;
  /** Counts how deep we are in calls that are expected to raise. */
  expectedFailureDepth: number;
  /** Counts how deep we are in callbacks that we only suppose to be called. */
  supposedDepth: number;
  /** The `try` statements whose bodies are being run, and decorators that may catch, outermost first. */
  readonly openTries: OpenTry[];

  evaluate(expr: Expr, frame: Frame): Value;
  execute(stmts: readonly Stmt[], frame: Frame): FlowSet;
  /** Runs the two ways of a condition and joins the states. */
  branch(condition: ConditionLiterals, first: () => FlowSet, second: () => FlowSet): FlowSet;
  /** How many guest events were recorded so far. */
  eventCount(): number;
  /**
   * One of several ways has been run: where it can end only in an error, what it did to the guest since then serves to explain
   * the failure, and no test that passes does it.
   */
  markFailure(since: number, flow: FlowSet): FlowSet;
  /**
   * An assertion stands here, and passes where these conditions hold: what this activation did, on ways that all lead here, where
   * one of them does not serves to explain the failure.
   */
  passAssertion(literals: readonly Literal[]): void;
  /** Runs one of several ways. */
  onWay<T>(run: () => T): T;
  /** How many open ways lead here. */
  readonly wayDepth: number;
  /** Runs something that may or may not happen. */
  maybe<T>(run: () => T): T;
  truthOf(value: Value): boolean | null;
  /** The alternatives that can be there on the current path. */
  feasible(value: Value): Value;
  /** Runs something that happens only where these conditions hold. */
  under<T>(when: readonly Literal[] | undefined, run: () => T): T;
  /** What the way through the function's own branches says so far; conditions that outlive the function left out. */
  ownConditions(frame: Frame): readonly Literal[];
  getAttribute(value: Value, name: string, frame: Frame, range: TextRange): Value;
  setAttribute(value: Value, name: string, assigned: Value): void;
  call(callee: Value, args: CallArguments, frame: Frame, range: TextRange, calleeExpr: Expr | null): Value;
  /** Module-level name, evaluated once. */
  readModuleName(module: ProjectModule, name: string): Value;
  /** The heap object that holds what is written to a class. */
  classState(cls: ProjectClass): HeapObject;
  emit(kind: SiteKind, text: EvaluatedText, frame: Frame, range: TextRange, detail?: EventDetail): void;
  /** How far the test in progress has come with an image of its own. */
  readonly uploads: UploadWatch;
  noteUnresolved(frame: Frame, range: TextRange, text: string): void;
  /** Notes that a call in the frame runs a function, for the call hierarchy. */
  noteCall(frame: Frame, range: TextRange, callee: ProjectFunction): void;
  addCleanup(scope: 'test' | 'class', callee: Value, args: CallArguments, frame: Frame, range: TextRange): void;
  /** A serial console was asked for in this test: what is typed from now on is meant for the guest. */
  hasSerialConsole: boolean;
  /** Set by a call that always skips (skipTest): the statement in progress does not fall through. */
  skipped: boolean;
  /** Set by a call that always fails the test (`self.fail`). */
  failed: boolean;
  /** What the last `raise` statement threw; `caught`: a handler surely takes it, so it is neither a skip nor a failure. */
  lastRaise: 'skip' | 'error' | 'caught';
  evaluateCondition(expr: Expr, frame: Frame): Condition;
  /** Class body and module level: names without a function around them. */
  newFrame(
    module: ProjectModule,
    owner: ProjectClass | null,
    fn?: ProjectFunction | null,
    closures?: readonly HeapObject[],
  ): Frame;
  /** Runs something with a frame on the stack; conditions that it pushed are dropped afterwards. */
  enterFrame<T>(frame: Frame, run: (frame: Frame) => T): T;
  /** What the project's own decorators made of a function; null when they leave it as it is. */
  decorated(target: Extract<Alternative, { k: 'fn' }>): Value | null;
  /** Every `self.name = expr` (or `cls.name = expr`) in the methods of the class and its ancestors. */
  attributeAssignments(cls: ProjectClass, name: string): readonly AttributeAssignment[];
  /** Runs something whose result does not depend on the path once for each holder; what it depends on counts every time. */
  remember(holder: object, name: string, run: () => Value): Value;
  /** Notes what the result of the test depends on (see dependencies.ts). */
  dependOn(keys: Iterable<string>): void;
  /** Evaluates without recording guest events. */
  quietly<T>(run: () => T): T;
  enclosingScopes(locals: HeapObject): readonly HeapObject[];
  invoke(alternative: Extract<Alternative, { k: 'fn' }>, args: CallArguments, frame: Frame, range: TextRange): Value;
  /** True when a decorator of the inner function put the outer one around it. */
  isWrapperOf(outer: ProjectFunction, inner: ProjectFunction): boolean;
  /** Text of an indexed file that is no Python (a template), by its address. */
  dataFile(uri: string): string | undefined;
  isGuestClient(cls: ProjectClass): boolean;
  isTestClass(cls: ProjectClass): boolean;
}

/** An assignment to an attribute of the first parameter of a method. */
export interface AttributeAssignment {
  readonly owner: ProjectClass;
  readonly fn: ProjectFunction;
  readonly expr: Expr;
}

/** A condition after evaluation: `truth` null when both ways are open. */
export interface Condition {
  readonly truth: boolean | null;
  readonly literals: ConditionLiterals;
}

export const NO_LITERALS: ConditionLiterals = { whenTrue: [], whenFalse: [] };
export const NO_ARGUMENTS: CallArguments = { args: [], kw: new Map(), openArgs: false, openKw: false };

/** A call to be made when the test, or its class, ends. */
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
