import type { Expr } from '../../model/facts';
import { visitExpressions, visitStatements } from '../../model/visitFacts';
import { CHANGING_METHODS } from './changedValues';
import { isRestClientClass } from './classTraits';
import type { Project, ProjectFunction } from '../../project/project';

/** Names that end at the guest, at the framework, or in a skip: a function that mentions none of them, directly or not, shows nothing. */
const SEEDS: ReadonlySet<string> = new Set([
  'exec_command',
  'invoke_shell',
  'send',
  'sendall',
  'write',
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
  'rebuild',
  'run_instances',
  'create_instances',
  'attach_volume',
  'attach',
  'attach_to_instance',
  'create_image',
  'store_image_file',
  'stage_image_file',
  'update_image',
  'create_stack',
  'update_stack',
  'stacks',
  'reboot_server',
  'reboot',
  'get_console_output',
  'console_output',
  'get_remote_console',
  'get_serial_console',
  'send_frame',
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

interface BodyTraits {
  readonly returnsValue: boolean;
  readonly hasEffects: boolean;
  /** What is called. */
  readonly mentions: ReadonlySet<string>;
  /** What is handed to a call, which may call it if it is a function. */
  readonly passed: ReadonlySet<string>;
  /** Names and attributes that are read: a property runs code, a function may be called elsewhere. */
  readonly reads: ReadonlySet<string>;
  /** Attributes that are given something that may be a function. */
  readonly assigns: ReadonlySet<string>;
  /** Attributes with the name that they stand for from now on (`caller.cleanup = caller.addCleanup`). */
  readonly aliases: readonly (readonly [string, string])[];
}

/**
 * Tells which calls need not be run: functions that return nothing, change nothing that lasts, and from which no name leads to
 * the guest. Names stand for every function of that name, so the answer errs towards running.
 */
export class RelevanceOracle {
  private readonly idle = new Map<string, boolean>();
  private names: RelevantNames | null = null;

  constructor(private readonly project: Project) {}

  /** True when running the function would show nothing. */
  isIdle(fn: ProjectFunction): boolean {
    let known = this.idle.get(fn.key);
    if (known === undefined) this.idle.set(fn.key, (known = this.findIdle(fn)));
    return known;
  }

  private findIdle(fn: ProjectFunction): boolean {
    const traits = readTraits(fn);
    // A constructor that only calls its base's one makes the object all the same.
    if (fn.facts.name === '__init__') return false;
    if (traits.returnsValue || traits.hasEffects) return false;
    return !mentionsRelevant(fn, (this.names ??= findRelevantNames(this.project)));
  }

  /** The answers given so far, by function key. */
  answers(): ReadonlyMap<string, boolean> {
    return this.idle;
  }

  /**
   * Bodies have changed, or the project: asks anew what was asked before. Whatever depends on a function whose answer is
   * another one now has to be run again, wherever the edit was.
   * @param edited the functions whose bodies changed, or null when it may be any
   * @returns keys of those functions
   */
  refresh(before: ReadonlyMap<string, boolean>, edited: readonly ProjectFunction[] | null = null): Set<string> {
    const { names } = this;
    const isLocal = edited !== null && names !== null && edited.every((fn) => this.keepsRelevance(fn, names));
    const asked = isLocal ? edited.filter((fn) => before.has(fn.key)) : this.functionsOf(before.keys());
    const earlier = new Map(asked.map((fn) => [fn.key, before.get(fn.key)]));
    if (!isLocal) this.names = null;
    if (!isLocal) this.idle.clear();
    for (const fn of asked) this.idle.delete(fn.key);
    return new Set(asked.filter((fn) => this.isIdle(fn) !== earlier.get(fn.key)).map((fn) => fn.key));
  }

  private functionsOf(keys: Iterable<string>): ProjectFunction[] {
    return [...keys].flatMap((key) => this.project.functionOfKey(key) ?? []);
  }

  /** True when the function's new body leaves it as relevant as its name was, and fills no attribute that matters newly. */
  private keepsRelevance(fn: ProjectFunction, names: RelevantNames): boolean {
    const { assigns } = readTraits(fn);
    for (const attribute of assigns) if (!names.defined.has(attribute) && !names.relevant.has(attribute)) return false;
    return names.relevant.has(fn.facts.name) === mentionsRelevant(fn, names);
  }
}

/** True when something that the function calls, hands on or reads may lead to the guest. */
function mentionsRelevant(fn: ProjectFunction, { relevant, defined, properties }: RelevantNames): boolean {
  const { mentions, passed, reads } = readTraits(fn);
  for (const name of mentions) if (relevant.has(name)) return true;
  for (const name of passed) if (defined.has(name) && relevant.has(name)) return true;
  for (const name of reads) if (isRunnable(name, defined, properties) && relevant.has(name)) return true;
  return false;
}

interface RelevantNames {
  /** Names of functions (and of attributes that hold one) from which a way may lead to the guest. */
  readonly relevant: ReadonlySet<string>;
  /** Names of functions and classes. */
  readonly defined: ReadonlySet<string>;
  readonly properties: ReadonlySet<string>;
}

/** Goes backwards from the seeds: who mentions them, who mentions those, and so on. */
function findRelevantNames(project: Project): RelevantNames {
  const functions = listFunctions(project);
  const defined = new Set(functions.map(({ name }) => name));
  const properties = new Set(functions.filter(({ fn }) => isProperty(fn)).map(({ name }) => name));
  const users = new Map<string, string[]>();
  const relevant = new Set(SEEDS);
  for (const { name, runs } of listDescriptors(project)) {
    properties.add(name);
    for (const run of runs) addUser(users, run, name);
  }
  for (const { name, fn } of functions) {
    const { mentions, passed, reads, assigns, aliases } = readTraits(fn);
    for (const [attribute, source] of aliases) addUser(users, source, attribute);
    for (const mention of mentions) addUser(users, mention, name);
    for (const mention of passed) if (defined.has(mention)) addUser(users, mention, name);
    for (const read of reads) if (isRunnable(read, defined, properties)) addUser(users, read, name);
    // A call through an attribute that holds whatever was assigned to it.
    for (const attribute of assigns) if (!defined.has(attribute)) relevant.add(attribute);
  }
  const queue = [...relevant];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const user of users.get(next) ?? []) {
      if (relevant.has(user)) continue;
      relevant.add(user);
      queue.push(user);
    }
  }
  return { relevant, defined, properties };
}

