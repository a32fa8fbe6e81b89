import type { Expr } from '../../model/facts';
import { expectLogs } from './consoles';
import { answerOfStatus } from './hostProcesses';
import { NO_LITERALS, type Condition, type Frame, type Machine } from './machine';
import { commonLiterals, feasible, keyOfQuestion, lookUpLiteral, mergeLiterals, originOf } from './conditionalValues';
import {
  UNKNOWN,
  constantText,
  present,
  type Alternative,
  type ConditionLiterals,
  type Literal,
  type Value,
} from './values';

const OPEN: Condition = { truth: null, literals: NO_LITERALS };

/** Truth of one alternative, or null. */
function truthOfAlternative(alternative: Alternative, conditions: Machine['conditions']): boolean | null {
  switch (alternative.k) {
    case 'const':
      return alternative.v === true;
    case 'num':
      return alternative.v !== 0;
    case 'text':
      if (alternative.parts.some((part) => part.kind === 'literal' && part.text !== '')) return true;
      return alternative.parts.length === 0 || alternative.parts.every((part) => part.kind === 'literal')
        ? false
        : null;
    case 'seq':
      return alternative.items.length > 0 ? true : alternative.rest === null ? false : null;
    case 'obj':
      return truthOfObject(alternative.obj);
    case 'class':
    case 'module':
    case 'fn':
    case 'lambda':
    case 'partial':
    case 'builtin':
      return true;
    case 'conf':
      return alternative.path.includes('.') ? lookUpLiteral(alternative.path, conditions) : true;
    case 'cond':
      return truthOfLiterals(alternative.literals, conditions);
    default:
      return null;
  }
}

function truthOfObject(obj: Extract<Alternative, { k: 'obj' }>['obj']): boolean | null {
  if (obj.kind === 'instance' || obj.kind === 'class') return true;
  if (obj.kind === 'list') {
    const contents = obj.fields.get('#');
    const [only] = contents ?? [];
    return contents?.length === 1 && only?.k === 'seq' && only.items.length > 0 ? true : null;
  }
  if (obj.fields.has('#open')) return null;
  let sure = false;
  for (const value of obj.fields.values()) if (!value.some((alternative) => alternative.k === 'absent')) sure = true;
  return sure ? true : obj.fields.size === 0 ? false : null;
}

function truthOfLiterals(literals: ConditionLiterals, conditions: Machine['conditions']): boolean | null {
  const contradicted = (literal: Literal): boolean => lookUpLiteral(literal.key, conditions) === !literal.holds;
  if (literals.whenTrue.some(contradicted)) return false;
  if (literals.whenFalse.some(contradicted)) return true;
  return null;
}

/** Truth of a value over all its alternatives; null when they disagree or are not known. */
export function truthOfValue(value: Value, conditions: Machine['conditions']): boolean | null {
  let truth: boolean | null | undefined;
  for (const alternative of present(feasible(value, conditions))) {
    const one = truthOfAlternative(alternative, conditions);
    if (one === null || (truth !== undefined && truth !== one)) return null;
    truth = one;
  }
  return truth ?? null;
}

function conditionOfValue(value: Value, conditions: Machine['conditions']): Condition {
  const truth = truthOfValue(value, conditions);
  if (truth !== null) return { truth, literals: NO_LITERALS };
  return { truth, literals: literalsOfWays(waysOf(value, conditions)) };
}

/** One thing that a condition may rest on: what must hold for it to come out true (null: it cannot), and false. */
interface Way {
  readonly whenTrue: readonly Literal[] | null;
  readonly whenFalse: readonly Literal[] | null;
}

function waysOf(value: Value, conditions: Machine['conditions']): Way[] {
  return present(feasible(value, conditions)).map((alternative) => {
    const truth = truthOfAlternative(alternative, conditions);
    const when = alternative.when ?? [];
    const { whenTrue, whenFalse } = literalsOfAlternative(alternative);
    return {
      whenTrue: truth === false ? null : mergeLiterals(when, whenTrue),
      whenFalse: truth === true ? null : mergeLiterals(when, whenFalse),
    };
  });
}

