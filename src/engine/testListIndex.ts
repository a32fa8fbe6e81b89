import { indexListedTests, type ListedTests } from '../guideline/testList/listedTests';
import { lintTestList } from '../guideline/testList/lintTestList';
import { detectTestList, readTestList } from '../guideline/testList/readTestList';
import type { Finding } from '../model/finding';
import type { TestCase } from '../model/testCase';
import type { TestList } from '../model/testList';
import { findLineStarts } from '../model/text';

interface TestListFile {
  readonly text: string;
  readonly lineStarts: readonly number[];
  readonly list: TestList;
}

/** Plain lists of tests among the text files, told by their content. */
export class TestListIndex {
  private readonly filesByUri = new Map<string, TestListFile>();
  private listed: ListedTests | null = null;

  /** @param currentTests the tests that lists are compared with */
  constructor(private readonly currentTests: () => readonly TestCase[]) {}

  /** Reads a text file; one that is no list is not kept. A list that is being written stays one while it names a test. */
  update(uri: string, text: string): void {
    const known = this.filesByUri.get(uri);
    if (known?.text === text) return;
    const list = known || detectTestList(text) ? readTestList(uri, text) : null;
    if (list && (!known || list.entries.some(({ named }) => named !== null) || detectTestList(text)))
      this.filesByUri.set(uri, { text, lineStarts: findLineStarts(text), list });
    else this.filesByUri.delete(uri);
  }

  remove(uri: string): void {
    this.filesByUri.delete(uri);
  }

  /** The tests have changed: they are indexed again when a list asks. */
  forgetTests(): void {
    this.listed = null;
  }

  text(uri: string): string | undefined {
    return this.filesByUri.get(uri)?.text;
  }

  lineStarts(uri: string): readonly number[] | undefined {
    return this.filesByUri.get(uri)?.lineStarts;
  }

  list(uri: string): TestList | undefined {
    return this.filesByUri.get(uri)?.list;
  }

  /** By address. */
  lists(): readonly TestList[] {
    return [...this.filesByUri.values()].map(({ list }) => list).sort((a, b) => (a.uri < b.uri ? -1 : 1));
  }

  tests(): ListedTests {
    return (this.listed ??= indexListedTests(this.currentTests()));
  }

  /** Findings of one list; of tests only when the index is complete and has some to compare with. */
  findings(uri: string, complete: boolean): readonly Finding[] {
    const list = this.list(uri);
    if (!list) return [];
    const tests = complete ? this.tests() : null;
    return lintTestList(list, tests !== null && tests.tests.length > 0 ? tests : null);
  }
}
