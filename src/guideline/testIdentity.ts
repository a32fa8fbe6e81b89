import type { Guideline, GuidelineTest } from '../model/guideline';

/** Gives entries of two guidelines equal keys when they are the same test. */
export type TestIdentity = (entry: GuidelineTest) => string;

/**
 * Identity of tests over two guidelines: the idempotent id; for an entry without one (schemas 1.0 and 1.2, placeholders)
 * the id under which the other guideline knows its key or, failing that, an alias; else the key itself. Keys come before
 * aliases, and an alias never overrules a key.
 */
export function identifyTests(one: Guideline, other: Guideline): TestIdentity {
  const entries = [one, other].flatMap(({ capabilities }) => capabilities.flatMap(({ tests }) => tests));
  const idsByName = new Map<string, string>();
  for (const { name, id } of entries) if (id !== null && !idsByName.has(name.value)) idsByName.set(name.value, id);
  for (const { aliases, id } of entries) {
    for (const { value } of aliases) if (id !== null && !idsByName.has(value)) idsByName.set(value, id);
  }
  return ({ id, name, aliases }) => {
    if (id !== null) return id;
    const known = [name, ...aliases].map(({ value }) => idsByName.get(value)).find((found) => found !== undefined);
    return known ?? name.value;
  };
}
