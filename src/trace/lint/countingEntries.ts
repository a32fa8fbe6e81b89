import { compareGuidelines, editionOf } from '../../guideline/guidelineOrder';
import { groupBy } from '../../model/groupBy';
import type { Guideline } from '../../model/guideline';
import type { TraceEntry } from '../../model/trace';

/**
 * The entries of one test that count: in each family of guidelines those of the current ones, or, where none of these lists
 * the test, those of the newest one that does. Newest first.
 * @param current addresses of the current guidelines
 */
export function pickCounting(entries: readonly TraceEntry[], current: ReadonlySet<string>): readonly TraceEntry[] {
  const sorted = [...entries].sort((a, b) => compareGuidelines(a.guideline, b.guideline));
  const families = groupBy(sorted, ({ guideline }) => editionOf(guideline).family);
  return [...families.values()].flatMap((family) => {
    const today = family.filter(({ guideline }) => current.has(guideline.uri));
    if (today.length > 0) return today;
    return family.filter(({ guideline }) => guideline === family[0]?.guideline);
  });
}

/** True for what nobody changes any more. */
export function isHistory({ kind, status }: Guideline): boolean {
  return kind === 'legacy' || status?.value === 'superseded';
}

/** `2020.06`, `2020.06 and next`, `2018.02, 2020.06 and next`, each guideline once, in the order given. */
export function nameGuidelines(entries: readonly TraceEntry[]): string {
  const names = [...new Set(entries.map(({ guideline }) => guideline.id.value))];
  const last = names.pop() ?? '';
  return names.length === 0 ? last : `${names.join(', ')} and ${last}`;
}
