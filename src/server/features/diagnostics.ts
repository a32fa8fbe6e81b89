import type { Diagnostic } from 'vscode-languageserver';
import type { IndexView } from '../../engine/indexView';
import type { Finding, Severity } from '../../model/finding';
import type { ReadProblem } from '../../model/guideline';
import { DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver';
import { toLocation, toRange } from '../convert';

export const DIAGNOSTIC_SOURCE = 'interop-lens';

const SEVERITIES: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** Struck through: what is gone. Faded: what says nothing. */
const TAGS: Readonly<Record<string, DiagnosticTag>> = {
  IL424: DiagnosticTag.Unnecessary,
  IL430: DiagnosticTag.Deprecated,
  IL435: DiagnosticTag.Unnecessary,
};

/** More related places than a reader would open; the hover has the rest. */
const MOST_RELATED = 8;

/** Address of a rule's page. */
export type RulePage = (rule: string) => string;

/**
 * What is wrong in one file: what could not be read always, findings (which speak of links and levels) only from a complete index.
 * Suppressed findings are left out.
 */
export function findDiagnostics(view: IndexView, uri: string, rulePage: RulePage): Diagnostic[] {
  const problems = view.problems().filter((problem) => problem.uri === uri);
  const findings = view.complete ? view.findings(uri).filter((finding) => !finding.suppressed) : [];
  return [
    ...problems.map((problem) => fromProblem(view, problem)),
    ...findings.map((finding) => fromFinding(view, finding, rulePage)),
  ];
}

function fromFinding(view: IndexView, finding: Finding, rulePage: RulePage): Diagnostic {
  const tag = TAGS[finding.rule];
  return {
    range: toRange(view, finding.uri, finding.range),
    severity: SEVERITIES[finding.severity],
    source: DIAGNOSTIC_SOURCE,
    code: finding.rule,
    codeDescription: { href: rulePage(finding.rule) },
    message: finding.message,
    tags: tag === undefined ? undefined : [tag],
    relatedInformation: finding.related
      .slice(0, MOST_RELATED)
      .map((related) => ({ location: toLocation(view, related), message: related.message })),
  };
}

function fromProblem(view: IndexView, problem: ReadProblem): Diagnostic {
  return {
    range: toRange(view, problem.uri, problem.range),
    severity: SEVERITIES[problem.severity ?? 'error'],
    source: DIAGNOSTIC_SOURCE,
    message: problem.message,
  };
}
