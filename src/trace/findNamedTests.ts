import type { TestCase } from '../model/testCase';
import type { TraceEntry } from '../model/trace';

/** Where tests are looked for; the engine's index offers the first two. */
export interface NamedTests {
  test(name: string): TestCase | undefined;
  tests(): readonly TestCase[];
  /** The guideline entries whose names and aliases count. */
  entries(): readonly TraceEntry[];
}

/**
 * The tests that a person may mean: by runtime name (tags behind it are dropped; `path/to/file.py::Class::test` is one too), idempotent id, end of
 * a name, or the name or alias that a guideline entry lists; the first of these that finds something decides. Empty when nothing is called so.
 */
export function findNamedTests(question: string, index: NamedTests): readonly TestCase[] {
  const name = toDottedName(question);
  const exact = index.test(name);
  if (exact) return [exact];
  const id = question.toLowerCase().replace(/^id-/, '');
  const byId = index.tests().filter((test) => test.ids.includes(id));
  if (byId.length > 0) return byId;
  const bySuffix = index.tests().filter((test) => test.name.endsWith(`.${name}`));
  if (bySuffix.length > 0) return bySuffix;
  const named = index
    .entries()
    .filter(({ entry }) => entry.name.value === name || entry.aliases.some((alias) => alias.value === name));
  return [...new Map(named.flatMap(({ target }) => (target ? [[target.name, target] as const] : []))).values()];
}

/** The dotted name of what may be written as a file, or as a node of a test runner; without tags. */
export function toDottedName(question: string): string {
  return question
    .trim()
    .replace(/[[(].*$/, '')
    .replace(/^\.?\//, '')
    .replace(/\.py(?=::|$)/, '')
    .replaceAll('::', '.')
    .replaceAll('/', '.');
}