/** Class attributes that run something when they are read: `name = property(getter)`, an object of a class with `__get__`. */
function listDescriptors(project: Project): { name: string; runs: string[] }[] {
  const classes = [...project.modules()].flatMap((module) =>
    module.facts.classes.flatMap((_, index) => project.classAt(module, index) ?? []),
  );
  const getting = new Set(classes.flatMap(({ facts, members }) => (members.has('__get__') ? [facts.name] : [])));
  const found: { name: string; runs: string[] }[] = [];
  for (const { members } of classes) {
    for (const [name, bindings] of members) {
      for (const binding of bindings) {
        if (binding.k !== 'value' || binding.expr.k !== 'call') continue;
        const called = nameOf(binding.expr.fn);
        if (called === 'property') found.push({ name, runs: binding.expr.args.slice(0, 1).map(nameOf) });
        else if (getting.has(called)) found.push({ name, runs: ['__get__'] });
      }
    }
  }
  return found;
}

function nameOf(expr: Expr): string {
  return expr.k === 'name' ? expr.id : expr.k === 'attr' ? expr.attr : '';
}

/** Reading the name runs a property, or takes hold of a function to be called elsewhere. */
function isRunnable(name: string, defined: ReadonlySet<string>, properties: ReadonlySet<string>): boolean {
  return properties.has(name) || defined.has(name) || SEEDS.has(name);
}

function addUser(users: Map<string, string[]>, name: string, user: string): void {
  const list = users.get(name);
  if (list) list.push(user);
  else users.set(name, [user]);
}

/** All functions by name, a constructor under its class's name too. Methods of service clients are requests: nothing behind them is run. */
function listFunctions(project: Project): { name: string; fn: ProjectFunction }[] {
  const found: { name: string; fn: ProjectFunction }[] = [];
  for (const module of project.modules()) {
    for (let index = 0; index < module.facts.functions.length; index++) {
      const fn = project.functionAt(module, index);
      if (!fn) continue;
      const cls = project.classAt(module, fn.facts.classIndex);
      if (cls && isRestClientClass(project, cls)) continue;
      found.push({ name: fn.facts.name, fn });
      if (cls && fn.facts.name === '__init__') found.push({ name: cls.facts.name, fn });
    }
  }
  return found;
}

