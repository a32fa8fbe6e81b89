import type { Expr, Stmt } from '../../model/facts';
import { visitStatements } from '../../model/visitFacts';
import { literalsOfEquality, literalsOfTruth } from './conditions';
import type { CallArguments, Machine } from './machine';
import { NONE, type ConditionLiterals, type Literal, type Value } from './values';

/**
 * What must hold for an assertion of unittest or testtools to pass; nothing for other methods, and for assertions that say
 * nothing of one value alone.
 */
export function literalsOfAssertion(m: Machine, name: string, args: CallArguments): readonly Literal[] {
  const [first, second] = args.args;
  if (!first) return [];
  switch (name) {
    case 'assertTrue':
    case 'assert_':
    case 'failUnless':
      return literalsOfTruth(first).whenTrue;
    case 'assertFalse':
    case 'failIf':
      return literalsOfTruth(first).whenFalse;
    case 'assertIsNone':
      return literalsOfEquality(m, first, 'is', NONE).whenTrue;
    case 'assertIsNotNone':
      return literalsOfEquality(m, first, 'is', NONE).whenFalse;
    case 'assertIs':
      return second ? literalsOfSameness(m, first, 'is', second).whenTrue : [];
    case 'assertIsNot':
      return second ? literalsOfSameness(m, first, 'is', second).whenFalse : [];
    case 'assertEqual':
    case 'assertEquals':
    case 'failUnlessEqual':
      return second ? literalsOfSameness(m, first, '==', second).whenTrue : [];
    case 'assertNotEqual':
    case 'assertNotEquals':
    case 'failIfEqual':
      return second ? literalsOfSameness(m, first, '==', second).whenFalse : [];
    default:
      return [];
  }
}

/** The constant stands on either side. */
function literalsOfSameness(m: Machine, a: Value, op: '==' | 'is', b: Value): ConditionLiterals {
  const said = literalsOfEquality(m, a, op, b);
  return said.whenTrue.length > 0 ? said : literalsOfEquality(m, b, op, a);
}

/** True for a block that, once begun, is left by an exception alone, as far as its text says. */
export function alwaysRaises(block: readonly Stmt[]): boolean {
  let leavesOtherwise = false;
  visitStatements(block, ({ k }) => (leavesOtherwise ||= k === 'return' || k === 'break' || k === 'continue'));
  return !leavesOtherwise && endsInRaise(block);
}

function endsInRaise(block: readonly Stmt[]): boolean {
  const last = block.at(-1);
  switch (last?.k) {
    case 'raise':
      return true;
    case 'expr':
      return RAISING_CALLS.has(calledName(last.x));
    case 'try':
      return last.handlers.length === 0 && endsInRaise(last.body);
    case 'with':
      return last.items.some(({ context }) => calledName(context) === 'save_and_reraise_exception');
    case 'if':
      return endsInRaise(last.body) && endsInRaise(last.orelse);
    default:
      return false;
  }
}

/** unittest's `fail`, and `six.reraise` of the exception that is being handled. */
const RAISING_CALLS: ReadonlySet<string> = new Set(['fail', 'reraise']);

function calledName(expr: Expr): string {
  if (expr.k !== 'call') return '';
  return expr.fn.k === 'attr' ? expr.fn.attr : expr.fn.k === 'name' ? expr.fn.id : '';
}
