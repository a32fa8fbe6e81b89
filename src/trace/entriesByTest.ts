import type { TraceEntry } from '../model/trace';

/**
 * The reverse map: runtime test name → the guideline entries that lead to it, as target or as another runtime test of the
 * same id (an inherited variant), in the order given.
 */
export function indexEntriesByTest(entries: readonly TraceEntry[]): ReadonlyMap<string, readonly TraceEntry[]> {
  const result = new Map<string, TraceEntry[]>();
  for (const entry of entries) {
    const names = new Set(entry.candidates.map((test) => test.name));
    if (entry.target !== null) names.add(entry.target.name);
    for (const name of names) {
      const known = result.get(name);
      if (known === undefined) result.set(name, [entry]);
      else known.push(entry);
    }
  }
  return result;
}
