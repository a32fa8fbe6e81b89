import type { Capability, ComponentStatus, Guideline } from '../../model/guideline';
import type { TestDemand } from '../../model/guestSite';
import type { TraceEntry } from '../../model/trace';
import type { EntryDemand } from './guidelineLens';
import type { PlaceLinker } from './places';
import { describeFlag, describeState, describeStatuses } from './entryText';
import { levelBadge } from './levelText';
import { count, escapeMarkdown, inlineCode, link } from './markdown';
import { renderSections } from './sectionsCard';
import { renderDemand } from './testHover';

/** The card of a test entry in a guideline: what it is called today, its state, flag, aliases, and what the test demands. */
export function renderEntryCard(entry: TraceEntry, demand: TestDemand | undefined, linkTo: PlaceLinker): string {
  const state = `${inlineCode(entry.state)}: ${escapeMarkdown(describeState(entry.state))}`;
  const lines = [`**${escapeMarkdown(entry.entry.name.value)}**  \n${state}`];
  if (entry.target) {
    lines.push(
      `Today: ${link(entry.target.name, linkTo(entry.target.definition.uri, entry.target.definition.nameRange))}`,
    );
    const others = entry.candidates.filter((candidate) => candidate.name !== entry.target?.name);
    if (others.length > 0) lines.push(`Also runs as ${others.map((other) => inlineCode(other.name)).join(', ')}`);
  }
  lines.push(
    `Capability ${inlineCode(entry.capability.name.value)}: ${escapeMarkdown(describeStatuses(entry.components))}`,
  );
  if (entry.entry.flag) lines.push(renderFlag(entry));
  if (entry.conflictingAliases.length > 0) {
    lines.push(`Aliases that name a different test: ${entry.conflictingAliases.map(inlineCode).join(', ')}`);
  }
  lines.push(renderDemand(demand, linkTo));
  return lines.filter((line) => line !== '').join('\n\n');
}

function renderFlag(entry: TraceEntry): string {
  const flag = entry.entry.flag;
  if (!flag) return '';
  const reason = flag.reason?.value ?? '';
  const action = flag.action?.value ?? '';
  return [
    `**${escapeMarkdown(describeFlag(flag))}**${reason === '' ? '' : `: ${escapeMarkdown(reason)}`}`,
    action === '' ? '' : `Action: ${escapeMarkdown(action)}`,
  ]
    .filter((line) => line !== '')
    .join('  \n');
}

export interface CapabilityCard {
  readonly guideline: Guideline;
  readonly capability: Capability;
  readonly components: readonly ComponentStatus[];
  readonly entries: readonly EntryDemand[];
}

/** The card of a capability: description, status per component, achievements against the cutoff, its tests with their levels. */
export function renderCapabilityCard(
  { guideline, capability, components, entries }: CapabilityCard,
  linkTo: PlaceLinker,
): string {
  const lines = [
    `**${escapeMarkdown(capability.name.value)}** (${escapeMarkdown(guideline.id.value)}): ${escapeMarkdown(describeStatuses(components))}`,
  ];
  if (capability.description && capability.description.value !== '')
    lines.push(escapeMarkdown(capability.description.value));
  const score = renderScore(guideline, capability);
  if (score !== '') lines.push(score);
  const rows = entries.map(({ entry, demand }) => {
    const target = entry.target;
    const name = target
      ? link(entry.entry.name.value, linkTo(target.definition.uri, target.definition.nameRange))
      : escapeMarkdown(entry.entry.name.value);
    const flag = entry.entry.flag ? escapeMarkdown(describeFlag(entry.entry.flag)) : '';
    return `| ${name} | ${demand ? inlineCode(levelBadge(demand)) : ''} | ${inlineCode(entry.state)} | ${flag} |`;
  });
  const project = renderProject(guideline, capability, linkTo);
  if (rows.length === 0) return [...lines, project, 'No tests.'].filter((line) => line !== '').join('\n\n');
  return `${lines.join('\n\n')}\n\n${[`${count(rows.length, 'test')}:`, '', '| test | guest level | link | flag |', '|---|---|---|---|', ...rows].join('\n')}${project === '' ? '' : `\n\n${project}`}`;
}

function renderProject(guideline: Guideline, { project }: Capability, linkTo: PlaceLinker): string {
  if (project === null || project.value === '') return '';
  return renderSections(guideline, project.value, linkTo) || `Project ${inlineCode(project.value)}`;
}

/** `Score 75 of 74: atomic 8, …`: the sum of the weights of the criteria that the capability achieves. "" without weights. */
function renderScore(guideline: Guideline, capability: Capability): string {
  const weights = new Map(guideline.criteria.map((criterion) => [criterion.tag.value, criterion.weight]));
  const achieved = capability.achievements.map((tag) => ({ tag: tag.value, weight: weights.get(tag.value) ?? null }));
  if (achieved.length === 0 || achieved.every(({ weight }) => weight === null)) return '';
  const sum = achieved.reduce((total, { weight }) => total + (weight ?? 0), 0);
  const cutoff = guideline.cutoffScore ? ` (cutoff ${guideline.cutoffScore.value})` : '';
  const parts = achieved.map(({ tag, weight }) => `${escapeMarkdown(tag)} ${weight ?? '?'}`);
  const met = new Set(achieved.map(({ tag }) => tag));
  const open = guideline.criteria.filter(({ tag, weight }) => weight !== null && !met.has(tag.value));
  const missing = open.map(({ tag, weight }) => `${escapeMarkdown(tag.value)} ${weight}`).join(', ');
  return `Score ${sum}${cutoff}: ${parts.join(', ')}${missing === '' ? '' : `; not met: ${missing}`}`;
}
