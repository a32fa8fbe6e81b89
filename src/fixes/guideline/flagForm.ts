import { findingsOfSites } from '../../guest/findingsOfSites';
import { FLAG_CODES } from '../../guideline/guidelineVocabulary';
import { editionOf } from '../../guideline/guidelineOrder';
import { identifyTests } from '../../guideline/testIdentity';
import { compareLevels } from '../../model/guestLevel';
import type { TestDemand } from '../../model/guestSite';
import type { Guideline } from '../../model/guideline';
import type { TextEdit } from '../../model/text';
import type { FixContext } from '../fixContext';
import { addFlag, describeGuestFlag, type FlagFields } from './flagTest';
import { findEntryAt, findEntryBody, openGuidelineFile, type PlacedEntry } from './guidelineFile';

/** What a reviewer is asked before a test is flagged. */
export interface FlagForm {
  readonly entry: PlacedEntry;
  /** The type that the evidence speaks for comes first. */
  readonly proposals: readonly FlagProposal[];
  readonly date: string;
  /** The guideline `next` of the family, when it has the test without a flag. */
  readonly next: Guideline | null;
  /** False for schemas whose flags are lists of names. */
  readonly hasReason: boolean;
}

export interface FlagProposal extends Pick<FlagFields, 'reason' | 'action'> {
  readonly code: string;
  readonly meaning: string;
}

/** A form filled in. */
export interface WantedFlag extends FlagFields {
  /** The key that the form was for. */
  readonly test: string;
  /** Flag it in `next` as well. */
  readonly mirror: boolean;
}

/** What is mostly done about a flag of each type, in our own words. */
const ACTIONS: Readonly<Record<string, string>> = {
  D401: 'Remove the flag when the test is fixed.',
  D402: 'Remove the flag when the code is fixed.',
  D403: 'Make the test use required capabilities alone, then remove the flag.',
  D406: 'Remove the test from the next guideline.',
};
const OTHER_ACTION = 'Remove the test from the next guideline, or the flag when its reason is gone.';

/**
 * The form for the entry at an offset, or why it cannot be flagged (a sentence without a full stop).
 * @param guidelines all guidelines of the workspace, to find `next` among them
 */
export function proposeFlag(
  uri: string,
  offset: number,
  context: FixContext,
  guidelines: readonly Guideline[],
): FlagForm | string {
  const file = openGuidelineFile(uri, context);
  if (file === null) return 'the file is no guideline that can be read whole';
  const entry = findEntryAt(file.guideline, offset);
  if (entry === null) return 'no test of a guideline stands here';
  if (entry.entry.flag !== null) return 'the test is flagged already';
  return {
    entry,
    proposals: listProposals(uri, entry, context),
    date: context.today?.() ?? '',
    next: findTwin(file.guideline, entry, guidelines)?.next ?? null,
    hasReason: findEntryBody(file, entry.entry) !== null,
  };
}

/** The edits that flag the entry at an offset, and its twin in `next` when that is asked for; or why there are none. */
export function writeFlag(
  uri: string,
  offset: number,
  fields: WantedFlag,
  context: FixContext,
  guidelines: readonly Guideline[],
): readonly TextEdit[] | string {
  const file = openGuidelineFile(uri, context);
  const entry = file && findEntryAt(file.guideline, offset);
  if (!file || entry?.entry.name.value !== fields.test) return `${fields.test} does not stand here any more`;
  const edit = addFlag(file, entry, fields);
  if (edit === null) return 'the test is flagged already, or its place cannot be edited';
  if (!fields.mirror) return [edit];
  const twin = findTwin(file.guideline, entry, guidelines);
  const next = twin && openGuidelineFile(twin.next.uri, context);
  const mirrored = next && twin && addFlag(next, twin, fields);
  return mirrored ? [edit, mirrored] : 'the flag cannot be written to next';
}

function listProposals(uri: string, entry: PlacedEntry, context: FixContext): readonly FlagProposal[] {
  const traced = context.entriesOf?.(uri).find((one) => one.entry === entry.entry);
  const plain = Object.entries(FLAG_CODES).map(([code, meaning]): FlagProposal => ({
    code,
    meaning,
    reason: `[${code}] `,
    action: ACTIONS[code] ?? OTHER_ACTION,
  }));
  const told = traced?.state === 'removed' ? tellRemoved() : tellGuest(traced?.target?.name, context);
  if (told === null) return plain;
  const [code] = /D\d{3}/.exec(told.reason) ?? [''];
  const own = plain.map((proposal) => (proposal.code === code ? { ...proposal, ...told } : proposal));
  return [...own.filter((one) => one.code === code), ...own.filter((one) => one.code !== code)];
}

function tellRemoved(): Pick<FlagFields, 'reason' | 'action'> {
  return { reason: '[D406] The test was removed from its suite.', action: ACTIONS['D406'] ?? OTHER_ACTION };
}

/** What the strongest of the test's guest sites says of the guest; null for a test that asks nothing of it. */
function tellGuest(test: string | undefined, context: FixContext): Pick<FlagFields, 'reason' | 'action'> | null {
  const demand = test === undefined ? undefined : context.demand?.(test);
  const message = demand && describeEvidence(demand);
  if (test === undefined || !message) return null;
  return describeGuestFlag({ message }, test.split('.').slice(-2).join('.'));
}

function describeEvidence(demand: TestDemand): string | null {
  if (compareLevels(demand.level, 'reach') < 0) return null;
  const sites = demand.sites.filter((site) => site.level === demand.level && !site.debugOnly);
  const findings = findingsOfSites(sites.map((site) => ({ site, tests: [demand.test], requiredCapabilities: [] })));
  return findings[0]?.message ?? null;
}

interface Twin extends PlacedEntry {
  readonly next: Guideline;
}

/** The same test in `next` of the same family, without a flag; null when the file is `next` itself. */
function findTwin(guideline: Guideline, { entry }: PlacedEntry, guidelines: readonly Guideline[]): Twin | null {
  const { family, kind } = editionOf(guideline);
  if (kind === 'next') return null;
  const next = guidelines.find((other) => editionOf(other).kind === 'next' && editionOf(other).family === family);
  if (!next) return null;
  const identify = identifyTests(guideline, next);
  for (const capability of next.capabilities) {
    const twin = capability.tests.find((other) => identify(other) === identify(entry));
    if (twin) return twin.flag === null ? { next, capability, entry: twin } : null;
  }
  return null;
}
