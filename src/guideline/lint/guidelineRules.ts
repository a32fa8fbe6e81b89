import type { RuleInfo, Severity } from '../../model/finding';

/**
 * A rule of guideline files. `severity` holds for drafts, where everything can still be put right. An approved guideline
 * may only be corrected in places, a superseded one is history: what nobody can or should change there is said quietly.
 */
export interface GuidelineRule extends Omit<RuleInfo, 'url'> {
  readonly approved: Severity;
  readonly superseded: Severity;
}

function rule(
  id: string,
  name: string,
  [severity, approved, superseded]: readonly [Severity, Severity, Severity],
  summary: string,
): GuidelineRule {
  return { id, name, severity, approved, superseded, summary };
}

/** Severity of a slip that only matters as long as the file is a draft. */
const DRAFT_MATTER = ['warning', 'info', 'info'] as const;
const SERIOUS = ['error', 'warning', 'info'] as const;
const LASTING = ['warning', 'warning', 'info'] as const;
const QUIET = ['info', 'hint', 'hint'] as const;
/** A change to what is published is no quirk of the past: it is as loud in a superseded guideline. */
const CHANGE = ['warning', 'warning', 'warning'] as const;

/** Every rule of guideline files, by id: 40x–42x the file itself and its siblings, 43x its links to the tests, 429 and 439 on what
 * changes from one guideline to the next and against what is committed. */
export const GUIDELINE_RULES = [
  rule('IL401', 'unknown-key', DRAFT_MATTER, 'A key that the schema does not know, often a slip of the pen'),
  rule('IL402', 'duplicate-key', ['error', 'error', 'info'], 'A key that stands twice in one object'),
  rule(
    'IL403',
    'required-since-spelling',
    QUIET,
    'required-since and required_since: the spelling of the other schema',
  ),
  rule('IL404', 'unknown-achievement', DRAFT_MATTER, 'An achievement that is none of the criteria'),
  rule('IL405', 'undefined-capability', SERIOUS, 'A component lists a capability that the file does not define'),
  rule('IL406', 'unlisted-capability', DRAFT_MATTER, 'A capability that no component lists'),
  rule('IL407', 'capability-without-tests', DRAFT_MATTER, 'A capability that no test proves'),
  rule('IL408', 'capability-listed-twice', SERIOUS, 'A component lists a capability twice, or under two statuses'),
  rule('IL409', 'test-listed-twice', DRAFT_MATTER, 'A capability lists the same test twice'),
  rule('IL410', 'test-in-two-capabilities', QUIET, 'The same test under several capabilities'),
  rule('IL411', 'duplicate-id', LASTING, 'The same idempotent id under two keys'),
  rule('IL412', 'malformed-id', SERIOUS, 'An idempotent id that holds no UUID'),
  rule('IL413', 'tags-behind-id', DRAFT_MATTER, 'Attributes of a test list copied into the idempotent id'),
  rule('IL414', 'missing-id', LASTING, 'A test entry without an idempotent id'),
  rule('IL415', 'id-without-prefix', QUIET, 'A bare UUID where main guidelines write id-<uuid>'),
  rule('IL416', 'flag-key', ['info', 'info', 'info'], 'flag instead of flagged, which RefStack does not read'),
  rule('IL417', 'flag-reason-code', DRAFT_MATTER, 'A flag reason that does not start with its type in brackets (D309)'),
  rule('IL418', 'unknown-flag-code', LASTING, 'A flag type that is not defined'),
  rule('IL419', 'incomplete-flag', LASTING, 'A flag without reason, action or date (D307)'),
  rule('IL420', 'id-contradicts-file', SERIOUS, 'The guideline id contradicts the file name'),
  rule('IL421', 'source-contradicts-file', DRAFT_MATTER, 'The source URL names another guideline file'),
  rule('IL422', 'unknown-guideline-status', LASTING, 'A guideline status that is not in use'),
  rule('IL423', 'below-cutoff', QUIET, 'A required capability whose achievements sum up below the cutoff score'),
  rule('IL424', 'useless-alias', QUIET, 'An alias that repeats the key or another alias'),
  rule('IL425', 'test-name-form', DRAFT_MATTER, 'A test name that is not package.module.Class.test_name'),
  rule('IL426', 'required-without-advisory', DRAFT_MATTER, 'A capability became required without having been advisory'),
  rule(
    'IL427',
    'removed-without-deprecated',
    DRAFT_MATTER,
    'A required capability went without having been deprecated',
  ),
  rule('IL428', 'flag-not-mirrored', ['info', 'info', 'hint'], 'A flag of an approved guideline is not in next (D308)'),
  rule('IL429', 'flag-carried-over', QUIET, 'A flag of a new guideline was taken over from the one before (D312)'),
  rule('IL430', 'test-removed', SERIOUS, 'No test carries the id, and no name of the entry is live'),
  rule('IL431', 'id-mismatch', ['error', 'error', 'info'], 'Name and idempotent id point to different tests'),
  rule('IL432', 'test-renamed', DRAFT_MATTER, 'The test lives under a name that the entry does not know'),
  rule('IL433', 'test-moved', DRAFT_MATTER, 'The test moved to another module'),
  rule('IL434', 'alias-conflict', LASTING, 'An alias names another live test'),
  rule('IL435', 'dead-alias', QUIET, 'Neither the key nor this alias names a live test'),
  rule('IL436', 'placeholder-test', LASTING, 'A key that stands in for a test still to be named'),
  rule('IL437', 'only-alias-live', QUIET, 'Only an alias names the test as it is called today'),
  rule('IL438', 'name-not-found', DRAFT_MATTER, 'An entry without an id whose names are not live'),
  rule('IL439', 'releases-not-in-row', DRAFT_MATTER, 'Releases are missing, repeated or leave one out (D305)'),
  rule(
    'IL440',
    'approved-tests-changed',
    ['error', 'error', 'warning'],
    'The test list of an approved guideline differs from what is committed (D301)',
  ),
  rule('IL441', 'flag-in-old-guideline', CHANGE, 'A new flag outside of next and the newest approved guideline (D300)'),
  rule('IL442', 'flag-withdrawn', CHANGE, 'A flag of an approved guideline is gone (D311)'),
  rule('IL443', 'admin-capability-required', DRAFT_MATTER, 'A required capability that only administrators may use'),
  rule('IL444', 'flag-of-live-test', QUIET, 'A flag says that the test was removed, and the test is there (D302)'),
  rule(
    'IL445',
    'required-since-value',
    DRAFT_MATTER,
    'required-since is missing, no edition, or later than the guideline (D304)',
  ),
  rule('IL446', 'replaces-contradicts', QUIET, 'replaces names a guideline that is not the one before (D304)'),
] as const satisfies readonly GuidelineRule[];

/** The rule of an id; throws for an id that is not in the table (a programming error). */
export function findGuidelineRule(id: string): GuidelineRule {
  const found = GUIDELINE_RULES.find((row) => row.id === id);
  if (found === undefined) throw new Error(`no guideline rule ${id}`);
  return found;
}
