import type { Expr, KeywordArg } from '../model/facts';
import type { IdMark } from '../model/testCase';
import type { TextRange } from '../model/text';
import type { Project, ProjectFunction, ProjectModule } from './project';

/** What a test's decorators say: ids, attribute types, service tags. */
export interface TestMarks {
  readonly ids: readonly string[];
  readonly attrs: readonly string[];
  readonly idRange: TextRange | null;
  readonly idMarks: readonly IdMark[];
}

/** Lower-case UUID of an id as written (`id-…`, tags behind a comma dropped); Python's UUID does not mind where the hyphens are. */
function normaliseId(written: string): string {
  const id = (written.split(',')[0] ?? '').trim().toLowerCase().replace(/^id-/, '');
  const digits = id.replace(/-/g, '');
  return /^[0-9a-f]{32}$/.test(digits) ? digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') : id;
}

/**
 * Reads `@decorators.idempotent_id('…')`, `@decorators.attr(type=…)` and `@utils.services(…)` in any spelling: the last
 * segment of what the decorator's name resolves to decides (aliases and re-exports included).
 */
export function readTestMarks(project: Project, fn: ProjectFunction): TestMarks {
  const ids: string[] = [];
  const attrs = new Set<string>();
  const idMarks: IdMark[] = [];
  for (const decorator of fn.facts.decorators) {
    if (decorator.k !== 'call') continue;
    const name = decoratorName(project, fn.module, decorator.fn);
    if (name === 'idempotent_id') {
      const value = argument(decorator.args, decorator.kw, 'id');
      const [text] = value ? readStrings(project, fn.module, value) : [];
      if (text === undefined) continue;
      ids.push(normaliseId(text));
      const isLiteral = value?.k === 'str';
      const range = isLiteral ? { start: value.segments[2] ?? value.s, end: value.segments.at(-1) ?? value.e } : null;
      idMarks.push({ written: text, range });
    } else if (name === 'attr') {
      // Tempest's takes `type=`, testtools' own takes the attributes one by one.
      const value = decorator.kw.find((kw) => kw.name === 'type')?.value;
      for (const given of value ? [value] : decorator.args)
        for (const text of readStrings(project, fn.module, given)) attrs.add(text);
    } else if (name === 'services') {
      for (const value of decorator.args) for (const text of readStrings(project, fn.module, value)) attrs.add(text);
    }
  }
  const idRange = idMarks.find(({ range }) => range !== null)?.range ?? null;
  return { ids, attrs: [...attrs].sort(), idRange, idMarks };
}

/** The real name behind a decorator expression: `iid` imported as `idempotent_id` is `idempotent_id`. */
export function decoratorName(project: Project, module: ProjectModule, callee: Expr): string {
  for (const symbol of project.resolveExpr(module, callee)) {
    if (symbol.k === 'function') return symbol.fn.facts.name;
    if (symbol.k === 'external') return symbol.name.slice(symbol.name.lastIndexOf('.') + 1);
  }
  return callee.k === 'attr' ? callee.attr : callee.k === 'name' ? callee.id : '';
}

function argument(args: readonly Expr[], kw: readonly KeywordArg[], name: string): Expr | undefined {
  return kw.find((keyword) => keyword.name === name)?.value ?? args[0];
}

export function readStrings(project: Project, module: ProjectModule, value: Expr): string[] {
  if (value.k === 'str') return [value.v];
  if (value.k === 'list' || value.k === 'tuple' || value.k === 'set') {
    return value.items.flatMap((item) => readStrings(project, module, item));
  }
  if (value.k === 'name' || value.k === 'attr') {
    return project
      .resolveExpr(module, value)
      .flatMap((symbol) =>
        symbol.k === 'value' && symbol.expr !== value ? readStrings(project, symbol.module, symbol.expr) : [],
      );
  }
  if (value.k === 'sub') return readTableEntry(project, module, value);
  return [];
}

/** `IDS['name']`, where the table is a dictionary that a module writes down. */
function readTableEntry(
  project: Project,
  module: ProjectModule,
  { obj, index }: Extract<Expr, { k: 'sub' }>,
): string[] {
  if (index.k !== 'str') return [];
  return project.resolveExpr(module, obj).flatMap((symbol) => {
    if (symbol.k !== 'value' || symbol.expr.k !== 'dict') return [];
    const entry = symbol.expr.items.filter(({ key }) => key?.k === 'str' && key.v === index.v).at(-1);
    return entry ? readStrings(project, symbol.module, entry.value) : [];
  });
}
