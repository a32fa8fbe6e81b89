import type { TestCase } from '../../model/testCase';
import type { TestDemand } from '../../model/guestSite';
import type { TraceEntry } from '../../model/trace';
import type { PlaceLinker } from './places';
import { compareGuidelines } from '../../guideline/guidelineOrder';
import { describeFlag, describeState, describeStatuses } from './entryText';
import { renderPath } from './evidence';
import { describeGuard, describeLevel, levelBadge, pickEvidence } from './levelText';
import { count, escapeMarkdown, inlineCode, link } from './markdown';

export interface TestCard {
  readonly test: TestCase;
  readonly entries: readonly TraceEntry[];
  /** Missing while the index is not complete. */
  readonly demand: TestDemand | undefined;
  /** Runtime names of the same definition in other classes. */
  readonly otherNames: readonly string[];
}

/** The card of a test, as Markdown: name and id, guest level with its evidence and guards, every guideline that names it. */
export function renderTestCard(card: TestCard, linkTo: PlaceLinker): string {
  return [renderHead(card, linkTo), renderDemand(card.demand, linkTo), renderGuidelines(card.entries, linkTo)]
    .filter((section) => section !== '')
    .join('\n\n');
}

function renderHead({ test, otherNames }: TestCard, linkTo: PlaceLinker): string {
  const lines = [`**${link(test.name, linkTo(test.definition.uri, test.definition.nameRange))}**`];
  if (test.ids.length > 0) lines.push(`id ${test.ids.map(inlineCode).join(', ')}`);
  if (test.definition.name !== test.name) lines.push(`defined as ${inlineCode(test.definition.name)}`);
  if (otherNames.length > 0) lines.push(`also runs as ${otherNames.map(inlineCode).join(', ')}`);
  return lines.join('  \n');
}

/** The guest level with meaning, evidence path and guards. "" for a test whose demand is not known yet. */
export function renderDemand(demand: TestDemand | undefined, linkTo: PlaceLinker): string {
  if (!demand) return '';
  const lines = [`**Guest level ${inlineCode(demand.level)}**: ${escapeMarkdown(describeLevel(demand.level))}`];
  if (demand.level !== demand.levelWithValidationOff) {
    lines[0] += ` (${inlineCode(demand.levelWithValidationOff)} with ${inlineCode('validation.run_validation')} off)`;
  }
  const site = pickEvidence(demand);
  if (site && site.path.length > 0) lines.push(renderPath(site, linkTo));
  const guards = site?.guards ?? demand.guards;
  if (guards.length > 0)
    lines.push(['Guards:', ...guards.map((guard) => `- ${escapeMarkdown(describeGuard(guard))}`)].join('\n'));
  if (demand.unresolvedCalls.length > 0) {
    const calls = count(demand.unresolvedCalls.length, 'call');
    lines.push(`${calls} unresolved: the level may be higher.`);
  }
  return lines.join('\n\n');
}

function renderGuidelines(entries: readonly TraceEntry[], linkTo: PlaceLinker): string {
  if (entries.length === 0) return 'No guideline of the workspace names this test.';
  const sorted = [...entries].sort((a, b) => compareGuidelines(a.guideline, b.guideline));
  return ['**Guidelines**', ...sorted.map((entry) => `- ${renderEntry(entry, linkTo)}`)].join('\n');
}

function renderEntry(entry: TraceEntry, linkTo: PlaceLinker): string {
  const place = link(entry.guideline.id.value || 'guideline', linkTo(entry.guideline.uri, entry.entry.range));
  const parts = [
    `${place} ${inlineCode(entry.capability.name.value)} ${escapeMarkdown(describeStatuses(entry.components))}`,
  ];
  if (entry.entry.flag) {
    const reason = entry.entry.flag.reason?.value ?? '';
    parts.push(
      `**${escapeMarkdown(describeFlag(entry.entry.flag))}**${reason === '' ? '' : `: ${escapeMarkdown(reason)}`}`,
    );
  }
  if (entry.state !== 'ok') parts.push(`${inlineCode(entry.state)}: ${escapeMarkdown(describeState(entry.state))}`);
  if (entry.entry.aliases.length > 0)
    parts.push(`aliases ${entry.entry.aliases.map((alias) => inlineCode(alias.value)).join(', ')}`);
  return parts.join('; ');
}

/** The short card of a class: how many tests, the highest level and what guidelines require. */
export function renderClassCard(className: string, cards: readonly TestCard[], linkTo: PlaceLinker): string {
  const rows = cards.map(({ test, demand, entries }) => {
    const level = demand ? inlineCode(levelBadge(demand)) : '';
    const capabilities = [...new Set(entries.map((entry) => entry.capability.name.value))].map(inlineCode).join(', ');
    return `| ${link(test.method, linkTo(test.definition.uri, test.definition.nameRange))} | ${level} | ${capabilities} |`;
  });
  return [
    `**${escapeMarkdown(className)}**: ${count(cards.length, 'test')}`,
    '',
    '| test | guest level | capabilities |',
    '|---|---|---|',
    ...rows,
  ].join('\n');
}
