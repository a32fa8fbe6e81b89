import { fileURLToPath } from 'node:url';
import { readCommitted } from '../engine/git/node';
import type { OpenedIndex } from './openIndex';

/** Tells the index what git has committed of its guidelines, so that changes to approved ones are found. */
export async function noteCommitted({ view, setCommitted }: OpenedIndex): Promise<void> {
  const texts = new Map<string, string | null>();
  for (const { uri } of view.guidelines()) texts.set(uri, await readCommitted(fileURLToPath(uri)));
  setCommitted(texts);
}
