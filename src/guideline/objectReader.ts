import type { Node } from 'jsonc-parser';
import type { DuplicateKey, Ranged, ReadProblem, UnknownKey } from '../model/guideline';
import { type HolderKind, HOLDERS, type SchemaLayout } from './guidelineVocabulary';
import { findMeantWord } from '../model/meantWord';
import { elementsOf, type JsonProperty, propertiesOf, rangeOfNode, stringOf } from './jsonTree';

/** What the readers of one file share: its text and the lists that they add to. */
export interface ReadContext {
  readonly uri: string;
  readonly text: string;
  readonly layout: SchemaLayout;
  readonly problems: ReadProblem[];
  readonly unknownKeys: UnknownKey[];
  readonly duplicateKeys: DuplicateKey[];
}

/** An object's properties, each key once (the last one counts), ready to be asked by key. */
export interface ObjectReader {
  readonly properties: readonly JsonProperty[];
  get(key: string): Node | null;
  string(key: string): Ranged<string> | null;
  text(key: string): string | null;
}

const EMPTY: ObjectReader = { properties: [], get: () => null, string: () => null, text: () => null };

/**
 * Opens an object with free keys (names of capabilities, tests …). Anything else than an object is reported and reads as
 * empty; an absent value (null) is only empty.
 */
export function openNamedObject(context: ReadContext, node: Node | null, what: string): ObjectReader {
  if (!expectType(context, node, 'object', what)) return EMPTY;
  return makeReader(context, node, new Map());
}

/** Opens an object with fixed keys: a misspelt key is noted, and read as the key that it stands for when that is absent. */
export function openObject(context: ReadContext, node: Node | null, kind: HolderKind): ObjectReader {
  const holder = HOLDERS[kind];
  if (!expectType(context, node, 'object', holder.name)) return EMPTY;
  const known = holder.keys[context.layout];
  const written = propertiesOf(context.text, node);
  const present = new Set(written.map((property) => property.key.value));
  const meantBy = new Map<string, string>();
  for (const { key } of written) {
    if (known.includes(key.value)) continue;
    const meant = findMeantWord(key.value, known);
    context.unknownKeys.push({ key, holder: holder.name, meant });
    if (meant !== null && !present.has(meant)) meantBy.set(key.value, meant);
  }
  return makeReader(context, node, meantBy);
}

function makeReader(context: ReadContext, node: Node | null, meantBy: ReadonlyMap<string, string>): ObjectReader {
  const byKey = new Map<string, JsonProperty>();
  for (const property of propertiesOf(context.text, node)) {
    const key = property.key.value;
    const earlier = byKey.get(key);
    if (earlier !== undefined) context.duplicateKeys.push({ key: property.key, first: earlier.key.range });
    byKey.set(key, property);
  }
  const byMeaning = new Map<string, Node | null>();
  for (const [key, property] of byKey) byMeaning.set(meantBy.get(key) ?? key, property.value);
  const get = (key: string): Node | null => byMeaning.get(key) ?? null;
  const string = (key: string): Ranged<string> | null => readString(context, get(key), key);
  return { properties: [...byKey.values()], get, string, text: (key) => string(key)?.value ?? null };
}

/** A string value; null when absent or JSON null; anything else is reported. */
export function readString(context: ReadContext, node: Node | null, what: string): Ranged<string> | null {
  return expectType(context, node, 'string', what) ? stringOf(context.text, node) : null;
}

/** A list of strings; what is no list or no string is reported and left out. */
export function readStrings(context: ReadContext, node: Node | null, what: string): Ranged<string>[] {
  const result: Ranged<string>[] = [];
  if (!expectType(context, node, 'array', what)) return result;
  for (const element of elementsOf(node)) {
    const value = readString(context, element, `each element of "${what}"`);
    if (value !== null) result.push(value);
  }
  return result;
}

const TYPE_NAMES = { object: 'an object', array: 'a list', string: 'a string' } as const;

/** True when the value has the type. An absent or null value is only false; another type is reported. */
export function expectType(
  context: ReadContext,
  node: Node | null,
  type: keyof typeof TYPE_NAMES,
  what: string,
): node is Node {
  if (node === null || node.type === 'null') return false;
  if (node.type === type) return true;
  report(context, rangeOfNode(node), `Here ${TYPE_NAMES[type]} is expected (${what}).`);
  return false;
}

/** Adds a warning: something in a readable file does not have the expected shape. */
export function report(context: ReadContext, range: ReadProblem['range'], message: string): void {
  context.problems.push({ uri: context.uri, range, message, severity: 'warning' });
}
