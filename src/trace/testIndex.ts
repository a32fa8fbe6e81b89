import type { TestCase } from '../model/testCase';

/** The runtime tests of the workspace by what a guideline entry can name. */
export interface TestIndex {
  readonly byName: ReadonlyMap<string, TestCase>;
  /** By normalised id; the tests of one id sorted by name. */
  readonly byId: ReadonlyMap<string, readonly TestCase[]>;
  /** First segments of the tests' modules (`tempest`, `heat_tempest_plugin`). */
  readonly packages: ReadonlySet<string>;
}

/** Indexes tests once, in linear time. `packages` adds top-level packages of the workspace that hold no test. */
export function indexTests(tests: readonly TestCase[], packages: Iterable<string> = []): TestIndex {
  const byName = new Map<string, TestCase>();
  const byId = new Map<string, TestCase[]>();
  const topPackages = new Set(packages);
  for (const test of tests) {
    byName.set(test.name, test);
    topPackages.add(topPackageOf(test.name));
    for (const id of test.ids) {
      const sharing = byId.get(id);
      if (sharing === undefined) byId.set(id, [test]);
      else sharing.push(test);
    }
  }
  for (const sharing of byId.values()) sharing.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return { byName, byId, packages: topPackages };
}

/** The part of a dotted name before the first dot. */
export function topPackageOf(name: string): string {
  const dot = name.indexOf('.');
  return dot < 0 ? name : name.slice(0, dot);
}
