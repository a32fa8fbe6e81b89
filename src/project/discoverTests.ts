import type { TestCase, TestDefinition } from '../model/testCase';
import type { TextRange } from '../model/text';
import type { FoundMember, Project, ProjectClass, ProjectFunction, ProjectModule } from './project';
import { readDataDrivenTests, type TestData } from './dataDrivenTests';
import { decoratorName, readTestMarks, type TestMarks } from './testMarks';

/** A discovered test together with the objects that the analysis works on. */
export interface DiscoveredTest {
  readonly test: TestCase;
  readonly cls: ProjectClass;
  readonly fn: ProjectFunction;
  /** The attribute that holds the function: the test's own name, but for a data-driven test, whose names are made of it. */
  readonly written: string;
  /** What a data-driven test is called with, where it is written down; null for every other test. */
  readonly data: TestData | null;
}

/** A module whose `load_tests` may add or change tests at run time: left alone, and said. */
export interface LoadTestsNote {
  readonly uri: string;
  readonly range: TextRange;
}

/** Bases outside the project that are not tests, whatever their name says. */
const PLAIN_BASES = new Set([
  'object',
  'Exception',
  'dict',
  'list',
  'str',
  'int',
  'type',
  'enum.Enum',
  'fixtures.Fixture',
]);

/**
 * True when Python would take the class for a `unittest.TestCase`. A base outside the project counts when its name speaks of
 * tests (`testtools.TestCase`, `tempest.test.BaseTestCase`, `tempest.api.compute.base.BaseV2ComputeTest`), since it cannot be read.
 */
export function isTestClass(project: Project, cls: ProjectClass): boolean {
  return project.orderOf(cls).some((ancestor) => {
    if (typeof ancestor !== 'string' || PLAIN_BASES.has(ancestor)) return false;
    return /test/i.test(ancestor.slice(ancestor.lastIndexOf('.') + 1));
  });
}

/** True for the modules that `unittest discover` loads (its default pattern `test*.py`). */
function isTestModule(module: ProjectModule): boolean {
  const file = module.uri.slice(module.uri.lastIndexOf('/') + 1);
  return file.startsWith('test') && file.endsWith('.py');
}

/**
 * Tests as `unittest.TestLoader.loadTestsFromModule` finds them: every test class that a test module's namespace holds, every
 * callable attribute whose name starts with `test`, inherited ones once per concrete class. `load_tests` is left alone.
 */
export function discoverTests(project: Project): { tests: DiscoveredTest[]; loadTests: LoadTestsNote[] } {
  const found = new Map<string, DiscoveredTest>();
  const loadTests: LoadTestsNote[] = [];
  const definitions: Definitions = new Map();
  const seen = new Set<ProjectClass>();
  for (const module of project.modules()) {
    if (!isTestModule(module)) continue;
    noteLoadTests(project, module, loadTests);
    for (const cls of classesInNamespace(project, module)) {
      if (seen.has(cls)) continue;
      seen.add(cls);
      if (!isTestClass(project, cls)) continue;
      for (const { name, member } of testMembers(project, cls)) {
        for (const discovered of describeMember(project, cls, name, member, definitions))
          if (!found.has(discovered.test.name)) found.set(discovered.test.name, discovered);
      }
    }
  }
  const tests = [...found.values()].sort((a, b) =>
    a.test.name < b.test.name ? -1 : a.test.name > b.test.name ? 1 : 0,
  );
  return { tests, loadTests };
}

function noteLoadTests(project: Project, module: ProjectModule, notes: LoadTestsNote[]): void {
  for (const symbol of module.scope.names.has('load_tests') ? project.lookUp(module, 'load_tests') : []) {
    if (symbol.k === 'function' && symbol.fn.module === module) {
      notes.push({ uri: module.uri, range: symbol.fn.facts.nameRange });
      return;
    }
  }
  const assigned = module.facts.body.find(
    (stmt) => stmt.k === 'assign' && stmt.targets.some((target) => target.k === 'name' && target.id === 'load_tests'),
  );
  if (assigned) notes.push({ uri: module.uri, range: { start: assigned.s, end: assigned.e } });
}

