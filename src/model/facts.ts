import type { Noqa } from './noqa';
import type { TextRange } from './text';

/**
 * What one Python file says, read in one pass and kept as plain data: imports, classes, functions and their bodies in a
 * small expression language. Nothing here knows of other files. `s` and `e` are offsets (UTF-16 code units, `e` exclusive);
 * the keys are short because a repository holds hundreds of thousands of nodes.
 */
export interface ModuleFacts {
  readonly uri: string;
  /** Of the file's text; facts are cached by it. */
  readonly contentHash: string;
  readonly lineStarts: readonly number[];
  /** The module's top-level statements, in order. */
  readonly body: readonly Stmt[];
  /** Every function and class of the file, nested ones included, in source order. `Stmt` refers to them by index. */
  readonly functions: readonly FunctionFacts[];
  readonly classes: readonly ClassFacts[];
  /** `# noqa` comments (line is 0-based). Empty `codes` = all. */
  readonly suppressions: readonly Suppression[];
  /** Stretches that the grammar could not read. */
  readonly errors: readonly TextRange[];
}

export interface Suppression extends Noqa {
  readonly line: number;
}

export interface FunctionFacts {
  readonly name: string;
  /** `Class.method`, `Outer.Inner.method`, `function`, `outer.<locals>.inner` as Python's __qualname__ has it. */
  readonly qualname: string;
  readonly params: readonly Param[];
  readonly decorators: readonly Expr[];
  readonly body: readonly Stmt[];
  /** True when the body yields (generator or context manager function). */
  readonly yields: boolean;
  readonly nameRange: TextRange;
  /** From the first decorator (or `def`) to the end of the body. */
  readonly range: TextRange;
  /** Index of the class whose body holds the `def` directly, or -1. */
  readonly classIndex: number;
}

export interface Param {
  readonly name: string;
  /** `star` = *args, `dstar` = **kwargs, `kwonly` = after `*`. */
  readonly kind: 'plain' | 'star' | 'dstar' | 'kwonly';
  readonly default: Expr | null;
}

export interface ClassFacts {
  readonly name: string;
  readonly qualname: string;
  readonly bases: readonly Expr[];
  /** `metaclass=…` and the like. */
  readonly keywords: readonly KeywordArg[];
  readonly decorators: readonly Expr[];
  readonly body: readonly Stmt[];
  readonly nameRange: TextRange;
  readonly range: TextRange;
}

export interface KeywordArg {
  /** null for `**mapping`. */
  readonly name: string | null;
  readonly value: Expr;
}

export type Expr =
  | { readonly k: 'name'; readonly id: string; readonly s: number; readonly e: number }
  | { readonly k: 'attr'; readonly obj: Expr; readonly attr: string; readonly s: number; readonly e: number }
  | {
      readonly k: 'call';
      readonly fn: Expr;
      /** Positional arguments; `star` expressions stand for `*args`. */
      readonly args: readonly Expr[];
      readonly kw: readonly KeywordArg[];
      readonly s: number;
      readonly e: number;
    }
  /** A string literal (implicit concatenation joined); `segments` as in LiteralPart, flattened: [textStart, textEnd, sourceStart, sourceEnd, …]. */
  | {
      readonly k: 'str';
      readonly v: string;
      readonly segments: readonly number[];
      readonly s: number;
      readonly e: number;
    }
  /** An f-string, or a concatenation with one in it: `str` parts and interpolated expressions in order. */
  | { readonly k: 'fstr'; readonly parts: readonly Expr[]; readonly s: number; readonly e: number }
  | { readonly k: 'num'; readonly v: number; readonly s: number; readonly e: number }
  | { readonly k: 'const'; readonly v: boolean | null; readonly s: number; readonly e: number }
  | {
      readonly k: 'bin';
      readonly op: string;
      readonly l: Expr;
      readonly r: Expr;
      readonly s: number;
      readonly e: number;
    }
  | {
      readonly k: 'bool';
      readonly op: 'and' | 'or';
      readonly items: readonly Expr[];
      readonly s: number;
      readonly e: number;
    }
  | { readonly k: 'not'; readonly x: Expr; readonly s: number; readonly e: number }
  | {
      readonly k: 'cmp';
      readonly l: Expr;
      readonly ops: readonly string[];
      readonly r: readonly Expr[];
      readonly s: number;
      readonly e: number;
    }
  | {
      readonly k: 'if';
      readonly test: Expr;
      readonly a: Expr;
      readonly b: Expr;
      readonly s: number;
      readonly e: number;
    }
  | {
      readonly k: 'lambda';
      readonly params: readonly Param[];
      readonly body: Expr;
      readonly s: number;
      readonly e: number;
    }
  | { readonly k: 'list' | 'tuple' | 'set'; readonly items: readonly Expr[]; readonly s: number; readonly e: number }
  /** `key` null for `**mapping`. */
  | {
      readonly k: 'dict';
      readonly items: readonly { readonly key: Expr | null; readonly value: Expr }[];
      readonly s: number;
      readonly e: number;
    }
  | { readonly k: 'sub'; readonly obj: Expr; readonly index: Expr; readonly s: number; readonly e: number }
  | {
      readonly k: 'slice';
      readonly lo: Expr | null;
      readonly hi: Expr | null;
      readonly step: Expr | null;
      readonly s: number;
      readonly e: number;
    }
  | {
      readonly k: 'comp';
      readonly kind: 'list' | 'set' | 'dict' | 'gen';
      readonly elt: Expr;
      /** Value of a dict comprehension, else null. */
      readonly value: Expr | null;
      readonly gens: readonly { readonly target: Expr; readonly iter: Expr; readonly ifs: readonly Expr[] }[];
      readonly s: number;
      readonly e: number;
    }
  | { readonly k: 'star'; readonly x: Expr; readonly s: number; readonly e: number }
  | {
      readonly k: 'await' | 'yield' | 'unary';
      readonly x: Expr | null;
      readonly op: string;
      readonly s: number;
      readonly e: number;
    }
  | { readonly k: 'walrus'; readonly target: string; readonly x: Expr; readonly s: number; readonly e: number }
  /** Something that the pass does not read (a half-typed expression, an ellipsis). */
  | { readonly k: 'unknown'; readonly s: number; readonly e: number };

