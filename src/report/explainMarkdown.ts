import type { ExplainedGuard, ExplainedLink, ExplainedSite, ExplainedTest, TestExplanation } from './explainReport';
import type { PrintedPlace } from './places';
import type { PrintedReason } from './reasonText';
import { describeDemand, describeGuard, describeLevels, describeLink } from './explainText';
import { escapeMarkdown, linkTo } from './markdown';

/** Address that a place leads to; null for none. */
export type PlaceLinks = (place: PrintedPlace) => string | null;

/** What is known of tests as a document: every place that a statement names is a link, so that it can be checked by hand. */
export function printExplanationMarkdown(report: TestExplanation, links: PlaceLinks): string {
  const blocks = report.tests.map((test) => new TestSection(test, links).print().join('\n'));
  return `${blocks.join('\n\n')}\n`;
}

class TestSection {
  constructor(
    private readonly test: ExplainedTest,
    private readonly links: PlaceLinks,
  ) {}

  print(): string[] {
    const { name, definedIn, ids, attrs, guards, capabilities, sites, unresolved } = this.test;
    const place = { ...this.test, column: 1 };
    return [
      `# ${escapeMarkdown(name)}`,
      '',
      `- Guest level **${this.test.level}**${escapeMarkdown(describeLevels(this.test).slice(this.test.level.length))}`,
      `- Defined in ${linkTo(definedIn, this.links(place))}`,
      ...(ids.length > 0 ? [`- Idempotent id ${escapeMarkdown(ids.join(', '))}`] : []),
      ...(attrs.length > 0 ? [`- Attributes ${escapeMarkdown(attrs.join(', '))}`] : []),
      ...guards.map((guard) => `- ${this.printGuard(guard)}`),
      '',
      '## Guidelines',
      '',
      ...(capabilities.length > 0
        ? capabilities.map((link) => this.printLink(link))
        : ['No guideline names this test.']),
      '',
      '## Guest sites',
      ...(sites.length > 0
        ? sites.flatMap((site) => this.printSite(site))
        : ['', 'None: the test asks nothing of a guest.']),
      ...(unresolved.length > 0
        ? [
            '',
            '## Unresolved calls',
            '',
            'What these reach is not known.',
            '',
            ...unresolved.map((call) => `- ${this.printPlace(call)}: ${escapeMarkdown(call.text)}`),
          ]
        : []),
    ];
  }

  private printLink(link: ExplainedLink): string {
    return `- ${linkTo(`${link.guideline} ${link.capability}`, this.links(link))}: ${escapeMarkdown(describeLink(link))}`;
  }

  private printGuard(guard: ExplainedGuard): string {
    const asked = guard.at.map((place) => this.printPlace(place));
    return `${escapeMarkdown(describeGuard(guard))}${asked.length > 0 ? `, asked at ${asked.join(', ')}` : ''}`;
  }

  private printSite(site: ExplainedSite): string[] {
    return [
      '',
      `### ${escapeMarkdown(describeDemand(site))}`,
      '',
      `At ${this.printPlace(site)}. How the test comes there, and why each step is taken:`,
      '',
      ...site.path.flatMap((step, index) => [
        `${index + 1}. ${linkTo(step.function, this.links({ ...step, column: 1 }))}`,
        ...step.why.map((reason) => `    - ${this.printReason(reason)}`),
      ]),
      ...(site.guards.length > 0 ? ['', ...site.guards.map((guard) => `- ${this.printGuard(guard)}`)] : []),
      ...site.matches.flatMap(({ rule, subject, summary, alternatives }) => [
        '',
        escapeMarkdown(`${rule} ${subject}: ${summary}`),
        ...(alternatives.length > 0
          ? ['', ...alternatives.map(({ on, use }) => `- ${on}: ${escapeOutsideCode(use)}`)]
          : []),
      ]),
    ];
  }

  private printPlace(place: PrintedPlace): string {
    return linkTo(`${place.file}:${place.line}`, this.links(place));
  }

  /** The sentence, with a link where it names a place. */
  private printReason({ text, places }: PrintedReason): string {
    const parts: string[] = [];
    let from = 0;
    for (const place of places) {
      const named = `${place.file}:${place.line}`;
      const at = text.indexOf(named, from);
      if (at < 0) continue;
      parts.push(escapeOutsideCode(text.slice(from, at)), this.printPlace(place));
      from = at + named.length;
    }
    return [...parts, escapeOutsideCode(text.slice(from))].join('');
  }
}

/** Text in which code stands between backticks already. */
function escapeOutsideCode(text: string): string {
  const parts = text.split('`');
  // A backtick without its other half is one of the text.
  if (parts.length % 2 === 0) return escapeMarkdown(text);
  return parts.map((part, index) => (index % 2 === 1 ? `\`${part}\`` : escapeMarkdown(part))).join('');
}
