import type { Expr } from '../../model/facts';
import type { Frame, Machine } from './machine';

/** Methods of lists, sets and dictionaries that may change whether there is something in them. */
export const CHANGING_METHODS: ReadonlySet<string> = new Set([
  'add',
  'append',
  'clear',
  'discard',
  'extend',
  'insert',
  'pop',
  'popitem',
  'remove',
  'setdefault',
  'update',
]);

/** A call may change what it is called on: questions about that are new ones from here on. */
export function noteChangingCall(m: Machine, callee: Expr, frame: Frame): void {
  if (callee.k === 'attr' && CHANGING_METHODS.has(callee.attr)) noteChanged(m, callee.obj, frame);
}

/** What a variable or an attribute holds was changed: what was answered of it before does not answer for it any more. */
export function noteChanged(m: Machine, holder: Expr, frame: Frame): void {
  if (holder.k === 'name') {
    const value = frame.locals.fields.get(holder.id);
    if (value) m.heap.write(frame.locals, holder.id, [...value]);
  } else if (holder.k === 'attr' && holder.obj.k === 'name') {
    const [owner] = frame.locals.fields.get(holder.obj.id) ?? [];
    const value = owner?.k === 'obj' ? owner.obj.fields.get(holder.attr) : undefined;
    if (owner?.k === 'obj' && value) m.heap.write(owner.obj, holder.attr, [...value]);
  }
}
