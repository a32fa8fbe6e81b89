import type { DiscoveredTest } from '../../project/discoverTests';
import type { ProjectClass } from '../../project/project';
import type { Expr } from '../../model/facts';
import type { UploadChain } from '../../model/uploadChain';
import { visitExpression } from '../../model/visitFacts';
import { withInput } from './channels';
import { hasLedToService } from './connections';
import { readDecoration, readSkips, type Skip } from './decorations';
import { keysOfDecorators } from './dependencies';
import { BASE_TEST } from './framework';
import { newObject } from './heap';
import type { Interpreter } from './interpreter';
import {
  NO_ARGUMENTS,
  type CallArguments,
  type Cleanup,
  type Frame,
  type GuestEvent,
  type UnfollowedCall,
} from './machine';
import { locate } from './locate';
import type { CallStep } from './hopNotes';
import type { Alternative, Value } from './values';

/** What running one test abstractly has shown: the shared fixtures' part and its own. */
export interface TestRun {
  readonly discovered: DiscoveredTest;
  readonly events: readonly GuestEvent[];
  readonly unfollowed: readonly UnfollowedCall[];
  /** The analysis gave up before the end. */
  readonly exhausted: boolean;
  /** How far it goes with an image that it uploads itself. */
  readonly upload: UploadChain;
  /** Keys of the functions that the result depends on; the class's fixtures apart, since they are shared. */
  readonly visited: ReadonlySet<string>;
  readonly visitedByClass: ReadonlySet<string>;
  /** Numbers of the calls that ran (see CallRecord); the class's fixtures apart. */
  readonly calls: ReadonlySet<number>;
  readonly callsByClass: ReadonlySet<number>;
}

const NO_RANGE = { start: 0, end: 0 };
const ENDING_FIXTURES = new Set(['tearDown', 'tearDownClass', 'resource_cleanup']);
const CLASS_FIXTURES = ['skip_checks', 'setup_credentials', 'setup_clients', 'resource_setup'];

/**
 * Runs the tests of one concrete class in the order of Tempest's framework: class fixtures once, then for each test `setUp`,
 * the test, `tearDown` and its cleanups from the same state, then the class's own cleanup.
 * Source: tempest.test.BaseTestCase and unittest's order of calls.
 */
export function runTests(it: Interpreter, cls: ProjectClass, tests: readonly DiscoveredTest[]): TestRun[] {
  it.heap.commit();
  const start = it.heap.mark();
  it.conditions.length = 0;
  it.hasSerialConsole = false;
  it.uploads.chain = 'none';
  const root = it.newFrame(cls.module, null);
  it.stack.push(root);
  try {
    const shared = runShared(it, cls, root);
    const runs = tests.map((test) => runOne(it, cls, test, root, shared));
    const end = collect(it, () => runClassEnd(it, cls, root));
    const visitedByClass = new Set([...shared.visited, ...end.visited]);
    const callsByClass = new Set([...shared.calls, ...end.calls]);
    return runs.map((run) => ({
      ...run,
      visitedByClass,
      callsByClass,
      events: [...shared.events, ...run.events, ...end.events],
      unfollowed: [...shared.unfollowed, ...run.unfollowed, ...end.unfollowed],
    }));
  } finally {
    it.stack.length = 0;
    it.conditions.length = 0;
    it.classCleanups = [];
    it.testCleanups = [];
    it.heap.rollBack(start);
  }
}

interface Recorded {
  readonly events: readonly GuestEvent[];
  readonly unfollowed: readonly UnfollowedCall[];
  readonly exhausted: boolean;
  readonly upload: UploadChain;
  readonly visited: ReadonlySet<string>;
  readonly calls: ReadonlySet<number>;
}

