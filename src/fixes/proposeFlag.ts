import { findGuestRule } from '../guest/catalogue/rules';
import type { Finding, Fix } from '../model/finding';
import type { GuestSite } from '../model/guestSite';
import { compareLevels } from '../model/guestLevel';
import type { TextEdit } from '../model/text';
import type { TraceEntry } from '../model/trace';
import type { FixContext, Offer, ReachedBy } from './fixContext';
import { addFlag, describeGuestFlag, type FlagFields } from './guideline/flagTest';
import { openGuidelineFile } from './guideline/guidelineFile';

/** More tests than this to choose from help nobody. */
const MAX_TESTS = 3;

/**
 * Flags, in every guideline that counts today, a test that comes to the finding: the evidence is the reason. Only for what asks a POSIX or
 * Linux system of the guest, and only for tests that a guideline lists unflagged.
 */
export function proposeFlag(finding: Finding, context: FixContext): Offer {
  const level = findGuestRule(finding.rule)?.level ?? null;
  if (level === null || compareLevels(level, 'posix') < 0) return 'the rule by itself asks nothing of the guest';
  const date = context.today?.();
  if (date === undefined) return 'the date is not known';
  const fixes: Fix[] = [];
  const seen = new Set<string>();
  for (const reached of context.sitesAt?.(finding) ?? []) {
    if (fixes.length >= MAX_TESTS || seen.has(reached.test)) continue;
    seen.add(reached.test);
    const fix = flagIn(finding, reached, date, context);
    if (fix !== null) fixes.push(fix);
  }
  return fixes.length > 0 ? fixes : 'no guideline lists a test that comes here, or it is flagged already';
}

function flagIn(finding: Finding, { test, site }: ReachedBy, date: string, context: FixContext): Fix | null {
  const shown = test.split('.').slice(-2).join('.');
  const fields = { ...describeGuestFlag({ message: describeEvidence(finding, site) }, shown), date };
  const listed = (context.currentEntriesOf?.(test) ?? []).filter(isAskedFor);
  const edits = listed.flatMap((entry) => flagEntry(entry, fields, context) ?? []);
  if (edits.length === 0) return null;
  const where = [...new Set(listed.map(({ guideline }) => guideline.id.value))].sort().join(' and ');
  return {
    id: 'flag-test',
    title: `Propose a flag for ${shown} in ${where}`,
    safe: false,
    note: 'The evidence is the reason; the board decides. The test stays as it is.',
    edits,
    keepsFinding: true,
    onlyByHand: true,
  };
}

/** Removed capabilities ask for nothing. */
function isAskedFor({ components }: TraceEntry): boolean {
  return components.some(({ status }) => status === 'required' || status === 'advisory');
}

function flagEntry(
  { guideline, capability, entry }: TraceEntry,
  fields: FlagFields,
  context: FixContext,
): TextEdit | null {
  const file = openGuidelineFile(guideline.uri, context);
  return file === null ? null : addFlag(file, { capability, entry }, fields);
}

/** What is found, and the calls on the way there: `A.test_x → C.list → C.get: \`lsblk\` is …` */
function describeEvidence(finding: Finding, site: GuestSite): string {
  const [what = ''] = finding.message.split(' Reached by ');
  const steps = site.path.map((step) => step.function);
  return steps.length > 1 ? `${steps.join(' → ')}: ${what}` : what;
}
