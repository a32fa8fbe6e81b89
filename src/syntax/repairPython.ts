import type { TextRange } from '../model/text';
import { repairBrackets } from './repairBrackets';
import { repairHeaders, type Insertion } from './repairHeaders';

/** A half-typed text made so that a parser reads what stands around the stretches that are not finished. */
export interface RepairedText {
  readonly text: string;
  /** What was put in; everything else stands where it stood, or became `pass` there. */
  readonly inserted: readonly Insertion[];
  /** The stretches that are not finished, where they are written. */
  readonly broken: readonly TextRange[];
}

/** @returns null when nothing is found that could be repaired */
export function repairPython(text: string): RepairedText | null {
  const brackets = repairBrackets(text);
  const headers = repairHeaders(brackets?.text ?? text);
  if (!brackets && !headers) return null;
  return {
    text: headers?.text ?? brackets?.text ?? text,
    inserted: headers?.inserted ?? [],
    broken: [...(brackets?.replaced ?? []), ...(headers?.mended ?? [])],
  };
}
