import type { Ranged } from './guideline';
import type { TextRange } from './text';

/**
 * A plain list of tests. `names`: one name a line, as `--load-list`, RefStack and SCS lists have them. `patterns`: regular
 * expressions, as `--include-list` and `--exclude-list` read them; one such line makes the whole file one.
 */
export interface TestList {
  readonly uri: string;
  readonly kind: 'names' | 'patterns';
  readonly entries: readonly TestListEntry[];
}

/** A line that selects something; blank lines and comments are left out. */
export interface TestListEntry {
  /** 0-based. */
  readonly line: number;
  /** The line without blanks around it and without a comment. */
  readonly text: Ranged<string>;
  /** The test that the line names; null for an expression. */
  readonly named: NamedTest | null;
  /** Behind `#`, without blanks; null when there is none. */
  readonly comment: Ranged<string> | null;
}

/** `package.module.Class.test_x[attribute,id-uuid](scenario)` */
export interface NamedTest {
  readonly name: Ranged<string>;
  /** With its brackets; null when there are none. */
  readonly suffix: TextRange | null;
  /** What stands in the brackets, in order. */
  readonly attributes: readonly Ranged<string>[];
  /** Normalised UUID of the first attribute that is one. */
  readonly id: string | null;
  readonly idRange: TextRange | null;
  /** With its parentheses; "" without one. */
  readonly scenario: string;
}
