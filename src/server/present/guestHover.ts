import type { GuestRule } from '../../guest/catalogue/guestRule';
import type { GuestSite, RuleMatch } from '../../model/guestSite';
import type { PlaceLinker } from './places';
import { GUEST_OSES } from '../../model/guestLevel';
import { renderPath } from './evidence';
import { describeGuard, describeLevel } from './levelText';
import { count, escapeMarkdown, inlineCode } from './markdown';

export interface GuestCard {
  readonly site: GuestSite;
  readonly match: RuleMatch;
  /** The rule of the match; missing for a rule that the catalogue no longer has. */
  readonly rule: GuestRule | undefined;
  readonly rulePage: string;
  /** How many tests reach the site. */
  readonly tests: number;
  /** Why no fix is offered, as a sentence without a full stop; null where one is. */
  readonly whyNoFix?: string | null;
}

/** The card of a guest word, as Markdown: rule, level, portability row, alternatives, one evidence path, guards. */
export function renderGuestCard(card: GuestCard, linkTo: PlaceLinker): string {
  const { site, match, tests } = card;
  const parts = [renderRule(card)];
  if (site.command !== '') parts.push(`Command: ${inlineCode(site.command)}`);
  if (card.rule) parts.push(renderPortability(card.rule));
  const reached = `Guest level ${inlineCode(match.level)}: ${escapeMarkdown(describeLevel(match.level))}. Reached by ${count(tests, 'test')}`;
  parts.push(site.path.length > 0 ? `${reached}, for example:\n\n${renderPath(site, linkTo)}` : `${reached}.`);
  if (site.debugOnly) parts.push('Runs only while an exception is handled, so it raises no level.');
  if (site.guards.length > 0)
    parts.push(['Guards:', ...site.guards.map((guard) => `- ${escapeMarkdown(describeGuard(guard))}`)].join('\n'));
  if (card.whyNoFix) parts.push(`No fix: ${escapeMarkdown(card.whyNoFix)}.`);
  return parts.join('\n\n');
}

function renderRule({ match, rule, rulePage }: GuestCard): string {
  const page = `[${match.rule}](${rulePage})`;
  return rule
    ? `**${inlineCode(match.subject)}** ${page} ${escapeMarkdown(rule.name)}: ${rule.summary}`
    : `**${inlineCode(match.subject)}** ${page}`;
}

/** One row per guest OS (the catalogue's texts are Markdown), and the API that answers the same question. */
function renderPortability(rule: GuestRule): string {
  const rows = GUEST_OSES.map((os) => `| ${os} | ${rule.rows[os].replace(/\|/g, '\\|')} |`);
  const table = ['| guest | use there |', '|---|---|', ...rows].join('\n');
  return rule.api === null ? table : `${table}\n\nOpenStack API: ${rule.api}`;
}
