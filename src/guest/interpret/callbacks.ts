import type { TextRange } from '../../model/text';
import { readSequence } from './containers';
import type { CallArguments, Frame, Machine } from './machine';
import { viaRoute } from './locate';
import type { Value } from './values';

/**
 * Functions given to code that cannot be read may be called by it: with what stands behind them (`submit(function, argument)`,
 * `Thread(target=function, args=(argument,))`), else with arguments that are not known.
 */
export function supposeCallbacks(m: Machine, args: CallArguments, frame: Frame, range: TextRange): void {
  args.args.forEach((value, i) => supposeCall(m, value, args.args.slice(i + 1), frame, range));
  const named = args.kw.get('args');
  for (const [name, value] of args.kw)
    supposeCall(m, value, name === 'target' && named ? readSequence(named).items : [], frame, range);
}

function supposeCall(m: Machine, value: Value, behind: readonly Value[], frame: Frame, range: TextRange): void {
  const callbacks = value.filter(isCallback);
  if (callbacks.length === 0) return;
  const given = behind.some((other) => other.some(isCallback)) ? [] : behind;
  m.supposedDepth++;
  viaRoute(m, { k: 'supposed' }, frame, range, () =>
    m.maybe(() => m.call(callbacks, { args: given, kw: new Map(), openArgs: true, openKw: true }, frame, range, null)),
  );
  m.supposedDepth--;
}

function isCallback(alternative: Value[number]): boolean {
  return alternative.k === 'fn' || alternative.k === 'lambda' || alternative.k === 'partial';
}
