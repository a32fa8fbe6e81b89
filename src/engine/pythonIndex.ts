import { groupBy } from '../model/groupBy';
import type { Parser } from 'web-tree-sitter';
import type { ModuleFacts } from '../model/facts';
import type { ReadProblem } from '../model/guideline';
import type { TestCase } from '../model/testCase';
import { describeTests, discoverTests, type DiscoveredTest, type LoadTestsNote } from '../project/discoverTests';
import { nameModules } from '../project/moduleNames';
import { linkModule, Project, type ProjectClass } from '../project/project';
import { shapeOf } from '../project/shapeOf';
import { EditedPython } from '../syntax/editedPython';
import { readPython } from '../syntax/readPython';
import type { SourceFile } from './fileSource';
import type { TestClass } from './indexView';

interface PythonFile {
  readonly file: SourceFile;
  text: string;
  facts: ModuleFacts;
  shape: string | null;
}

/** What a new text of a known file means for the rest. */
export type PythonUpdate =
  | { readonly k: 'same' }
  /** Only function bodies and places changed: the functions whose text is another one now. */
  | { readonly k: 'bodies'; readonly changed: ReadonlySet<string> }
  | { readonly k: 'shape' };

/** Python files with their facts, and what they make together: modules, classes, tests. */
export class PythonIndex {
  private readonly filesByUri = new Map<string, PythonFile>();
  project = new Project([]);
  tests: readonly DiscoveredTest[] = [];
  private loadTests: readonly LoadTestsNote[] = [];
  private byName = new Map<string, DiscoveredTest>();
  private definedIn = new Map<string, DiscoveredTest[]>();
  private runIn = new Map<string, DiscoveredTest[]>();

  private readonly edited: EditedPython;

  constructor(private readonly parser: Parser) {
    this.edited = new EditedPython(parser);
  }

  /** @param known the facts of this very text, where somebody kept them */
  add(file: SourceFile, text: string, hash: string, known: ModuleFacts | null = null): void {
    const facts = known ?? readPython(file.uri, text, hash, this.parser);
    this.filesByUri.set(file.uri, { file, text, facts, shape: null });
  }

  remove(uri: string): boolean {
    return this.filesByUri.delete(uri);
  }

  files(): { readonly file: SourceFile; readonly facts: ModuleFacts }[] {
    return [...this.filesByUri.values()].map(({ file, facts }) => ({ file, facts }));
  }

  has(uri: string): boolean {
    return this.filesByUri.has(uri);
  }

  lineStarts(uri: string): readonly number[] | undefined {
    return this.facts(uri)?.lineStarts;
  }

  /** Tests whose class, or one of its ancestors, stands in one of the files. */
  testsOfClassesIn(uris: ReadonlySet<string>): string[] {
    const { project, tests } = this;
    const known = new Map<ProjectClass, boolean>();
    const isHere = (cls: ProjectClass): boolean =>
      project.orderOf(cls).some((ancestor) => typeof ancestor !== 'string' && uris.has(ancestor.module.uri));
    return tests.flatMap(({ test, cls }) => {
      let here = known.get(cls);
      if (here === undefined) known.set(cls, (here = isHere(cls)));
      return here || uris.has(test.definition.uri) ? [test.name] : [];
    });
  }

  text(uri: string): string | undefined {
    return this.filesByUri.get(uri)?.text;
  }

  facts(uri: string): ModuleFacts | undefined {
    return this.filesByUri.get(uri)?.facts;
  }

  /** Reads a new text of a known file; linked modules are refreshed when the file kept its shape. */
  update(uri: string, text: string, hash: string): PythonUpdate {
    const known = this.filesByUri.get(uri);
    if (!known || known.facts.contentHash === hash) return { k: 'same' };
    const before = { facts: known.facts, text: known.text, shape: known.shape ?? shapeOf(known.facts) };
    known.facts = this.edited.read(uri, text, hash);
    known.text = text;
    known.shape = shapeOf(known.facts);
    if (known.shape !== before.shape) return { k: 'shape' };
    this.project.refreshModule(known.facts);
    this.refreshTests(uri);
    return { k: 'bodies', changed: findChangedFunctions(before, known) };
  }

