import { printText } from '../../model/commandText';
import type { TextLocation } from '../../model/text';
import { constantText, present, type Alternative, type Value } from './values';

/** More than this is said as a number. */
const MAX_SHOWN = 3;
const MAX_TEXT = 60;
const MAX_KEYS = 8;

/** What a value may be, in words: constants as Python writes them. Never empty. */
export function printValue(value: Value): readonly string[] {
  const printed = [...new Set(present(value).map(printAlternative))];
  if (printed.length === 0) return ['nothing'];
  if (printed.length <= MAX_SHOWN) return printed;
  return [...printed.slice(0, MAX_SHOWN - 1), `${String(printed.length - MAX_SHOWN + 1)} others`];
}

function printAlternative(alternative: Alternative): string {
  switch (alternative.k) {
    case 'text':
      return quote(constantText([alternative]) ?? printText(alternative.parts));
    case 'num':
      return String(alternative.v);
    case 'const':
      return alternative.v === null ? 'None' : alternative.v ? 'True' : 'False';
    case 'conf':
      return alternative.path === '' ? 'the configuration' : `the option ${alternative.path}`;
    case 'cond':
      return `a condition on ${alternative.literals.whenTrue.map(({ key }) => key).join(', ') || 'the configuration'}`;
    case 'obj':
      return printObject(alternative.obj);
    case 'class':
      return `the class ${alternative.cls.fullName}`;
    case 'module':
      return `the module ${alternative.module.name}`;
    case 'fn':
      return `the function ${alternative.owner ? alternative.fn.facts.qualname : `${alternative.fn.module.name}.${alternative.fn.facts.qualname}`}`;
    case 'lambda':
      return 'a lambda';
    case 'partial':
      return 'a functools.partial';
    case 'seq':
      return alternative.rest === null ? `a sequence of ${String(alternative.items.length)}` : 'a sequence';
    case 'ext':
      return alternative.path;
    case 'builtin':
      return alternative.name;
    case 'data':
      return 'an answer of a service';
    default:
      return 'something that is not known';
  }
}

function printObject({ kind, cls, external, fields }: Extract<Alternative, { k: 'obj' }>['obj']): string {
  if (kind === 'dict') return printDictionary(fields);
  if (kind === 'list') return 'a list';
  return cls ? `a ${cls.fullName}` : external ? `a ${external}` : 'an object';
}

/** A dictionary by its keys, as far as they are known. */
function printDictionary(fields: ReadonlyMap<string, Value>): string {
  const keys = [...fields].filter(([key]) => key.startsWith('s:')).map(([key, value]) => printKey(key.slice(2), value));
  const shown = keys.slice(0, MAX_KEYS);
  if (keys.length > shown.length) shown.push(`${String(keys.length - shown.length)} more`);
  if (fields.has('#open')) shown.push('keys that are not known');
  return shown.length === 0 ? 'an empty dictionary' : `a dictionary with ${shown.join(', ')}`;
}

function printKey(key: string, value: Value): string {
  return value.some(({ k }) => k === 'absent') ? `perhaps ${quote(key)}` : quote(key);
}

function quote(text: string): string {
  const short = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
  return `'${short.replace(/\\/g, '\\\\').replace(/\n/g, '\\n').replace(/'/g, "\\'")}'`;
}

/** Where the constants of a value are written, each once. */
export function placesWritten(value: Value): TextLocation[] {
  const places = new Map<string, TextLocation>();
  for (const alternative of present(value)) {
    const place = placeWritten(alternative);
    if (place) places.set(`${place.uri} ${String(place.range.start)}`, place);
  }
  return [...places.values()];
}

function placeWritten(alternative: Alternative): TextLocation | null {
  if (alternative.source?.k === 'written') return alternative.source.at;
  if (alternative.k !== 'text') return null;
  const literal = alternative.parts.find((part) => part.kind === 'literal' && part.segments.length > 0);
  if (literal?.kind !== 'literal') return null;
  const start = literal.segments[0]?.sourceStart ?? 0;
  return { uri: literal.uri, range: { start, end: literal.segments.at(-1)?.sourceEnd ?? start } };
}
