import type { IndexView } from '../../engine/indexView';
import { compareLevels } from '../../model/guestLevel';
import type { GuestSite, TestDemand } from '../../model/guestSite';
import type { Guideline } from '../../model/guideline';
import type { EvidenceAnswer, EvidenceArguments, EvidenceStep } from '../../protocol/messages';
import { toRange, touches } from '../convert';
import { locateInGuideline, testsAt, tracedEntry } from '../locate';
import { pathOf, printEvidenceTitle } from '../present/evidence';
import { pickEvidence } from '../present/levelText';

/**
 * The call path behind a test's level, or behind the guest site at a place. An empty path comes with the reason.
 * @param around in the body of a test, where nothing else stands, the test is meant
 */
export function findEvidence(
  view: IndexView,
  { test, uri, position }: EvidenceArguments,
  around = false,
): EvidenceAnswer {
  if (!view.complete) return nothing('The index is not complete yet.');
  if (test !== undefined) return evidenceOfTest(view, test);
  if (uri === undefined || position === undefined) return nothing('No test and no place is given.');
  const subject = subjectAt(view, uri, view.offsetAt(uri, position), around);
  if (subject === null) return nothing('No guest site and no test stands here.');
  if (typeof subject === 'string') return evidenceOfTest(view, subject);
  return { title: `${subject.kind} ${subject.command}`.trim(), steps: listSteps(view, subject) };
}

/** The most demanding of the tests that stand at a place, or of those that reach a guest through it; null for none. */
export function findDemandingTest(view: IndexView, { uri, position }: EvidenceArguments): string | null {
  if (uri === undefined || position === undefined) return null;
  const subject = subjectAt(view, uri, view.offsetAt(uri, position), true);
  if (subject === null || typeof subject === 'string') return subject;
  return pickMostDemanding(view, view.testsReaching(subject.uri, subject.range));
}

/** What is meant at a place: the most demanding test that stands there, else the guest site there or behind it, else the test around. */
function subjectAt(view: IndexView, uri: string, offset: number, around: boolean): string | GuestSite | null {
  const guideline = view.guideline(uri);
  if (guideline) return pickMostDemanding(view, testsOfGuidelinePlace(view, guideline, offset));
  const standing = pickMostDemanding(view, testsOfPythonPlace(view, uri, offset));
  if (standing !== null) return standing;
  const site = siteAt(view, uri, offset) ?? siteBehind(view, uri, offset);
  if (site) return site;
  return around ? pickMostDemanding(view, testsAround(view, uri, offset)) : null;
}

/** Tests in whose `def`, with its body, the offset stands. */
function testsAround(view: IndexView, uri: string, offset: number): readonly string[] {
  return view
    .testsDefinedIn(uri)
    .filter(({ definition }) => touches(definition.range, offset))
    .map(({ name }) => name);
}

/** The test of an entry, or the tests of a capability. */
function testsOfGuidelinePlace(view: IndexView, guideline: Guideline, offset: number): readonly string[] {
  const place = locateInGuideline(guideline, offset);
  const entries = place?.kind === 'entry' ? [place.entry] : (place?.capability?.tests ?? []);
  return entries.flatMap((entry) => tracedEntry(view, guideline, entry)?.target?.name ?? []);
}

/** The tests of a `def`, or of the class whose name stands there. */
function testsOfPythonPlace(view: IndexView, uri: string, offset: number): readonly string[] {
  const found = view.testClassesIn(uri).find(({ nameRange }) => touches(nameRange, offset));
  return (found?.tests ?? testsAt(view, uri, offset)).map((test) => test.name);
}

/** The test with the highest level; of equal ones that of the class in which it is written, else the first. Null for none. */
function pickMostDemanding(view: IndexView, names: readonly string[]): string | null {
  let best: TestDemand | null = null;
  for (const name of names) {
    const demand = view.demand(name);
    if (!demand) continue;
    const isHigher = best === null ? 1 : compareLevels(demand.level, best.level);
    if (isHigher > 0 || (isHigher === 0 && best !== null && isOwn(view, name) && !isOwn(view, best.test)))
      best = demand;
  }
  return best?.test ?? null;
}

/** True unless the test's class inherits it. */
function isOwn(view: IndexView, name: string): boolean {
  return view.test(name)?.definition.name === name;
}

/** What the function whose name stands at the offset leads to: a site of its level, by the shortest way. */
function siteBehind(view: IndexView, uri: string, offset: number): GuestSite | undefined {
  const reach = view.functionsReaching(uri).find(({ nameRange }) => touches(nameRange, offset));
  if (!reach) return undefined;
  const sites = reach.tests.flatMap((test) => view.demand(test)?.sites ?? []);
  return sites
    .filter(
      (site) =>
        !site.debugOnly &&
        site.level === reach.level &&
        site.path.some((step) => step.uri === uri && step.function === reach.name),
    )
    .sort((a, b) => a.path.length - b.path.length)[0];
}

function evidenceOfTest(view: IndexView, name: string): EvidenceAnswer {
  const demand = view.demand(name);
  if (!demand) return nothing(`${name} is no test of the workspace.`);
  const site = pickEvidence(demand);
  if (!site) return nothing(`${name} reaches no guest.`);
  return { title: printEvidenceTitle(demand), steps: listSteps(view, site) };
}

/** The site whose words or call cover the offset. */
export function siteAt(view: IndexView, uri: string, offset: number): GuestSite | undefined {
  const sites = view.sitesIn(uri);
  return (
    sites.find((site) =>
      site.matches.some((match) => match.words.some((word) => word.uri === uri && touches(word.range, offset))),
    ) ?? sites.find((site) => site.uri === uri && touches(site.range, offset))
  );
}

function listSteps(view: IndexView, site: GuestSite): EvidenceStep[] {
  return pathOf(site).map((step) => ({
    label: step.function,
    uri: step.uri,
    range: toRange(view, step.uri, step.range),
  }));
}

function nothing(title: string): EvidenceAnswer {
  return { title, steps: [] };
}
