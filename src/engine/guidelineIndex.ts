import { compareGuidelines, nameOfFile, parseEdition, pickCurrentGuidelines } from '../guideline/guidelineOrder';
import type { CommittedGuideline } from '../fixes/fixContext';
import { lintGuideline } from '../guideline/lint/lintGuideline';
import { isSchemaText, mayBeGuideline, soundsLikeGuideline } from '../guideline/detectGuideline';
import { readGuideline } from '../guideline/readGuideline';
import type { Finding } from '../model/finding';
import type { Guideline, ReadProblem } from '../model/guideline';
import type { TestCase } from '../model/testCase';
import { findLineStarts } from '../model/text';
import type { TraceEntry } from '../model/trace';
import { indexEntriesByTest } from '../trace/entriesByTest';
import { linkEntries } from '../trace/linkEntries';

interface GuidelineFile {
  readonly uri: string;
  text: string;
  lineStarts: readonly number[];
  /** The last good model: kept while the file is broken. */
  guideline: Guideline | null;
  problems: readonly ReadProblem[];
}

/** Guideline files, and their entries joined to the tests. */
export class GuidelineIndex {
  private readonly filesByUri = new Map<string, GuidelineFile>();
  /** Guidelines as their repositories have them committed, by address of the file. */
  private readonly committed = new Map<string, CommittedGuideline>();
  private sorted: readonly Guideline[] | null = null;
  private entries = new Map<string, readonly TraceEntry[]>();
  private byTest: ReadonlyMap<string, readonly TraceEntry[]> = new Map();
  private required: ReadonlyMap<string, readonly string[]> | null = null;

  /**
   * Reads a JSON file; one that is no guideline is not kept, unless it was one before or has the marks of one: then it is
   * broken, and its problems say where.
   */
  update(uri: string, text: string): void {
    const known = this.filesByUri.get(uri);
    if (known?.text === text) return;
    if (!known && !mayBeGuideline(text) && !soundsLikeGuideline(text)) return;
    const { guideline, problems, complete } = readGuideline(uri, text);
    if (!guideline && !known?.guideline && !isBrokenGuideline(uri, text, complete)) {
      this.remove(uri);
      return;
    }
    const model = guideline && (complete || !known?.guideline) ? guideline : (known?.guideline ?? guideline);
    this.keep({ uri, text, lineStarts: findLineStarts(text), guideline: model, problems });
  }

  /**
   * Notes a JSON file that is left out (its size, its encoding), when it is a guideline by its name or its words.
   * @param text what can be read of it; "" when it was not read
   * @param at offset of what cannot be read
   */
  refuse(uri: string, text: string, at: number, message: string): void {
    if (parseEdition(nameOfFile(uri)) === null && !soundsLikeGuideline(text)) return;
    const problems: ReadProblem[] = [{ uri, range: { start: at, end: Math.min(at + 1, text.length) }, message }];
    this.keep({ uri, text, lineStarts: findLineStarts(text), guideline: null, problems });
  }

  private keep(file: GuidelineFile): void {
    this.filesByUri.set(file.uri, file);
    this.sorted = null;
  }

  remove(uri: string): void {
    if (this.filesByUri.delete(uri)) this.sorted = null;
  }

  has(uri: string): boolean {
    return this.filesByUri.has(uri);
  }

  text(uri: string): string | undefined {
    return this.filesByUri.get(uri)?.text;
  }

  lineStarts(uri: string): readonly number[] | undefined {
    return this.filesByUri.get(uri)?.lineStarts;
  }

  problems(): readonly ReadProblem[] {
    return [...this.filesByUri.values()].flatMap((file) => file.problems);
  }

  guidelines(): readonly Guideline[] {
    this.sorted ??= [...this.filesByUri.values()]
      .flatMap(({ guideline }) => (guideline ? [guideline] : []))
      .sort(compareGuidelines);
    return this.sorted;
  }

  guideline(uri: string): Guideline | undefined {
    return this.filesByUri.get(uri)?.guideline ?? undefined;
  }