function literalsOfAlternative(alternative: Alternative): ConditionLiterals {
  if (alternative.k === 'cond') return alternative.literals;
  const answer = answerOfStatus(alternative);
  if (answer !== null) return flip(literalsOf(answer));
  return alternative.k === 'conf' && alternative.path.includes('.') ? literalsOf(alternative.path) : NO_LITERALS;
}

/** What is sure when the condition holds is what every way to it says. */
function literalsOfWays(ways: readonly Way[]): ConditionLiterals {
  const known = (sets: readonly (readonly Literal[] | null)[]): readonly Literal[] =>
    commonLiterals(sets.filter((set) => set !== null));
  return { whenTrue: known(ways.map((way) => way.whenTrue)), whenFalse: known(ways.map((way) => way.whenFalse)) };
}

function literalsOf(key: string): ConditionLiterals {
  return { whenTrue: [{ key, holds: true }], whenFalse: [{ key, holds: false }] };
}

function negate({ truth, literals }: Condition): Condition {
  return { truth: truth === null ? null : !truth, literals: flip(literals) };
}

function flip({ whenTrue, whenFalse }: ConditionLiterals): ConditionLiterals {
  return { whenTrue: whenFalse, whenFalse: whenTrue };
}

/** Evaluates an expression for its truth and for what its outcome says about the configuration. */
export function evaluateCondition(m: Machine, expr: Expr, frame: Frame): Condition {
  switch (expr.k) {
    case 'not':
      return negate(evaluateCondition(m, expr.x, frame));
    case 'bool':
      return expr.op === 'and' ? evaluateAnd(m, expr.items, frame) : evaluateOr(m, expr.items, frame);
    case 'cmp':
      return evaluateComparison(m, expr, frame);
    default: {
      const value = m.evaluate(expr, frame);
      return rememberAnswer(m, expr, value, '', conditionOfValue(value, m.conditions));
    }
  }
}

/** A question about a variable that nothing answers is answered alike wherever it is asked again. */
function rememberAnswer(m: Machine, expr: Expr, value: Value, question: string, condition: Condition): Condition {
  const { whenTrue, whenFalse } = condition.literals;
  if (condition.truth !== null || whenTrue.length + whenFalse.length > 0) return condition;
  if ((expr.k !== 'name' && expr.k !== 'attr') || value === UNKNOWN) return condition;
  const key = keyOfQuestion(value, question);
  return { truth: lookUpLiteral(key, m.conditions), literals: literalsOf(key) };
}

/** What the truth of a value says, on whatever path it is asked. */
export function literalsOfTruth(value: Value): ConditionLiterals {
  const asked = originOf(value);
  const { truth, literals } = conditionOfValue(asked, []);
  const isOpen = truth === null && asked !== UNKNOWN && literals.whenTrue.length + literals.whenFalse.length === 0;
  return isOpen ? literalsOf(keyOfQuestion(asked, '')) : literals;
}

/** What it says that a value is a constant; nothing when `constant` is none. */
export function literalsOfEquality(m: Machine, value: Value, op: '==' | 'is', constant: Value): ConditionLiterals {
  const text = printConstant(constant);
  if (text === null) return NO_LITERALS;
  const { truth, literals } = compare(m, value, op, constant);
  const isOpen = truth === null && value !== UNKNOWN && literals.whenTrue.length + literals.whenFalse.length === 0;
  return isOpen ? literalsOf(keyOfQuestion(value, ` ${op} ${text}`)) : literals;
}

function evaluateAnd(m: Machine, items: readonly Expr[], frame: Frame): Condition {
  const base = m.conditions.length;
  const open: Condition[] = [];
  let isFalse = false;
  for (const item of items) {
    const condition = evaluateCondition(m, item, frame);
    if (condition.truth === true) continue;
    open.push(condition);
    if (condition.truth === false) {
      isFalse = true;
      break;
    }
    for (const literal of condition.literals.whenTrue) m.conditions.push({ literal, exit: 'branch', guard: 'inline' });
  }
  m.conditions.length = base;
  if (open.length === 0) return { truth: true, literals: NO_LITERALS };
  const [first] = open;
  const whenFalse = open.length === 1 && first ? first.literals.whenFalse : [];
  return {
    truth: isFalse ? false : null,
    literals: { whenTrue: open.flatMap((one) => one.literals.whenTrue), whenFalse },
  };
}

