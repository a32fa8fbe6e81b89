import type { Guideline } from '../model/guideline';
import { ExitError } from './exitError';
import type { OpenedIndex } from './openIndex';

/**
 * The one guideline that a command works on.
 * @throws ExitError when there is none or more than one.
 */
export function pickGuideline({ guidelines, places }: OpenedIndex, command: string): Guideline {
  const [first, ...others] = guidelines;
  if (!first) throw new ExitError(`${command}: there is no guideline under the roots. Name one with --guideline FILE.`);
  if (others.length === 0) return first;
  const found = guidelines.map(({ uri }) => places.pathOf(uri)).join(', ');
  throw new ExitError(
    `${command}: one guideline is wanted, and there are ${guidelines.length} (${found}). Name one with --guideline FILE.`,
  );
}
