import type { Finding, Fix } from '../model/finding';
import type { TextEdit } from '../model/text';
import { collide } from '../model/textEdits';

/** What is to be applied in one go, and the findings that have to wait because their edits collide with others. */
export interface ChosenFixes {
  readonly taken: readonly { readonly finding: Finding; readonly fix: Fix }[];
  readonly waiting: readonly Finding[];
}

/**
 * The first fix of each finding that `isWanted` takes, as far as their edits can be made together. Suppressed findings are left alone.
 * @param fixesOf the ways out of a finding, best first
 */
export function chooseFixes(
  findings: readonly Finding[],
  fixesOf: (finding: Finding) => readonly Fix[],
  isWanted: (fix: Fix) => boolean,
): ChosenFixes {
  const taken: { finding: Finding; fix: Fix }[] = [];
  const edits: TextEdit[] = [];
  const waiting: Finding[] = [];
  for (const finding of findings) {
    const fix = finding.suppressed ? undefined : fixesOf(finding).find(isWanted);
    if (fix === undefined) continue;
    if (fix.edits.some((edit) => edits.some((other) => collide(edit, other)))) {
      waiting.push(finding);
      continue;
    }
    taken.push({ finding, fix });
    edits.push(...fix.edits);
  }
  return { taken, waiting };
}
