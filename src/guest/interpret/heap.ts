import type { ProjectClass } from '../../project/project';
import { joinWays, originOf, withFallback } from './conditionalValues';
import {
  ABSENT,
  UNKNOWN,
  type ConsoleLog,
  type HeapKind,
  type HeapObject,
  type Literal,
  type OwnImage,
  type Value,
} from './values';

let lastId = 0;

/** The number of the newest object. */
export function newestObject(): number {
  return lastId;
}

const NO_SCOPES: readonly HeapObject[] = [];

export function newObject(kind: HeapKind, cls: ProjectClass | null = null, external: string | null = null): HeapObject {
  return makeObject(kind, cls, external, NO_SCOPES);
}

/** The locals of an activation. @param enclosing those of the functions around it, innermost first */
export function newLocals(enclosing: readonly HeapObject[]): HeapObject {
  return makeObject('frame', null, null, enclosing);
}

/** Every object has the same fields in the same order: the engine that runs us then finds them without looking. */
function makeObject(
  kind: HeapKind,
  cls: ProjectClass | null,
  external: string | null,
  enclosing: readonly HeapObject[],
  log?: ConsoleLog,
  image?: OwnImage,
): HeapObject {
  return { id: ++lastId, kind, cls, external, fields: new Map(), log, image, enclosing };
}

/**
 * Something that is not known, but is the same thing wherever it is passed.
 * @param log the console log that it is part of
 * @param image the image that it describes
 */
export function newData(log?: ConsoleLog, image?: OwnImage): Value {
  return [{ k: 'data', obj: makeObject('dict', null, null, NO_SCOPES, log, image) }];
}

/** What stands behind a key of unknown data: what was put there, else more unknown data, the same each time it is asked. */
export function dataEntry(obj: HeapObject, key: string): Value {
  const known = obj.fields.get(key);
  if (known) return withFallback(known, UNKNOWN);
  const entry = newData(obj.log, obj.image);
  obj.fields.set(key, entry);
  return entry;
}

interface TrailEntry {
  readonly obj: HeapObject;
  readonly key: string;
  readonly old: Value | undefined;
}

/** What a branch changed: the values at its end. */
export type HeapChanges = Map<HeapObject, Map<string, Value>>;

/** What branches only looked at more closely is what it was before. */
function joinSides(a: Value, whenA: readonly Literal[], b: Value, whenB: readonly Literal[]): Value {
  const origin = originOf(a);
  return a === b || origin === originOf(b) ? origin : joinWays(a, whenA, b, whenB);
}

/**
 * All writes go through a trail, as in a logic-programming machine: a branch is run, its changes are collected and undone,
 * the other branch is run from the same state, and the two sets of changes are joined.
 */
export class Heap {
  private trail: TrailEntry[] = [];

  write(obj: HeapObject, key: string, value: Value): void {
    const old = obj.fields.get(key);
    if (old === value) return;
    this.trail.push({ obj, key, old });
    obj.fields.set(key, value);
  }

  mark(): number {
    return this.trail.length;
  }

  /** True when nothing older than `object` was written since the mark. */
  wroteOnlyNewerThan(object: number, mark: number): boolean {
    for (let i = mark; i < this.trail.length; i++) if ((this.trail[i]?.obj.id ?? 0) <= object) return false;
    return true;
  }

  /** Collects what was written since the mark, and restores the state at the mark. */
  rollBack(mark: number): HeapChanges {
    const changes: HeapChanges = new Map();
    for (let i = this.trail.length - 1; i >= mark; i--) {
      const entry = this.trail[i];
      if (!entry) continue;
      let fields = changes.get(entry.obj);
      if (!fields) changes.set(entry.obj, (fields = new Map<string, Value>()));
      if (!fields.has(entry.key)) fields.set(entry.key, entry.obj.fields.get(entry.key) ?? ABSENT);
      if (entry.old === undefined) entry.obj.fields.delete(entry.key);
      else entry.obj.fields.set(entry.key, entry.old);
    }
    this.trail.length = mark;
    return changes;
  }

  /** Makes one branch's changes the state. */
  apply(changes: HeapChanges): void {
    for (const [obj, fields] of changes) for (const [key, value] of fields) this.write(obj, key, value);
  }

  /**
   * Makes the join of two branches the state; what only one of them wrote keeps its old value as an alternative. Each side's
   * values remember the conditions of that side.
   */
  applyJoined(a: HeapChanges, b: HeapChanges, whenA: readonly Literal[] = [], whenB: readonly Literal[] = []): void {
    for (const [obj, fields] of a) {
      for (const [key, value] of fields) {
        const other = b.get(obj)?.get(key) ?? obj.fields.get(key) ?? ABSENT;
        this.write(obj, key, joinSides(value, whenA, other, whenB));
      }
    }
    for (const [obj, fields] of b) {
      for (const [key, value] of fields) {
        if (a.get(obj)?.has(key)) continue;
        this.write(obj, key, joinSides(value, whenB, obj.fields.get(key) ?? ABSENT, whenA));
      }
    }
  }

  /** Runs something whose writes stay, whatever branch we are in: what it computes does not depend on the path. */
  isolate<T>(run: () => T): T {
    const outer = this.trail;
    this.trail = [];
    try {
      return run();
    } finally {
      this.trail = outer;
    }
  }

  /** Forgets the trail: what was written so far can no longer be undone. */
  commit(): void {
    this.trail = [];
  }
}
