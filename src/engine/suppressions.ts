import type { ModuleFacts } from '../model/facts';
import type { Finding } from '../model/finding';
import { positionAt } from '../model/text';

/** Marks the findings that a `# noqa` on their first line covers: a bare one covers all, codes cover their rules. */
export function markSuppressed(
  findings: readonly Finding[],
  facts: Pick<ModuleFacts, 'suppressions' | 'lineStarts'>,
): Finding[] {
  if (facts.suppressions.length === 0) return [...findings];
  const byLine = new Map(facts.suppressions.map((suppression) => [suppression.line, suppression]));
  return findings.map((finding) => {
    const suppression = byLine.get(positionAt(facts.lineStarts, finding.range.start).line);
    const covered = suppression && (suppression.codes.length === 0 || suppression.codes.includes(finding.rule));
    return covered ? { ...finding, suppressed: true, suppressionReason: suppression.reason } : finding;
  });
}
