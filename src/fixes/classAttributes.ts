import type { ClassFacts, FunctionFacts } from '../model/facts';
import type { TextEdit } from '../model/text';
import { indentAt, newlineOf, textBefore, type FixFile } from './fixContext';

/** What a class has to say of itself so that a test may call what it now calls. */
export interface ClassNeeds {
  /** `2.48` */
  readonly microversion: string;
  readonly admin: boolean;
}

/**
 * Edits that put `min_microversion` and `credentials` into the class of a method, or raise what stands there. Null when what stands there is
 * not plain enough to be changed.
 */
export function addClassAttributes(file: FixFile, fn: FunctionFacts, needs: ClassNeeds): TextEdit[] | null {
  const cls = file.facts.classes[fn.classIndex];
  if (cls === undefined) return null;
  const edits: TextEdit[] = [];
  const lines: string[] = [];
  const version = findAttribute(cls, 'min_microversion');
  if (version === undefined) lines.push(`min_microversion = '${needs.microversion}'`);
  else if (version.k !== 'str' || version.segments.length !== 4) return null;
  else if (isLower(version.v, needs.microversion)) {
    const range = { start: version.segments[2] ?? 0, end: version.segments[3] ?? 0 };
    edits.push({ uri: file.uri, range, newText: needs.microversion });
  }
  if (needs.admin) {
    const credentials = findAttribute(cls, 'credentials');
    if (credentials === undefined) lines.unshift("credentials = ['primary', 'admin']");
    else if (credentials.k !== 'list') return null;
    else if (!credentials.items.some((item) => item.k === 'str' && item.v === 'admin')) {
      const last = credentials.items[credentials.items.length - 1];
      if (last === undefined) return null;
      edits.push({ uri: file.uri, range: { start: last.e, end: last.e }, newText: ", 'admin'" });
    }
  }
  const insertion = lines.length === 0 ? [] : insertLines(file, cls, lines);
  return insertion === null ? null : [...insertion, ...edits];
}

function findAttribute(cls: ClassFacts, name: string) {
  for (const statement of cls.body) {
    if (statement.k === 'assign' && statement.targets.some((target) => target.k === 'name' && target.id === name))
      return statement.value;
  }
  return undefined;
}

function isLower(version: string, needed: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [neededMajor = 0, neededMinor = 0] = needed.split('.').map(Number);
  return major < neededMajor || (major === neededMajor && minor < neededMinor);
}

/** Behind the docstring, or before the first statement of the class. */
function insertLines(file: FixFile, cls: ClassFacts, lines: readonly string[]): TextEdit[] | null {
  const [first] = cls.body;
  if (first === undefined || textBefore(file, first.s).trim() !== '') return null;
  const newline = newlineOf(file);
  const indent = indentAt(file, first.s);
  const text = lines.map((line) => `${indent}${line}${newline}`).join('');
  if (first.k === 'expr' && first.x.k === 'str') {
    const end = file.text.indexOf('\n', first.e);
    if (end < 0) return null;
    // A blank line below the docstring stays below it.
    const at = end + 1 + (/^[ \t]*\r?\n/.exec(file.text.slice(end + 1))?.[0].length ?? 0);
    return [{ uri: file.uri, range: { start: at, end: at }, newText: separateFromNext(file, at, text) }];
  }
  const start = first.s - textBefore(file, first.s).length;
  const blank = first.k === 'def' || first.k === 'class' ? newline : '';
  return [{ uri: file.uri, range: { start, end: start }, newText: `${text}${blank}` }];
}

/** A blank line is kept before a method that follows right away (pycodestyle E301). */
function separateFromNext(file: FixFile, offset: number, text: string): string {
  return /^[ \t]*(?:@|def |class )/.test(file.text.slice(offset)) ? `${text}${newlineOf(file)}` : text;
}
