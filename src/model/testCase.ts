import type { TextLocation, TextRange } from './text';

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
  /** Every id as written, in the order of the decorators. */
  readonly idMarks?: readonly IdMark[];
}

/** The argument of one `idempotent_id` decorator. */
export interface IdMark {
  readonly written: string;
  /** The literal without its quotes, or null where the id is no literal of the decorator. */
  readonly range: TextRange | null;
}

/** A decorator that skips what it stands on, whatever the configuration. */
export interface SkipMark extends TextLocation {
  /** What it says: its reason, or the bug. */
  readonly reason: string | null;
}
