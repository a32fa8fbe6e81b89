import type { Finding } from '../model/finding';
import { isOpen, sortFindings, type FindingsContext } from './findingsReport';
import { fingerprintFindings } from './fingerprint';
import { compareText } from './places';

/** Findings that were there before: `interop-lens/baseline/1`, see schemas/baseline-1.schema.json. */
export interface Baseline {
  readonly schema: 'interop-lens/baseline/1';
  /** Sorted by file, rule, fingerprint. */
  readonly findings: readonly BaselineEntry[];
}

/** File and rule are for whoever reads the file; the fingerprint alone tells findings apart, and holds no line number. */
export interface BaselineEntry {
  readonly file: string;
  readonly rule: string;
  readonly fingerprint: string;
}

/** A file that is no baseline; the message says what is wrong with it. */
export class BaselineError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BaselineError';
  }
}

/** What of today's findings a baseline holds, and how many of its entries no finding has any more. */
export interface BaselineMatch {
  readonly known: ReadonlySet<Finding>;
  readonly gone: number;
}

/** The findings of now as a baseline; suppressed ones need none. */
export function makeBaseline(findings: readonly Finding[], context: FindingsContext): Baseline {
  const entries = fingerprintAll(findings, context)
    .filter(({ finding }) => isOpen(finding))
    .map(({ finding, fingerprint }) => ({
      file: context.places.pathOf(finding.uri),
      rule: finding.rule,
      fingerprint,
    }));
  entries.sort(
    (a, b) => compareText(a.file, b.file) || compareText(a.rule, b.rule) || compareText(a.fingerprint, b.fingerprint),
  );
  return { schema: 'interop-lens/baseline/1', findings: entries };
}

/** Which findings a baseline holds. A suppressed one keeps its entry from being gone. */
export function matchBaseline(
  findings: readonly Finding[],
  context: FindingsContext,
  baseline: Baseline,
): BaselineMatch {
  const entries = new Set(baseline.findings.map(({ fingerprint }) => fingerprint));
  const known = new Set<Finding>();
  const met = new Set<string>();
  for (const { finding, fingerprint } of fingerprintAll(findings, context)) {
    if (!entries.has(fingerprint)) continue;
    known.add(finding);
    met.add(fingerprint);
  }
  return { known, gone: entries.size - met.size };
}

/** Numbered in the order of the reports, so that a baseline, SARIF and GitLab agree. */
function fingerprintAll(
  findings: readonly Finding[],
  context: FindingsContext,
): readonly { readonly finding: Finding; readonly fingerprint: string }[] {
  const sorted = sortFindings(findings, context.places);
  const fingerprints = fingerprintFindings(sorted, context);
  return sorted.map((finding, index) => ({ finding, fingerprint: fingerprints[index] ?? '' }));
}

/** @throws BaselineError when the text is no baseline of this version */
export function readBaseline(text: string): Baseline {
  const value = parseJson(text);
  if (!isRecord(value) || typeof value.schema !== 'string' || !Array.isArray(value.findings))
    throw new BaselineError('it is no baseline of interop-lens');
  if (value.schema !== 'interop-lens/baseline/1')
    throw new BaselineError(`it is of version "${value.schema}", and this version reads interop-lens/baseline/1`);
  return { schema: value.schema, findings: value.findings.map(readEntry) };
}

function readEntry(value: unknown, index: number): BaselineEntry {
  const { file, rule, fingerprint } = isRecord(value) ? value : {};
  if (typeof file !== 'string' || typeof rule !== 'string' || typeof fingerprint !== 'string')
    throw new BaselineError(`entry ${String(index + 1)} lacks file, rule or fingerprint`);
  return { file, rule, fingerprint };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new BaselineError(`it is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