function* classesInNamespace(project: Project, module: ProjectModule): Iterable<ProjectClass> {
  const names = new Set(module.scope.names.keys());
  for (const name of module.scope.deleted) names.delete(name);
  for (const star of module.scope.stars) {
    const source = project.moduleNamed(star);
    if (source) for (const name of source.scope.names.keys()) if (!source.scope.deleted.has(name)) names.add(name);
  }
  for (const name of names) {
    for (const symbol of project.resolveExpr(module, { k: 'name', id: name, s: 0, e: 0 })) {
      if (symbol.k === 'class') yield symbol.cls;
    }
  }
}

function* testMembers(project: Project, cls: ProjectClass): Iterable<{ name: string; member: FoundMember }> {
  const names = new Set<string>();
  for (const ancestor of project.orderOf(cls)) {
    if (typeof ancestor === 'string') continue;
    for (const name of ancestor.members.keys()) if (name.startsWith('test')) names.add(name);
  }
  for (const name of names) {
    const member = project.findMember(cls, name);
    if (member) yield { name, member };
  }
}

/** The same tests with today's places and marks, after an edit that kept the modules' shapes. */
export function describeTests(project: Project, tests: readonly DiscoveredTest[]): DiscoveredTest[] {
  const definitions: Definitions = new Map();
  return tests.flatMap(({ cls, test, written }) => {
    const member = project.findMember(cls, written);
    const described = member ? describeMember(project, cls, written, member, definitions) : [];
    return described.filter((one) => one.test.method === test.method);
  });
}

type Definitions = Map<ProjectFunction, { marks: TestMarks; definition: TestDefinition }>;

/** The tests that a member is run as: one, or one for each value of its data. */
function describeMember(
  project: Project,
  cls: ProjectClass,
  written: string,
  member: FoundMember,
  definitions: Definitions,
): DiscoveredTest[] {
  const fn = callableOf(project, member);
  if (!fn) return [];
  const tests = readDataDrivenTests(project, member, fn, written) ?? [{ name: written, data: null }];
  return tests.map(({ name, data }) => ({
    test: describeTest(project, cls, name, fn, definitions),
    cls,
    fn,
    written,
    data,
  }));
}

function describeTest(
  project: Project,
  cls: ProjectClass,
  name: string,
  fn: ProjectFunction,
  definitions: Definitions,
): TestCase {
  let described = definitions.get(fn);
  if (!described) {
    const marks = readTestMarks(project, fn);
    described = { marks, definition: describeDefinition(fn, marks) };
    definitions.set(fn, described);
  }
  const { marks, definition } = described;
  return {
    name: `${cls.fullName}.${name}`,
    ids: marks.ids,
    attrs: marks.attrs,
    module: cls.module.name,
    className: cls.facts.qualname,
    method: name,
    classUri: cls.module.uri,
    definition,
  };
}

function describeDefinition(fn: ProjectFunction, marks: TestMarks): TestDefinition {
  const { facts, module } = fn;
  const dot = facts.qualname.lastIndexOf('.');
  return {
    name: `${module.name}.${facts.qualname}`,
    className: dot < 0 ? '' : facts.qualname.slice(0, dot),
    uri: module.uri,
    nameRange: facts.nameRange,
    range: facts.range,
    idRange: marks.idRange,
    idMarks: marks.idMarks,
  };
}

/** The function behind a test member; null when the attribute is not callable (`test_x = None`, a property). */
function callableOf(project: Project, member: FoundMember, hops = 0): ProjectFunction | null {
  const { binding, owner } = member;
  if (binding.k === 'function') {
    const fn = project.functionAt(owner.module, binding.index);
    if (!fn) return null;
    const isProperty = fn.facts.decorators.some((decorator) =>
      decoratorName(project, owner.module, decorator).endsWith('property'),
    );
    return isProperty ? null : fn;
  }
  if (binding.k !== 'value' || hops > 4) return null;
  // `test_b = test_a`, `test_b = Base.test_a`, `test_b = decorator(...)(Base.test_a)`.
  const { expr } = binding;
  if (expr.k === 'name') {
    const alias = owner.members.get(expr.id)?.at(-1);
    if (alias && alias !== binding) return callableOf(project, { owner, binding: alias }, hops + 1);
  }
  const target = expr.k === 'call' ? expr.args[0] : expr;
  if (!target || (target.k !== 'name' && target.k !== 'attr')) return null;
  const symbol = project.resolveExpr(owner.module, target, owner).find((found) => found.k === 'function');
  return symbol?.k === 'function' ? symbol.fn : null;
}
