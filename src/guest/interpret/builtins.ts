import type { TextRange } from '../../model/text';
import { observeApiCall } from './apiCalls';
import { readItem, readSequence } from './containers';
import { dictionaryKey, newList } from './evaluate';
import { withFallback } from './conditionalValues';
import { newData, newObject } from './heap';
import type { HeapObject } from './values';
import type { CallArguments, Frame, Machine } from './machine';
import { concatenate, formatBraces, textsOf } from './texts';
import { splitLines } from './channels';
import { openFile, readOpenFile } from './dataFiles';
import { callMessage } from './mimeMessages';
import { SEARCHING_METHODS, expectLogs } from './consoles';
import { checkAttribute, getAttributesMatching } from './reflection';
import { supposeCallbacks } from './callbacks';
import { makeProperty } from './descriptors';
import { viaRoute } from './locate';
import {
  ABSENT,
  FALSE,
  NONE,
  TRUE,
  UNKNOWN,
  constantText,
  joinAll,
  joinValues,
  present,
  type Alternative,
  type Value,
} from './values';

/** Stands before the name of a request to a service that no code of the client shows. */
export const REQUEST = '#request ';

/** Calls a built-in function (`self` null) or a method of a built-in value. */
export function callBuiltin(
  m: Machine,
  name: string,
  self: Value | null,
  args: CallArguments,
  frame: Frame,
  range: TextRange,
): Value {
  if (self === null) return callFunctionNamed(m, name, args, frame, range);
  return joinAll(
    m.feasible(self).map((alternative) => {
      if (alternative.k === 'data') return callDataMethod(m, name, alternative, args, frame, range);
      if (alternative.k === 'text') return callTextMethod(name, [alternative], args);
      if (alternative.k === 'obj' && alternative.obj.kind === 'dict')
        return callDictMethod(m, name, alternative.obj, args, self.length === 1, frame);
      if (alternative.k === 'obj' && alternative.obj.kind === 'list')
        return callListMethod(m, name, alternative, args, frame, range);
      return UNKNOWN;
    }),
  );
}

function callFunctionNamed(m: Machine, name: string, args: CallArguments, frame: Frame, range: TextRange): Value {
  if (name.startsWith(REQUEST)) return observeApiCall(m, name.slice(REQUEST.length), args, frame, range);
  const [first] = args.args;
  switch (name) {
    case 'str':
    case 'repr':
    case 'unicode':
    case 'bytes':
      return first ? textsOf(first) : [{ k: 'text', parts: [] }];
    case 'int':
    case 'float':
      return first?.every((alternative) => alternative.k === 'num') ? first : UNKNOWN;
    case 'bool': {
      const truth = first ? m.truthOf(first) : false;
      return truth === null ? (first ?? UNKNOWN) : truth ? TRUE : FALSE;
    }
    case 'len':
      return readLength(first);
    case 'list':
    case 'tuple':
    case 'set':
    case 'sorted':
    case 'reversed':
    case 'iter':
    case 'frozenset':
      return copySequence(name, first);
    case 'dict':
      return newDictionary(args);
    case 'range':
    case 'xrange':
      return [{ k: 'seq', items: [], rest: UNKNOWN }];
    case 'enumerate':
      return enumerate(first);
    case 'zip':
      return zip(args);
    case 'next':
      return first ? joinAll([...readSequence(first).items, readSequence(first).rest ?? []]) : UNKNOWN;
    case 'getattr':
      return getAttributesMatching(m, args, frame, range);
    case 'hasattr':
      return checkAttribute(m, args);
    case 'property':
      return makeProperty(first ?? args.kw.get('fget'));
    case 'setattr':
      return setNamedAttribute(m, args);
    case 'isinstance':
      return checkInstance(m, args);
    case 'open':
      return openFile(m, args);
    case 'callable':
      return first?.every((alternative) => alternative.k === 'fn' || alternative.k === 'lambda') ? TRUE : UNKNOWN;
    case 'map':
    case 'filter':
      return mapSequence(m, name, args, frame, range);
    case 'type':
      return first
        ? first.map((alternative): Alternative =>
            alternative.k === 'obj' && alternative.obj.cls
              ? { k: 'class', cls: alternative.obj.cls }
              : { k: 'unknown' },
          )
        : UNKNOWN;
    case 'print':
    case 'id':
    case 'hash':
      return NONE;
    default:
      supposeCallbacks(m, args, frame, range);
      return UNKNOWN;
  }
}

