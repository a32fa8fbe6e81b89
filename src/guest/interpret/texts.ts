import type { EvaluatedText, LiteralPart, TextPart, TextSegment } from '../../model/commandText';
import type { Expr } from '../../model/facts';
import { mergeLiterals, underLiterals } from './conditionalValues';
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
export function slicePart(part: LiteralPart, start: number, end: number): LiteralPart {
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

/** One text that a value may be, with the conditions under which it is that. */
export type TextAlternative = Extract<Alternative, { k: 'text' }>;

/** A text that is sure. */
export function sureText(parts: EvaluatedText): TextAlternative {
  return { k: 'text', parts };
}

/** The texts that a value may be when it is put into a string. */
export function textsOf(value: Value): TextAlternative[] {
  const texts: TextAlternative[] = [];
  for (const alternative of value) {
    if (texts.length >= MAX_TEXTS) break;
    const text = textOf(alternative);
    if (text) texts.push(text);
  }
  return texts.length > 0 ? texts : [sureText([HOLE])];
}

function textOf(alternative: Alternative): TextAlternative | null {
  if (alternative.k === 'text') return alternative;
  const parts = partsOf(alternative);
  if (!parts) return null;
  return alternative.when ? { k: 'text', parts, when: alternative.when } : sureText(parts);
}

function partsOf(alternative: Alternative): EvaluatedText | null {
  switch (alternative.k) {
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

/** Every combination of the given pieces that can be, one text each, up to the cap. */
export function concatenate(pieces: readonly (readonly TextAlternative[])[]): Value {
  let texts: TextAlternative[] = [sureText([])];
  for (const options of pieces) {
    const next: TextAlternative[] = [];
    for (const text of texts) {
      for (const option of options) {
        const sum = next.length < MAX_TEXTS ? appendText(text, option) : null;
        if (sum) next.push(sum);
      }
    }
    texts = next.length > 0 ? next : texts;
  }
  return texts;
}

/** Both texts in a row; null when the conditions of the one exclude the other. */
function appendText(text: TextAlternative, added: TextAlternative): TextAlternative | null {
  const when = mergeLiterals(text.when ?? [], added.when ?? []);
  if (!when) return null;
  const parts = text.parts.length + added.parts.length > MAX_PARTS ? text.parts : [...text.parts, ...added.parts];
  return when.length > 0 ? { k: 'text', parts, when } : { k: 'text', parts };
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
  when: TextAlternative['when'],
  positional: (index: number) => Value,
  named: (name: string) => Value,
): Value {
  const filled = concatenate(
    fields.map((field) => {
      if (field.kind === 'text') return [sureText([field.part])];
      if (field.kind === 'positional') return textsOf(positional(field.index));
      if (field.kind === 'named') return textsOf(named(field.name));
      return [sureText([field])];
    }),
  );
  return underLiterals(filled, when ?? []);
}

/** `template % argument` (printf-style formatting). */
export function formatPercent(
  { parts, when }: TextAlternative,
  positional: (index: number) => Value,
  named: (name: string) => Value,
): Value {
  const fields = splitTemplate(parts, PERCENT, (match, next) => {
    if (match.groups?.['type'] === '%') return '%';
    const name = match.groups?.['name'];
    return name !== undefined ? { kind: 'named', name } : { kind: 'positional', index: next() };
  });
  return fillTemplate(fields, when, positional, named);
}

/** `template.format(…)`; a field with attributes or indexes is a hole. */
export function formatBraces(
  { parts, when }: TextAlternative,
  positional: (index: number) => Value,
  named: (name: string) => Value,
): Value {
  const fields = splitTemplate(parts, BRACES, (match, next) => {
    if (match[0] === '{{') return '{';
    if (match[0] === '}}') return '}';
    const field = match.groups?.['field'] ?? '';
    if (field === '') return { kind: 'positional', index: next() };
    if (/^\d+$/.test(field)) return { kind: 'positional', index: Number(field) };
    return { kind: 'named', name: field };
  });
  return fillTemplate(fields, when, positional, (name) => (/^\w+$/.test(name) ? named(name) : UNKNOWN));
}
