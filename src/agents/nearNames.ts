import { findMeantWord } from '../model/meantWord';

const MOST = 5;

/**
 * What there is instead of a name that is not there, as a sentence: names that hold it, else those that are slips of it by their last part.
 * "" when nothing is near.
 */
export function tellNearNames(wanted: string, names: readonly string[]): string {
  const low = wanted.toLowerCase();
  const holding = names.filter((name) => name.toLowerCase().includes(low) || low.includes(name.toLowerCase()));
  const near = holding.length > 0 ? holding : findSlips(wanted, names);
  if (near.length === 0) return '';
  const more = near.length > MOST ? ` and ${String(near.length - MOST)} more` : '';
  return ` Near it are ${near.slice(0, MOST).join(', ')}${more}.`;
}

function findSlips(wanted: string, names: readonly string[]): readonly string[] {
  const meant = findMeantWord(lastPart(wanted), [...new Set(names.map(lastPart))]);
  return meant === null ? [] : names.filter((name) => lastPart(name) === meant);
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
