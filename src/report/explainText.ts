import type {
  CapabilityExplanation,
  ExplainReport,
  ExplainedAlternative,
  ExplainedGuard,
  ExplainedLink,
  ExplainedMatch,
  ExplainedSite,
  ExplainedTest,
  PlaceExplanation,
  RuleExplanation,
} from './explainReport';
import { describeSite } from './levelsReport';
import type { PrintedEntry } from './traceReport';

/** An explanation as text for a terminal: every statement with the place that proves it. */
export function printExplanation(report: ExplainReport): string {
  return `${listLines(report).join('\n')}\n`;
}

function listLines(report: ExplainReport): string[] {
  switch (report.kind) {
    case 'test':
      return separate(report.tests.map(printTest));
    case 'place':
      return printPlaceExplanation(report);
    case 'capability':
      return separate(report.capabilities.map(printCapability));
    case 'rule':
      return printRule(report);
  }
}

function printTest(test: ExplainedTest): string[] {
  return [
    test.name,
    `  defined in   ${test.definedIn} (${test.file}:${test.line})`,
    ...(test.ids.length > 0 ? [`  id           ${test.ids.join(', ')}`] : []),
    ...(test.attrs.length > 0 ? [`  attributes   ${test.attrs.join(', ')}`] : []),
    `  guest level  ${describeLevels(test)}`,
    ...printGuards(test.guards, '  '),
    ...(test.capabilities.length > 0
      ? ['  capabilities', ...test.capabilities.map(printLink)]
      : ['  capabilities: no guideline names it']),
    ...(test.sites.length > 0 ? ['  guest sites', ...test.sites.flatMap(printSiteLines)] : ['  guest sites: none']),
    ...(test.unresolved.length > 0
      ? [
          `  unresolved calls (${test.unresolved.length}): what they reach is not known`,
          ...test.unresolved.map((call) => `    ${call.file}:${call.line}: ${oneLine(call.text)}`),
        ]
      : []),
  ];
}

/** `linux`, or `linux (boot with validation off)`. */
export function describeLevels(test: Pick<ExplainedTest, 'level' | 'levelWithValidationOff'>): string {
  return test.level === test.levelWithValidationOff
    ? test.level
    : `${test.level} (${test.levelWithValidationOff} with validation off)`;
}

function printLink(link: ExplainedLink): string {
  return `    ${link.guideline} ${link.capability}: ${describeLink(link)} (${link.file}:${link.line})`;
}

/** What an entry is in its guideline: `required in os_powered_compute, linked, flagged`. */
export function describeLink({ components, state, flagged }: ExplainedLink): string {
  const statuses = Object.entries(components).map(([component, status]) => `${status} in ${component}`);
  return [...statuses, state, ...(flagged ? ['flagged'] : [])].join(', ');
}

/** What a site demands and does, and what is not sure of it: `posix: ssh "date" [IL111] (likely)`. */
export function describeDemand(site: ExplainedSite): string {
  const doubts = [
    ...(site.confidence === 'likely' ? ['likely'] : []),
    ...(site.debugOnly ? ['only while a failure is handled'] : []),
  ];
  return `${site.level}: ${describeSite(site)}${doubts.length > 0 ? ` (${doubts.join(', ')})` : ''}`;
}

function printSiteLines(site: ExplainedSite): string[] {
  return [
    `    ${site.file}:${site.line}:${site.column}: ${describeDemand(site)}`,
    ...site.path.flatMap((step, index) => [
      `      ${index === 0 ? 'from' : 'then'} ${step.function} (${step.file}:${step.line})`,
      ...step.why.map(({ text }) => `        - ${text}`),
    ]),
    ...printGuards(site.guards, '      '),
    ...site.matches.flatMap(printMatch),
  ];
}

function printGuards(guards: readonly ExplainedGuard[], indent: string): string[] {
  return guards.map((guard) => {
    const asked = guard.at.map(({ file, line }) => `${file}:${line}`);
    return `${indent}${describeGuard(guard)}${asked.length > 0 ? `, asked at ${asked.join(', ')}` : ''}`;
  });
}

/** A condition, and what happens where it does not hold. */
export function describeGuard({ condition, kind }: Pick<ExplainedGuard, 'condition' | 'kind'>): string {
  const effect =
    kind === 'skip' ? 'the test is skipped without it, which is no pass' : 'the rest of the test runs without it';
  return `guard ${condition} (${kind}: ${effect})`;
}

