import { VERDICTS, type Verdict, type VerdictCounts } from '../model/whatIfVerdict';

/** `holds` for none. */
export function worstVerdict(verdicts: Iterable<Verdict>): Verdict {
  let worst: Verdict = 'holds';
  for (const verdict of verdicts) if (compareVerdicts(verdict, worst) > 0) worst = verdict;
  return worst;
}

/** `blocked` for none. */
export function bestVerdict(verdicts: Iterable<Verdict>): Verdict {
  let best: Verdict = 'blocked';
  for (const verdict of verdicts) if (compareVerdicts(verdict, best) < 0) best = verdict;
  return best;
}

/** Negative when `a` is the better one. */
export function compareVerdicts(a: Verdict, b: Verdict): number {
  return VERDICTS.indexOf(a) - VERDICTS.indexOf(b);
}

export function countVerdicts(verdicts: Iterable<Verdict>): VerdictCounts {
  const counts = { holds: 0, unknown: 0, blocked: 0 };
  for (const verdict of verdicts) counts[verdict]++;
  return counts;
}

/** Order by UTF-16 code units: the same on every machine. */
export function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