function collect(it: Interpreter, run: () => void): Recorded {
  it.events = [];
  it.unfollowed = [];
  it.visited = new Set();
  it.calls = new Set();
  it.resetSteps();
  it.skipped = false;
  run();
  const { unfollowed, exhausted, visited, calls } = it;
  const events = it.events
    .filter(({ connection }) => !connection || !hasLedToService(connection))
    .flatMap((event) => withInput(event));
  return { events, unfollowed, exhausted, upload: it.uploads.chain, visited, calls };
}

interface Shared extends Recorded {
  /** The class is skipped whatever the configuration. */
  readonly skipped: boolean;
}

function runShared(it: Interpreter, cls: ProjectClass, root: Frame): Shared {
  let skipped = false;
  const recorded = collect(it, () => {
    skipped = !pushClassSkips(it, cls);
    for (const fixture of classFixtures(it, cls)) {
      if (skipped) return;
      callMethod(it, [{ k: 'class', cls }], cls, fixture, root);
      skipped = it.skipped;
      it.skipped = false;
    }
  });
  return { ...recorded, skipped };
}

/** Tempest's own fixtures; a class with a `setUpClass` of its own (older trees, plain testtools classes) has that one too. */
function classFixtures(it: Interpreter, cls: ProjectClass): string[] {
  const own = it.project.findMember(cls, 'setUpClass');
  const overridden = own !== null && own.owner.fullName !== BASE_TEST;
  return overridden ? [...CLASS_FIXTURES, 'setUpClass'] : CLASS_FIXTURES;
}

function pushClassSkips(it: Interpreter, cls: ProjectClass): boolean {
  for (const ancestor of it.project.orderOf(cls)) {
    if (typeof ancestor === 'string') continue;
    const { module, facts } = ancestor;
    it.dependOn(keysOfDecorators(it.project, module, facts.decorators));
    if (!pushSkips(it, readSkips(it.project, module, facts.decorators), null)) return false;
  }
  return true;
}

/** Pushes what must hold for a decorated test to run; false when it never runs. */
function pushSkips(it: Interpreter, skips: readonly Skip[], owner: ProjectClass | null): boolean {
  for (const { condition, runsWhen, module } of skips) {
    const frame = it.newFrame(module, null);
    if (owner?.module === module) defineClassNames(it, owner, condition, frame);
    const evaluated = it.quietly(() => it.evaluateCondition(condition, frame));
    if (evaluated.truth === !runsWhen) return false;
    const literals = runsWhen ? evaluated.literals.whenTrue : evaluated.literals.whenFalse;
    for (const literal of literals) it.conditions.push({ literal, exit: 'raise', guard: 'skip' });
  }
  return true;
}

/** A decorator of a method is evaluated in the class's body: names that were assigned there come before the module's. */
function defineClassNames(it: Interpreter, owner: ProjectClass, condition: Expr, frame: Frame): void {
  visitExpression(condition, (expr) => {
    if (expr.k !== 'name' || owner.members.get(expr.id)?.at(-1)?.k !== 'value') return;
    frame.locals.fields.set(expr.id, it.getAttribute([{ k: 'class', cls: owner }], expr.id, frame, NO_RANGE));
  });
}

function runOne(
  it: Interpreter,
  cls: ProjectClass,
  discovered: DiscoveredTest,
  root: Frame,
  shared: Shared,
): Recorded & { discovered: DiscoveredTest } {
  const base = it.conditions.length;
  const start = it.heap.mark();
  const { hasSerialConsole } = it;
  const { chain } = it.uploads;
  const recorded = collect(it, () => {
    if (!shared.skipped) runLifecycle(it, cls, discovered, root);
  });
  it.conditions.length = base;
  it.hasSerialConsole = hasSerialConsole;
  it.uploads.chain = chain;
  it.heap.rollBack(start);
  return { discovered, ...recorded };
}

