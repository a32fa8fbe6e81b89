import type { EvaluatedText, LiteralPart, TextPart, TextSegment } from '../../model/commandText';
import type { Expr } from '../../model/facts';
import type { Alternative, Value } from './values';
import { UNKNOWN } from './values';

/** Templates and joins multiply alternatives; more than this many are cut. */
const MAX_TEXTS = 8;
/** Text longer than this many parts has grown in a loop. */
const MAX_PARTS = 200;

export const HOLE: TextPart = { kind: 'hole', option: '' };

/** The literal of a string expression, with its place in the source. */
export function literalPart(expr: Extract<Expr, { k: 'str' }>, uri: string): LiteralPart {
  const segments: TextSegment[] = [];
  for (let i = 0; i + 3 < expr.segments.length; i += 4) {
    segments.push({
      textStart: expr.segments[i] ?? 0,
      textEnd: expr.segments[i + 1] ?? 0,
      sourceStart: expr.segments[i + 2] ?? 0,
      sourceEnd: expr.segments[i + 3] ?? 0,
    });
  }
  return { kind: 'literal', text: expr.v, uri, segments };
}

/** A stretch of a literal, its source mapping cut to size; an escape that is cut keeps its whole source. */
function slicePart(part: LiteralPart, start: number, end: number): LiteralPart {
  const segments: TextSegment[] = [];
  for (const segment of part.segments) {
    const from = Math.max(segment.textStart, start);
    const to = Math.min(segment.textEnd, end);
    if (from >= to) continue;
    const plain = segment.textEnd - segment.textStart === segment.sourceEnd - segment.sourceStart;
    segments.push({
      textStart: from - start,
      textEnd: to - start,
      sourceStart: plain ? segment.sourceStart + (from - segment.textStart) : segment.sourceStart,
      sourceEnd: plain ? segment.sourceStart + (to - segment.textStart) : segment.sourceEnd,
    });
  }
  return { kind: 'literal', text: part.text.slice(start, end), uri: part.uri, segments };
}

/** The texts that a value may be when it is put into a string. */
export function textsOf(value: Value): EvaluatedText[] {
  const texts: EvaluatedText[] = [];
  for (const alternative of value) {
    if (texts.length >= MAX_TEXTS) break;
    const parts = textOf(alternative);
    if (parts) texts.push(parts);
  }
  return texts.length > 0 ? texts : [[HOLE]];
}

function textOf(alternative: Alternative): EvaluatedText | null {
  switch (alternative.k) {
    case 'text':
      return alternative.parts;
    case 'num':
      return [{ kind: 'literal', text: String(alternative.v), uri: '', segments: [] }];
    case 'conf':
      return [{ kind: 'hole', option: `CONF.${alternative.path}` }];
    case 'const':
      // None put into a command is nearly always a path that is not taken.
      return alternative.v === null ? null : [HOLE];
    case 'absent':
      return null;
    default:
      return [HOLE];
  }
}

/** Every combination of the given pieces, one text each, up to the cap. */
export function concatenate(pieces: readonly (readonly EvaluatedText[])[]): Value {
  let texts: EvaluatedText[] = [[]];
  for (const options of pieces) {
    const next: EvaluatedText[] = [];
    for (const text of texts) {
      for (const option of options) {
        if (next.length < MAX_TEXTS) next.push(text.length + option.length > MAX_PARTS ? text : [...text, ...option]);
      }
    }
    texts = next;
  }
  return texts.map((parts) => ({ k: 'text', parts }));
}

export function concatenateValues(values: readonly Value[]): Value {
  return concatenate(values.map(textsOf));
}

type Field =
  | { readonly kind: 'positional'; readonly index: number }
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'text'; readonly part: LiteralPart };

const PERCENT = /%(?:\((?<name>[^)]*)\))?[#0\- +]*(?:\*|\d+)?(?:\.(?:\*|\d+))?[hlL]?(?<type>[diouxXeEfFgGcrsa%])/g;
const BRACES = /\{\{|\}\}|\{(?<field>[^{}!:]*)(?:![rsa])?(?::(?:[^{}]|\{[^{}]*\})*)?\}/g;

function splitTemplate(
  parts: EvaluatedText,
  pattern: RegExp,
  readField: (match: RegExpMatchArray, next: () => number) => Field | string,
): (Field | TextPart)[] {
  const fields: (Field | TextPart)[] = [];
  let counter = 0;
  const next = (): number => counter++;
  for (const part of parts) {
    if (part.kind === 'hole') {
      fields.push(part);
      continue;
    }
    let from = 0;
    for (const match of part.text.matchAll(pattern)) {
      if (match.index > from) fields.push({ kind: 'text', part: slicePart(part, from, match.index) });
      const field = readField(match, next);
      if (typeof field === 'string')
        fields.push({
          kind: 'text',
          part: { ...slicePart(part, match.index, match.index + match[0].length), text: field, segments: [] },
        });
      else fields.push(field);
      from = match.index + match[0].length;
    }
    if (from < part.text.length) fields.push({ kind: 'text', part: slicePart(part, from, part.text.length) });
  }
  return fields;
}

function fillTemplate(
  fields: readonly (Field | TextPart)[],
  positional: (index: number) => Value,
  named: (name: string) => Value,
): Value {
  return concatenate(
    fields.map((field) => {
      if (field.kind === 'text') return [[field.part]];
      if (field.kind === 'positional') return textsOf(positional(field.index));
      if (field.kind === 'named') return textsOf(named(field.name));
      return [[field]];
    }),
  );
}

/** `template % argument` (printf-style formatting). */
export function formatPercent(
  template: EvaluatedText,
  positional: (index: number) => Value,
  named: (name: string) => Value,
): Value {
  const fields = splitTemplate(template, PERCENT, (match, next) => {
    if (match.groups?.['type'] === '%') return '%';
    const name = match.groups?.['name'];
    return name !== undefined ? { kind: 'named', name } : { kind: 'positional', index: next() };
  });
  return fillTemplate(fields, positional, named);
}

/** `template.format(…)`; a field with attributes or indexes is a hole. */
export function formatBraces(
  template: EvaluatedText,
  positional: (index: number) => Value,
  named: (name: string) => Value,
): Value {
  const fields = splitTemplate(template, BRACES, (match, next) => {
    if (match[0] === '{{') return '{';
    if (match[0] === '}}') return '}';
    const field = match.groups?.['field'] ?? '';
    if (field === '') return { kind: 'positional', index: next() };
    if (/^\d+$/.test(field)) return { kind: 'positional', index: Number(field) };
    return { kind: 'named', name: field };
  });
  return fillTemplate(fields, positional, (name) => (/^\w+$/.test(name) ? named(name) : UNKNOWN));
}
