import type { CallArguments } from './machine';
import type { Alternative, Value } from './values';

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

/** True for results that hold no object: they can be handed out again. */
export function isPlainResult(value: Value): boolean {
  return value.every((alternative) =>
    ['text', 'num', 'const', 'conf', 'cond', 'class', 'unknown', 'absent', 'ext', 'module'].includes(alternative.k),
  );
}
