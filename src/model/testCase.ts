import type { TextRange } from './text';

/** A test as Python's unittest runs it: an inherited test is one TestCase per concrete class. */
export interface TestCase {
  /** `package.module.Class.test_x`, the runtime name (unittest's id()). */
  readonly name: string;
  /** Normalised (lower-case, no `id-`) UUIDs of every idempotent_id decorator. */
  readonly ids: readonly string[];
  /** `attr(type=…)` values and `services(…)` tags, sorted. */
  readonly attrs: readonly string[];
  /** Runtime module and class (`tempest.api.x.test_y`, `Outer.Inner`). */
  readonly module: string;
  readonly className: string;
  readonly method: string;
  /** The file of the concrete class (the runtime module). */
  readonly classUri: string;
  /** Definition site of the function. */
  readonly definition: TestDefinition;
}

export interface TestDefinition {
  /** `package.module.Class.test_x` of the class that holds the `def`. */
  readonly name: string;
  readonly className: string;
  readonly uri: string;
  /** The function's name token, so that its line is the `def` line. */
  readonly nameRange: TextRange;
  /** From the first decorator to the end of the body. */
  readonly range: TextRange;
  /** The id literal inside the decorator, without quotes, when there is one. */
  readonly idRange: TextRange | null;
}