/** Logging leads nowhere. */
function addMention(expr: Expr, mentions: Set<string>): void {
  if (expr.k === 'name') mentions.add(expr.id);
  else if (expr.k === 'attr' && !(expr.obj.k === 'name' && expr.obj.id === 'LOG')) mentions.add(expr.attr);
}

/** Python's own functions, which lead nowhere. */
const BUILTINS: ReadonlySet<string> = new Set(
  'abs all any bool bytes callable chr dict dir enumerate filter float format frozenset getattr hasattr hash id int isinstance issubclass iter len list map max min next object open ord print property range repr reversed round set setattr slice sorted str sum super tuple type unicode vars xrange zip'.split(
    ' ',
  ),
);

/** False for calls of something that was passed in or put into a variable: it may be any function. */
function isNamedCall(callee: Expr, fn: ProjectFunction): boolean {
  if (callee.k === 'attr') return true;
  if (callee.k !== 'name' || fn.facts.params.some((param) => param.name === callee.id)) return false;
  return (
    fn.module.scope.names.has(callee.id) ||
    fn.module.scope.stars.length > 0 ||
    BUILTINS.has(callee.id) ||
    /(Error|Exception)$/.test(callee.id)
  );
}

function isProperty(fn: ProjectFunction): boolean {
  return fn.facts.decorators.some(
    (decorator) =>
      decorator.k !== 'call' &&
      /property$/.test(decorator.k === 'name' ? decorator.id : decorator.k === 'attr' ? decorator.attr : ''),
  );
}

const traitsOf = new WeakMap<ProjectFunction['facts'], BodyTraits>();

function readTraits(fn: ProjectFunction): BodyTraits {
  const known = traitsOf.get(fn.facts);
  if (known) return known;
  let returnsValue = fn.facts.yields;
  let hasEffects = false;
  const mentions = new Set<string>();
  const passed = new Set<string>();
  const reads = new Set<string>();
  const assigns = new Set<string>();
  const aliases: (readonly [string, string])[] = [];
  visitStatements(fn.facts.body, (stmt) => {
    if (stmt.k === 'return' && stmt.x) returnsValue = true;
    if (stmt.k === 'def' || stmt.k === 'class' || stmt.k === 'global') hasEffects = true;
    if (stmt.k === 'assign' && ['name', 'attr', 'lambda', 'call', 'if', 'sub'].includes(stmt.value.k)) {
      const source = stmt.value.k === 'attr' ? stmt.value.attr : null;
      for (const target of stmt.targets) {
        if (target.k !== 'attr') continue;
        assigns.add(target.attr);
        if (source !== null && source !== target.attr) aliases.push([target.attr, source]);
      }
    }
    // Whose methods a `with` enters is not to be seen here: those of any class may be meant.
    if (stmt.k === 'with') for (const name of ['__enter__', '__exit__']) mentions.add(name);
    if (
      (stmt.k === 'assign' && stmt.targets.some((target) => target.k !== 'name')) ||
      (stmt.k === 'aug' && stmt.target.k !== 'name')
    )
      hasEffects = true;
    if (stmt.k === 'raise' && stmt.x) addMention(stmt.x.k === 'call' ? stmt.x.fn : stmt.x, mentions);
    visitExpressions(stmt, (expr) => {
      if (expr.k === 'attr') reads.add(expr.attr);
      else if (expr.k === 'name') reads.add(expr.id);
      if (expr.k !== 'call') return;
      if (!isNamedCall(expr.fn, fn)) hasEffects = true;
      addMention(expr.fn, mentions);
      for (const arg of expr.args) addMention(arg, passed);
      for (const { value } of expr.kw) addMention(value, passed);
      if (expr.fn.k === 'attr' && CHANGING_METHODS.has(expr.fn.attr)) hasEffects = true;
    });
  });
  // `getattr` with a computed name may mean anything.
  if (mentions.has('getattr')) hasEffects = true;
  const traits = { returnsValue, hasEffects, mentions, passed, reads, assigns, aliases };
  traitsOf.set(fn.facts, traits);
  return traits;
}
