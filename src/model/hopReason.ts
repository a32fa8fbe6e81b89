import type { SiteKind } from './siteKind';
import type { TextLocation } from './text';

/** A function or class by its name, and where it is defined. */
export interface DefinedName {
  /** Dotted name for what stands on its own, `Class.method` for members. */
  readonly name: string;
  readonly at: TextLocation;
}

/** What an expression of the source stood for when it was read. */
export interface KnownValue {
  /** The expression: a name or an attribute. */
  readonly code: TextLocation;
  /** What it may be: Python's own notation for constants, a description for the rest. Never empty. */
  readonly values: readonly string[];
  /** Where it comes from, as far as that is known. */
  readonly origins: readonly ValueOrigin[];
}

/**
 * `argument`: given by the caller there; `default`: the parameter's default; `written`: the constant stands there; `made`: the
 * object is constructed there.
 */
export interface ValueOrigin {
  readonly k: 'argument' | 'default' | 'written' | 'made';
  readonly at: TextLocation;
}

/** How one function on the way calls the next although no call of it is written out. */
export type CallRoute =
  /** The callee was one of several things. */
  | { readonly k: 'among'; readonly count: number }
  | { readonly k: 'partial' }
  | { readonly k: 'callable'; readonly cls: string }
  | { readonly k: 'decorated'; readonly wrapper: DefinedName }
  | { readonly k: 'property'; readonly name: string }
  /** `__enter__`, `__exit__`, `__getitem__`: what Python calls for a piece of syntax. */
  | { readonly k: 'special-method'; readonly method: string }
  /** `__get__` of the class attribute `name`. */
  | { readonly k: 'descriptor'; readonly name: string }
  | { readonly k: 'missing-attribute'; readonly name: string }
  /** Handed to `assertRaises`, which calls it. */
  | { readonly k: 'expected-failure' }
  /** Handed to code outside the project, which may call it. */
  | { readonly k: 'supposed' }
  | { readonly k: 'used-fixture'; readonly method: string };

/** One checkable statement about why a hop of a path is taken. */
export type HopReason =
  /** The test runner calls the test method on a class. */
  | { readonly k: 'test'; readonly cls: DefinedName; readonly method: DefinedName }
  /** The framework calls a fixture on a class: `class` once, before its tests; `test` around each. */
  | {
      readonly k: 'fixture';
      readonly scope: 'class' | 'test';
      readonly when: 'before' | 'after';
      readonly cls: DefinedName;
      readonly method: DefinedName;
    }
  /** It was registered as a cleanup there. */
  | {
      readonly k: 'cleanup';
      readonly scope: 'class' | 'test';
      readonly by: string;
      readonly at: TextLocation;
      readonly callee: DefinedName | null;
    }
  /** What is called, and how it was found: `code` is the callee as written. */
  | {
      readonly k: 'callee';
      readonly code: TextLocation | null;
      readonly target: DefinedName;
      readonly how: 'function' | 'method' | 'super' | 'inner' | 'lambda' | 'constructor';
      readonly receiver: KnownValue | null;
      /** The class on which the member was looked up, when it has it from another one. */
      readonly inheritedBy: string | null;
      /** The name was computed by `getattr`: every member that fits, when it is not known as a whole. */
      readonly computed: { readonly code: TextLocation; readonly name: string; readonly exact: boolean } | null;
      /** It was given to the calling function as an argument. */
      readonly given: ValueOrigin | null;
    }
  | { readonly k: 'route'; readonly route: CallRoute; readonly at: TextLocation | null }
  /**
   * A condition on the way inside the function. `holds`: the way is taken where it comes out so. `exit`: the other way leaves the
   * function, so that it holds for what follows. `decided`: `values` says by what; `guard`: by configuration; `open`: both ways are followed.
   */
  | {
      readonly k: 'condition';
      readonly code: TextLocation;
      readonly form: 'if' | 'while' | 'except';
      readonly holds: boolean;
      readonly exit: boolean;
      readonly decided: 'known' | 'guard' | 'open';
      readonly guards: readonly string[];
      readonly values: readonly KnownValue[];
    }
  /** What the last call of the path is for the guest, and through what it goes. */
  | {
      readonly k: 'site';
      readonly kind: SiteKind;
      /** Functions between the site and the wire, outermost first, each with the call in it that leads on. */
      readonly through: readonly DefinedName[];
      /** What is called at the end: something outside the project, or a request; null for what the framework waits for. */
      readonly ends: TextLocation | null;
      readonly receiver: KnownValue | null;
    };
