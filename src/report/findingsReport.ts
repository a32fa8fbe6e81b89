import type { Finding, RelatedLocation, RuleInfo, Severity } from '../model/finding';
import type { Confidence } from '../model/guestSite';
import {
  comparePlaces,
  compareText,
  printPlace,
  printRegion,
  type Places,
  type PrintedPlace,
  type PrintedRegion,
} from './places';

/** What is needed to print findings beside the findings themselves. */
export interface FindingsContext {
  readonly places: Places;
  /** Every rule that the run checked, silent ones too. */
  readonly rules: readonly RuleInfo[];
  /** Findings that a baseline holds: they are there, but nobody is told of them again. Missing where no baseline is used. */
  readonly known?: ReadonlySet<Finding>;
  /** The current text of a file; undefined when the index does not hold it. */
  textOf(uri: string): string | undefined;
}

/** `interop-lens/findings/1`, see schemas/findings-1.schema.json. */
export interface FindingsReport {
  readonly schema: 'interop-lens/findings/1';
  readonly findings: readonly PrintedFinding[];
}

export interface PrintedFinding extends PrintedRegion {
  readonly rule: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly message: string;
  /** The rule's page. */
  readonly url: string;
  readonly related: readonly PrintedRelated[];
  readonly fixes: readonly PrintedFix[];
  readonly suppressed: boolean;
  /** What stands behind the `# noqa`, or null. */
  readonly suppressionReason: string | null;
  /** True for what a baseline holds. */
  readonly baselined: boolean;
}

export interface PrintedRelated extends PrintedPlace {
  readonly message: string;
}

export interface PrintedFix {
  readonly title: string;
  readonly safe: boolean;
  readonly note: string | null;
  readonly edits: readonly PrintedEdit[];
}

export interface PrintedEdit extends PrintedRegion {
  readonly newText: string;
}

/** Severities, the most severe first. */
export const SEVERITIES = ['error', 'warning', 'info', 'hint'] as const satisfies readonly Severity[];

/** Every finding with its related places and fixes, sorted by file, line, column, rule. */
export function reportFindings(findings: readonly Finding[], context: FindingsContext): FindingsReport {
  const urls = new Map(context.rules.map((rule) => [rule.id, rule.url]));
  const sorted = sortFindings(findings, context.places);
  return {
    schema: 'interop-lens/findings/1',
    findings: sorted.map((finding) => printFinding(finding, urls.get(finding.rule) ?? '', context)),
  };
}

/** The order of findings in every format: file, line, column, rule, message. */
export function sortFindings(findings: readonly Finding[], places: Places): readonly Finding[] {
  const keyed = findings.map((finding) => ({ finding, place: printPlace(places, finding.uri, finding.range.start) }));
  keyed.sort(
    (a, b) =>
      comparePlaces(a.place, b.place) ||
      compareText(a.finding.rule, b.finding.rule) ||
      compareText(a.finding.message, b.finding.message),
  );
  return keyed.map(({ finding }) => finding);
}

/** True for what somebody has to look at: neither suppressed nor held by the baseline. */
export function isOpen(finding: Finding, known?: ReadonlySet<Finding>): boolean {
  return !finding.suppressed && known?.has(finding) !== true;
}

/** The severities of open findings that are at least as severe as the threshold, the most severe first. */
export function openSeverities(
  findings: readonly Finding[],
  threshold: Severity,
  known?: ReadonlySet<Finding>,
): readonly Severity[] {
  const severe = SEVERITIES.slice(0, SEVERITIES.indexOf(threshold) + 1);
  return severe.filter((severity) =>
    findings.some((finding) => finding.severity === severity && isOpen(finding, known)),
  );
}

/** One line per open finding, as compilers write them, and a last line of counts. */
export function printFindingsText(report: FindingsReport): string {
  const open = listOpen(report);
  const lines = open.flatMap((finding) => [
    `${finding.file}:${finding.line}:${finding.column}: ${finding.severity} ${finding.rule} ${finding.message}`,
    ...finding.related.map((related) => `  ${related.file}:${related.line}:${related.column}: ${related.message}`),
  ]);
  return [...lines, countFindings(report), ''].join('\n');
}

/** The printed findings that are neither suppressed nor held by the baseline. */
export function listOpen(report: FindingsReport): readonly PrintedFinding[] {
  return report.findings.filter(({ suppressed, baselined }) => !suppressed && !baselined);
}

function countFindings(report: FindingsReport): string {
  const open = listOpen(report);
  const counts = SEVERITIES.map((severity) => ({
    severity,
    count: open.filter((finding) => finding.severity === severity).length,
  })).filter(({ count }) => count > 0);
  const suppressed = report.findings.filter((finding) => finding.suppressed).length;
  const baselined = report.findings.length - open.length - suppressed;
  const told = counts.map(
    ({ severity, count }) => `${count} ${severity}${count === 1 || severity === 'info' ? '' : 's'}`,
  );
  if (told.length === 0) told.push('no findings');
  if (suppressed > 0) told.push(`${suppressed} suppressed`);
  if (baselined > 0) told.push(`${baselined} in the baseline`);
  return told.join(', ');
}

function printFinding(finding: Finding, url: string, { places, known }: FindingsContext): PrintedFinding {
  return {
    rule: finding.rule,
    severity: finding.severity,
    confidence: finding.confidence,
    message: finding.message,
    ...printRegion(places, finding.uri, finding.range),
    url,
    related: finding.related.map((related) => printRelated(related, places)),
    fixes: finding.fixes.map(({ title, safe, note, edits }) => ({
      title,
      safe,
      note,
      edits: edits
        .map((edit) => ({ ...printRegion(places, edit.uri, edit.range), newText: edit.newText }))
        .sort(comparePlaces),
    })),
    suppressed: finding.suppressed,
    suppressionReason: finding.suppressionReason,
    baselined: known?.has(finding) === true,
  };
}

function printRelated(related: RelatedLocation, places: Places): PrintedRelated {
  return { ...printPlace(places, related.uri, related.range.start), message: related.message };
}
