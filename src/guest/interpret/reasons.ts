import type { Expr } from '../../model/facts';
import type { CallRoute } from '../../model/hopReason';
import type { TextLocation } from '../../model/text';
import { locate } from './locate';
import { isConfigured } from './conditionalValues';
import { originOfName, readKnownValues } from './knownValues';
import type { CallStep, ConditionNote } from './hopNotes';
import type { ActivationNotes, CallArguments, Callee, Condition, Frame, Machine, Question, Reasons } from './machine';
import type { Alternative, ConditionLiterals, HeapObject, Literal, Value } from './values';

const NOTHING_GIVEN: CallArguments = { args: [], kw: new Map(), openArgs: false, openKw: false };

/**
 * Keeps why things happen while a test is run once more to be explained. A run for the index has none of these: its whole cost
 * there is the question whether there is one.
 */
export class ReasonRecorder implements Reasons {
  private steps: readonly CallStep[] = [];
  private readonly activations = new WeakMap<HeapObject, ActivationNotes>();
  /** Conditions by the place of a text, for each activation. */
  private readonly texts = new WeakMap<HeapObject, Map<number, readonly ConditionNote[]>>();
  private readonly constructed = new WeakMap<HeapObject, TextLocation>();

  /** Runs a call that starts with this step. */
  start<T>(step: CallStep, run: () => T): T {
    return this.withSteps([step], run);
  }

  /** Runs a call that goes on with this step. */
  through<T>(route: CallRoute, at: TextLocation | null, run: () => T): T {
    return this.withSteps([...this.steps, { k: 'route', route, at }], run);
  }

  private withSteps<T>(steps: readonly CallStep[], run: () => T): T {
    const outer = this.steps;
    this.steps = steps;
    try {
      return run();
    } finally {
      this.steps = outer;
    }
  }

  /** Notes how an activation came about, and runs it: calls inside start anew. */
  enter<T>({ locals }: Frame, callee: Callee, given: CallArguments, run: () => T): T {
    const target = callee.k === 'fn' ? callee : null;
    const lambda = callee.k === 'fn' ? null : locate(callee, { start: callee.expr.s, end: callee.expr.e });
    this.activations.set(locals, { steps: this.steps, target, lambda, given, conditions: [] });
    return this.withSteps([], run);
  }

  /** How the call came about that is being made, when it runs no function of the roots. */
  stepsNow(): readonly CallStep[] {
    return this.steps;
  }

  notesOf({ locals }: Frame): ActivationNotes {
    const known = this.activations.get(locals);
    if (known) return known;
    const notes: ActivationNotes = { steps: [], target: null, lambda: null, given: NOTHING_GIVEN, conditions: [] };
    this.activations.set(locals, notes);
    return notes;
  }

  noteConstructed(obj: HeapObject, at: TextLocation): void {
    if (!this.constructed.has(obj)) this.constructed.set(obj, at);
  }

  placeConstructed(obj: HeapObject): TextLocation | null {
    return this.constructed.get(obj) ?? null;
  }

  /** What a condition asks, with what its names stand for here. */
  ask(m: Machine, form: Question['form'], test: Expr, condition: Condition, frame: Frame): Question {
    const code = locate(frame, { start: test.s, end: test.e });
    return { code, form, values: readKnownValues(m, this, test, frame), condition };
  }

  /** Runs what happens where the condition comes out so. */
  where<T>(question: Question, holds: boolean, frame: Frame, run: () => T): T {
    const { conditions } = this.notesOf(frame);
    const base = conditions.length;
    conditions.push(noteOf(question, holds, false));
    try {
      return run();
    } finally {
      conditions.length = base;
    }
  }

  /** The other way has left: from here to the end of the block the condition comes out so. */
  noteExit(question: Question, holds: boolean, frame: Frame): void {
    this.notesOf(frame).conditions.push(noteOf(question, holds, true));
  }

  /** Runs the handler of an exception. */
  inHandler<T>(code: TextLocation, frame: Frame, run: () => T): T {
    const question: Question = {
      code,
      form: 'except',
      values: [],
      condition: { truth: null, literals: { whenTrue: [], whenFalse: [] } },
    };
    return this.where(question, true, frame, run);
  }

  /** Runs a block: what exits inside say holds no longer behind it. */
  inBlock<T>(frame: Frame, run: () => T): T {
    const { conditions } = this.notesOf(frame);
    const base = conditions.length;
    const result = run();
    conditions.length = base;
    return result;
  }

  /** A text that may go into what is sent later is read here. */
  noteText({ locals }: Frame, start: number): void {
    const conditions = this.activations.get(locals)?.conditions ?? [];
    if (conditions.length === 0) return;
    let texts = this.texts.get(locals);
    if (!texts) this.texts.set(locals, (texts = new Map<number, readonly ConditionNote[]>()));
    texts.set(start, conditions.slice());
  }

  /** What held in the activation where the text that starts there was read. */
  conditionsOfText({ locals }: Frame, start: number): readonly ConditionNote[] {
    return this.texts.get(locals)?.get(start) ?? [];
  }

  /** The same value, knowing where it is written. */
  written(value: Value, expr: Expr, frame: Frame): Value {
    const at = locate(frame, { start: expr.s, end: expr.e });
    return value.map((alternative): Alternative => ({ ...alternative, source: { k: 'written', at } }));
  }

  /** What the path of an expression says of configuration, knowing where it is asked. */
  located(condition: Condition, expr: Expr, frame: Frame): Condition {
    const at = locate(frame, { start: expr.s, end: expr.e });
    const put = (literals: readonly Literal[]): readonly Literal[] =>
      literals.map((literal) => (literal.at ? literal : { ...literal, at }));
    const literals: ConditionLiterals = {
      whenTrue: put(condition.literals.whenTrue),
      whenFalse: put(condition.literals.whenFalse),
    };
    return { ...condition, literals };
  }

  /** Where the value of a parameter of the activation comes from; null for other names. */
  originOf(frame: Frame, name: string): ReturnType<typeof originOfName> {
    return originOfName(this.notesOf(frame), name);
  }
}

function noteOf({ code, form, values, condition }: Question, holds: boolean, exit: boolean): ConditionNote {
  const literals = holds ? condition.literals.whenTrue : condition.literals.whenFalse;
  const guards = literals.filter(isConfigured).map((one) => (one.holds ? one.key : `not ${one.key}`));
  const decided = condition.truth !== null ? 'known' : guards.length > 0 ? 'guard' : 'open';
  return { code, form, holds, exit, decided, guards: [...new Set(guards)], values };
}
