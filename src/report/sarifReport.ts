import type { Finding, Fix, RelatedLocation, RuleInfo, Severity } from '../model/finding';
import type { TextLocation } from '../model/text';
import { sortFindings, type FindingsContext } from './findingsReport';
import { fingerprintFindings } from './fingerprint';
import { compareText, printRegion } from './places';

/** Of the tool itself, for `tool.driver`. */
export interface ToolInfo {
  readonly name: string;
  readonly version: string;
  readonly informationUri: string;
}

/** The parts of SARIF 2.1.0 (OASIS) that this report writes. */
export interface SarifLog {
  readonly $schema: string;
  readonly version: '2.1.0';
  readonly runs: readonly SarifRun[];
}

export interface SarifRun {
  readonly tool: { readonly driver: SarifDriver };
  readonly columnKind: 'utf16CodeUnits';
  readonly originalUriBaseIds: Readonly<Record<string, { readonly description: SarifMessage }>>;
  readonly results: readonly SarifResult[];
}

interface SarifDriver {
  readonly name: string;
  readonly version: string;
  readonly informationUri: string;
  readonly rules: readonly SarifRule[];
}

export interface SarifRule {
  readonly id: string;
  readonly name: string;
  readonly shortDescription: SarifMessage;
  readonly helpUri: string;
  readonly defaultConfiguration: { readonly level: SarifLevel };
}

interface SarifMessage {
  readonly text: string;
}

type SarifLevel = 'error' | 'warning' | 'note';

export interface SarifResult {
  readonly ruleId: string;
  /** -1 is SARIF's word for a rule that is not declared. */
  readonly ruleIndex: number;
  readonly level: SarifLevel;
  readonly message: SarifMessage;
  readonly locations: readonly SarifLocation[];
  readonly relatedLocations?: readonly SarifLocation[];
  readonly codeFlows?: readonly SarifCodeFlow[];
  readonly fixes?: readonly SarifFix[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  /** Where a baseline is used: whether it holds the result. */
  readonly baselineState?: 'new' | 'unchanged';
  readonly suppressions?: readonly { readonly kind: 'inSource'; readonly justification?: string }[];
  readonly properties: { readonly severity: Severity; readonly confidence: string };
}

interface SarifLocation {
  readonly id?: number;
  readonly physicalLocation: { readonly artifactLocation: SarifArtifact; readonly region: SarifRegion };
  readonly message?: SarifMessage;
}

interface SarifArtifact {
  readonly uri: string;
  readonly uriBaseId: string;
}

interface SarifRegion {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

interface SarifCodeFlow {
  readonly threadFlows: readonly { readonly locations: readonly { readonly location: SarifLocation }[] }[];
}

interface SarifFix {
  readonly description: SarifMessage;
  readonly artifactChanges: readonly {
    readonly artifactLocation: SarifArtifact;
    readonly replacements: readonly { readonly deletedRegion: SarifRegion; readonly insertedContent: SarifMessage }[];
  }[];
}

/** Paths are relative to the source root; who reads the log knows where that is. */
const BASE_ID = '%SRCROOT%';

const LEVELS: Readonly<Record<Severity, SarifLevel>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
  hint: 'note',
};

/**
 * One run with every rule declared, silent ones too; `results` is empty on a clean run. Suppressed findings are listed with
 * their suppression.
 */
export function reportSarif(findings: readonly Finding[], context: FindingsContext, tool: ToolInfo): SarifLog {
  const rules = [...context.rules].sort((a, b) => compareText(a.id, b.id));
  const ruleIndex = new Map(rules.map((rule, index) => [rule.id, index]));
  const sorted = sortFindings(findings, context.places);
  const fingerprints = fingerprintFindings(sorted, context);
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { ...tool, rules: rules.map(printRule) } },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [BASE_ID]: { description: { text: 'The root folder that the file belongs to.' } } },
        results: sorted.map((finding, index) =>
          printResult(finding, ruleIndex.get(finding.rule) ?? -1, fingerprints[index] ?? '', context),
        ),
      },
    ],
  };
}

function printRule(rule: RuleInfo): SarifRule {
  return {
    id: rule.id,
    name: rule.name,
    shortDescription: { text: rule.summary },
    helpUri: rule.url,
    defaultConfiguration: { level: LEVELS[rule.severity] },
  };
}

function printResult(finding: Finding, ruleIndex: number, fingerprint: string, context: FindingsContext): SarifResult {
  const { related, flows, fixes } = finding;
  return {
    ruleId: finding.rule,
    ruleIndex,
    level: LEVELS[finding.severity],
    message: { text: finding.message },
    locations: [printLocation(finding, context)],
    // SARIF forbids none of these to be empty, but viewers show empty sections.
    ...(related.length > 0 && {
      relatedLocations: related.map((place, index) => ({ id: index + 1, ...printStep(place, context) })),
    }),
    ...(flows.length > 0 && { codeFlows: flows.map((flow) => printFlow(flow, context)) }),
    ...(fixes.length > 0 && { fixes: fixes.map((fix) => printFix(fix, context)) }),
    partialFingerprints: { 'interopLens/v1': fingerprint },
    ...(context.known && { baselineState: context.known.has(finding) ? 'unchanged' : 'new' }),
    ...(finding.suppressed && { suppressions: [printSuppression(finding)] }),
    properties: { severity: finding.severity, confidence: finding.confidence },
  };
}

function printSuppression(finding: Finding): { kind: 'inSource'; justification?: string } {
  return finding.suppressionReason
    ? { kind: 'inSource', justification: finding.suppressionReason }
    : { kind: 'inSource' };
}

function printFlow(flow: readonly RelatedLocation[], context: FindingsContext): SarifCodeFlow {
  return { threadFlows: [{ locations: flow.map((step) => ({ location: printStep(step, context) })) }] };
}

function printStep(step: RelatedLocation, context: FindingsContext): SarifLocation {
  return { ...printLocation(step, context), message: { text: step.message } };
}

function printLocation(place: TextLocation, context: FindingsContext): SarifLocation {
  return {
    physicalLocation: { artifactLocation: printArtifact(place.uri, context), region: printSarifRegion(place, context) },
  };
}

function printSarifRegion(place: TextLocation, context: FindingsContext): SarifRegion {
  const { line, column, endLine, endColumn } = printRegion(context.places, place.uri, place.range);
  return { startLine: line, startColumn: column, endLine, endColumn };
}

function printArtifact(uri: string, context: FindingsContext): SarifArtifact {
  const path = context.places.pathOf(uri);
  return { uri: path.split('/').map(encodeURIComponent).join('/'), uriBaseId: BASE_ID };
}

function printFix(fix: Fix, context: FindingsContext): SarifFix {
  const uris = [...new Set(fix.edits.map((edit) => edit.uri))];
  return {
    description: { text: fix.note ? `${fix.title} (${fix.note})` : fix.title },
    artifactChanges: uris.map((uri) => ({
      artifactLocation: printArtifact(uri, context),
      replacements: fix.edits
        .filter((edit) => edit.uri === uri)
        .map((edit) => ({ deletedRegion: printSarifRegion(edit, context), insertedContent: { text: edit.newText } })),
    })),
  };
}
