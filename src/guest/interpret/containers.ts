import { dataEntry } from './heap';
import { underLiterals } from './conditionalValues';
import type { Frame, Machine } from './machine';
import { viaRoute } from './locate';
import {
  UNKNOWN,
  constantText,
  joinAll,
  joinValues,
  present,
  type Alternative,
  type HeapObject,
  type Value,
} from './values';

/** What a value yields when it is iterated: known elements, then what may follow (`rest` null: nothing). */
export interface SequenceView {
  readonly items: readonly Value[];
  readonly rest: Value | null;
}

/** Reads a value as a sequence; several alternatives of equal length are joined element by element. */
export function readSequence(value: Value): SequenceView {
  const views = present(value).map(viewOf);
  const [first] = views;
  if (!first) return { items: [], rest: UNKNOWN };
  if (views.length === 1) return first;
  const sameLength = views.every((view) => view.rest === null && view.items.length === first.items.length);
  if (sameLength)
    return { items: first.items.map((_, i) => joinAll(views.map((view) => view.items[i] ?? []))), rest: null };
  return { items: [], rest: joinAll(views.flatMap((view) => [...view.items, view.rest ?? []])) };
}

function viewOf(alternative: Value[number]): SequenceView {
  switch (alternative.k) {
    case 'seq':
      return { items: alternative.items, rest: alternative.rest };
    case 'gen':
      return { items: [], rest: alternative.yielded };
    case 'data':
      return { items: [], rest: dataEntry(alternative.obj, '#each') };
    case 'obj': {
      const { obj } = alternative;
      if (obj.kind === 'list') return readSequence(obj.fields.get('#') ?? UNKNOWN);
      if (obj.kind === 'dict') return readKeys(obj.fields);
      const tuple = obj.fields.get('#tuple');
      return tuple ? readSequence(tuple) : { items: [], rest: UNKNOWN };
    }
    default:
      return { items: [], rest: UNKNOWN };
  }
}

function readKeys(fields: ReadonlyMap<string, Value>): SequenceView {
  const items: Value[] = [];
  let rest: Value | null = null;
  for (const key of fields.keys()) {
    if (key.startsWith('s:'))
      items.push([{ k: 'text', parts: [{ kind: 'literal', text: key.slice(2), uri: '', segments: [] }] }]);
    else rest = UNKNOWN;
  }
  return { items, rest };
}

/** `container[key]`. */
export function readItem(m: Machine, container: Value, key: Value, frame: Frame): Value {
  const results: Value[] = [];
  for (const alternative of present(m.feasible(container))) {
    const item = m.under(alternative.when, () => m.feasible(readItemOf(m, alternative, key, frame)));
    results.push(underLiterals(item, alternative.when ?? []));
  }
  return results.length > 0 ? joinAll(results) : UNKNOWN;
}

function readItemOf(m: Machine, alternative: Alternative, key: Value, frame: Frame): Value {
  if (alternative.k === 'data') return readData(alternative.obj, key);
  if (alternative.k === 'obj' && alternative.obj.kind === 'dict') return readEntry(m, alternative.obj.fields, key);
  if (alternative.k === 'obj' && alternative.obj.kind === 'instance')
    return readInstanceItem(m, alternative, key, frame);
  if (alternative.k === 'seq' || (alternative.k === 'obj' && alternative.obj.kind === 'list'))
    return readIndex([alternative], key);
  if (alternative.k === 'conf') {
    const text = constantText(key);
    const path = alternative.path === '' ? text : `${alternative.path}.${text ?? ''}`;
    return text === null || path === null ? UNKNOWN : [{ k: 'conf', path }];
  }
  return alternative.k === 'ext' ? [{ k: 'ext', path: `${alternative.path}[]` }] : UNKNOWN;
}

function readData(obj: HeapObject, key: Value): Value {
  const text = constantText(key);
  return dataEntry(obj, text === null ? '#each' : `s:${text}`);
}

/** `instance[key]`: what was stored under the key, or the class's `__getitem__`. */
function readInstanceItem(
  m: Machine,
  alternative: Extract<Value[number], { k: 'obj' }>,
  key: Value,
  frame: Frame,
): Value {
  const text = constantText(key);
  const stored = text === null ? undefined : alternative.obj.fields.get(`s:${text}`);
  if (stored) return stored;
  const tuple = alternative.obj.fields.get('#tuple');
  if (tuple) return readIndex(tuple, key);
  const method = alternative.obj.cls ? m.project.findMember(alternative.obj.cls, '__getitem__') : null;
  if (!method) return UNKNOWN;
  const range = { start: 0, end: 0 };
  const callee = m.getAttribute([alternative], '__getitem__', frame, range);
  return viaRoute(m, { k: 'special-method', method: '__getitem__' }, frame, range, () =>
    m.call(callee, { args: [key], kw: new Map(), openArgs: false, openKw: false }, frame, range, null),
  );
}

function readEntry(m: Machine, fields: ReadonlyMap<string, Value>, key: Value): Value {
  const texts = key.map((alternative) => constantText([alternative]));
  if (texts.length > 0 && texts.every((text) => text !== null)) {
    const found = m.feasible(joinAll(texts.map((text) => fields.get(`s:${text}`) ?? [])));
    const known = present(found);
    if (known.length > 0) return known;
    return fields.get('#open') ?? UNKNOWN;
  }
  const numbers = key.every((alternative) => alternative.k === 'num');
  if (numbers) {
    const [only] = key;
    const found = only?.k === 'num' ? fields.get(`n:${String(only.v)}`) : undefined;
    if (found) return present(found);
  }
  // The key is not known: any entry.
  const all = joinAll([...fields.values()].map(present));
  return all.length > 0 ? joinValues(all, UNKNOWN) : UNKNOWN;
}

function readIndex(sequence: Value, key: Value): Value {
  const view = readSequence(sequence);
  const [only] = key;
  if (key.length === 1 && only?.k === 'num') {
    const index = only.v < 0 && view.rest === null ? view.items.length + only.v : only.v;
    return view.items[index] ?? view.rest ?? UNKNOWN;
  }
  const all = joinAll([...view.items, view.rest ?? []]);
  return all.length > 0 ? all : UNKNOWN;
}
