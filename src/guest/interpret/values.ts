import type { EvaluatedText, LiteralPart, TextPart } from '../../model/commandText';
import type { Expr } from '../../model/facts';
import type { TextLocation } from '../../model/text';
import type { ProjectClass, ProjectFunction, ProjectModule } from '../../project/project';

/** A condition on configuration that holds on a path: `key` is `group.option` or a comparison text. */
export interface Literal {
  readonly key: string;
  readonly holds: boolean;
  /** Where it is asked; kept only while reasons are recorded. */
  readonly at?: TextLocation;
}

/** What is known to hold when a condition is true, and when it is false. */
export interface ConditionLiterals {
  readonly whenTrue: readonly Literal[];
  readonly whenFalse: readonly Literal[];
}

export type HeapKind = 'instance' | 'dict' | 'list' | 'frame' | 'class';

/** What becomes of a console log: shared by the request that read it and everything taken from its text. */
export interface ConsoleLog {
  /** A test asserted or searched it, on some way. */
  isExpected: boolean;
}

/** What becomes of an image that the test made: shared by the request that made it and its id. */
export interface OwnImage {
  /** Its data was uploaded, on some way. */
  isUploaded: boolean;
}

/** A mutable thing of the interpreted program. Written only through Heap.write, so that branches can be undone and joined. */
export interface HeapObject {
  /** Counts up: an object made during a call has a higher number than all that were there before. */
  readonly id: number;
  readonly kind: HeapKind;
  readonly cls: ProjectClass | null;
  /** For an instance of a class outside the project: the path of the class. */
  readonly external: string | null;
  readonly fields: Map<string, Value>;
  /** Set for data that came from a console log. */
  readonly log: ConsoleLog | undefined;
  /** Set for what describes an image that the test made. */
  readonly image: OwnImage | undefined;
  /** For the locals of a function: those of the functions around it, innermost first. */
  readonly enclosing: readonly HeapObject[];
}

/**
 * One thing that an expression may evaluate to. `when`: it is that only where these conditions hold. `source`: where it comes
 * from, kept only while reasons are recorded; it is no part of what the thing is.
 */
export type Alternative = Thing & { readonly when?: readonly Literal[]; readonly source?: ValueSource };

/** A constant that is written somewhere, or a member that `getattr` found by a computed name. */
export type ValueSource =
  | { readonly k: 'written'; readonly at: TextLocation }
  | { readonly k: 'computed'; readonly at: TextLocation; readonly name: string; readonly exact: boolean };

type Thing =
  | { readonly k: 'text'; readonly parts: EvaluatedText }
  | { readonly k: 'num'; readonly v: number }
  | { readonly k: 'const'; readonly v: boolean | null }
  /** A tuple, or the contents of a list at one moment; `rest` is what further elements may be, null when the length is known. */
  | { readonly k: 'seq'; readonly items: readonly Value[]; readonly rest: Value | null }
  | { readonly k: 'obj'; readonly obj: HeapObject }
  | { readonly k: 'class'; readonly cls: ProjectClass }
  | { readonly k: 'module'; readonly module: ProjectModule }
  | {
      readonly k: 'fn';
      readonly fn: ProjectFunction;
      readonly self: Value | null;
      readonly owner: ProjectClass | null;
      readonly closure: HeapObject | null;
      /** The function as its decorators were given it: they are not applied again. */
      readonly bare?: true;
    }
  | {
      readonly k: 'lambda';
      readonly expr: Extract<Expr, { k: 'lambda' }>;
      readonly closure: HeapObject;
      readonly module: ProjectModule;
    }
  /** Something outside the project, by the dotted path that led to it (`paramiko.SSHClient().connect`). */
  | {
      readonly k: 'ext';
      readonly path: string;
      /** What it came from, where that matters: the connection behind a channel. */
      readonly origin?: HeapObject;
    }
  /** `CONF`, a group or an option. */
  | { readonly k: 'conf'; readonly path: string }
  /** A truth value that depends on configuration (`CONF.a.b and CONF.c.d`). */
  | { readonly k: 'cond'; readonly literals: ConditionLiterals }
  /** A method of a built-in type, or a built-in function (`self` null). */
  | { readonly k: 'builtin'; readonly name: string; readonly self: Value | null }
  | {
      readonly k: 'partial';
      readonly fn: Value;
      readonly args: readonly Value[];
      readonly kw: ReadonlyMap<string, Value>;
    }
  | { readonly k: 'super'; readonly after: ProjectClass; readonly start: ProjectClass; readonly self: Value }
  | { readonly k: 'namedtuple'; readonly name: string; readonly fields: readonly string[] }
  /** What a generator function yielded. */
  | { readonly k: 'gen'; readonly yielded: Value }
  /** An answer of a service or of something unknown: nothing is known of its contents but what the code itself put there. */
  | { readonly k: 'data'; readonly obj: HeapObject }
  /** The binding is missing on some path. */
  | { readonly k: 'absent' }
  | { readonly k: 'unknown' };

/** A small set of alternatives. Empty = nothing was ever assigned (unreachable). */
export type Value = readonly Alternative[];

