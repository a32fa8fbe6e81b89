import {
  UNKNOWN,
  joinValues,
  present,
  sameAlternative,
  weaken,
  type Alternative,
  type HeapObject,
  type Literal,
  type Value,
} from './values';

/** What holds where the program is. */
type Path = readonly { readonly literal: Literal }[];

/** More conditions than this on one alternative are not worth remembering. */
const MAX_LITERALS = 6;

/** Conditions that stand for a value of the program itself (`if device:` asked twice), not for configuration: never a guard. */
const INTERNAL = '~';

/** True for a condition that says something of the configuration. */
export function isConfigured(literal: Literal): boolean {
  return !literal.key.startsWith(INTERNAL);
}

const identities = new WeakMap<Value, number>();
const origins = new WeakMap<Value, Value>();
let lastIdentity = 0;

/** The key under which a question about a value that is not known is remembered: the same value gives the same answer again. */
export function keyOfQuestion(value: Value, question: string): string {
  const asked = originOf(value);
  let identity = identities.get(asked);
  if (identity === undefined) identities.set(asked, (identity = ++lastIdentity));
  return `${INTERNAL}${String(identity)}${question}`;
}

/** What questions of a known constant say of the truth of the value that they ask about. */
const TRUTH_BY_QUESTION: Readonly<Record<string, boolean>> = {
  ' is None': false,
  ' == None': false,
  ' is False': false,
  ' == False': false,
  ' is True': true,
  ' == True': true,
};

/** The answers, and what follows of them for other questions about the same value: what is true is not None. */
export function withConsequences(literals: readonly Literal[]): readonly Literal[] {
  const all = [...literals];
  // What is put behind is looked at as well: None is false, so it is not True.
  for (const { key, holds } of all) {
    if (!key.startsWith(INTERNAL)) continue;
    const at = key.indexOf(' ');
    const value = at < 0 ? key : key.slice(0, at);
    const following: Literal[] = [];
    const truth = at < 0 ? undefined : TRUTH_BY_QUESTION[key.slice(at)];
    if (truth !== undefined && holds) following.push({ key: value, holds: truth });
    if (at < 0)
      for (const [question, answer] of Object.entries(TRUTH_BY_QUESTION))
        if (answer !== holds) following.push({ key: `${value}${question}`, holds: false });
    all.push(...following.filter((one) => !all.some((known) => known.key === one.key)));
  }
  return all;
}

/** The key of the answer to what a process asks of a guest. */
export function keyOfAnswer(process: HeapObject): string {
  return `${INTERNAL}answer ${String(process.id)}`;
}

/** Notes that a value is another one, with the alternatives left out that do not agree with the branch it is read in. */
export function noteNarrowed(narrowed: Value, from: Value): void {
  origins.set(narrowed, originOf(from));
}

/** The value that a branch has narrowed, or the value itself. */
export function originOf(value: Value): Value {
  return origins.get(value) ?? value;
}

/** What the path says of a condition; the innermost word counts. */
export function lookUpLiteral(key: string, conditions: Path): boolean | null {
  for (let i = conditions.length - 1; i >= 0; i--) {
    const literal = conditions[i]?.literal;
    if (literal?.key === key) return literal.holds;
  }
  return null;
}

/** Both sets of conditions together; null when they cannot both hold. */
export function mergeLiterals(a: readonly Literal[], b: readonly Literal[]): readonly Literal[] | null {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  let merged: Literal[] | null = null;
  for (const literal of b) {
    const known = (merged ?? a).find((one) => one.key === literal.key);
    if (!known) (merged ??= [...a]).push(literal);
    else if (known.holds !== literal.holds) return null;
  }
  const both = merged ?? a;
  return both.length > MAX_LITERALS ? both.slice(0, MAX_LITERALS) : both;
}

/** What both sets say: holds whichever of the two does. */
export function commonLiterals(sets: readonly (readonly Literal[])[]): readonly Literal[] {
  const [first, ...rest] = sets;
  if (!first || first.length === 0) return [];
  return first.filter((literal) =>
    rest.every((set) => set.some((one) => one.key === literal.key && one.holds === literal.holds)),
  );
}

/** The value, each alternative of it only where the conditions hold; alternatives that cannot be there are left out. */
export function underLiterals(value: Value, literals: readonly Literal[]): Value {
  if (literals.length === 0) return value;
  const held: Alternative[] = [];
  for (const alternative of value) {
    const when = alternative.when ? mergeLiterals(alternative.when, literals) : literals;
    if (when) held.push(when === alternative.when ? alternative : { ...alternative, when });
  }
  return held;
}

/** Joins what a value is on the two ways of a branch; what only one way has remembers the condition of the way. */
export function joinWays(a: Value, whenA: readonly Literal[], b: Value, whenB: readonly Literal[]): Value {
  if (a === b || (whenA.length === 0 && whenB.length === 0)) return joinValues(a, b);
  return joinValues(heldApart(a, b, whenA), heldApart(b, a, whenB));
}

/**
 * What a place holds after a write to one of several things that the target may be.
 * @param when it is that thing only where these conditions hold; undefined when nothing tells
 */
export function overwrite(old: Value, value: Value, when: readonly Literal[] | undefined): Value {
  if (!when) return joinValues(value, old);
  const [only] = when;
  const otherwise = only && when.length === 1 ? [{ ...only, holds: !only.holds }] : [];
  return joinWays(value, when, old, otherwise);
}

/** One way's alternatives: what the other way has too is as sure as both say, the rest has the condition of its way. */
function heldApart(some: Value, others: Value, when: readonly Literal[]): Value {
  const held: Alternative[] = [];
  for (const alternative of some) {
    const other = others.find((one) => sameAlternative(one, alternative));
    if (other) held.push(weaken(alternative, other));
    else held.push(...underLiterals([alternative], when));
  }
  return held;
}

/** The alternatives that can be there on the path; the value itself when that is all of them, or none. */
export function feasible(value: Value, conditions: Path): Value {
  if (conditions.length === 0 || !value.some((alternative) => alternative.when)) return value;
  const kept = value.filter((alternative) => isFeasible(alternative, conditions));
  return kept.length === 0 || kept.length === value.length ? value : kept;
}

/** False when the path says that a condition of the alternative does not hold. */
export function isFeasible(alternative: Alternative, conditions: Path): boolean {
  return !alternative.when?.some((literal) => lookUpLiteral(literal.key, conditions) === !literal.holds);
}

/** What a value is, and the fallback where it may be absent. */
export function withFallback(value: Value, fallback: Value): Value {
  const absent = value.find((alternative) => alternative.k === 'absent');
  return absent ? joinValues(present(value), underLiterals(fallback, absent.when ?? [])) : value;
}

/** The value as one that is told apart from every other: two variables that are both not known are not the same. */
export function separate(value: Value): Value {
  return value === UNKNOWN ? [...UNKNOWN] : value;
}
