import type { Finding, Severity } from '../../model/finding';
import type { Guideline } from '../../model/guideline';
import type { TraceEntry } from '../../model/trace';
import { findGuidelineRule, type GuidelineRule } from './guidelineRules';
import { checkCapabilities } from './checkCapabilities';
import { checkCommitted } from './checkCommitted';
import { checkEntries } from './checkEntries';
import { checkFlags } from './checkFlags';
import { checkHistory } from './checkHistory';
import { checkLinks } from './checkLinks';
import { checkMetadata } from './checkMetadata';
import { checkSuccession } from './checkSuccession';
import type { LintDraft } from './lintDraft';

export interface LintContext {
  /** The other guidelines at hand (the guideline itself may be among them): predecessor and `next` are found there. */
  readonly siblings: readonly Guideline[];
  /** The file as its repository has it committed; null or missing where there is none, then nothing is said of changes. */
  readonly committed?: Guideline | null;
}

/**
 * Every finding of a guideline file, sorted by place and rule. `entries` are its trace entries (others are ignored); pass
 * none while the index is incomplete, then nothing is said of links. Findings of JSON syntax are the reader's problems and
 * not repeated here. `fixes` are empty: they are made elsewhere from rule and range.
 */
export function lintGuideline(guideline: Guideline, entries: readonly TraceEntry[], context: LintContext): Finding[] {
  const own = entries.filter((entry) => entry.guideline.uri === guideline.uri);
  const drafts = [
    ...checkMetadata(guideline),
    ...checkCapabilities(guideline),
    ...checkEntries(guideline, own),
    ...checkFlags(guideline),
    ...checkHistory(guideline, context.siblings),
    ...checkSuccession(guideline, context.siblings),
    ...checkCommitted(guideline, context.committed ?? null, context.siblings),
    ...checkLinks(guideline, own),
  ];
  return drafts.map((draft) => toFinding(guideline, draft)).sort(compareFindings);
}

function toFinding(guideline: Guideline, draft: LintDraft): Finding {
  return {
    rule: draft.rule,
    severity: decideSeverity(guideline, findGuidelineRule(draft.rule), draft.atMost),
    confidence: draft.likely === true ? 'likely' : 'certain',
    message: draft.message,
    uri: guideline.uri,
    range: draft.range,
    related: draft.related ?? [],
    fixes: [],
    suppressed: false,
    suppressionReason: null,
    flows: [],
  };
}

const LOUDNESS: readonly Severity[] = ['hint', 'info', 'warning', 'error'];

function decideSeverity(guideline: Guideline, rule: GuidelineRule, atMost: Severity = 'error'): Severity {
  const severity = rule[standingOf(guideline)];
  return LOUDNESS.indexOf(severity) > LOUDNESS.indexOf(atMost) ? atMost : severity;
}

/** Which of a rule's severities counts: legacy files are as closed as superseded ones. */
function standingOf(guideline: Guideline): 'severity' | 'approved' | 'superseded' {
  if (guideline.kind === 'legacy' || guideline.status?.value === 'superseded') return 'superseded';
  return guideline.status?.value === 'approved' ? 'approved' : 'severity';
}

function compareFindings(a: Finding, b: Finding): number {
  return (
    a.range.start - b.range.start ||
    a.range.end - b.range.end ||
    (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0) ||
    (a.message < b.message ? -1 : 1)
  );
}
