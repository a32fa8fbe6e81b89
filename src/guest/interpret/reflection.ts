import { printText, type EvaluatedText } from '../../model/commandText';
import type { TextRange } from '../../model/text';
import { clientManagerOf } from './framework';
import type { CallArguments, Frame, Machine } from './machine';
import { locate } from './locate';
import {
  FALSE,
  UNKNOWN,
  constantText,
  joinAll,
  joinValues,
  mayBeAbsent,
  present,
  type Alternative,
  type Value,
} from './values';

/** A computed name that fits more members than this says nothing. */
const MAX_MATCHES = 12;

/** `getattr(obj, name[, default])`: a computed name stands for every member that fits its known parts. */
export function getAttributesMatching(m: Machine, args: CallArguments, frame: Frame, range: TextRange): Value {
  const [target, name, fallback] = args.args;
  if (!target || !name) return UNKNOWN;
  const results: Value[] = [];
  for (const alternative of name) {
    const exact = constantText([alternative]);
    if (exact !== null) {
      const holders = fallback ? target.filter((one) => !lacksAttribute(m, one, exact)) : target;
      if (present(holders).length > 0)
        results.push(noteComputed(m, m.getAttribute(holders, exact, frame, range), exact, frame, range));
    } else if (alternative.k === 'text') results.push(matchMembers(m, target, alternative.parts, frame, range));
    else if (target.every((one) => one.k === 'conf'))
      results.push(target.map((one): Alternative => (one.k === 'conf' ? { k: 'unknown' } : one)));
    else results.push(UNKNOWN);
  }
  const found = joinAll(results);
  const sure = name.every((alternative) => {
    const exact = constantText([alternative]);
    return exact !== null && present(target).every((one) => hasAttribute(m, one, exact));
  });
  return fallback && !sure ? joinValues(found, fallback) : found;
}

/** `hasattr(obj, name)`: false where the attribute cannot be there, else unknown. */
export function checkAttribute(m: Machine, args: CallArguments): Value {
  const [target, name] = args.args;
  const exact = name ? constantText(name) : null;
  const holders = present(target ?? []);
  if (exact === null || holders.length === 0) return UNKNOWN;
  return holders.every((one) => lacksAttribute(m, one, exact)) ? FALSE : UNKNOWN;
}

/** Members of `unittest.TestCase` and testtools' that are not told by their spelling. */
const OF_TEST_CASE: ReadonlySet<string> = new Set(['id', 'run', 'fail', 'debug', 'patch', 'skip']);

/**
 * True for an attribute that a test cannot have: nothing that has run has set it, no method that may have run sets it, no class
 * defines it, and it is not spelt like a member of the test libraries' own classes (`addCleanup`).
 */
function lacksAttribute(m: Machine, alternative: Alternative, name: string): boolean {
  if (alternative.k !== 'obj' || !alternative.obj.cls || !m.isTestClass(alternative.obj.cls)) return false;
  const { cls, fields } = alternative.obj;
  if (OF_TEST_CASE.has(name) || name.startsWith('_') || /[A-Z]/.test(name)) return false;
  if (fields.has(name) || m.attributeAssignments(cls, name).length > 0) return false;
  if (clientManagerOf(m, cls, name)) return false;
  return !m.project
    .orderOf(cls)
    .some(
      (ancestor) =>
        typeof ancestor !== 'string' &&
        (ancestor.members.has(name) || ancestor.members.has('__getattr__') || m.classState(ancestor).fields.has(name)),
    );
}

/** True for what code has set or a class defines; what some method would set if it were called may be missing. */
function hasAttribute(m: Machine, alternative: Alternative, name: string): boolean {
  if (alternative.k === 'module') return m.readModuleName(alternative.module, name).length > 0;
  if (alternative.k === 'conf') return true;
  const cls = alternative.k === 'obj' ? alternative.obj.cls : alternative.k === 'class' ? alternative.cls : null;
  const isSet = (value: Value | undefined): boolean => value !== undefined && !mayBeAbsent(value);
  if (alternative.k === 'obj' && isSet(alternative.obj.fields.get(name))) return true;
  return (
    cls !== null &&
    m.project
      .orderOf(cls)
      .some(
        (ancestor) =>
          typeof ancestor !== 'string' &&
          (ancestor.members.has(name) || isSet(m.classState(ancestor).fields.get(name))),
      )
  );
}

function matchMembers(m: Machine, target: Value, parts: EvaluatedText, frame: Frame, range: TextRange): Value {
  const literals = parts
    .filter((part) => part.kind === 'literal')
    .map((part) => (part.kind === 'literal' ? part.text : ''));
  if (literals.join('').length < 2) return UNKNOWN;
  const fits = new RegExp(
    `^${parts.map((part) => (part.kind === 'literal' ? escapeText(part.text) : '.*')).join('')}$`,
  );
  const matches: Value[] = [];
  for (const alternative of present(target)) {
    for (const member of memberNames(m, alternative)) {
      if (fits.test(member) && matches.length < MAX_MATCHES)
        matches.push(m.getAttribute([alternative], member, frame, range));
    }
  }
  return matches.length > 0 ? noteComputed(m, joinAll(matches), printText(parts), frame, range, false) : UNKNOWN;
}

/** The same value, knowing by what computed name it was found. */
function noteComputed(m: Machine, value: Value, name: string, frame: Frame, range: TextRange, exact = true): Value {
  if (!m.reasons) return value;
  const source = { k: 'computed', at: locate(frame, range), name, exact } as const;
  return value.map((alternative) => (alternative.k === 'fn' ? { ...alternative, source } : alternative));
}

function escapeText(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function memberNames(m: Machine, alternative: Alternative): string[] {
  const cls = alternative.k === 'obj' ? alternative.obj.cls : alternative.k === 'class' ? alternative.cls : null;
  const names = new Set<string>();
  if (alternative.k === 'obj')
    for (const key of alternative.obj.fields.keys()) if (!key.startsWith('#') && !key.includes(':')) names.add(key);
  if (alternative.k === 'module') for (const key of alternative.module.scope.names.keys()) names.add(key);
  if (cls) {
    for (const ancestor of m.project.orderOf(cls))
      if (typeof ancestor !== 'string') for (const key of ancestor.members.keys()) names.add(key);
  }
  return [...names].sort();
}