export type Stmt =
  | { readonly k: 'expr'; readonly x: Expr; readonly s: number; readonly e: number }
  /** `value` null for a bare annotation. */
  | {
      readonly k: 'assign';
      readonly targets: readonly Expr[];
      readonly value: Expr;
      readonly s: number;
      readonly e: number;
    }
  | {
      readonly k: 'aug';
      readonly target: Expr;
      readonly op: string;
      readonly value: Expr;
      readonly s: number;
      readonly e: number;
    }
  | { readonly k: 'return'; readonly x: Expr | null; readonly s: number; readonly e: number }
  | { readonly k: 'raise'; readonly x: Expr | null; readonly s: number; readonly e: number }
  | {
      readonly k: 'if';
      readonly test: Expr;
      readonly body: readonly Stmt[];
      readonly orelse: readonly Stmt[];
      readonly s: number;
      readonly e: number;
    }
  | {
      readonly k: 'for';
      readonly target: Expr;
      readonly iter: Expr;
      readonly body: readonly Stmt[];
      readonly orelse: readonly Stmt[];
      readonly s: number;
      readonly e: number;
    }
  | {
      readonly k: 'while';
      readonly test: Expr;
      readonly body: readonly Stmt[];
      readonly orelse: readonly Stmt[];
      readonly s: number;
      readonly e: number;
    }
  | {
      readonly k: 'try';
      readonly body: readonly Stmt[];
      readonly handlers: readonly {
        readonly type: Expr | null;
        readonly name: string | null;
        readonly body: readonly Stmt[];
      }[];
      readonly orelse: readonly Stmt[];
      readonly final: readonly Stmt[];
      readonly s: number;
      readonly e: number;
    }
  | {
      readonly k: 'with';
      readonly items: readonly { readonly context: Expr; readonly target: Expr | null }[];
      readonly body: readonly Stmt[];
      readonly s: number;
      readonly e: number;
    }
  /** `index` into ModuleFacts.functions / classes. */
  | { readonly k: 'def'; readonly index: number; readonly s: number; readonly e: number }
  | { readonly k: 'class'; readonly index: number; readonly s: number; readonly e: number }
  | { readonly k: 'import'; readonly names: readonly ImportedName[]; readonly s: number; readonly e: number }
  | {
      readonly k: 'from';
      /** Dotted module without the leading dots; "" for `from . import x`. */
      readonly module: string;
      /** Number of leading dots. */
      readonly level: number;
      /** `[{name: '*'}]` for a star import. */
      readonly names: readonly ImportedName[];
      readonly s: number;
      readonly e: number;
    }
  | { readonly k: 'global'; readonly names: readonly string[]; readonly s: number; readonly e: number }
  | { readonly k: 'del'; readonly targets: readonly Expr[]; readonly s: number; readonly e: number }
  | { readonly k: 'assert'; readonly x: Expr; readonly s: number; readonly e: number }
  | { readonly k: 'break' | 'continue'; readonly s: number; readonly e: number };

export interface ImportedName {
  readonly name: string;
  readonly as: string | null;
}
