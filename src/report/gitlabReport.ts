import type { Finding, Severity } from '../model/finding';
import { isOpen, sortFindings, type FindingsContext } from './findingsReport';
import { fingerprintFindings } from './fingerprint';
import { printRegion } from './places';

type GitlabSeverity = 'info' | 'minor' | 'major' | 'critical' | 'blocker';

/** One issue of GitLab's Code Quality report. */
export interface GitlabIssue {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: GitlabSeverity;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number; readonly end: number } };
}

const SEVERITIES: Readonly<Record<Severity, GitlabSeverity>> = {
  error: 'major',
  warning: 'minor',
  info: 'info',
  hint: 'info',
};

/** The open findings, as GitLab's Code Quality report; an empty list on a clean run. */
export function reportGitlab(findings: readonly Finding[], context: FindingsContext): readonly GitlabIssue[] {
  const sorted = sortFindings(findings, context.places);
  const fingerprints = fingerprintFindings(sorted, context);
  return sorted.flatMap((finding, index) => {
    if (!isOpen(finding, context.known)) return [];
    const { file, line, endLine } = printRegion(context.places, finding.uri, finding.range);
    const issue: GitlabIssue = {
      description: finding.message,
      check_name: finding.rule,
      fingerprint: fingerprints[index] ?? '',
      severity: SEVERITIES[finding.severity],
      location: { path: file, lines: { begin: line, end: endLine } },
    };
    return [issue];
  });
}
