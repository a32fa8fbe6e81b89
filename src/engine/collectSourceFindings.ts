import { findingsOfOptions } from '../guest/findingsOfOptions';
import { compareFindings, findingsOfSites } from '../guest/findingsOfSites';
import type { ModuleFacts } from '../model/facts';
import type { Finding } from '../model/finding';
import type { GuestIndex } from './guestIndex';
import type { GuidelineIndex } from './guidelineIndex';
import { markSuppressed } from './suppressions';
import type { TracedTests } from './tracedTests';

/**
 * Findings that stand in one source file, sorted by place: what its code asks of a guest, and what guidelines say of its tests.
 * @param facts of a Python file; undefined for a template, which declares no options, has no tests and no `noqa`
 */
export function collectSourceFindings(
  uri: string,
  facts: ModuleFacts | undefined,
  guest: GuestIndex,
  guidelines: GuidelineIndex,
  traced: TracedTests,
): readonly Finding[] {
  const reached = guest.sitesTouching(uri).map(({ site, test }) => ({
    site,
    tests: [test],
    requiredCapabilities: guidelines.requiredCapabilities(test),
  }));
  const ofSites = findingsOfSites(reached).filter((finding) => finding.uri === uri);
  if (!facts) return ofSites;
  const all = [...ofSites, ...findingsOfOptions(facts), ...traced.findings(uri)];
  return markSuppressed(all.sort(compareFindings), facts);
}