function runLifecycle(it: Interpreter, cls: ProjectClass, discovered: DiscoveredTest, root: Frame): void {
  const self: Value = [{ k: 'obj', obj: newObject('instance', cls) }];
  it.testCleanups = [];
  callMethod(it, self, cls, 'setUp', root);
  const afterSetUp = it.conditions.length;
  if (it.skipped) return;
  const { fn } = discovered;
  it.dependOn(keysOfDecorators(it.project, fn.module, fn.facts.decorators));
  const owner = it.project.classAt(fn.module, fn.facts.classIndex) ?? null;
  if (pushSkips(it, readDecoration(it.project, fn).skips, owner)) {
    const method = it.getAttribute(self, discovered.written, root, NO_RANGE);
    const args = readTestData(it, discovered, owner);
    because(it, { k: 'test' }, () => it.call(method, args, root, NO_RANGE, null));
  }
  it.conditions.length = afterSetUp;
  it.skipped = false;
  callMethod(it, self, cls, 'tearDown', root);
  runCleanups(it, 'test', it.testCleanups, root);
}

/** The arguments that a data-driven test is called with, as the class's body would evaluate them. */
function readTestData(it: Interpreter, { data, fn }: DiscoveredTest, owner: ProjectClass | null): CallArguments {
  if (!data) return NO_ARGUMENTS;
  const frame = it.newFrame(fn.module, null);
  const { value, unpacked } = data;
  if (owner) defineClassNames(it, owner, value, frame);
  const evaluate = (expr: Expr): Value => it.quietly(() => it.evaluate(expr, frame));
  if (!unpacked || (value.k !== 'dict' && value.k !== 'list' && value.k !== 'tuple'))
    return { ...NO_ARGUMENTS, args: [evaluate(value)] };
  if (value.k !== 'dict') return { ...NO_ARGUMENTS, args: value.items.map(evaluate) };
  const kw = new Map<string, Value>();
  for (const { key, value: given } of value.items) if (key?.k === 'str') kw.set(key.v, evaluate(given));
  return { ...NO_ARGUMENTS, kw, openKw: kw.size < value.items.length };
}

/** Cleanups in reverse order of their registration; one may register more. */
function runCleanups(it: Interpreter, scope: 'class' | 'test', cleanups: Cleanup[], root: Frame): void {
  for (let count = 0; cleanups.length > 0 && count < 200; count++) {
    const cleanup = cleanups.pop();
    if (!cleanup) break;
    const base = it.conditions.length;
    it.conditions.push(...cleanup.conditions);
    // Whether it was registered may have depended on a branch, so what it changes is not sure either.
    const { callee, args, frame, range } = cleanup;
    const step = { k: 'cleanup', scope, by: frame.name, at: locate(frame, range) } as const;
    const call = (): Value => it.call(callee, args, root, frame.fn ? range : NO_RANGE, null);
    it.maybe(() => because(it, step, call));
    it.conditions.length = base;
    it.skipped = false;
  }
}

function runClassEnd(it: Interpreter, cls: ProjectClass, root: Frame): void {
  callMethod(it, [{ k: 'class', cls }], cls, 'resource_cleanup', root);
  const own = it.project.findMember(cls, 'tearDownClass');
  if (own && own.owner.fullName !== BASE_TEST) callMethod(it, [{ k: 'class', cls }], cls, 'tearDownClass', root);
  runCleanups(it, 'class', it.classCleanups, root);
}

function callMethod(it: Interpreter, self: readonly Alternative[], cls: ProjectClass, name: string, root: Frame): void {
  const found = it.project.findMember(cls, name);
  if (!found || found.owner.fullName === BASE_TEST) return;
  const scope = self[0]?.k === 'class' ? 'class' : 'test';
  const when = ENDING_FIXTURES.has(name) ? 'after' : 'before';
  const method = it.getAttribute(self, name, root, NO_RANGE);
  because(it, { k: 'fixture', scope, when }, () => it.call(method, NO_ARGUMENTS, root, NO_RANGE, null));
}

/** Runs a call of the framework's own, knowing what it is. */
function because<T>(it: Interpreter, step: CallStep, run: () => T): T {
  return it.reasons ? it.reasons.start(step, run) : run();
}
