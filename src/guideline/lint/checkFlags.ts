import type { Guideline, GuidelineTest, TestFlag } from '../../model/guideline';
import { FLAG_CODES } from '../guidelineVocabulary';
import type { LintDraft } from './lintDraft';

/** The flag blocks of a file (interop HACKING rules D307 and D309). Parallel lists of 1.0 and 1.2 hold nothing to check. */
export function checkFlags(guideline: Guideline): LintDraft[] {
  return guideline.capabilities.flatMap(({ tests }) =>
    tests.flatMap((entry) => (entry.flag === null || entry.flag.key === 'list' ? [] : checkFlag(entry, entry.flag))),
  );
}

function checkFlag(entry: GuidelineTest, flag: TestFlag): LintDraft[] {
  const result: LintDraft[] = [];
  const at = flag.reason?.range ?? { start: flag.range.start, end: flag.range.start + 1 };
  const missing = (['reason', 'action', 'date'] as const).filter((field) => (flag[field]?.value.trim() ?? '') === '');
  if (missing.length > 0) {
    const message = `The flag of "${entry.name.value}" lacks ${missing.join(', ')}: D307 asks for reason, action and date.`;
    result.push({ rule: 'IL419', range: at, message });
  }
  if (flag.key === 'flag') {
    const message = 'The key is "flag" here; RefStack and the consistency check read only "flagged".';
    result.push({ rule: 'IL416', range: { start: flag.range.start, end: flag.range.start + 1 }, message });
  }
  if (flag.reason === null || flag.reason.value.trim() === '') return result;
  const { code } = flag;
  if (code === null || !flag.reason.value.trimStart().startsWith(`[${code}]`)) {
    const example = code === null ? '"[D404] …"' : `"[${code}] …"`;
    result.push({
      rule: 'IL417',
      range: at,
      message: `A flag reason starts with its type in brackets, as in ${example} (D309).`,
    });
  }
  if (code !== null && FLAG_CODES[code] === undefined) {
    result.push({
      rule: 'IL418',
      range: at,
      message: `${code} is not a flag type; ${Object.keys(FLAG_CODES).join(', ')} are.`,
    });
  }
  return result;
}
