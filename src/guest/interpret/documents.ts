import { isMap, isScalar, isSeq } from 'yaml';
import { printText, type EvaluatedText, type LiteralPart, type TextPart } from '../../model/commandText';
import { parseYaml } from '../userData/parseYaml';
import { placeScalar } from '../userData/placeScalar';
import { newList } from './evaluate';
import { readSequence } from './containers';
import { newObject } from './heap';
import { HOLE, slicePart, textsOf } from './texts';
import { UNKNOWN, joinAll, present, textValue, type Alternative, type Value } from './values';

/** Nothing that tests write is nested deeper, and a dictionary may hold itself. */
const MAX_DEPTH = 16;

/** True for a dictionary that the code has put together. */
export function isDictionary(alternative: Alternative): alternative is Extract<Alternative, { k: 'obj' }> {
  return alternative.k === 'obj' && alternative.obj.kind === 'dict';
}

/**
 * A dictionary or list as JSON, with the places of its texts; what is not known is a hole. Of several things that an entry may
 * be the first known one is written.
 */
export function writeDocument(value: Value, depth = 0): EvaluatedText {
  const known = present(value);
  const dictionary = known.find(isDictionary);
  if (depth > MAX_DEPTH) return [HOLE];
  if (dictionary) return writeDictionary(dictionary.obj.fields, depth);
  if (known.some(isList)) return writeList(value, depth);
  const [text] = known.some(({ k }) => k === 'text') ? textsOf(known.filter(({ k }) => k === 'text')) : [];
  if (text) return [plain('"'), ...text.parts.flatMap(escapePart), plain('"')];
  const [first] = known;
  if (first?.k === 'num' || first?.k === 'const') return [plain(String(first.v))];
  return [HOLE];
}

function isList(alternative: Alternative): boolean {
  return alternative.k === 'seq' || (alternative.k === 'obj' && alternative.obj.kind === 'list');
}

function writeDictionary(fields: ReadonlyMap<string, Value>, depth: number): EvaluatedText {
  const entries = [...fields].filter(([key]) => key.startsWith('s:'));
  return wrap(
    '{',
    entries.map(([key, value]) => [plain(`${JSON.stringify(key.slice(2))}: `), ...writeDocument(value, depth + 1)]),
    '}',
  );
}

function writeList(value: Value, depth: number): EvaluatedText {
  const { items, rest } = readSequence(value);
  return wrap(
    '[',
    [...items, ...(rest ? [rest] : [])].map((item) => writeDocument(item, depth + 1)),
    ']',
  );
}

function wrap(open: string, items: readonly EvaluatedText[], close: string): EvaluatedText {
  return [plain(open), ...items.flatMap((item, i) => (i > 0 ? [plain(', '), ...item] : [...item])), plain(close)];
}

function plain(text: string): LiteralPart {
  return { kind: 'literal', text, uri: '', segments: [] };
}

/** A part of a text as it stands between JSON's quotes. */
function escapePart(part: TextPart): TextPart[] {
  if (part.kind === 'hole') return [part];
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of part.text.matchAll(/["\\\u0000-\u001f]/g)) {
    if (match.index > from) parts.push(slicePart(part, from, match.index));
    parts.push(escapeCharacter(slicePart(part, match.index, match.index + 1)));
    from = match.index + 1;
  }
  if (from < part.text.length) parts.push(slicePart(part, from, part.text.length));
  return parts;
}

/** One character that needs an escape: the escape stands for the source of the character. */
function escapeCharacter(part: LiteralPart): LiteralPart {
  const text = JSON.stringify(part.text).slice(1, -1);
  return { ...part, text, segments: part.segments.map((segment) => ({ ...segment, textEnd: text.length })) };
}

/** What a JSON or YAML text reads as; null when it is no mapping and no list. */
export function readDocument(text: EvaluatedText): Value | null {
  const printed = printText(text);
  const contents = parseYaml(printed)?.contents;
  if (!isMap(contents) && !isSeq(contents)) return null;
  return readNode(contents, text, printed, 0);
}

function readNode(node: unknown, text: EvaluatedText, printed: string, depth: number): Value {
  if (depth > MAX_DEPTH) return UNKNOWN;
  const read = (inner: unknown): Value => readNode(inner, text, printed, depth + 1);
  if (isMap(node)) {
    // A hole is printed as an empty mapping is.
    if (node.items.length === 0) return UNKNOWN;
    const obj = newObject('dict');
    for (const { key, value } of node.items) if (isScalar(key)) obj.fields.set(`s:${String(key.value)}`, read(value));
    return [{ k: 'obj', obj }];
  }
  if (isSeq(node)) return newList({ k: 'seq', items: node.items.map(read), rest: null });
  if (!isScalar(node)) return UNKNOWN;
  if (typeof node.value === 'string') return textValue(placeScalar(text, printed, node));
  if (typeof node.value === 'number') return [{ k: 'num', v: node.value }];
  return typeof node.value === 'boolean' || node.value === null ? [{ k: 'const', v: node.value }] : UNKNOWN;
}

/** `json.loads(text)`, `yaml.safe_load(text)`: null where no text is known, or none that is a document. */
export function loadDocument(value: Value | undefined): Value | null {
  const texts = present(value ?? []).filter(({ k }) => k === 'text');
  if (texts.length === 0) return null;
  const read = textsOf(texts).map(({ parts }) => readDocument(parts));
  const found = read.filter((document) => document !== null);
  return found.length === read.length ? joinAll(found) : null;
}

/** `json.dumps(value)`: the text of every dictionary that the value may be; null when it is none. */
export function dumpDocument(value: Value | undefined): Value | null {
  const dictionaries = present(value ?? []).filter(isDictionary);
  if (dictionaries.length === 0) return null;
  return dictionaries.map((one): Alternative => {
    const text: Alternative = { k: 'text', parts: writeDocument([one]) };
    return one.when ? { ...text, when: one.when } : text;
  });
}
