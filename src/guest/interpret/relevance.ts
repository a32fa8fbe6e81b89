import type { Expr } from '../../model/facts';
import { visitExpressions, visitStatements } from '../../project/visitFacts';
import { isRestClientClass } from './classTraits';
import type { Project, ProjectFunction } from '../../project/project';

/** Names that end at the guest, at the framework, or in a skip: a function that mentions none of them, directly or not, shows nothing. */
const SEEDS: ReadonlySet<string> = new Set([
  'exec_command',
  'SSHClient',
  'connect',
  'Popen',
  'system',
  'popen',
  'call',
  'check_call',
  'check_output',
  'run',
  'execute',
  'wait_for_server_status',
  'create_server',
  'rebuild_server',
  'attach_volume',
  'validate_authentication',
  'test_connection_auth',
  'put',
  'putfo',
  'fail',
  'skipTest',
  'skipException',
  'SkipTest',
  'addCleanup',
  'addClassResourceCleanup',
  'addClassCleanup',
  'useFixture',
  'setattr',
]);

const MUTATORS: ReadonlySet<string> = new Set(['append', 'extend', 'update', 'setdefault', 'pop', 'insert', 'add', 'remove', 'clear']);

interface BodyTraits {
  readonly returnsValue: boolean;
  readonly hasEffects: boolean;
  readonly mentions: ReadonlySet<string>;
  /** Attributes that are read: a property runs code. */
  readonly reads: ReadonlySet<string>;
  /** Attributes that are given something that may be a function. */
  readonly assigns: ReadonlySet<string>;
}

/**
 * Tells which calls need not be run: functions that return nothing, change nothing that lasts, and from which no name leads to
 * the guest. Names stand for every function of that name, so the answer errs towards running.
 */
export class RelevanceOracle {
  private readonly idle = new Map<string, boolean>();
  private readonly relevantNames = new Map<string, boolean>();
  private byName: Map<string, ProjectFunction[]> | null = null;
  /** Attributes to which some function assigns something that may be called. */
  private readonly assigned = new Set<string>();

  constructor(private readonly project: Project) {}

  /** True when running the function would show nothing. */
  isIdle(fn: ProjectFunction): boolean {
    let known = this.idle.get(fn.key);
    if (known === undefined) {
      const traits = readTraits(fn);
      known = !traits.returnsValue && !traits.hasEffects && !this.leadsOn(traits);
      this.idle.set(fn.key, known);
    }
    return known;
  }

  forget(): void {
    this.idle.clear();
    this.relevantNames.clear();
    this.byName = null;
  }

  private isRelevantName(name: string): boolean {
    if (SEEDS.has(name)) return true;
    const known = this.relevantNames.get(name);
    if (known !== undefined) return known;
    this.relevantNames.set(name, false);
    const functions = this.functionsNamed(name);
    // A call through an attribute that holds whatever was assigned to it.
    const relevant = functions.length === 0 ? this.assigned.has(name) : functions.some((fn) => this.leadsOn(readTraits(fn)));
    this.relevantNames.set(name, relevant);
    return relevant;
  }

  private leadsOn(traits: BodyTraits): boolean {
    if ([...traits.mentions].some((name) => this.isRelevantName(name))) return true;
    return [...traits.reads].some((name) => this.functionsNamed(name).some(isProperty) && this.isRelevantName(name));
  }

  /** Functions by name; a class's constructor counts under the class's name too. */
  private functionsNamed(name: string): readonly ProjectFunction[] {
    if (!this.byName) {
      this.byName = new Map();
      for (const module of this.project.modules()) {
        for (let index = 0; index < module.facts.functions.length; index++) {
          const fn = this.project.functionAt(module, index);
          if (!fn || this.isRequest(fn)) continue;
          this.addNamed(fn.facts.name, fn);
          for (const attribute of readTraits(fn).assigns) this.assigned.add(attribute);
          const cls = fn.facts.name === '__init__' ? module.facts.classes[fn.facts.classIndex] : undefined;
          if (cls) this.addNamed(cls.name, fn);
        }
      }
    }
    return this.byName.get(name) ?? [];
  }