function readLength(value: Value | undefined): Value {
  const [only] = value ?? [];
  if (value?.length !== 1 || !only) return UNKNOWN;
  if (only.k === 'data' && only.obj.log) return newData(only.obj.log);
  if (only.k === 'obj' && only.obj.kind === 'list') return UNKNOWN;
  const view = readSequence(value);
  return view.rest === null && only.k === 'seq' ? [{ k: 'num', v: view.items.length }] : UNKNOWN;
}

function copySequence(name: string, value: Value | undefined): Value {
  const view = value ? readSequence(value) : { items: [], rest: null };
  const ordered = name === 'reversed' && view.rest === null ? [...view.items].reverse() : view.items;
  const contents: Alternative = { k: 'seq', items: ordered, rest: view.rest };
  return name === 'tuple' ? [contents] : newList(contents);
}

function newDictionary(args: CallArguments): Value {
  const obj = newObject('dict');
  for (const value of args.args) copyEntries(value, obj.fields);
  for (const [name, value] of args.kw) obj.fields.set(`s:${name}`, value);
  if (args.openKw) obj.fields.set('#open', UNKNOWN);
  return [{ k: 'obj', obj }];
}

function copyEntries(value: Value, fields: Map<string, Value>): void {
  for (const alternative of value) {
    if (alternative.k === 'obj' && alternative.obj.kind === 'dict')
      for (const [key, entry] of alternative.obj.fields) fields.set(key, entry);
    else fields.set('#open', UNKNOWN);
  }
}

function enumerate(value: Value | undefined): Value {
  const view = value ? readSequence(value) : { items: [], rest: UNKNOWN };
  const items = view.items.map((item, i): Value => [{ k: 'seq', items: [[{ k: 'num', v: i }], item], rest: null }]);
  return [{ k: 'seq', items, rest: view.rest ? [{ k: 'seq', items: [UNKNOWN, view.rest], rest: null }] : null }];
}

function zip(args: CallArguments): Value {
  const views = args.args.map(readSequence);
  const exact = views.every((view) => view.rest === null) && !args.openArgs;
  if (!exact) {
    const any = views.map((view) => joinAll([...view.items, view.rest ?? []]));
    return [{ k: 'seq', items: [], rest: [{ k: 'seq', items: any, rest: null }] }];
  }
  const length = Math.min(...views.map((view) => view.items.length));
  const rows = Array.from({ length: Number.isFinite(length) ? length : 0 }, (_, i): Value => [
    { k: 'seq', items: views.map((view) => view.items[i] ?? UNKNOWN), rest: null },
  ]);
  return [{ k: 'seq', items: rows, rest: null }];
}

function setNamedAttribute(m: Machine, args: CallArguments): Value {
  const [target, name, value] = args.args;
  const text = name ? constantText(name) : null;
  if (target && text !== null && value) m.setAttribute(target, text, value);
  return NONE;
}

function checkInstance(m: Machine, args: CallArguments): Value {
  const [value, types] = args.args;
  const [only] = value ?? [];
  const [type] = types ?? [];
  if (value?.length !== 1 || types?.length !== 1 || !only || !type) return UNKNOWN;
  // None is an instance of nothing that code asks for.
  if (only.k === 'const' && only.v === null) return FALSE;
  if (type.k === 'class') {
    if (only.k !== 'obj' || !only.obj.cls) return only.k === 'unknown' || only.k === 'ext' ? UNKNOWN : FALSE;
    return m.project.orderOf(only.obj.cls).includes(type.cls) ? TRUE : FALSE;
  }
  if (type.k !== 'builtin') return UNKNOWN;
  const actual =
    only.k === 'text'
      ? 'str'
      : only.k === 'num'
        ? 'int'
        : only.k === 'obj' && only.obj.kind !== 'instance'
          ? only.obj.kind
          : only.k === 'seq'
            ? 'tuple'
            : null;
  return actual === null ? UNKNOWN : actual === type.name ? TRUE : FALSE;
}

function mapSequence(m: Machine, name: string, args: CallArguments, frame: Frame, range: TextRange): Value {
  const [callee, iterable] = args.args;
  if (!callee || !iterable) return UNKNOWN;
  const view = readSequence(iterable);
  const element = joinAll([...view.items, view.rest ?? []]);
  const result = m.maybe(() =>
    viaRoute(m, { k: 'supposed' }, frame, range, () =>
      m.call(callee, { args: [element], kw: new Map(), openArgs: false, openKw: false }, frame, range, null),
    ),
  );
  return [{ k: 'seq', items: [], rest: name === 'map' ? result : element }];
}

