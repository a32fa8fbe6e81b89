import { UNKNOWN, type Value } from './values';

/** What results depend on and the calls that they took, as far as it was noted since somebody last began anew. */
export interface Trail {
  visited: Set<string>;
  calls: Set<number>;
  /** @returns false when the keys were taken in before */
  dependOn(keys: Iterable<string>): boolean;
}

interface Remembered {
  readonly value: Value;
  readonly keys: ReadonlySet<string>;
  readonly calls: ReadonlySet<number>;
}

/** Values that do not depend on the path, by what they belong to; what they depend on and call counts for everybody who reads them. */
export class RememberedValues {
  private memory = new WeakMap<object, Map<string, Remembered>>();

  constructor(private readonly trail: Trail) {}

  remember(holder: object, name: string, run: () => Value): Value {
    const { trail } = this;
    let entries = this.memory.get(holder);
    if (!entries) this.memory.set(holder, (entries = new Map<string, Remembered>()));
    const known = entries.get(name);
    if (known) {
      if (trail.dependOn(known.keys)) for (const call of known.calls) trail.calls.add(call);
      return known.value;
    }
    const { visited, calls: outerCalls } = trail;
    const keys = new Set<string>();
    const calls = new Set<number>();
    // A value that needs itself finds this one.
    entries.set(name, { value: UNKNOWN, keys, calls });
    trail.visited = keys;
    trail.calls = calls;
    const value = run();
    trail.visited = visited;
    trail.calls = outerCalls;
    trail.dependOn(keys);
    for (const call of calls) outerCalls.add(call);
    entries.set(name, { value, keys, calls });
    return value;
  }

  clear(): void {
    this.memory = new WeakMap();
  }
}