function evaluateOr(m: Machine, items: readonly Expr[], frame: Frame): Condition {
  const base = m.conditions.length;
  const open: Condition[] = [];
  let isTrue = false;
  for (const item of items) {
    const condition = evaluateCondition(m, item, frame);
    if (condition.truth === false) continue;
    open.push(condition);
    if (condition.truth === true) {
      isTrue = true;
      break;
    }
    for (const literal of condition.literals.whenFalse) m.conditions.push({ literal, exit: 'branch', guard: 'inline' });
  }
  m.conditions.length = base;
  if (open.length === 0) return { truth: false, literals: NO_LITERALS };
  const [first] = open;
  const whenTrue = open.length === 1 && first ? first.literals.whenTrue : [];
  return {
    truth: isTrue ? true : null,
    literals: { whenTrue, whenFalse: open.flatMap((one) => one.literals.whenFalse) },
  };
}

function evaluateComparison(m: Machine, expr: Extract<Expr, { k: 'cmp' }>, frame: Frame): Condition {
  const left = m.evaluate(expr.l, frame);
  const rights = expr.r.map((right) => m.evaluate(right, frame));
  const [op] = expr.ops;
  const [right] = rights;
  if (op !== 'is' && op !== 'is not') expectLogs([left, ...rights]);
  if (expr.ops.length !== 1 || op === undefined || !right) return OPEN;
  const positive = POSITIVE[op] ?? op;
  const constant = positive === '==' || positive === 'is' ? printConstant(right) : null;
  const compared = compare(m, left, positive, right);
  const condition =
    constant === null ? compared : rememberAnswer(m, expr.l, left, ` ${positive} ${constant}`, compared);
  return positive === op ? condition : negate(condition);
}

const POSITIVE: Readonly<Record<string, string>> = { '!=': '==', 'is not': 'is', 'not in': 'in' };

function compare(m: Machine, left: Value, op: string, right: Value): Condition {
  const configured = compareConfigured(m, left, op, right);
  if (configured) return configured;
  const known = op === '==' || op === 'is' ? (compareTruth(left, right) ?? compareTruth(right, left)) : null;
  if (known) return { truth: null, literals: known };
  const ways: Way[] = [];
  const truths = new Set<boolean | null>();
  for (const a of present(m.feasible(left))) {
    for (const b of present(m.feasible(right))) {
      const when = mergeLiterals(a.when ?? [], b.when ?? []);
      if (!when) continue;
      const truth = compareAlternatives(a, op, b, m);
      truths.add(truth);
      ways.push({ whenTrue: truth === false ? null : when, whenFalse: truth === true ? null : when });
    }
  }
  const [truth = null] = truths;
  return truths.size === 1 && truth !== null
    ? { truth, literals: NO_LITERALS }
    : { truth: null, literals: literalsOfWays(ways) };
}

/** A truth that is not known against a constant (`(a == b) == True`), and the exit status of a ping against 0. */
function compareTruth(left: Value, right: Value): ConditionLiterals | null {
  const [some, ...others] = left;
  const [constant, ...more] = right;
  if (!some || others.length + more.length > 0 || some.when || constant?.when) return null;
  if (some.k === 'cond' && constant?.k === 'const' && constant.v !== null)
    return constant.v ? some.literals : flip(some.literals);
  const answer = constant?.k === 'num' && constant.v === 0 ? answerOfStatus(some) : null;
  return answer === null ? null : literalsOf(answer);
}

/** `CONF.a.b == 'x'`, `CONF.a.b is None`, `'x' in CONF.a.b` are conditions of their own. */
function compareConfigured(m: Machine, left: Value, op: string, right: Value): Condition | null {
  const conf = configuredOption(left) ?? configuredOption(right);
  if (conf === null) return null;
  const other = configuredOption(left) === null ? left : right;
  if (op === 'is' && isNone(other)) {
    // An option of OpenStack's configuration may be unset: both ways stay open, and no guard is made of it.
    return { truth: null, literals: literalsOf(`${conf} is None`) };
  }
  // A list of options holds texts or numbers: a base class whose value is still None is skipped wherever it runs.
  if (op === 'in' && other === left && isNone(other)) return { truth: false, literals: NO_LITERALS };
  const text = printConstant(other);
  if (text === null) return OPEN;
  if ((op === '==' || op === 'is') && (text === 'True' || text === 'False')) {
    const condition = { truth: lookUpLiteral(conf, m.conditions), literals: literalsOf(conf) };
    return text === 'True' ? condition : negate(condition);
  }
  const key = op === 'in' && other === left ? `${text} in ${conf}` : `${conf} ${op} ${text}`;
  return { truth: lookUpLiteral(key, m.conditions), literals: literalsOf(key) };
}

