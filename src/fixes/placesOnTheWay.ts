import type { FunctionFacts } from '../model/facts';
import type { Finding, Fix } from '../model/finding';
import type { TextRange } from '../model/text';
import { waysTo } from './evidence';
import { findNodePath } from './findNode';
import { openFixFile, type FixContext, type FixFile } from './fixContext';

/** More places than this to choose from help nobody. */
const MAX_PLACES = 3;

/** A function on the way from a test to the finding, and the call in it that leads on. */
export interface PlaceOnTheWay {
  readonly file: FixFile;
  readonly fn: FunctionFacts;
  readonly range: TextRange;
}

/**
 * Fixes at the calls that lead to a finding, each function once. A finding in a helper is mended where the helper is called:
 * on its own flows first, then on the way from any other test.
 * @param fixAt the fix in one function, or why there is none there
 * @returns the fixes, or the reasons when there is none
 */
export function fixOnTheWay(
  finding: Finding,
  context: FixContext,
  fixAt: (place: PlaceOnTheWay) => Fix | string,
): readonly Fix[] | string {
  const fixes: Fix[] = [];
  const reasons = new Set<string>();
  const seen = new Set<string>();
  for (const step of [finding, ...waysTo(finding, context).flatMap(({ path }) => path)]) {
    const key = `${step.uri} ${step.range.start}`;
    if (seen.has(key) || fixes.length >= MAX_PLACES) continue;
    seen.add(key);
    const file = openFixFile(step.uri, context);
    const fn = file === null ? null : findNodePath(file.facts, step.range).fn;
    if (file === null || fn === null) continue;
    const fix = fixAt({ file, fn, range: step.range });
    if (typeof fix === 'string') {
      if (fix !== '') reasons.add(fix);
    } else if (!fixes.some((other) => JSON.stringify(other.edits) === JSON.stringify(fix.edits))) fixes.push(fix);
  }
  return fixes.length > 0 ? fixes : [...reasons].join('; ');
}
