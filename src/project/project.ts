import type { ClassFacts, Expr, FunctionFacts, ModuleFacts } from '../model/facts';
import { linearise } from './linearise';
import { collectBlockNames, collectModuleScope, type Binding, type ModuleScope } from './moduleScope';
import type { ModuleName } from './moduleNames';

export interface ProjectModule {
  readonly name: string;
  readonly isPackage: boolean;
  readonly uri: string;
  readonly facts: ModuleFacts;
  readonly scope: ModuleScope;
}

/** A class of the project; compared by identity, which survives edits that keep the module's shape. */
export interface ProjectClass {
  readonly module: ProjectModule;
  readonly facts: ClassFacts;
  readonly index: number;
  /** `module.Qual.Name`. */
  readonly fullName: string;
  /** Direct members of the class body by name, in source order. */
  readonly members: ReadonlyMap<string, readonly Binding[]>;
}

export interface ProjectFunction {
  readonly module: ProjectModule;
  readonly facts: FunctionFacts;
  readonly index: number;
  /** Names the function among all files, as long as its module keeps its shape. */
  readonly key: string;
}

/** Fields of linked objects that an edit may replace. */
type Refreshed<T> = { -readonly [K in keyof T]: T[K] };

/** What a name or dotted name stands for. */
export type ProjectSymbol =
  | { readonly k: 'module'; readonly module: ProjectModule }
  | { readonly k: 'class'; readonly cls: ProjectClass }
  | { readonly k: 'function'; readonly fn: ProjectFunction }
  | { readonly k: 'value'; readonly module: ProjectModule; readonly expr: Expr }
  /** Outside the project: its absolute dotted name. */
  | { readonly k: 'external'; readonly name: string };

/** An ancestor in a method resolution order: a class of the project, or a dotted name outside it. */
export type Ancestor = ProjectClass | string;

/** A member found along a method resolution order. */
export interface FoundMember {
  readonly owner: ProjectClass;
  readonly binding: Binding;
}

const MAX_ALIAS_HOPS = 32;

/** What assigned names stand for is looked up through this many assignments. */
const MAX_ASSIGNED_ALIASES = 8;

/** The assigned expressions that are being followed: `json = json.decoder` leads back to itself. */
type Aliases = readonly Expr[];
const NO_ALIASES: Aliases = [];

/** The way with one more expression; null where it is on it, or the way is too long. */
function takeAlias(way: Aliases, expr: Expr): Aliases | null {
  return way.includes(expr) || way.length > MAX_ASSIGNED_ALIASES ? null : [...way, expr];
}

/**
 * The linked modules of all roots: who imports what, which class derives from which. Plain lookups over facts; results that
 * cost something are remembered, and the whole object is thrown away when a file changes.
 */
export class Project {
  private readonly byName = new Map<string, ProjectModule>();
  private readonly byUri = new Map<string, ProjectModule>();
  private readonly classes = new Map<ProjectModule, ProjectClass[]>();
  private readonly functions = new Map<ProjectModule, ProjectFunction[]>();
  private readonly orders = new Map<ProjectClass, readonly Ancestor[]>();
  private readonly symbols = new Map<ProjectModule, Map<string, readonly ProjectSymbol[]>>();

  /** @param modules in order of precedence: the first file of a module name wins, as on Python's path */
  constructor(modules: Iterable<ProjectModule>) {
    for (const module of modules) {
      this.byUri.set(module.uri, module);
      if (!this.byName.has(module.name)) this.byName.set(module.name, module);
    }
  }

  /**
   * Puts new facts of the same shape (see shapeOf) into a module: classes and functions keep their identity, bodies and
   * places are replaced.
   */
  refreshModule(facts: ModuleFacts): void {
    const module: Refreshed<ProjectModule> | undefined = this.byUri.get(facts.uri);
    if (!module) return;
    module.facts = facts;
    module.scope = collectModuleScope(facts, module.name, module.isPackage);
    facts.classes.forEach((classFacts, index) => {
      const cls: Refreshed<ProjectClass> | undefined = this.classes.get(module)?.[index];
      if (!cls) return;
      cls.facts = classFacts;
      cls.members = collectBlockNames(facts, classFacts.body, module.name, module.isPackage);
    });
    facts.functions.forEach((functionFacts, index) => {
      const fn: Refreshed<ProjectFunction> | undefined = this.functions.get(module)?.[index];
      if (fn) fn.facts = functionFacts;
    });
    // Module-level values are remembered with their places.
    this.symbols.clear();
  }