function configuredOption(value: Value): string | null {
  const [only] = value;
  return value.length === 1 && only?.k === 'conf' && only.path.includes('.') ? only.path : null;
}

function isNone(value: Value): boolean {
  const [only] = value;
  return value.length === 1 && only?.k === 'const' && only.v === null;
}

function printConstant(value: Value): string | null {
  const text = constantText(value);
  if (text !== null) return `'${text}'`;
  const [only] = value;
  if (value.length !== 1) return null;
  if (only?.k === 'num') return String(only.v);
  if (only?.k === 'const') return only.v === null ? 'None' : only.v ? 'True' : 'False';
  return null;
}

function compareAlternatives(a: Alternative, op: string, b: Alternative, m: Machine): boolean | null {
  switch (op) {
    case 'is':
    case '==':
      return equalAlternatives(a, b);
    case 'in':
      return containsAlternative(b, a, m);
    case '<':
    case '>':
    case '<=':
    case '>=':
      return a.k === 'num' && b.k === 'num' ? compareNumbers(a.v, op, b.v) : null;
    default:
      return null;
  }
}

function compareNumbers(a: number, op: string, b: number): boolean {
  if (op === '<') return a < b;
  if (op === '>') return a > b;
  return op === '<=' ? a <= b : a >= b;
}

const DEFINITE = new Set<Alternative['k']>([
  'const',
  'num',
  'text',
  'obj',
  'class',
  'module',
  'fn',
  'lambda',
  'seq',
  'builtin',
  'partial',
]);

function equalAlternatives(a: Alternative, b: Alternative): boolean | null {
  if (a.k === 'text' && b.k === 'text') {
    const left = constantText([a]);
    const right = constantText([b]);
    if (left !== null && right !== null) return left === right;
    return null;
  }
  if (a.k === 'num' && b.k === 'num') return a.v === b.v;
  if (a.k === 'const' && b.k === 'const') return a.v === b.v;
  if (a.k === 'class' && b.k === 'class') return a.cls === b.cls;
  if (isNone([a]) || isNone([b])) {
    const other = isNone([a]) ? b : a;
    return DEFINITE.has(other.k) ? false : null;
  }
  if (a.k === 'num' || b.k === 'num') return null;
  return DEFINITE.has(a.k) && DEFINITE.has(b.k) && a.k !== b.k ? false : null;
}

function containsAlternative(container: Alternative, item: Alternative, m: Machine): boolean | null {
  const text = constantText([item]);
  if (container.k === 'obj' && container.obj.kind === 'dict') {
    if (text === null) return null;
    const found = container.obj.fields.get(`s:${text}`);
    if (!found || found.every((alternative) => alternative.k === 'absent'))
      return container.obj.fields.has('#open') ? null : false;
    return found.some((alternative) => alternative.k === 'absent') ? null : true;
  }
  if (container.k === 'obj' && container.obj.kind === 'list') {
    const contents = container.obj.fields.get('#') ?? [];
    const [only] = contents;
    return contents.length === 1 && only ? containsAlternative(only, item, m) : null;
  }
  if (container.k === 'seq') {
    let sure = container.rest === null;
    for (const element of container.items) {
      const equal = element.length === 1 && element[0] ? equalAlternatives(element[0], item) : null;
      if (equal === true) return true;
      if (equal === null) sure = false;
    }
    return sure ? false : null;
  }
  if (container.k === 'text' && text !== null) {
    const whole = constantText([container]);
    return whole === null ? null : whole.includes(text);
  }
  return null;
}

/** The value of a condition when it is kept in a variable. */
export function valueOfCondition(condition: Condition): Value {
  if (condition.truth !== null) return [{ k: 'const', v: condition.truth }];
  const { whenTrue, whenFalse } = condition.literals;
  return whenTrue.length + whenFalse.length > 0 ? [{ k: 'cond', literals: condition.literals }] : [{ k: 'unknown' }];
}
