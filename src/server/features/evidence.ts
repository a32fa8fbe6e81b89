import type { IndexView } from '../../engine/indexView';
import type { GuestSite } from '../../model/guestSite';
import type { EvidenceAnswer, EvidenceArguments, EvidenceStep } from '../../protocol/messages';
import { toRange, touches } from '../convert';
import { testsAt } from '../locate';
import { pathOf, printEvidenceTitle } from '../present/evidence';
import { pickEvidence } from '../present/levelText';

/** The call path behind a test's level, or behind the guest site at a place. An empty path comes with the reason. */
export function findEvidence(view: IndexView, { test, uri, position }: EvidenceArguments): EvidenceAnswer {
  if (!view.complete) return nothing('The index is not complete yet.');
  if (test !== undefined) return evidenceOfTest(view, test);
  if (uri === undefined || position === undefined) return nothing('No test and no place is given.');
  const offset = view.offsetAt(uri, position);
  const [named] = testsAt(view, uri, offset);
  if (named) return evidenceOfTest(view, named.name);
  const site = siteAt(view, uri, offset);
  if (site) return { title: `${site.kind} ${site.command}`.trim(), steps: listSteps(view, site) };
  return nothing('No guest site and no test stands here.');
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