const SAME_TEXT = new Set([
  'strip',
  'rstrip',
  'lstrip',
  'encode',
  'decode',
  'lower',
  'upper',
  'title',
  'expandtabs',
  'replace',
  'ljust',
  'rjust',
  'zfill',
]);

function callTextMethod(name: string, text: Value, args: CallArguments): Value {
  if (name === 'format' || name === 'format_map') {
    const named = (key: string): Value => args.kw.get(key) ?? lookUpMapping(args, key);
    return joinAll(textsOf(text).map((template) => formatBraces(template, (i) => args.args[i] ?? UNKNOWN, named)));
  }
  if (name === 'join') return joinTexts(text, args.args[0]);
  if (name === 'replace') return replaceText(text, args);
  if (SAME_TEXT.has(name)) return text;
  if (name === 'splitlines' || (name === 'split' && args.args[0] && constantText(args.args[0]) === '\n'))
    return joinAll(text.map((one) => (one.k === 'text' ? newList(splitLines(one.parts)) : UNKNOWN)));
  if (name === 'split' || name === 'rsplit') return newList({ k: 'seq', items: [], rest: UNKNOWN });
  if (name === 'startswith' || name === 'endswith') {
    const whole = constantText(text);
    const part = args.args[0] ? constantText(args.args[0]) : null;
    if (whole === null || part === null) return UNKNOWN;
    return (name === 'startswith' ? whole.startsWith(part) : whole.endsWith(part)) ? TRUE : FALSE;
  }
  return UNKNOWN;
}

function lookUpMapping(args: CallArguments, key: string): Value {
  for (const value of args.args) {
    for (const alternative of value) {
      const entry = alternative.k === 'obj' ? alternative.obj.fields.get(`s:${key}`) : undefined;
      if (entry) return present(entry);
    }
  }
  return UNKNOWN;
}

/** A constant replacement is carried out; the mapping to the source is kept where nothing was replaced. */
function replaceText(text: Value, args: CallArguments): Value {
  const from = args.args[0] ? constantText(args.args[0]) : null;
  if (from === null || from === '') return text;
  return text.map((alternative): Alternative => {
    if (alternative.k !== 'text') return alternative;
    if (!alternative.parts.some((part) => part.kind === 'literal' && part.text.includes(from))) return alternative;
    const to = args.args[1] ? (constantText(args.args[1]) ?? '') : '';
    const parts = alternative.parts.map((part) =>
      part.kind === 'literal' && part.text.includes(from)
        ? { ...part, text: part.text.split(from).join(to), segments: [] }
        : part,
    );
    return { k: 'text', parts };
  });
}

function joinTexts(separator: Value, iterable: Value | undefined): Value {
  const view = iterable ? readSequence(iterable) : { items: [], rest: UNKNOWN };
  const pieces = view.items.flatMap((item, i) => (i > 0 ? [textsOf(separator), textsOf(item)] : [textsOf(item)]));
  if (view.rest === null) return concatenate(pieces);
  const rest = textsOf(view.rest);
  return concatenate(view.items.length > 0 ? [...pieces, textsOf(separator), rest] : [rest]);
}

function callDictMethod(
  m: Machine,
  name: string,
  obj: HeapObject,
  args: CallArguments,
  sure: boolean,
  frame: Frame,
): Value {
  const [key, fallback] = args.args;
  const field = key ? dictionaryKey(key) : null;
  const self: Value = [{ k: 'obj', obj }];
  switch (name) {
    case 'get':
    case 'pop':
    case 'setdefault': {
      const value = readOrDefault(m, obj, key, field, fallback ?? (name === 'pop' ? UNKNOWN : NONE), frame);
      if (name === 'pop' && field !== null && obj.fields.has(field))
        m.heap.write(obj, field, sure ? ABSENT : joinValues(obj.fields.get(field) ?? [], ABSENT));
      if (name === 'setdefault' && field !== null)
        m.heap.write(obj, field, sure ? value : joinValues(value, obj.fields.get(field) ?? ABSENT));
      return value;
    }
    case 'update':
      updateDictionary(m, obj, args);
      return NONE;
    case 'copy': {
      const copy = newObject('dict');
      for (const [entry, value] of obj.fields) copy.fields.set(entry, value);
      return [{ k: 'obj', obj: copy }];
    }
    case 'keys':
      return [{ k: 'seq', ...readSequence(self) }];
    case 'values':
      return [{ k: 'seq', items: [], rest: joinAll([...obj.fields.values()].map(present)) }];
    case 'items':
    case 'iteritems':
      return listItems(obj);
    default:
      return UNKNOWN;
  }
}

