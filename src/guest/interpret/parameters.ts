import type { Param } from '../../model/facts';
import { separate, withFallback } from './conditionalValues';
import { newObject } from './heap';
import type { HeapObject } from './values';
import type { CallArguments, Frame, Machine } from './machine';
import { UNKNOWN, mayBeAbsent, type Value } from './values';

/**
 * Binds arguments to parameters as Python does. A keyword that may be absent is joined with the default; a splat of unknown
 * keys does not disturb the defaults (an unknown mapping rarely names the parameter that matters, and assuming so would make
 * every `**kwargs` a login).
 * @param defaults makes the activation that defaults are evaluated in
 * @returns the bound values in parameter order
 */
export function bindParameters(
  m: Machine,
  params: readonly Param[],
  args: CallArguments,
  locals: HeapObject,
  defaults: () => Frame,
): Value[] {
  const positional = [...args.args];
  const keywords = new Map(args.kw);
  const bound: Value[] = [];
  for (const param of params) {
    const value = takeParameter(m, param, positional, keywords, args, defaults);
    locals.fields.set(param.name, separate(value));
    bound.push(value);
  }
  return bound;
}

/** True for a call that Python refuses: it surely names a parameter that the function does not have. */
export function namesUnknownParameter(params: readonly Param[], args: CallArguments): boolean {
  if (args.kw.size === 0 || params.some(({ kind }) => kind === 'dstar')) return false;
  const names = new Set(params.map(({ name }) => name));
  return [...args.kw].some(([name, value]) => !names.has(name) && value.length > 0 && !mayBeAbsent(value));
}

function takeParameter(
  m: Machine,
  param: Param,
  positional: Value[],
  keywords: Map<string, Value>,
  args: CallArguments,
  defaults: () => Frame,
): Value {
  if (param.kind === 'star') {
    const items = positional.splice(0);
    return [{ k: 'seq', items, rest: args.openArgs ? UNKNOWN : null }];
  }
  if (param.kind === 'dstar') return takeKeywords(keywords, args.openKw);
  const given = param.kind === 'plain' ? positional.shift() : undefined;
  if (given) return given;
  const named = keywords.get(param.name);
  keywords.delete(param.name);
  if (named && !mayBeAbsent(named)) return named;
  const fallback = param.default ? m.evaluate(param.default, defaults()) : UNKNOWN;
  return named ? withFallback(named, fallback) : fallback;
}

function takeKeywords(keywords: Map<string, Value>, open: boolean): Value {
  const obj = newObject('dict');
  for (const [name, value] of keywords) obj.fields.set(`s:${name}`, value);
  if (open) obj.fields.set('#open', UNKNOWN);
  return [{ k: 'obj', obj }];
}