  modules(): Iterable<ProjectModule> {
    return this.byUri.values();
  }

  moduleNamed(name: string): ProjectModule | undefined {
    return this.byName.get(name);
  }

  moduleAt(uri: string): ProjectModule | undefined {
    return this.byUri.get(uri);
  }

  classAt(module: ProjectModule, index: number): ProjectClass | undefined {
    let classes = this.classes.get(module);
    if (!classes) this.classes.set(module, (classes = []));
    const known = classes[index];
    if (known) return known;
    const facts = module.facts.classes[index];
    if (!facts) return undefined;
    const members = collectBlockNames(module.facts, facts.body, module.name, module.isPackage);
    const cls = { module, facts, index, fullName: `${module.name}.${facts.qualname}`, members };
    classes[index] = cls;
    return cls;
  }

  functionAt(module: ProjectModule, index: number): ProjectFunction | undefined {
    let functions = this.functions.get(module);
    if (!functions) this.functions.set(module, (functions = []));
    const known = functions[index];
    if (known) return known;
    const facts = module.facts.functions[index];
    if (!facts) return undefined;
    const fn = { module, facts, index, key: `${module.uri}#${index}` };
    functions[index] = fn;
    return fn;
  }

  /** The function with this key (see ProjectFunction), if it is still there. */
  functionOfKey(key: string): ProjectFunction | undefined {
    const hash = key.lastIndexOf('#');
    const module = this.byUri.get(key.slice(0, hash));
    return module && this.functionAt(module, Number(key.slice(hash + 1)));
  }

  /** The class of the project with this dotted name, re-exports followed. */
  classNamed(fullName: string): ProjectClass | undefined {
    const symbol = this.lookUpDotted(fullName).find((found) => found.k === 'class');
    return symbol?.k === 'class' ? symbol.cls : undefined;
  }

  /** What a dotted name stands for, seen from nowhere (`tempest.lib.decorators.attr`). */
  lookUpDotted(name: string): readonly ProjectSymbol[] {
    const segments = name.split('.');
    for (let cut = segments.length; cut > 0; cut--) {
      const module = this.byName.get(segments.slice(0, cut).join('.'));
      if (module) return this.resolveValues(this.follow([{ k: 'module', module }], segments.slice(cut)), NO_ALIASES);
    }
    return [{ k: 'external', name }];
  }

  private follow(symbols: readonly ProjectSymbol[], segments: readonly string[]): readonly ProjectSymbol[] {
    let current = symbols;
    for (const segment of segments) current = current.flatMap((symbol) => this.attributeOf(symbol, segment));
    return current;
  }

  /** The symbols that `symbol.attr` may be. */
  attributeOf(symbol: ProjectSymbol, attr: string): readonly ProjectSymbol[] {
    return this.attributeOnWay(symbol, attr, NO_ALIASES);
  }

  private attributeOnWay(symbol: ProjectSymbol, attr: string, way: Aliases): readonly ProjectSymbol[] {
    switch (symbol.k) {
      case 'module':
        return this.lookUp(symbol.module, attr);
      case 'external':
        return [{ k: 'external', name: `${symbol.name}.${attr}` }];
      case 'class': {
        const found = this.findMember(symbol.cls, attr);
        return found ? this.symbolsOfBinding(found.owner.module, found.binding, 0) : [];
      }
      case 'value': {
        const further = takeAlias(way, symbol.expr);
        if (further === null) return [];
        return this.resolveOnWay(symbol.module, symbol.expr, null, further).flatMap((inner) =>
          inner.k === 'value' ? [] : this.attributeOnWay(inner, attr, further),
        );
      }
      default:
        return [];
    }
  }