function printMatch(match: ExplainedMatch): string[] {
  return [
    `      ${match.rule} ${oneLine(match.subject)}: ${match.summary}`,
    ...match.alternatives.map((alternative) => `        ${printAlternative(alternative)}`),
    ...(match.url === '' ? [] : [`        ${match.url}`]),
  ];
}

function printAlternative({ on, use }: ExplainedAlternative): string {
  return `${on.padEnd(8)} ${use}`;
}

function printPlaceExplanation(report: PlaceExplanation): string[] {
  const sites = report.sites.flatMap((site) => [
    ...printSiteLines(site),
    `      reached by ${site.tests.length === 1 ? '1 test' : `${site.tests.length} tests`}`,
    ...site.tests.map((test) => `        ${test}`),
  ]);
  const findings = report.findings.flatMap((finding) => [
    `    ${finding.line}:${finding.column}: ${finding.severity} ${finding.rule} ${finding.message}${finding.suppressed ? ' (suppressed)' : ''}`,
    ...finding.fixes.map(
      (fix) => `      ${fix.safe ? 'fix' : 'suggestion'}: ${fix.title}${fix.note === null ? '' : ` (${fix.note})`}`,
    ),
    ...report.refusals
      .filter(({ rule, line, column }) => rule === finding.rule && line === finding.line && column === finding.column)
      .map(({ reason }) => `      no fix of ${finding.rule}: ${reason}`),
  ]);
  return [
    `${report.file}:${report.line}`,
    ...(sites.length > 0 ? ['  guest sites on this line', ...sites] : ['  guest sites on this line: none']),
    ...(findings.length > 0 ? ['  findings', ...findings] : ['  findings: none']),
    ...report.tests.flatMap((test) => ['', ...printTest(test)]),
  ];
}

function printCapability(capability: CapabilityExplanation['capabilities'][number]): string[] {
  const statuses = Object.entries(capability.components).map(([component, status]) => `${status} in ${component}`);
  return [
    `${capability.capability} in ${capability.guideline} (${capability.file}:${capability.line})`,
    ...(capability.description === '' ? [] : [`  ${oneLine(capability.description)}`]),
    `  status       ${statuses.length > 0 ? statuses.join(', ') : 'listed in no component'}`,
    ...(capability.project === '' ? [] : [`  project      ${capability.project}`]),
    `  guest level  ${capability.level ?? 'not known: no test of it is in the roots'}`,
    ...(capability.entries.length > 0 ? ['  tests', ...capability.entries.flatMap(printEntry)] : ['  tests: none']),
  ];
}

function printEntry(entry: PrintedEntry): string[] {
  const level =
    entry.level === null || entry.levelWithValidationOff === null
      ? []
      : [describeLevels({ level: entry.level, levelWithValidationOff: entry.levelWithValidationOff })];
  const notes = [
    entry.state,
    ...level,
    ...(entry.flagged ? [`flagged: ${oneLine(entry.flagged.reason ?? 'no reason given')}`] : []),
  ];
  const now = entry.target && entry.target.name !== entry.test ? [`      now ${entry.target.name}`] : [];
  const where = entry.target ? [`      ${entry.target.file}:${entry.target.line}`] : [];
  const guards = entry.guards.map((guard) => `      guard ${guard}`);
  return [`    ${entry.test}: ${notes.join(', ')}`, ...now, ...where, ...guards];
}

function printRule(report: RuleExplanation): string[] {
  const { rule } = report;
  const open = report.findings.map(
    (finding) =>
      `    ${finding.file}:${finding.line}:${finding.column}: ${finding.message}${finding.suppressed ? ' (suppressed)' : ''}`,
  );
  return [
    `${rule.id} ${rule.name} (${rule.severity})`,
    `  ${rule.summary}`,
    `  ${rule.url}`,
    ...(report.alternatives.length > 0
      ? ['  alternatives', ...report.alternatives.map((row) => `    ${printAlternative(row)}`)]
      : []),
    ...(open.length > 0 ? [`  findings (${open.length})`, ...open] : ['  findings: none']),
  ];
}

function separate(blocks: readonly string[][]): string[] {
  return blocks.flatMap((block, index) => (index === 0 ? block : ['', ...block]));
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