function readOrDefault(
  m: Machine,
  obj: HeapObject,
  key: Value | undefined,
  field: string | null,
  fallback: Value,
  frame: Frame,
): Value {
  if (field === null) return key ? joinValues(readItem(m, [{ k: 'obj', obj }], key, frame), fallback) : UNKNOWN;
  const found = obj.fields.get(field);
  // Unknown keys do not disturb the default, as with parameters.
  return found ? withFallback(m.feasible(found), fallback) : fallback;
}

function updateDictionary(m: Machine, obj: HeapObject, args: CallArguments): void {
  const entries = new Map<string, Value>();
  for (const value of args.args) copyEntries(value, entries);
  for (const [name, value] of args.kw) entries.set(`s:${name}`, value);
  for (const [key, value] of entries) {
    m.heap.write(obj, key, withFallback(m.feasible(value), obj.fields.get(key) ?? ABSENT));
  }
}

function listItems(obj: HeapObject): Value {
  const items: Value[] = [];
  let open = false;
  for (const [key, value] of obj.fields) {
    if (key.startsWith('s:')) {
      const name: Value = [{ k: 'text', parts: [{ kind: 'literal', text: key.slice(2), uri: '', segments: [] }] }];
      items.push([{ k: 'seq', items: [name, present(value)], rest: null }]);
    } else open = true;
  }
  return [{ k: 'seq', items, rest: open ? [{ k: 'seq', items: [UNKNOWN, UNKNOWN], rest: null }] : null }];
}

/** A method of something unknown: mappings and lists are guessed by the names of their methods. */
function callDataMethod(
  m: Machine,
  name: string,
  data: Extract<Alternative, { k: 'data' }>,
  args: CallArguments,
  frame: Frame,
  range: TextRange,
): Value {
  const [key] = args.args;
  const answer = callMessage(m, name, data, args);
  if (answer) return answer;
  switch (name) {
    case 'get':
    case 'pop':
    case 'setdefault':
      return key ? readItem(m, [data], key, frame) : readItem(m, [data], UNKNOWN, frame);
    case 'update':
      updateDictionary(m, data.obj, args);
      return NONE;
    case 'append':
    case 'add':
      if (key) m.heap.write(data.obj, '#each', joinValues(key, data.obj.fields.get('#each') ?? UNKNOWN));
      return NONE;
    case 'copy':
      return [data];
    case 'read':
      return readOpenFile(data) ?? newData(data.obj.log);
    case 'values':
      return [{ k: 'seq', items: [], rest: readItem(m, [data], UNKNOWN, frame) }];
    case 'items':
      return [
        {
          k: 'seq',
          items: [],
          rest: [{ k: 'seq', items: [UNKNOWN, readItem(m, [data], UNKNOWN, frame)], rest: null }],
        },
      ];
    default:
      if (SEARCHING_METHODS.has(name)) expectLogs([[data]]);
      if (!data.obj.log) m.noteUnresolved(frame, range, name);
      supposeCallbacks(m, args, frame, range);
      return newData(data.obj.log);
  }
}

function callListMethod(
  m: Machine,
  name: string,
  list: Extract<Alternative, { k: 'obj' }>,
  args: CallArguments,
  frame: Frame,
  range: TextRange,
): Value {
  const view = readSequence([list]);
  const [value] = args.args;
  switch (name) {
    case 'append':
    case 'add':
      if (value)
        m.heap.write(list.obj, '#', [
          view.rest === null
            ? { k: 'seq', items: [...view.items, value], rest: null }
            : { k: 'seq', items: view.items, rest: joinValues(view.rest, value) },
        ]);
      return NONE;
    case 'extend':
    case 'insert':
    case 'update': {
      const added = readSequence((name === 'insert' ? args.args[1] : value) ?? UNKNOWN);
      const rest = joinAll([
        view.rest ?? [],
        ...added.items,
        added.rest ?? [],
        ...(name === 'insert' && args.args[1] ? [args.args[1]] : []),
      ]);
      m.heap.write(list.obj, '#', [{ k: 'seq', items: view.items, rest }]);
      return NONE;
    }
    case 'pop':
      return joinAll([...view.items, view.rest ?? []]);
    case 'copy':
      return newList({ k: 'seq', items: view.items, rest: view.rest });
    default:
      supposeCallbacks(m, args, frame, range);
      return name === 'remove' || name === 'sort' ? NONE : UNKNOWN;
  }
}
