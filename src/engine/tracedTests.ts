import { pickCurrentGuidelines } from '../guideline/guidelineOrder';
import type { Finding } from '../model/finding';
import type { SkipMark, TestCase } from '../model/testCase';
import type { DiscoveredTest } from '../project/discoverTests';
import { readSkip } from '../project/skipMarks';
import { lintTests } from '../trace/lint/lintTests';
import { collectClaims, type TestClaims } from '../trace/lint/testClaims';
import type { GuidelineIndex } from './guidelineIndex';
import type { PythonIndex } from './pythonIndex';

/** What holds until files are linked anew: names only, no places. */
interface Links {
  readonly current: ReadonlySet<string>;
  readonly claims: TestClaims;
  /** Ids on several definitions: one test of each. */
  readonly sharing: ReadonlyMap<string, readonly string[]>;
  /** Listed tests that are always skipped, by the file of the decorator. */
  readonly skipped: ReadonlyMap<string, readonly string[]>;
}

/** What is to be said at tests of the guidelines that name them. Links are read when first asked for. */
export class TracedTests {
  private links: Links | null = null;

  constructor(
    private readonly python: PythonIndex,
    private readonly guidelines: GuidelineIndex,
  ) {}

  /** Tests or guidelines were linked anew. */
  forget(): void {
    this.links = null;
  }

  /** Traceability findings of one Python file; nothing where there are no guidelines. The index must be complete. */
  findings(uri: string): readonly Finding[] {
    if (this.guidelines.guidelines().length === 0) return [];
    this.links ??= this.readLinks();
    const { current, claims, sharing, skipped } = this.links;
    return lintTests({
      uri,
      tests: this.python.testsDefinedIn(uri),
      current,
      claims,
      entriesOf: (name) => this.guidelines.entriesForTest(name),
      othersWith: (id, test) => this.listOthers(sharing.get(id) ?? [], test),
      skipped: (skipped.get(uri) ?? []).flatMap((name) => this.readMark(name)),
      classes: this.listClasses(uri),
    });
  }

  private readLinks(): Links {
    const guidelines = this.guidelines.guidelines();
    const entries = guidelines.flatMap(({ uri }) => this.guidelines.trace(uri));
    return {
      current: new Set(pickCurrentGuidelines(guidelines).map(({ uri }) => uri)),
      claims: collectClaims(entries, (name) => this.python.discovered(name)?.test),
      sharing: this.findShared(),
      skipped: this.findSkipped(),
    };
  }

  /** Ids on several definitions, unless a class overrides what it inherits: that is one test to its reader. */
  private findShared(): Map<string, string[]> {
    const byId = new Map<string, DiscoveredTest[]>();
    for (const discovered of this.python.tests) {
      for (const id of discovered.test.ids) {
        const known = byId.get(id);
        if (known === undefined) byId.set(id, [discovered]);
        else if (!known.some((other) => this.isVariant(discovered, other))) known.push(discovered);
      }
    }
    const shared = [...byId].filter(([, tests]) => tests.length > 1);
    return new Map(shared.map(([id, tests]) => [id, tests.map(({ test }) => test.name)]));
  }

  private isVariant(one: DiscoveredTest, other: DiscoveredTest): boolean {
    if (one.fn === other.fn) return true;
    if (one.test.method !== other.test.method) return false;
    return this.inherits(one, other) || this.inherits(other, one);
  }

  /** True when the class of `one` has the class in which `other` is written among its ancestors. */
  private inherits({ cls }: DiscoveredTest, { test }: DiscoveredTest): boolean {
    const { name } = test.definition;
    const owner = name.slice(0, name.lastIndexOf('.'));
    return this.python.project.orderOf(cls).some((one) => typeof one !== 'string' && one.fullName === owner);
  }

  private findSkipped(): Map<string, string[]> {
    const skipped = new Map<string, string[]>();
    for (const { test, cls, fn } of this.python.tests) {
      if (this.guidelines.entriesForTest(test.name).length === 0) continue;
      const mark = readSkip(this.python.project, cls, fn);
      if (mark !== null) skipped.set(mark.uri, [...(skipped.get(mark.uri) ?? []), test.name]);
    }
    return skipped;
  }

  private listOthers(names: readonly string[], test: TestCase): TestCase[] {
    const { uri, nameRange } = test.definition;
    return names.flatMap((name) => {
      const other = this.python.discovered(name)?.test;
      const isSame = other?.definition.uri === uri && other.definition.nameRange.start === nameRange.start;
      return other === undefined || isSame ? [] : [other];
    });
  }

  private readMark(name: string): { test: TestCase; mark: SkipMark }[] {
    const discovered = this.python.discovered(name);
    const mark = discovered && readSkip(this.python.project, discovered.cls, discovered.fn);
    return discovered && mark ? [{ test: discovered.test, mark }] : [];
  }

  private listClasses(uri: string): { name: string; nameRange: TestCase['definition']['nameRange'] }[] {
    const module = this.python.project.moduleAt(uri);
    return (module?.facts.classes ?? []).map(({ qualname, nameRange }) => ({
      name: `${module?.name ?? ''}.${qualname}`,
      nameRange,
    }));
  }
}