  /** What a module-level name may stand for; several where branches disagree. Empty for a name that the module does not bind. */
  lookUp(module: ProjectModule, name: string): readonly ProjectSymbol[] {
    return this.lookUpGuarded(module, name, 0);
  }

  private lookUpGuarded(module: ProjectModule, name: string, hops: number): readonly ProjectSymbol[] {
    let symbols = this.symbols.get(module);
    if (!symbols) this.symbols.set(module, (symbols = new Map<string, readonly ProjectSymbol[]>()));
    const known = symbols.get(name);
    if (known) return known;
    if (hops > MAX_ALIAS_HOPS) return [];
    // Import cycles find an empty answer instead of themselves.
    symbols.set(name, []);
    const found = this.findInModule(module, name, hops);
    symbols.set(name, found);
    return found;
  }

  private findInModule(module: ProjectModule, name: string, hops: number): readonly ProjectSymbol[] {
    const bindings = module.scope.names.get(name);
    if (bindings) return bindings.flatMap((binding) => this.symbolsOfBinding(module, binding, hops));
    if (module.isPackage) {
      const child = this.byName.get(`${module.name}.${name}`);
      if (child) return [{ k: 'module', module: child }];
    }
    for (const star of module.scope.stars) {
      const source = this.byName.get(star);
      if (!source || source === module) continue;
      const found = this.lookUpGuarded(source, name, hops + 1);
      if (found.length > 0 && !name.startsWith('_')) return found;
    }
    return [];
  }

  private symbolsOfBinding(module: ProjectModule, binding: Binding, hops: number): readonly ProjectSymbol[] {
    switch (binding.k) {
      case 'class': {
        const cls = this.classAt(module, binding.index);
        return cls ? [{ k: 'class', cls }] : [];
      }
      case 'function': {
        const fn = this.functionAt(module, binding.index);
        return fn ? [{ k: 'function', fn }] : [];
      }
      case 'value':
        return [{ k: 'value', module, expr: binding.expr }];
      case 'import':
        return this.symbolsOfImport(binding.module, binding.attr, hops);
      default:
        return [];
    }
  }

  private symbolsOfImport(moduleName: string, attr: string | null, hops: number): readonly ProjectSymbol[] {
    const module = this.byName.get(moduleName);
    if (attr === null) return module ? [{ k: 'module', module }] : [{ k: 'external', name: moduleName }];
    if (!module) return this.externalOrNested(`${moduleName}.${attr}`);
    const found = this.lookUpGuarded(module, attr, hops + 1);
    if (found.length > 0) return found;
    const child = this.byName.get(`${moduleName}.${attr}`);
    return child ? [{ k: 'module', module: child }] : [{ k: 'external', name: `${moduleName}.${attr}` }];
  }

  /** `from ns import module` where `ns` is a namespace package without a file of its own. */
  private externalOrNested(name: string): readonly ProjectSymbol[] {
    const module = this.byName.get(name);
    return [module ? { k: 'module', module } : { k: 'external', name }];
  }

  /** What a plain name or dotted expression at module level (a base class, a decorator) may stand for. */
  resolveExpr(module: ProjectModule, expr: Expr, enclosing: ProjectClass | null = null): readonly ProjectSymbol[] {
    return this.resolveOnWay(module, expr, enclosing, NO_ALIASES);
  }

  private resolveOnWay(
    module: ProjectModule,
    expr: Expr,
    enclosing: ProjectClass | null,
    way: Aliases,
  ): readonly ProjectSymbol[] {
    if (expr.k === 'name') {
      const local = enclosing?.members.get(expr.id);
      if (local) return local.flatMap((binding) => this.symbolsOfBinding(module, binding, 0));
      const found = this.lookUp(module, expr.id);
      return found.length > 0 ? this.resolveValues(found, way) : [{ k: 'external', name: expr.id }];
    }
    if (expr.k === 'attr') {
      const owners = this.resolveOnWay(module, expr.obj, enclosing, way);
      return owners.flatMap((symbol) => this.attributeOnWay(symbol, expr.attr, way));
    }
    return [];
  }

