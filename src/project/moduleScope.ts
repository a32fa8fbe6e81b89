import type { Expr, ImportedName, ModuleFacts, Stmt } from '../model/facts';

/** What a name at module level may stand for. */
export type Binding =
  /** `attr` null: the module itself. */
  | { readonly k: 'import'; readonly module: string; readonly attr: string | null }
  | { readonly k: 'function'; readonly index: number }
  | { readonly k: 'class'; readonly index: number }
  | { readonly k: 'value'; readonly expr: Expr }
  /** Bound by something whose value is not followed (a loop, a with, a del). */
  | { readonly k: 'opaque' };

export interface ModuleScope {
  /** All bindings of a name in source order; the last one is what an importer sees unless branches disagree. */
  readonly names: ReadonlyMap<string, readonly Binding[]>;
  /** Absolute modules of `from m import *`, in order. */
  readonly stars: readonly string[];
  /** Absolute names of submodules that `import a.b.c` made available. */
  readonly imported: readonly string[];
  /** Names that are gone when the module has been run; what stands above the `del` still knows them. */
  readonly deleted: ReadonlySet<string>;
}

/** Resolves the module of a `from` statement to an absolute dotted name (PEP 328). */
export function absoluteModule(importer: string, isPackage: boolean, module: string, level: number): string {
  if (level === 0) return module;
  const segments = importer.split('.');
  const drop = isPackage ? level - 1 : level;
  const base = segments.slice(0, Math.max(0, segments.length - drop));
  return [...base, ...(module === '' ? [] : [module])].join('.');
}

/** `import a` and `import a.b` bind the same thing twice. */
function sameImport(a: Binding, b: Binding): boolean {
  return a.k === 'import' && b.k === 'import' && a.module === b.module && a.attr === b.attr;
}

type Names = Map<string, Binding[]>;

/** Collects what a module binds at its top level, branches and blocks included; functions and classes are not entered. */
export function collectModuleScope(facts: ModuleFacts, moduleName: string, isPackage: boolean): ModuleScope {
  const collector = new BindingCollector(facts, moduleName, isPackage);
  collector.visit(facts.body);
  return collector;
}

/** Names that a function or class body binds itself (for scopes inside a module). */
export function collectBlockNames(
  facts: ModuleFacts,
  body: readonly Stmt[],
  moduleName: string,
  isPackage: boolean,
): Names {
  const collector = new BindingCollector(facts, moduleName, isPackage);
  collector.visit(body);
  for (const name of collector.deleted) collector.names.delete(name);
  return collector.names;
}

class BindingCollector implements ModuleScope {
  readonly names: Names = new Map();
  readonly stars: string[] = [];
  readonly imported: string[] = [];
  readonly deleted = new Set<string>();

  constructor(
    private readonly facts: ModuleFacts,
    private readonly moduleName: string,
    private readonly isPackage: boolean,
  ) {}

  visit(stmts: readonly Stmt[]): void {
    for (const stmt of stmts) this.visitStatement(stmt);
  }

  private visitStatement(stmt: Stmt): void {
    switch (stmt.k) {
      case 'def':
        this.bind(this.facts.functions[stmt.index]?.name ?? '', { k: 'function', index: stmt.index });
        break;
      case 'class':
        this.bind(this.facts.classes[stmt.index]?.name ?? '', { k: 'class', index: stmt.index });
        break;
      case 'import':
        this.bindImports(stmt.names);
        break;
      case 'from':
        this.bindFrom(stmt);
        break;
      case 'assign':
        for (const target of stmt.targets) this.bindTarget(target, stmt.value);
        break;
      case 'aug':
        this.bindTarget(stmt.target, null);
        break;
      case 'del':
        for (const target of stmt.targets) if (target.k === 'name') this.deleted.add(target.id);
        break;
      default:
        this.visitNested(stmt);
    }
  }

  private visitNested(stmt: Stmt): void {
    if (stmt.k === 'for') this.bindTarget(stmt.target, null);
    if (stmt.k === 'with') for (const item of stmt.items) if (item.target) this.bindTarget(item.target, null);
    if (stmt.k === 'if' || stmt.k === 'while' || stmt.k === 'for' || stmt.k === 'try' || stmt.k === 'with')
      this.visit(stmt.body);
    if (stmt.k === 'try') for (const handler of stmt.handlers) this.visit(handler.body);
    if (stmt.k === 'if' || stmt.k === 'while' || stmt.k === 'for' || stmt.k === 'try') this.visit(stmt.orelse);
    if (stmt.k === 'try') this.visit(stmt.final);
  }

  private bind(name: string, binding: Binding): void {
    this.deleted.delete(name);
    const list = this.names.get(name);
    if (list?.some((known) => sameImport(known, binding))) return;
    if (list) list.push(binding);
    else this.names.set(name, [binding]);
  }

  private bindImports(names: readonly ImportedName[]): void {
    for (const { name, as } of names) {
      this.imported.push(name);
      const head = name.split('.')[0] ?? name;
      this.bind(as ?? head, { k: 'import', module: as ? name : head, attr: null });
    }
  }

  private bindFrom(stmt: Extract<Stmt, { k: 'from' }>): void {
    const module = absoluteModule(this.moduleName, this.isPackage, stmt.module, stmt.level);
    for (const { name, as } of stmt.names) {
      if (name === '*') this.stars.push(module);
      else this.bind(as ?? name, { k: 'import', module, attr: name });
    }
  }

  private bindTarget(target: Expr, value: Expr | null): void {
    if (target.k === 'name') this.bind(target.id, value ? { k: 'value', expr: value } : { k: 'opaque' });
    else if (target.k === 'tuple' || target.k === 'list') {
      const parts = value && (value.k === 'tuple' || value.k === 'list') ? value.items : [];
      target.items.forEach((item, i) => this.bindTarget(item, parts[i] ?? null));
    }
  }
}
