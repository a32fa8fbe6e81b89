import type { Expr, Stmt } from '../../model/facts';
import type { ProjectClass } from '../../project/project';
import { alwaysRaises } from './assertions';
import type { Frame, Machine, OpenHandler, OpenTry } from './machine';
import type { Value } from './values';

/** An exception by its class: one of the project, or the dotted name of another (built-in ones by their bare names). */
type ExceptionClass = ProjectClass | string;

export function openTry(m: Machine, stmt: Extract<Stmt, { k: 'try' }>, frame: Frame): OpenTry {
  const handlers = stmt.handlers.map(({ type, body }): OpenHandler => ({
    type,
    passesOn: alwaysRaises(body),
    reachedWhere: [],
  }));
  return { frame, handlers, base: m.conditions.length };
}

/**
 * Looks which handler catches what a `raise` throws. @returns false where no handler surely does: the exception leaves, or nobody knows
 * @param thrown the statement's expression, null for a bare `raise`
 */
export function isCaught(m: Machine, thrown: Expr | null, frame: Frame): boolean {
  const raised = thrown && classOf(m, thrown, frame);
  return raised !== null && catchClass(m, raised);
}

/** The same for an exception of a known class, wherever it comes from. */
export function catchClass(m: Machine, raised: ExceptionClass): boolean {
  // Who calls a callback, and in what, is not known; `assertRaises` is a handler of its own.
  if (m.supposedDepth + m.expectedFailureDepth > 0) return false;
  for (const open of [...m.openTries].reverse()) {
    for (const handler of open.handlers) {
      const catches = doesCatch(m, handler, raised, open.frame);
      if (catches === null) return false;
      if (!catches) continue;
      if (handler.passesOn) return false;
      handler.reachedWhere.push(m.conditions.slice(open.base).map(({ literal }) => literal));
      return true;
    }
  }
  return false;
}

/** True where a handler that is open may keep a failure for itself, so that it need not fail the test. */
export function mayBeKept(openTries: readonly OpenTry[]): boolean {
  return openTries.some(({ handlers }) => handlers.some(({ passesOn }) => !passesOn));
}

/** How often a `raise` came to a handler of an open `try`. */
export function countCaught(openTries: readonly OpenTry[]): number {
  return openTries.reduce((sum, { handlers }) => handlers.reduce((all, one) => all + one.reachedWhere.length, sum), 0);
}

/** A decorator that may catch anything stands between a `raise` and the handlers further out. */
export function openUnknownTry(frame: Frame, base: number): OpenTry {
  return { frame, handlers: [{ type: { k: 'unknown', s: 0, e: 0 }, passesOn: false, reachedWhere: [] }], base };
}

function classOf(m: Machine, thrown: Expr, frame: Frame): ExceptionClass | null {
  const named = thrown.k === 'call' ? thrown.fn : thrown;
  const [only, ...others] = named.k === 'name' || named.k === 'attr' ? m.evaluate(named, frame) : [];
  return only && others.length === 0 ? classOfAlternative(only) : null;
}

function classOfAlternative(alternative: Value[number]): ExceptionClass | null {
  if (alternative.k === 'class') return alternative.cls;
  if (alternative.k === 'obj') return alternative.obj.cls;
  if (alternative.k === 'ext') return alternative.path.replace(/\(\)$/, '');
  return alternative.k === 'builtin' && alternative.self === null ? alternative.name : null;
}

/** Null when it is not known. */
function doesCatch(m: Machine, { type }: OpenHandler, raised: ExceptionClass, frame: Frame): boolean | null {
  if (type === null) return true;
  const answers = (type.k === 'tuple' ? type.items : [type]).map((one) => {
    const caught = classOf(m, one, frame);
    return caught === null ? null : isKindOf(m, raised, caught);
  });
  if (answers.includes(true)) return true;
  return answers.includes(null) ? null : false;
}

function isKindOf(m: Machine, raised: ExceptionClass, caught: ExceptionClass): boolean | null {
  const order: readonly ExceptionClass[] = typeof raised === 'string' ? [raised] : m.project.orderOf(raised);
  const ancestors = order.flatMap((one): readonly ExceptionClass[] =>
    typeof one === 'string' ? builtinOrder(one) : [one],
  );
  if (ancestors.includes(typeof caught === 'string' ? realName(caught) : caught)) return true;
  // What comes from elsewhere may have any ancestor, and a name from elsewhere may stand for a built-in one.
  const isKnown = (one: ExceptionClass): boolean => typeof one !== 'string' || PARENTS.has(one) || one === 'object';
  return isKnown(caught) && ancestors.every(isKnown) ? false : null;
}

function realName(name: string): string {
  return name === 'IOError' || name === 'EnvironmentError' ? 'OSError' : name;
}

function builtinOrder(name: string): string[] {
  const order = [realName(name)];
  for (let parent = PARENTS.get(order[0] ?? ''); parent; parent = PARENTS.get(parent)) order.push(parent);
  return order;
}

/** Python's built-in exceptions by what they derive from. Source: the Python Library Reference, "Exception hierarchy". */
const HIERARCHY: Readonly<Record<string, string>> = {
  '': 'BaseException',
  BaseException: 'Exception GeneratorExit KeyboardInterrupt SystemExit',
  Exception:
    'ArithmeticError AssertionError AttributeError BufferError EOFError ImportError LookupError MemoryError NameError OSError ' +
    'ReferenceError RuntimeError StopIteration SyntaxError SystemError TypeError ValueError',
  ArithmeticError: 'FloatingPointError OverflowError ZeroDivisionError',
  ImportError: 'ModuleNotFoundError',
  LookupError: 'IndexError KeyError',
  NameError: 'UnboundLocalError',
  OSError:
    'BlockingIOError ChildProcessError ConnectionError FileExistsError FileNotFoundError InterruptedError IsADirectoryError ' +
    'NotADirectoryError PermissionError ProcessLookupError TimeoutError',
  ConnectionError: 'BrokenPipeError ConnectionAbortedError ConnectionRefusedError ConnectionResetError',
  RuntimeError: 'NotImplementedError RecursionError',
  ValueError: 'UnicodeError',
  UnicodeError: 'UnicodeDecodeError UnicodeEncodeError UnicodeTranslateError',
};

const PARENTS: ReadonlyMap<string, string> = new Map(
  Object.entries(HIERARCHY).flatMap(([parent, children]) => children.split(' ').map((child) => [child, parent])),
);
