import type { Expr } from '../model/facts';
import { decoratorName } from './testMarks';
import type { FoundMember, Project, ProjectFunction } from './project';

/** What is known of one value of a data-driven test: how Python prints it, or that the value gives no part of the name. */
type DataValue = { readonly shown: string; readonly isText: boolean } | 'not trivial';

/** One run of a data-driven test: the name that it has, and what the function is called with. */
export interface DataDrivenTest {
  readonly name: string;
  readonly data: TestData;
}

/** A value as it is written in the decorator; `unpacked`: its items are the arguments (`@unpack`). */
export interface TestData {
  readonly value: Expr;
  readonly unpacked: boolean;
}

/**
 * The tests that the `ddt` library makes of one (`test_x_1_value`), where its data is written down: a 1-based index, filled
 * with zeros to one width, and the value as text when it is a plain one or a list or tuple of such; what no identifier may have becomes `_`.
 * Source: ddt's `mk_test_name` and `ddt` (python3-ddt 1.6).
 * @returns null for a test that is not data-driven, or whose data rests on values that exist only at run time
 */
export function readDataDrivenTests(
  project: Project,
  { owner }: FoundMember,
  fn: ProjectFunction,
  written: string,
): DataDrivenTest[] | null {
  // With arguments the decorator may ask for another form of names.
  if (!owner.facts.decorators.some((one) => one.k !== 'call' && decoratorName(project, owner.module, one) === 'ddt'))
    return null;
  const { decorators } = fn.facts;
  const data = decorators.find((one) => one.k === 'call' && decoratorName(project, fn.module, one.fn) === 'data');
  if (data?.k !== 'call' || data.kw.length > 0) return null;
  const exprs = data.args.flatMap((arg) => readArgument(arg));
  const unpacked = decorators.some((one) => one.k !== 'call' && decoratorName(project, fn.module, one) === 'unpack');
  const width = String(exprs.length).length;
  const tests: DataDrivenTest[] = [];
  for (const [i, expr] of exprs.entries()) {
    const value = expr && readValue(expr);
    if (!expr || !value) return null;
    const stem = `${written}_${String(i + 1).padStart(width, '0')}`;
    const name = value === 'not trivial' ? stem : `${stem}_${value.shown}`.replace(/[^\p{L}\p{N}_]/gu, '_');
    tests.push({ name, data: { value: expr, unpacked } });
  }
  return tests.length > 0 ? tests : null;
}

/** An argument of `data`: a value, or several in a starred list; null where they are not written down. */
function readArgument(arg: Expr): readonly (Expr | null)[] {
  if (arg.k !== 'star') return [arg];
  const { x } = arg;
  return x.k === 'list' || x.k === 'tuple' ? x.items : [null];
}

/** Null where the value is not written down. */
function readValue(expr: Expr): DataValue | null {
  switch (expr.k) {
    case 'str':
      return { shown: expr.v, isText: true };
    case 'num':
      // Python prints a number as it is written, but for forms (`1e3`, `0x10`, `1.50`) that are left alone here.
      return String(expr.v).length === expr.e - expr.s ? { shown: String(expr.v), isText: false } : null;
    case 'const':
      return { shown: expr.v === null ? 'None' : expr.v ? 'True' : 'False', isText: false };
    case 'dict':
      return 'not trivial';
    case 'list':
    case 'tuple':
      return readItems(expr.k, expr.items);
    default:
      return null;
  }
}

/** Python's `str` of a list or tuple, as far as the characters that a name keeps. */
function readItems(kind: 'list' | 'tuple', items: readonly Expr[]): DataValue | null {
  const values = items.map(readValue);
  if (values.includes('not trivial')) return 'not trivial';
  const shown: string[] = [];
  for (const value of values) {
    if (value === null || value === 'not trivial') return null;
    // Python would escape these in the text of a list.
    if (value.isText && /['"\\]|[^\x20-\x7e]/.test(value.shown)) return null;
    shown.push(value.isText ? `'${value.shown}'` : value.shown);
  }
  const inner = shown.join(', ');
  if (kind === 'list') return { shown: `[${inner}]`, isText: false };
  return { shown: shown.length === 1 ? `(${inner},)` : `(${inner})`, isText: false };
}