  /** Methods of service clients are requests: nothing behind them is run. */
  private isRequest(fn: ProjectFunction): boolean {
    const cls = this.project.classAt(fn.module, fn.facts.classIndex);
    return cls !== undefined && isRestClientClass(this.project, cls);
  }

  private addNamed(name: string, fn: ProjectFunction): void {
    const list = this.byName?.get(name);
    if (list) list.push(fn);
    else this.byName?.set(name, [fn]);
  }
}

/** What is called, or handed to a call that may call it. Logging leads nowhere. */
function addMention(expr: Expr, mentions: Set<string>): void {
  if (expr.k === 'name') mentions.add(expr.id);
  else if (expr.k === 'attr' && !(expr.obj.k === 'name' && expr.obj.id === 'LOG')) mentions.add(expr.attr);
}

/** Python's own functions, which lead nowhere. */
const BUILTINS: ReadonlySet<string> = new Set(
  'abs all any bool bytes callable chr dict dir enumerate filter float format frozenset getattr hasattr hash id int isinstance issubclass iter len list map max min next object open ord print property range repr reversed round set setattr slice sorted str sum super tuple type unicode vars xrange zip'.split(' '),
);

/** False for calls of something that was passed in or put into a variable: it may be any function. */
function isNamedCall(callee: Expr, fn: ProjectFunction): boolean {
  if (callee.k === 'attr') return true;
  if (callee.k !== 'name' || fn.facts.params.some((param) => param.name === callee.id)) return false;
  return fn.module.scope.names.has(callee.id) || fn.module.scope.stars.length > 0 || BUILTINS.has(callee.id) || /(Error|Exception)$/.test(callee.id);
}

function isProperty(fn: ProjectFunction): boolean {
  return fn.facts.decorators.some((decorator) => decorator.k !== 'call' && /property$/.test(decorator.k === 'name' ? decorator.id : decorator.k === 'attr' ? decorator.attr : ''));
}

const traitsOf = new WeakMap<ProjectFunction['facts'], BodyTraits>();

function readTraits(fn: ProjectFunction): BodyTraits {
  const known = traitsOf.get(fn.facts);
  if (known) return known;
  let returnsValue = fn.facts.yields;
  let hasEffects = false;
  const mentions = new Set<string>();
  const reads = new Set<string>();
  const assigns = new Set<string>();
  visitStatements(fn.facts.body, (stmt) => {
    if (stmt.k === 'return' && stmt.x) returnsValue = true;
    if (stmt.k === 'def' || stmt.k === 'class' || stmt.k === 'global') hasEffects = true;
    if (stmt.k === 'assign' && ['name', 'attr', 'lambda', 'call', 'if', 'sub'].includes(stmt.value.k)) {
      for (const target of stmt.targets) if (target.k === 'attr') assigns.add(target.attr);
    }
    // Whose methods a `with` enters is not to be seen here: those of any class may be meant.
    if (stmt.k === 'with') for (const name of ['__enter__', '__exit__']) mentions.add(name);
    if ((stmt.k === 'assign' && stmt.targets.some((target) => target.k !== 'name')) || (stmt.k === 'aug' && stmt.target.k !== 'name')) hasEffects = true;
    if (stmt.k === 'raise' && stmt.x) addMention(stmt.x.k === 'call' ? stmt.x.fn : stmt.x, mentions);
    visitExpressions(stmt, (expr) => {
      if (expr.k === 'attr') reads.add(expr.attr);
      if (expr.k !== 'call') return;
      if (!isNamedCall(expr.fn, fn)) hasEffects = true;
      addMention(expr.fn, mentions);
      for (const arg of expr.args) addMention(arg, mentions);
      for (const { value } of expr.kw) addMention(value, mentions);
      if (expr.fn.k === 'attr' && MUTATORS.has(expr.fn.attr)) hasEffects = true;
    });
  });
  // `getattr` with a computed name may mean anything.
  if (mentions.has('getattr')) hasEffects = true;
  const traits = { returnsValue, hasEffects, mentions, reads, assigns };
  traitsOf.set(fn.facts, traits);
  return traits;
}
