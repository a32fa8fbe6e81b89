import type { CallArguments } from './machine';
import { isConfigured } from './conditionalValues';
import type { Alternative, Literal, Value } from './values';

/** A call of plain values with a plain result, and what stands for running it again. */
export interface RememberedCall {
  readonly value: Value;
  readonly visited: ReadonlySet<string>;
  readonly asked: ReadonlySet<string>;
  readonly calls: ReadonlySet<number>;
}

/**
 * A text that two calls share only when they pass the same plain values; null when an argument is an object, a closure or
 * anything else whose state the text could not tell.
 */
export function fingerprintArguments(args: CallArguments): string | null {
  const pieces: string[] = [];
  for (const value of args.args) if (!addValue(value, pieces)) return null;
  for (const [name, value] of args.kw) {
    pieces.push(name, '=');
    if (!addValue(value, pieces)) return null;
  }
  pieces.push(args.openArgs ? '*' : '', args.openKw ? '**' : '');
  return pieces.join(' ');
}

function addValue(value: Value, pieces: string[]): boolean {
  for (const alternative of value) {
    if (!addAlternative(alternative, pieces)) return false;
    // Two constants are told apart by their places only while reasons are recorded.
    if (alternative.source) pieces.push(`${alternative.source.at.uri}@${String(alternative.source.at.range.start)}`);
    for (const literal of alternative.when ?? []) pieces.push('when', literal.key, String(literal.holds));
  }
  pieces.push('|');
  return true;
}

function addAlternative(alternative: Alternative, pieces: string[]): boolean {
  switch (alternative.k) {
    case 'text':
      for (const part of alternative.parts)
        pieces.push(
          part.kind === 'hole'
            ? `{${part.option}}`
            : `${part.uri}@${String(part.segments[0]?.sourceStart ?? -1)}:${part.text}`,
        );
      pieces.push('"');
      return true;
    case 'num':
    case 'const':
      pieces.push(String(alternative.v));
      return true;
    case 'conf':
      pieces.push('conf', alternative.path);
      return true;
    case 'class':
      pieces.push('class', alternative.cls.fullName);
      return true;
    case 'unknown':
    case 'absent':
      pieces.push(alternative.k);
      return true;
    case 'ext':
      pieces.push('ext', alternative.path);
      return alternative.origin === undefined;
    default:
      return false;
  }
}

const PLAIN: ReadonlySet<Alternative['k']> = new Set([
  'text',
  'num',
  'const',
  'conf',
  'cond',
  'class',
  'unknown',
  'absent',
  'ext',
  'module',
]);

/** True for results that hold no object, and no answer about the arguments of this one call: they can be handed out again. */
export function isPlainResult(value: Value): boolean {
  return value.every((alternative) => PLAIN.has(alternative.k) && literalsOf(alternative).every(isConfigured));
}

function literalsOf(alternative: Alternative): readonly Literal[] {
  const { when = [] } = alternative;
  if (alternative.k !== 'cond') return when;
  return [...when, ...alternative.literals.whenTrue, ...alternative.literals.whenFalse];
}
