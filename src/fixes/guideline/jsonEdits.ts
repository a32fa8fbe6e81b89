import type { Node } from 'jsonc-parser';
import { rangeOfNode } from '../../guideline/jsonTree';
import type { TextEdit } from '../../model/text';

/** A JSON text and its tree. */
export interface JsonFile {
  readonly uri: string;
  readonly text: string;
  readonly root: Node;
}

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** Puts other text between the quotes of a string or key. `range` is the content between them. */
export function replaceString(file: JsonFile, range: TextEdit['range'], value: string): TextEdit {
  return { uri: file.uri, range, newText: JSON.stringify(value).slice(1, -1) };
}

/**
 * Adds a property in the style of its object: on a line of its own where the others have theirs, else on the same line.
 * @param after the property behind which it goes; the last one without it
 * @returns null when something stands in the object that is no JSON (a comment)
 */
export function insertProperty(
  file: JsonFile,
  object: Node,
  key: string,
  value: JsonValue,
  after?: Node,
): TextEdit | null {
  return insertChildren(file, object, after, [
    (indent) => `${JSON.stringify(key)}: ${printValue(file, value, indent)}`,
  ]);
}

/** Adds properties behind the last one, in the style of their object; null as for one. */
export function insertProperties(
  file: JsonFile,
  object: Node,
  properties: readonly (readonly [key: string, value: JsonValue])[],
): TextEdit | null {
  return insertChildren(
    file,
    object,
    undefined,
    properties.map(
      ([key, value]) =>
        (indent) =>
          `${JSON.stringify(key)}: ${printValue(file, value, indent)}`,
    ),
  );
}

/** Adds an element at the end of a list, in the style of the list. */
export function insertElement(file: JsonFile, list: Node, value: JsonValue): TextEdit | null {
  return insertElements(file, list, [value]);
}

/** Adds elements at the end of a list, in the style of the list. */
export function insertElements(file: JsonFile, list: Node, values: readonly JsonValue[]): TextEdit | null {
  return insertChildren(
    file,
    list,
    undefined,
    values.map((value) => (indent) => printValue(file, value, indent)),
  );
}

/** @param prints get the indent of the new line, or null when they go on the same line */
function insertChildren(
  file: JsonFile,
  container: Node,
  after: Node | undefined,
  prints: readonly ((indent: string | null) => string)[],
): TextEdit | null {
  const children = container.children ?? [];
  const first = children[0];
  const anchor = after ?? children[children.length - 1];
  const { start, end } = rangeOfNode(container);
  const eol = lineEndOf(file.text);
  const join = (indent: string | null): string =>
    prints.map((print) => print(indent)).join(indent === null ? ', ' : `,${eol}${indent}`);
  if (first === undefined || anchor === undefined) {
    const inside = { start: start + 1, end: end - 1 };
    if (file.text.slice(inside.start, inside.end).trim() !== '') return null;
    if (!file.text.includes('\n')) return { uri: file.uri, range: inside, newText: join(null) };
    const outer = indentAt(file.text, start);
    const indent = outer + indentUnit(file);
    return { uri: file.uri, range: inside, newText: `${eol}${indent}${join(indent)}${eol}${outer}` };
  }
  const ownLines = file.text.slice(start, first.offset).includes('\n');
  const indent = ownLines ? indentAt(file.text, first.offset) : null;
  const at = rangeOfNode(anchor).end;
  const separator = indent === null ? ', ' : `,${eol}${indent}`;
  return { uri: file.uri, range: { start: at, end: at }, newText: separator + join(indent) };
}

/**
 * Takes a property out of its object or an element out of its list, with the comma and line that go with it.
 * @returns null when something else than blanks and the comma would go too (a comment)
 */
export function removeChild(file: JsonFile, container: Node, child: Node): TextEdit | null {
  const children = container.children ?? [];
  const index = children.indexOf(child);
  if (index < 0) return null;
  const { start, end } = rangeOfNode(child);
  const next = children[index + 1];
  const previous = children[index - 1];
  const whole = rangeOfNode(container);
  let range = { start: whole.start + 1, end: whole.end - 1 };
  if (next !== undefined) range = { start, end: next.offset };
  else if (previous !== undefined) range = { start: rangeOfNode(previous).end, end };
  const around = file.text.slice(range.start, start) + file.text.slice(end, range.end);
  return around.replace(',', '').trim() === '' ? { uri: file.uri, range, newText: '' } : null;
}

/** The property node of an object by key; the last one when the key stands twice. */
export function findProperty(object: Node | undefined, key: string): Node | undefined {
  if (object?.type !== 'object') return undefined;
  return object.children?.findLast((property) => property.children?.[0]?.value === key);
}

/** The value under a path of keys. */
export function findValue(root: Node | undefined, ...keys: readonly string[]): Node | undefined {
  let node = root;
  for (const key of keys) node = findProperty(node, key)?.children?.[1];
  return node;
}

/** Property nodes from the root down to the one that starts at an offset; empty when none does. */
export function findPropertyPath(root: Node, offset: number): Node[] {
  const path: Node[] = [];
  let node: Node | undefined = root;
  while (node !== undefined) {
    const inside: Node | undefined = node.children?.find(
      (child) => child.offset <= offset && offset < rangeOfNode(child).end,
    );
    if (inside?.type === 'property') path.push(inside);
    if (inside?.type === 'property' && inside.offset === offset) return path;
    node = inside;
  }
  return [];
}

function printValue(file: JsonFile, value: JsonValue, indent: string | null): string {
  if (indent === null) return printInline(value);
  return JSON.stringify(value, null, indentUnit(file)).replaceAll('\n', lineEndOf(file.text) + indent);
}

function printInline(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map((one: JsonValue) => printInline(one)).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const properties = Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}: ${printInline(one)}`);
    return `{${properties.join(', ')}}`;
  }
  return JSON.stringify(value);
}

/** The line end that a text uses. */
export function lineEndOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** The blanks at the start of the line of an offset. */
function indentAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? '';
}

/** How much deeper each level is: as the first property of the file stands. */
function indentUnit({ text, root }: JsonFile): string {
  const first = root.children?.[0];
  const unit = first === undefined ? '' : indentAt(text, first.offset);
  return unit === '' ? '  ' : unit;
}
