import type { Expr } from '../model/facts';
import type { SkipMark } from '../model/testCase';
import type { Project, ProjectClass, ProjectFunction, ProjectModule } from './project';
import { decoratorName, readStrings } from './testMarks';

/** unittest's decorator and those that hand it on. */
const PLAIN_SKIPS: ReadonlySet<string> = new Set([
  'unittest.skip',
  'unittest.case.skip',
  'testtools.skip',
  'testtools.testcase.skip',
]);

/** What skips a test method in every configuration: a decorator of its own, else one of its class or of an ancestor. */
export function readSkip(project: Project, cls: ProjectClass, fn: ProjectFunction): SkipMark | null {
  const own = findSkip(project, fn.module, fn.facts.decorators);
  if (own !== null) return own;
  // A class that is marked marks its subclasses too: unittest looks the mark up as an attribute.
  for (const ancestor of project.orderOf(cls)) {
    if (typeof ancestor === 'string') continue;
    const inherited = findSkip(project, ancestor.module, ancestor.facts.decorators);
    if (inherited !== null) return inherited;
  }
  return null;
}

function findSkip(project: Project, module: ProjectModule, decorators: readonly Expr[]): SkipMark | null {
  for (const decorator of decorators) {
    const reason = readReason(project, module, decorator);
    if (reason === undefined) continue;
    return { uri: module.uri, range: { start: decorator.s, end: decorator.e }, reason };
  }
  return null;
}

/** Undefined for a decorator that does not skip, or only under a condition. */
function readReason(project: Project, module: ProjectModule, decorator: Expr): string | null | undefined {
  if (decorator.k !== 'call') return isPlainSkip(project, module, decorator) ? null : undefined;
  const textOf = (value: Expr | undefined): string | null =>
    value === undefined ? null : (readStrings(project, module, value)[0] ?? null);
  if (isPlainSkip(project, module, decorator.fn)) return textOf(decorator.args[0] ?? decorator.kw[0]?.value);
  if (decoratorName(project, module, decorator.fn) !== 'skip_because') return undefined;
  // Tempest's: without a condition it always skips, once a bug is named; `**given` may hold a condition.
  if (decorator.kw.some(({ name }) => name === null || name === 'condition')) return undefined;
  const bug = decorator.kw.find(({ name }) => name === 'bug');
  return bug === undefined ? undefined : describeBug(textOf(bug.value));
}

function describeBug(bug: string | null): string | null {
  return bug === null ? null : `bug ${bug}`;
}

function isPlainSkip(project: Project, module: ProjectModule, callee: Expr): boolean {
  if (callee.k !== 'attr' && callee.k !== 'name') return false;
  return project.resolveExpr(module, callee).some((symbol) => symbol.k === 'external' && PLAIN_SKIPS.has(symbol.name));
}
