import type { FunctionFacts } from '../model/facts';
import { positionAt } from '../model/text';
import type { FixFile } from './fixContext';

/**
 * Start of the line above which a new decorator goes: the `def`, or the `services` decorator, which Tempest's own checks want to
 * see right above it.
 */
export function decoratorPlace(file: FixFile, fn: FunctionFacts): number {
  const last = fn.decorators[fn.decorators.length - 1];
  const isService = last?.k === 'call' && last.fn.k === 'attr' && last.fn.attr === 'services';
  const line = positionAt(file.facts.lineStarts, isService ? last.s : fn.nameRange.start).line;
  return file.facts.lineStarts[line] ?? 0;
}