  /** Aliases (`Base = other.Base`) are followed to what they name. */
  private resolveValues(symbols: readonly ProjectSymbol[], way: Aliases): readonly ProjectSymbol[] {
    return symbols.flatMap((symbol) => {
      if (symbol.k !== 'value') return [symbol];
      const { expr } = symbol;
      if (expr.k !== 'name' && expr.k !== 'attr') return [symbol];
      const further = takeAlias(way, expr);
      if (further === null) return [symbol];
      const inner =
        expr.k === 'name' ? this.lookUp(symbol.module, expr.id) : this.resolveOnWay(symbol.module, expr, null, further);
      const real = this.resolveValues(inner, further);
      return real.length > 0 ? real : [symbol];
    });
  }

  /** Direct bases: classes of the project, or dotted names outside it. Where branches disagree the first known class counts. */
  basesOf(cls: ProjectClass): readonly Ancestor[] {
    const bases: Ancestor[] = [];
    for (const expr of cls.facts.bases) {
      const base = this.resolveBase(cls, expr);
      if (base !== null && base !== cls) bases.push(base);
    }
    return bases;
  }

  private resolveBase(cls: ProjectClass, expr: Expr): Ancestor | null {
    const symbols = this.resolveExpr(cls.module, expr, this.enclosingClass(cls));
    const known = symbols.find((symbol) => symbol.k === 'class' && symbol.cls !== cls);
    if (known?.k === 'class') return known.cls;
    const external = symbols.find((symbol) => symbol.k === 'external');
    if (external?.k === 'external') return external.name;
    if (expr.k === 'call') return this.resolveBaseCall(cls, expr);
    return null;
  }

  /** `six.with_metaclass(Meta, Base)` stands for Base. */
  private resolveBaseCall(cls: ProjectClass, expr: Extract<Expr, { k: 'call' }>): Ancestor | null {
    const callee = expr.fn.k === 'attr' ? expr.fn.attr : expr.fn.k === 'name' ? expr.fn.id : '';
    const base = expr.args[1];
    return callee === 'with_metaclass' && base ? this.resolveBase(cls, base) : null;
  }

  private enclosingClass(cls: ProjectClass): ProjectClass | null {
    const { classes } = cls.module.facts;
    for (let i = cls.index - 1; i >= 0; i--) {
      const outer = classes[i];
      if (outer && outer.range.start < cls.facts.range.start && outer.range.end >= cls.facts.range.end) {
        return this.classAt(cls.module, i) ?? null;
      }
    }
    return null;
  }

  /** Method resolution order, the class itself first (C3; where Python would refuse the hierarchy, depth first). */
  orderOf(cls: ProjectClass): readonly Ancestor[] {
    let order = this.orders.get(cls);
    if (!order) {
      this.orders.set(cls, [cls]);
      order = linearise<Ancestor>(
        cls,
        (ancestor) => (typeof ancestor === 'string' ? [] : this.basesOf(ancestor)),
        (ancestor) => (typeof ancestor === 'string' ? undefined : this.orderOf(ancestor)),
      );
      this.orders.set(cls, order);
    }
    return order;
  }

  /** The first definition of a member along the method resolution order, optionally only behind `after`. */
  findMember(cls: ProjectClass, name: string, after: ProjectClass | null = null): FoundMember | null {
    let active = after === null;
    for (const ancestor of this.orderOf(cls)) {
      if (typeof ancestor === 'string') continue;
      if (active) {
        const bindings = ancestor.members.get(name);
        const binding = bindings?.[bindings.length - 1];
        if (binding) return { owner: ancestor, binding };
      } else if (ancestor === after) active = true;
    }
    return null;
  }

  /** True when the class derives (itself included) from a class or external name. */
  derivesFrom(cls: ProjectClass, fullName: string): boolean {
    return this.orderOf(cls).some(
      (ancestor) => (typeof ancestor === 'string' ? ancestor : ancestor.fullName) === fullName,
    );
  }
}

/** Links one file's facts into a module: its names are collected once. */
export function linkModule(facts: ModuleFacts, name: ModuleName): ProjectModule {
  const scope = collectModuleScope(facts, name.name, name.isPackage);
  return { name: name.name, isPackage: name.isPackage, uri: facts.uri, facts, scope };
}
