import type { GuestSite, PathStep, TestDemand } from '../../model/guestSite';
import type { PlaceLinker } from './places';
import { describeLevel, pickEvidence } from './levelText';
import { escapeMarkdown, inlineCode, link } from './markdown';

/** A numbered list of the call path to a site, each step a link to the call; the last one says what the guest is asked. */
export function renderPath(site: GuestSite, linkTo: PlaceLinker): string {
  return pathOf(site)
    .map((step, index, path) => {
      const asked = index === path.length - 1 ? `: ${describeSite(site)}` : '';
      return `${index + 1}. ${link(step.function, linkTo(step.uri, step.range))}${asked}`;
    })
    .join('\n');
}

/** The call path of a site, the site itself last. Never empty. */
export function pathOf(site: GuestSite): readonly PathStep[] {
  return site.path.length > 0 ? site.path : [{ function: 'guest site', uri: site.uri, range: site.range }];
}

/** What happens at a site, as Markdown: the command where there is one, else the kind. */
export function describeSite(site: GuestSite): string {
  const command = site.command === '' ? '' : ` ${inlineCode(shorten(site.command))}`;
  const unsure = site.confidence === 'likely' ? ' (likely)' : '';
  return `${escapeMarkdown(site.kind)}${command}${unsure}`;
}

/** `linux: the guest must be Linux`, for the heading of an evidence list. */
export function printEvidenceTitle(demand: TestDemand): string {
  const site = pickEvidence(demand);
  const name = demand.test.slice(demand.test.lastIndexOf('.') + 1);
  const command = site && site.command !== '' ? `: ${shorten(site.command)}` : '';
  return `${name} demands ${demand.level} (${describeLevel(demand.level)})${command}`;
}

const LONGEST_COMMAND = 120;

function shorten(text: string): string {
  return text.length <= LONGEST_COMMAND ? text : `${text.slice(0, LONGEST_COMMAND - 1)}…`;
}
