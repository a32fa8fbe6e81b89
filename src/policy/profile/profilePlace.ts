import { isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';
import type { TextRange } from '../../model/text';
import { ProfileTree, rangeOfNode } from './profileTree';
import type { ProfileObject } from './profileVocabulary';

/** Keys and positions from the root down. */
export type ProfilePath = readonly (string | number)[];

/** Where an offset stands in a profile. */
export interface ProfilePlace {
  /** For a key: of its object, without the key. For a value: with its key or position at the end. */
  readonly path: ProfilePath;
  readonly isKey: boolean;
  /** The word at the offset with its quotes; empty where nothing is written yet. */
  readonly range: TextRange;
  /** The word as it is read. */
  readonly word: string;
}

/** What stands at a place: a key of an object, an option, a word of a key, or an item of a list of words. */
export type ProfileRole =
  | { readonly kind: 'key'; readonly object: ProfileObject }
  | { readonly kind: 'option' }
  | { readonly kind: 'switch'; readonly option: string }
  | { readonly kind: 'word'; readonly key: string; readonly isItem: boolean }
  | { readonly kind: 'tool'; readonly isItem: boolean };

/** The key or value that is written at an offset, or null between them. */
export function findWritten(text: string, offset: number): ProfilePlace | null {
  const { root } = new ProfileTree(text);
  return root && findIn(root, [], offset);
}

function findIn(node: Node, path: ProfilePath, offset: number): ProfilePlace | null {
  if (isScalar(node)) return touches(node, offset) ? place(node, path, false) : null;
  if (isSeq(node)) {
    const index = node.items.findIndex((item) => touches(item as Node | null, offset));
    return index < 0 ? null : findIn(node.items[index] as Node, [...path, index], offset);
  }
  if (!isMap(node)) return null;
  for (const { key, value } of node.items as readonly { key: Node | null; value: Node | null }[]) {
    if (key && touches(key, offset)) return isScalar(key) ? place(key, path, true) : null;
    if (value && touches(value, offset))
      return findIn(value, [...path, isScalar(key) ? String(key.value) : ''], offset);
  }
  return null;
}

function place(node: Node, path: ProfilePath, isKey: boolean): ProfilePlace {
  const word = isScalar<string | number | boolean | null>(node) ? String(node.value ?? '') : '';
  return { path, isKey, range: rangeOfNode(node), word };
}

function touches(node: Node | null, offset: number): boolean {
  const { start, end } = rangeOfNode(node);
  return node !== null && start <= offset && offset <= end;
}

/** Stands for what is being typed, so that a text that lacks it is read as if it were there. */
const TYPED = 'typed0interop0lens';

/**
 * The place of a caret in a half-typed YAML text: the text up to the caret is read with a word put there. What follows does not count.
 * @returns null in a comment, in a text over several lines, and where the parser makes nothing of it
 */
export function findTyped(text: string, offset: number): ProfilePlace | null {
  const before = text.slice(0, offset);
  const start = offset - (/[\w$.-]*$/.exec(before)?.[0].length ?? 0);
  // A dash that opens a list item is no part of the word.
  const from = /^-+$/.test(text.slice(start, offset)) ? offset : start;
  const end = offset + (/^[\w$.-]*/.exec(text.slice(offset))?.[0].length ?? 0);
  const found = findMark(new ProfileTree(text.slice(0, from) + TYPED).root, []);
  return found && { ...found, range: { start: from, end }, word: text.slice(from, end) };
}

function findMark(node: Node | null, path: ProfilePath): Pick<ProfilePlace, 'path' | 'isKey'> | null {
  if (isScalar(node)) return node.value === TYPED ? { path, isKey: false } : null;
  if (isSeq(node)) {
    const index = node.items.length - 1;
    return findMark((node.items[index] ?? null) as Node | null, [...path, index]);
  }
  const last = isMap(node) ? (node.items.at(-1) as { key: Node | null; value: Node | null } | undefined) : undefined;
  if (!last) return null;
  if (isScalar(last.key) && last.key.value === TYPED) return { path, isKey: true };
  return findMark(last.value, [...path, isScalar(last.key) ? String(last.key.value) : '']);
}

/** The keys of the object at a path, as far as the text can be read. */
export function listKeys(text: string, path: ProfilePath): readonly string[] {
  let node = new ProfileTree(text).root;
  for (const step of path) {
    const next: unknown = isMap(node) || isSeq(node) ? node.get(step, true) : null;
    node = isMap(next) || isSeq(next) ? next : null;
  }
  return isMap(node) ? keysOf(node) : [];
}

function keysOf(map: YAMLMap): readonly string[] {
  return map.items.flatMap(({ key }) => (isScalar(key) ? [String(key.value)] : []));
}

/** What stands at a place by the form of profiles; null for places that take any text. */
export function findProfileRole({ path, isKey }: Pick<ProfilePlace, 'path' | 'isKey'>): ProfileRole | null {
  const [top, region, key, ...rest] = path;
  const object = roleOfKey(path);
  // A bare word where an object belongs is its first key, half typed.
  if (isKey || path.length < 3 || object?.kind === 'option') return object;
  if (top !== 'regions' || typeof region !== 'number' || typeof key !== 'string') return null;
  const [first, second, third] = rest;
  if (rest.length <= 1 && (first === undefined || typeof first === 'number'))
    return key === 'options' || key === 'name' ? null : { kind: 'word', key, isItem: first !== undefined };
  if (key === 'options' && typeof first === 'string' && rest.length === 1) return { kind: 'switch', option: first };
  if (key !== 'guests') return null;
  if (second === 'os' && rest.length === 2) return { kind: 'word', key: 'os', isItem: false };
  return second === 'tools' && rest.length <= 3 ? { kind: 'tool', isItem: third !== undefined } : null;
}

function roleOfKey(path: ProfilePath): ProfileRole | null {
  const shape = path.map((step) => (typeof step === 'number' ? '#' : step)).join(' ');
  if (shape === '') return { kind: 'key', object: 'profile' };
  if (shape === 'regions #') return { kind: 'key', object: 'region' };
  if (shape === 'regions # guests #') return { kind: 'key', object: 'guest' };
  return shape === 'regions # options' ? { kind: 'option' } : null;
}
