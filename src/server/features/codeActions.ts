import type { CodeAction, CodeActionContext, Diagnostic, TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import type { IndexView } from '../../engine/indexView';
import { chooseFixes } from '../../engine/chooseFixes';
import type { Finding, Fix } from '../../model/finding';
import type { TextEdit as ModelEdit, TextRange } from '../../model/text';
import type { EvidenceArguments } from '../../protocol/messages';
import { CodeActionKind } from 'vscode-languageserver';
import { CLIENT_COMMANDS } from '../../protocol/messages';
import { toRange, toTextEdit } from '../convert';
import { siteAt } from './evidence';
import { DIAGNOSTIC_SOURCE } from './diagnostics';

export const FIX_ALL_KIND = 'source.fixAll.interopLens';
const FIX_ALL_OF_RULE_KIND = `${CodeActionKind.QuickFix}.allOfRule`;

export interface ActionContext {
  readonly view: IndexView;
  readonly uri: string;
  /** Version of the open document that the edits are made for, or null when it is not open. */
  readonly versionOf: (uri: string) => number | null;
  readonly commands: ReadonlySet<string>;
  /** The editor takes versioned document changes. */
  readonly documentChanges: boolean;
}

/**
 * The ladder for what is selected: fix this, fix all of this rule in the file, suggestions, suppress, show evidence, open the rule's page; and
 * `source.fixAll.interopLens` with the safe fixes of the whole file.
 */
export function findActions(context: ActionContext, selection: TextRange, wanted: CodeActionContext): CodeAction[] {
  const { view, uri } = context;
  if (!view.complete) return [];
  const findings = view.findings(uri).filter((finding) => !finding.suppressed);
  const actions: CodeAction[] = [];
  if (wants(wanted, CodeActionKind.QuickFix)) {
    const selected = findings.filter(({ range }) => range.start <= selection.end && selection.start <= range.end);
    for (const finding of selected) actions.push(...ladder(context, finding, findings, wanted.diagnostics));
  }
  if (wants(wanted, FIX_ALL_KIND)) {
    const edits = collectSafeEdits(context, findings);
    if (edits.length > 0)
      actions.push({
        title: 'Apply all safe Interop Lens fixes',
        kind: FIX_ALL_KIND,
        edit: toWorkspaceEdit(context, edits),
      });
  }
  return actions;
}

function ladder(
  context: ActionContext,
  finding: Finding,
  all: readonly Finding[],
  diagnostics: readonly Diagnostic[],
): CodeAction[] {
  const { view, uri } = context;
  const attached = diagnostics.filter((diagnostic) => isDiagnosticOf(view, diagnostic, finding));
  const fixes = view.fixes(finding);
  const quickFix = (title: string, rest: Partial<CodeAction>): CodeAction => ({
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: attached,
    ...rest,
  });
  const actions: CodeAction[] = [];
  const safe = fixes.filter((fix) => fix.safe);
  for (const [index, fix] of safe.entries()) {
    actions.push(quickFix(fix.title, { isPreferred: index === 0, edit: toWorkspaceEdit(context, fix.edits) }));
  }
  const sameRule = all.filter((other) => other.rule === finding.rule);
  if (safe.length > 0 && sameRule.length > 1) {
    const edits = collectSafeEdits(context, sameRule);
    const title = `Fix all ${finding.rule} in this file`;
    actions.push(quickFix(title, { kind: FIX_ALL_OF_RULE_KIND, edit: toWorkspaceEdit(context, edits) }));
  }
  const suppressions = fixes.filter((fix) => isSuppression(fix, finding));
  for (const fix of fixes.filter((candidate) => !candidate.safe && !suppressions.includes(candidate))) {
    const title = fix.note === null ? `Suggestion: ${fix.title}` : `Suggestion: ${fix.title} (${fix.note})`;
    actions.push(quickFix(title, { edit: toWorkspaceEdit(context, fix.edits) }));
  }
  for (const fix of suppressions) actions.push(quickFix(fix.title, { edit: toWorkspaceEdit(context, fix.edits) }));
  if (siteAt(view, uri, finding.range.start)) {
    const place: EvidenceArguments = { uri, position: view.positionAt(uri, finding.range.start) };
    actions.push(...commandAction(context, 'Show the evidence path', CLIENT_COMMANDS.showEvidence, place, attached));
  }
  actions.push(
    ...commandAction(context, `Open the page of ${finding.rule}`, CLIENT_COMMANDS.openRulePage, finding.rule, attached),
  );
  return actions;
}

/** Told by its title: to a reader, suppressing is a rung of its own and no suggestion. */
function isSuppression(fix: Fix, finding: Finding): boolean {
  return !fix.safe && fix.title.startsWith(`Suppress ${finding.rule}`);
}

function commandAction(
  context: ActionContext,
  title: string,
  command: string,
  argument: unknown,
  diagnostics: Diagnostic[],
): CodeAction[] {
  if (!context.commands.has(command)) return [];
  return [{ title, kind: CodeActionKind.QuickFix, diagnostics, command: { title, command, arguments: [argument] } }];
}

/** The first safe fix of each finding, as far as their edits can be made together. */
function collectSafeEdits({ view }: ActionContext, findings: readonly Finding[]): ModelEdit[] {
  const { taken } = chooseFixes(
    findings,
    (finding) => view.fixes(finding),
    (fix) => fix.safe,
  );
  return taken.flatMap(({ fix }) => fix.edits);
}

function toWorkspaceEdit(
  { view, versionOf, documentChanges }: ActionContext,
  edits: readonly ModelEdit[],
): WorkspaceEdit {
  const byFile = new Map<string, TextEdit[]>();
  for (const edit of edits) byFile.set(edit.uri, [...(byFile.get(edit.uri) ?? []), toTextEdit(view, edit)]);
  if (!documentChanges) return { changes: Object.fromEntries(byFile) };
  // With the version, the editor refuses an edit that was made for another text.
  return {
    documentChanges: [...byFile].map(([uri, changes]) => ({
      textDocument: { uri, version: versionOf(uri) },
      edits: changes,
    })),
  };
}

/** A wanted kind includes its sub-kinds; no list means everything. */
function wants(context: CodeActionContext, kind: string): boolean {
  return !context.only || context.only.some((wanted) => kind === wanted || kind.startsWith(`${wanted}.`));
}

function isDiagnosticOf(view: IndexView, diagnostic: Diagnostic, finding: Finding): boolean {
  if (diagnostic.source !== DIAGNOSTIC_SOURCE || diagnostic.code !== finding.rule) return false;
  const { start, end } = toRange(view, finding.uri, finding.range);
  const given = diagnostic.range;
  return (
    given.start.line === start.line &&
    given.start.character === start.character &&
    given.end.line === end.line &&
    given.end.character === end.character
  );
}