  /** Joins all entries to the tests. */
  link(tests: readonly TestCase[], packages: ReadonlySet<string>): void {
    const all = linkEntries(this.guidelines(), tests, packages);
    this.entries = new Map();
    for (const guideline of this.guidelines()) this.entries.set(guideline.uri, []);
    const groups = new Map<string, TraceEntry[]>();
    for (const entry of all) {
      const group = groups.get(entry.guideline.uri);
      if (group) group.push(entry);
      else groups.set(entry.guideline.uri, [entry]);
    }
    for (const [uri, group] of groups) this.entries.set(uri, group);
    this.byTest = indexEntriesByTest(all);
    this.required = null;
  }

  /**
   * Takes note of a guideline's committed text, or that there is none.
   * @returns true when something changed
   */
  setCommitted(uri: string, text: string | null): boolean {
    const known = this.committed.get(uri);
    if (text === null) return this.committed.delete(uri);
    if (known?.text === text) return false;
    const { guideline, complete } = readGuideline(uri, text);
    if (guideline === null || !complete) return this.committed.delete(uri);
    this.committed.set(uri, { text, guideline });
    return true;
  }

  committedOf(uri: string): CommittedGuideline | undefined {
    return this.committed.get(uri);
  }

  /** The named tests have moved: the entries that lead to them say so. */
  refreshTests(moved: ReadonlyMap<string, TestCase>): void {
    const refresh = (test: TestCase): TestCase => moved.get(test.name) ?? test;
    const all: TraceEntry[] = [];
    for (const [uri, group] of this.entries) {
      const refreshed = group.map((entry) => {
        if (!entry.candidates.some((test) => moved.has(test.name)) && !(entry.target && moved.has(entry.target.name)))
          return entry;
        return { ...entry, target: entry.target && refresh(entry.target), candidates: entry.candidates.map(refresh) };
      });
      this.entries.set(uri, refreshed);
      all.push(...refreshed);
    }
    this.byTest = indexEntriesByTest(all);
  }

  trace(uri: string): readonly TraceEntry[] {
    return this.entries.get(uri) ?? [];
  }

  entriesForTest(name: string): readonly TraceEntry[] {
    return this.byTest.get(name) ?? [];
  }

  /** Capabilities of the current guidelines that require a test (and do not flag it), sorted. */
  requiredCapabilities(test: string): readonly string[] {
    this.required ??= this.listRequired();
    return this.required.get(test) ?? [];
  }

  private listRequired(): ReadonlyMap<string, readonly string[]> {
    const current = new Set(pickCurrentGuidelines(this.guidelines()).map(({ uri }) => uri));
    const required = new Map<string, Set<string>>();
    for (const [test, entries] of this.byTest) {
      for (const { guideline, components, entry, target, capability } of entries) {
        if (!current.has(guideline.uri) || entry.flag !== null || target?.name !== test) continue;
        if (!components.some(({ status }) => status === 'required')) continue;
        const names = required.get(test) ?? new Set<string>();
        required.set(test, names.add(capability.name.value));
      }
    }
    return new Map([...required].map(([test, names]) => [test, [...names].sort()]));
  }

  /** Findings of one guideline file; links are spoken of only when the index is complete. */
  findings(uri: string, complete: boolean): readonly Finding[] {
    const guideline = this.guideline(uri);
    if (!guideline) return [];
    return lintGuideline(guideline, complete ? this.trace(uri) : [], {
      siblings: this.guidelines(),
      committed: this.committed.get(uri)?.guideline ?? null,
    });
  }
}

/**
 * For a text that is no guideline: true when it is a broken one. Whole JSON without a guideline's shape is only taken for one
 * when its name is an edition, and JSON Schemas never are.
 */
function isBrokenGuideline(uri: string, text: string, complete: boolean): boolean {
  if (!soundsLikeGuideline(text)) return false;
  return !complete || (parseEdition(nameOfFile(uri)) !== null && !isSchemaText(text));
}
