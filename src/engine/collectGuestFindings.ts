import { findingsOfOptions } from '../guest/findingsOfOptions';
import { compareFindings, findingsOfSites } from '../guest/findingsOfSites';
import type { ModuleFacts } from '../model/facts';
import type { Finding } from '../model/finding';
import type { GuestSite } from '../model/guestSite';
import { markSuppressed } from './suppressions';

/**
 * Guest findings that stand in one file, sorted by place.
 * @param facts of a Python file; undefined for a template, which declares no options and has no `noqa`
 * @param sites those that have to do with the file, each with a test that reaches it
 * @param capabilitiesOf required capabilities that list a test
 */
export function collectGuestFindings(
  uri: string,
  facts: ModuleFacts | undefined,
  sites: readonly { readonly site: GuestSite; readonly test: string }[],
  capabilitiesOf: (test: string) => readonly string[],
): readonly Finding[] {
  const reached = sites.map(({ site, test }) => ({ site, tests: [test], requiredCapabilities: capabilitiesOf(test) }));
  const ofSites = findingsOfSites(reached).filter((finding) => finding.uri === uri);
  if (!facts) return ofSites;
  return markSuppressed([...ofSites, ...findingsOfOptions(facts)].sort(compareFindings), facts);
}