  /** What discovery could not take into account, where it stands. */
  notes(): readonly ReadProblem[] {
    return this.loadTests.map(({ uri, range }) => ({
      uri,
      range,
      message:
        'load_tests may add or change tests when they are run; it is left alone, and the tests are listed as written.',
    }));
  }

  /** Links all files anew. */
  link(): void {
    const placed = [...this.filesByUri.values()].sort(
      (a, b) => compareText(a.file.rootUri, b.file.rootUri) || compareText(a.file.path, b.file.path),
    );
    const names = nameModules(placed.map(({ file }) => file));
    const modules = placed.flatMap(({ facts, file }) => {
      const name = names.get(file.uri);
      return name ? [linkModule(facts, name)] : [];
    });
    this.project = new Project(modules);
    const { tests, loadTests } = discoverTests(this.project);
    this.tests = tests;
    this.loadTests = loadTests;
    this.indexTests();
  }

  private indexTests(): void {
    this.byName = new Map(this.tests.map((discovered) => [discovered.test.name, discovered]));
    this.definedIn = groupBy(this.tests, (discovered) => discovered.test.definition.uri);
    this.runIn = groupBy(this.tests, (discovered) => discovered.test.classUri);
  }

  /** Tests defined in a file that kept its shape get their new places and marks. */
  private refreshTests(uri: string): void {
    const affected = this.definedIn.get(uri);
    if (!affected || affected.length === 0) return;
    const described = new Map(
      describeTests(this.project, affected).map((discovered) => [discovered.test.name, discovered]),
    );
    const replace = (list: readonly DiscoveredTest[]): DiscoveredTest[] =>
      list.map((one) => described.get(one.test.name) ?? one);
    for (const [name, discovered] of described) this.byName.set(name, discovered);
    this.definedIn.set(uri, replace(affected));
    for (const classUri of new Set(affected.map((one) => one.test.classUri)))
      this.runIn.set(classUri, replace(this.runIn.get(classUri) ?? []));
    this.tests = replace(this.tests);
  }

  discovered(name: string): DiscoveredTest | undefined {
    return this.byName.get(name);
  }

  /** The tests of these names that are there. */
  discoveredOf(names: Iterable<string>): DiscoveredTest[] {
    return [...names].flatMap((name) => this.byName.get(name) ?? []);
  }

  testsDefinedIn(uri: string): readonly TestCase[] {
    return (this.definedIn.get(uri) ?? []).map(({ test }) => test);
  }

  testsRunIn(uri: string): readonly TestCase[] {
    return (this.runIn.get(uri) ?? []).map(({ test }) => test);
  }

  /** Classes of a file that run tests, in source order. */
  testClassesIn(uri: string): readonly TestClass[] {
    const running = this.testsRunIn(uri);
    const classes = this.facts(uri)?.classes ?? [];
    return classes.flatMap(({ qualname, nameRange }) => {
      const tests = running.filter((test) => test.className === qualname);
      return tests.length > 0 ? [{ name: qualname, nameRange, tests }] : [];
    });
  }

  /** Tests by concrete class, in the order of their names. */
  groupByClass(tests: readonly DiscoveredTest[]): Map<ProjectClass, DiscoveredTest[]> {
    return groupBy(tests, ({ cls }) => cls);
  }

  /** Dotted names of the linked modules by file. */
  moduleNames(): Map<string, string> {
    return new Map([...this.project.modules()].map(({ uri, name }) => [uri, name]));
  }

  topPackages(): Set<string> {
    const packages = new Set<string>();
    for (const module of this.project.modules()) packages.add(module.name.split('.')[0] ?? '');
    return packages;
  }
}

function findChangedFunctions(
  before: { facts: ModuleFacts; text: string },
  after: { facts: ModuleFacts; text: string },
): Set<string> {
  const changed = new Set<string>();
  after.facts.functions.forEach((fn, index) => {
    const old = before.facts.functions[index];
    if (!old || before.text.slice(old.range.start, old.range.end) !== after.text.slice(fn.range.start, fn.range.end)) {
      changed.add(`${after.facts.uri}#${index}`);
    }
  });
  return changed;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