export const UNKNOWN: Value = [{ k: 'unknown' }];
export const NONE: Value = [{ k: 'const', v: null }];
export const TRUE: Value = [{ k: 'const', v: true }];
export const FALSE: Value = [{ k: 'const', v: false }];
export const ABSENT: Value = [{ k: 'absent' }];

/** More alternatives than this are not worth keeping apart. */
const MAX_ALTERNATIVES = 12;

export function textValue(parts: EvaluatedText): Value {
  return [{ k: 'text', parts }];
}

/** A string that stands nowhere in the source (a computed name). */
export function plainText(text: string): Value {
  return textValue(text === '' ? [] : [{ kind: 'literal', text, uri: '', segments: [] }]);
}

/** The union of two sets of alternatives; past the cap what is left is `unknown`. */
export function joinValues(a: Value, b: Value): Value {
  if (a === b || b.length === 0) return a;
  if (a.length === 0) return b;
  const joined = [...a];
  let changed = false;
  for (const candidate of b) {
    const at = joined.findIndex((known) => sameAlternative(known, candidate));
    const known = joined[at];
    const next = known ? weaken(known, candidate) : candidate;
    if (next === known) continue;
    changed = true;
    if (known) joined[at] = next;
    else joined.push(next);
  }
  if (!changed) return a;
  if (joined.length <= MAX_ALTERNATIVES) return joined;
  const kept = joined.slice(0, MAX_ALTERNATIVES - 1);
  return kept.some((alternative) => alternative.k === 'unknown') ? kept : [...kept, { k: 'unknown' }];
}

export function joinAll(values: Iterable<Value>): Value {
  let joined: Value = [];
  for (const value of values) joined = joinValues(joined, value);
  return joined;
}

/** One alternative for two that are the same thing: only what both conditions say is sure. */
export function weaken(known: Alternative, other: Alternative): Alternative {
  if (!known.when) return known;
  const { when, ...thing } = known;
  const common = when.filter((literal) =>
    other.when?.some((one) => one.key === literal.key && one.holds === literal.holds),
  );
  if (common.length === when.length) return known;
  return common.length > 0 ? { ...thing, when: common } : thing;
}

/** Equality that is cheap and errs towards "different"; the conditions of the two are not asked. */
export function sameAlternative(a: Alternative, b: Alternative): boolean {
  if (a === b) return true;
  if (a.k !== b.k) return false;
  switch (a.k) {
    case 'text':
      return b.k === 'text' && sameText(a.parts, b.parts);
    case 'num':
      return b.k === 'num' && a.v === b.v;
    case 'const':
      return b.k === 'const' && a.v === b.v;
    case 'obj':
    case 'data':
      return b.k === a.k && a.obj === b.obj;
    case 'class':
      return b.k === 'class' && a.cls === b.cls;
    case 'module':
      return b.k === 'module' && a.module === b.module;
    case 'fn':
      return b.k === 'fn' && a.fn === b.fn && a.bare === b.bare && a.closure === b.closure && sameValue(a.self, b.self);
    case 'lambda':
      return b.k === 'lambda' && a.expr === b.expr && a.closure === b.closure;
    case 'ext':
      return b.k === 'ext' && a.path === b.path && a.origin === b.origin;
    case 'conf':
      return b.k === 'conf' && a.path === b.path;
    case 'seq':
      return (
        b.k === 'seq' &&
        a.items.length === b.items.length &&
        a.items.every((item, i) => sameValue(item, b.items[i] ?? null)) &&
        sameValue(a.rest, b.rest)
      );
    case 'builtin':
      return b.k === 'builtin' && a.name === b.name && sameValue(a.self, b.self);
    case 'unknown':
    case 'absent':
      return true;
    default:
      return false;
  }
}

function sameValue(a: Value | null, b: Value | null): boolean {
  if (a === b) return true;
  if (!a || !b || a.length !== b.length) return false;
  return a.every((alternative, i) => {
    const other = b[i];
    return other !== undefined && sameAlternative(alternative, other);
  });
}

function sameText(a: EvaluatedText, b: EvaluatedText): boolean {
  return a.length === b.length && a.every((part, i) => samePart(part, b[i]));
}

function samePart(a: TextPart, b: TextPart | undefined): boolean {
  if (a === b) return true;
  if (!b || a.kind !== b.kind) return false;
  if (a.kind === 'hole') return b.kind === 'hole' && a.option === b.option;
  return b.kind === 'literal' && a.text === b.text && a.uri === b.uri && firstSource(a) === firstSource(b);
}

function firstSource(part: LiteralPart): number {
  return part.segments[0]?.sourceStart ?? -1;
}

/** The alternatives that exist: without `absent`. */
export function present(value: Value): Value {
  return value.some((alternative) => alternative.k === 'absent')
    ? value.filter((alternative) => alternative.k !== 'absent')
    : value;
}

export function mayBeAbsent(value: Value): boolean {
  return value.some((alternative) => alternative.k === 'absent');
}

/** The text of a value that is one string without holes, else null. */
export function constantText(value: Value): string | null {
  const [only] = value;
  if (value.length !== 1 || only?.k !== 'text') return null;
  let text = '';
  for (const part of only.parts) {
    if (part.kind === 'hole') return null;
    text += part.text;
  }
  return text;
}
