import type { EvaluatedText } from '../../model/commandText';
import { dataKey } from './dependencies';
import { newData } from './heap';
import type { CallArguments, Frame, Machine } from './machine';
import { textsOf, type TextAlternative } from './texts';
import type { TextRange } from '../../model/text';
import { readStack } from '../heat/readStack';
import { isDictionary, writeDocument } from './documents';
import { UNKNOWN, constantText, present, textValue, type Value } from './values';

/** Field of an open file: what reading it gives. */
const CONTENT = '#content';

/** The text of a file that is no Python, by its address; null when no such file is indexed. */
function readDataFile(m: Machine, uri: string): EvaluatedText | null {
  const address = tidyAddress(uri);
  m.dependOn([dataKey(address)]);
  const text = m.dataFile(address);
  if (text === undefined) return null;
  const segments = [{ textStart: 0, textEnd: text.length, sourceStart: 0, sourceEnd: text.length }];
  return [{ kind: 'literal', text, uri: address, segments }];
}

/** `file:///a//b/../c` and `file:///a/c` are one file. */
function tidyAddress(uri: string): string {
  const scheme = /^[a-z][\w+.-]*:\/\/[^/]*/.exec(uri)?.[0] ?? '';
  const kept: string[] = [];
  for (const name of uri.slice(scheme.length).split('/')) {
    if (name === '..') kept.pop();
    else if (name !== '' && name !== '.') kept.push(name);
  }
  return `${scheme}/${kept.join('/')}`;
}

/** `open(path)`: a file of the tree can be read. */
export function openFile(m: Machine, args: CallArguments): Value {
  const path = args.args[0] ? constantText(args.args[0]) : null;
  const text = path === null ? null : readDataFile(m, path);
  if (!text) return UNKNOWN;
  const file = newData();
  for (const alternative of file) if (alternative.k === 'data') alternative.obj.fields.set(CONTENT, textValue(text));
  return file;
}

/** What `read()` of an open file gives; null when it is none. */
export function readOpenFile(file: Extract<Value[number], { k: 'data' }>): Value | null {
  return file.obj.fields.get(CONTENT) ?? null;
}

/** heatclient's `get_template_contents(template_file, …)`: the files that the template names, and the template. */
export function readTemplateFile(m: Machine, args: CallArguments): Value {
  const path = args.args[0] ?? args.kw.get('template_file');
  const address = path ? constantText(path) : null;
  const text = address === null ? null : readDataFile(m, address);
  return [{ k: 'seq', items: [UNKNOWN, text ? textValue(text) : UNKNOWN], rest: null }];
}

/** A request to make or change a stack: what its template's servers demand. */
export function observeStack(m: Machine, args: CallArguments, frame: Frame, range: TextRange): void {
  const template = args.kw.get('template');
  if (!template || m.expectedFailureDepth > 0) return;
  const files = args.kw.get('files');
  const templates = m.feasible(template);
  for (const { parts, when } of [...knownTexts(templates), ...writtenDocuments(templates), ...givenFiles(files)]) {
    const stack = readStack(parts, (name) => findNamedFile(m, name, parts, files));
    if (!stack?.boots) continue;
    m.under(when, () => {
      m.emit('boot', [], frame, range);
      for (const script of stack.scripts) m.emit('user-data', script, frame, range, { mustRun: stack.waitsForGuest });
    });
  }
}

function knownTexts(value: Value): TextAlternative[] {
  const texts = present(value).filter(({ k }) => k === 'text');
  return texts.length > 0 ? textsOf(texts) : [];
}

/** Templates that are Python dictionaries. */
function writtenDocuments(value: Value): TextAlternative[] {
  return present(value)
    .filter(isDictionary)
    .map((one) => ({ k: 'text', parts: writeDocument([one]), ...(one.when ? { when: one.when } : {}) }));
}

/** Files that are given along with a template: an environment may say which resource types they stand for. */
function givenFiles(files: Value | undefined): TextAlternative[] {
  return (files ?? []).flatMap((alternative) =>
    alternative.k === 'obj' && alternative.obj.kind === 'dict'
      ? [...alternative.obj.fields.values()].flatMap(knownTexts)
      : [],
  );
}

/** A file that a template names: given along with it, or beside it in the tree. */
function findNamedFile(
  m: Machine,
  name: string,
  template: EvaluatedText,
  files: Value | undefined,
): EvaluatedText | null {
  for (const alternative of files ?? []) {
    const given = alternative.k === 'obj' ? alternative.obj.fields.get(`s:${name}`) : undefined;
    const [text] = knownTexts(given ?? []);
    if (text) return text.parts;
  }
  const [first] = template;
  if (first?.kind !== 'literal' || first.uri === '') return null;
  return readDataFile(m, `${first.uri.slice(0, first.uri.lastIndexOf('/'))}/${name}`);
}
