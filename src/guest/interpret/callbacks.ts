import type { TextRange } from '../../model/text';
import type { CallArguments, Frame, Machine } from './machine';

/** Functions given to code that cannot be read may be called by it, with arguments that are not known. */
export function supposeCallbacks(m: Machine, args: CallArguments, frame: Frame, range: TextRange): void {
  for (const value of [...args.args, ...args.kw.values()]) {
    const callbacks = value.filter((alternative) => alternative.k === 'fn' || alternative.k === 'lambda' || alternative.k === 'partial');
    if (callbacks.length === 0) continue;
    m.supposedDepth++;
    m.maybe(() => m.call(callbacks, { args: [], kw: new Map(), openArgs: true, openKw: true }, frame, range, null));
    m.supposedDepth--;
  }
}
