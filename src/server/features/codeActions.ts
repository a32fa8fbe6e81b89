import {
  CodeActionKind,
  CodeActionTriggerKind,
  type CodeAction,
  type CodeActionContext,
  type Diagnostic,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { chooseFixes } from '../../engine/chooseFixes';
import type { Finding, Fix } from '../../model/finding';
import type { TextEdit as ModelEdit, TextRange } from '../../model/text';
import { CLIENT_COMMANDS, type EvidenceArguments, type SuppressArguments } from '../../protocol/messages';
import { toRange, toTextEdit } from '../convert';
import type { FlagFormArguments } from '../../protocol/workbenchMessages';
import { locateInGuideline } from '../locate';
import { DIAGNOSTIC_SOURCE } from './diagnostics';
import { siteAt } from './evidence';
import { toWorkspaceEdit, type EditContext } from './workspaceEdits';

export const MOVE_KIND = `${CodeActionKind.Refactor}.move`;
export const FIX_ALL_KIND = 'source.fixAll.interopLens';
/** What a call can do about a finding elsewhere: no diagnostic stands here, so it is no quick fix. */
export const ON_THE_WAY_KIND = `${CodeActionKind.RefactorRewrite}.interopLens`;
/** Flagging a test is a change that the reviewer wants, no way out of a finding. */
export const FLAG_KIND = `${CodeActionKind.RefactorRewrite}.flagTest`;
const FIX_ALL_OF_RULE_KIND = `${CodeActionKind.QuickFix}.allOfRule`;

export interface ActionContext extends EditContext {
  readonly uri: string;
  readonly commands: ReadonlySet<string>;
  /** The editor asks for an action's edit when it is chosen, so that edits of many findings need not be made before. */
  readonly resolves: boolean;
  /** The editor shows actions that cannot be taken, with the reason, where the user asks for actions. */
  readonly showsDisabled: boolean;
}

/** What stands in for an edit until the action is chosen: the safe fixes of a rule, in a file (its address) or, null, everywhere. */
interface Postponed {
  readonly rule: string;
  readonly uri: string | null;
}

/**
 * The ladder for what is selected: fix this, fix all of this rule in the file and in the workspace, suggestions, suppress, show evidence, open
 * the rule's page; what a call here can do about findings to which it leads; and, asked for by its kind, `source.fixAll.interopLens`
 * with the safe fixes of the whole file. Only the fixes of what is selected are made, never those of the whole file unasked.
 */
export function findActions(context: ActionContext, selection: TextRange, wanted: CodeActionContext): CodeAction[] {
  const { view, uri } = context;
  if (!view.complete) return [];
  const findings = view.findings(uri).filter((finding) => !finding.suppressed);
  const actions: CodeAction[] = [];
  if (wants(wanted, CodeActionKind.QuickFix)) {
    const selected = findings.filter(({ range }) => range.start <= selection.end && selection.start <= range.end);
    for (const finding of selected) actions.push(...ladder(context, finding, findings, wanted.diagnostics));
    if (context.showsDisabled && wanted.triggerKind === CodeActionTriggerKind.Invoked)
      actions.push(...selected.flatMap((finding) => explainMissingFix(context, finding)));
  }
  if (wants(wanted, MOVE_KIND)) actions.push(...offerMoves(context, selection));
  if (wants(wanted, ON_THE_WAY_KIND)) actions.push(...offerOnTheWay(context, selection));
  if (wants(wanted, FLAG_KIND)) actions.push(...offerFlag(context, selection));
  if (wanted.only !== undefined && wants(wanted, FIX_ALL_KIND)) {
    const edits = collectSafeEdits(context, findings);
    const title = 'Apply all safe Interop Lens fixes';
    if (edits.length > 0) actions.push({ title, kind: FIX_ALL_KIND, edit: printEdit(context, edits, title) });
  }
  return actions;
}

/** Moves of the capability whose name is selected to another status. */
function offerMoves(context: ActionContext, selection: TextRange): CodeAction[] {
  const { view, uri } = context;
  const guideline = view.guideline(uri);
  const place = guideline && locateInGuideline(guideline, selection.start);
  if (!place || place.kind === 'entry' || !place.capability) return [];
  return view.moves(uri, place.capability.name.value).map(({ title, edits }) => ({
    title,
    kind: MOVE_KIND,
    edit: printEdit(context, edits, title),
  }));
}

/** The action with the edit that was put off when it was offered. */
export function resolveAction(context: Omit<ActionContext, 'uri'>, action: CodeAction): CodeAction {
  const postponed = readPostponed(action.data);
  if (postponed === null) return action;
  const { view } = context;
  const uris = postponed.uri === null ? view.files().map(({ uri }) => uri) : [postponed.uri];
  const findings = uris.flatMap((uri) => view.findings(uri).filter(({ rule }) => rule === postponed.rule));
  return { ...action, edit: printEdit(context, collectSafeEdits(context, findings), action.title) };
}

function readPostponed(data: unknown): Postponed | null {
  if (typeof data !== 'object' || data === null || !('rule' in data) || !('uri' in data)) return null;
  const { rule, uri } = data;
  return typeof rule === 'string' && (typeof uri === 'string' || uri === null) ? { rule, uri } : null;
}

/** A guideline entry that has no flag can get one, by a form. */
function offerFlag({ view, uri, commands }: ActionContext, selection: TextRange): CodeAction[] {
  const guideline = view.guideline(uri);
  const place = guideline && locateInGuideline(guideline, selection.start);
  if (place?.kind !== 'entry' || place.entry.flag !== null || !commands.has(CLIENT_COMMANDS.flagTest)) return [];
  const where: FlagFormArguments = { uri, position: view.positionAt(uri, place.entry.name.range.start) };
  const title = 'Flag this test…';
  return [{ title, kind: FLAG_KIND, command: { title, command: CLIENT_COMMANDS.flagTest, arguments: [where] } }];
}

function ladder(
  context: ActionContext,
  finding: Finding,
  all: readonly Finding[],
  diagnostics: readonly Diagnostic[],
): CodeAction[] {
  const { view, uri } = context;
  const attached = diagnostics.filter((diagnostic) => isDiagnosticOf(context, diagnostic, finding));
  const fixes = view.fixes(finding);
  const quickFix = (title: string, rest: Partial<CodeAction>): CodeAction => ({
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: attached,
    ...rest,
  });
  const actions: CodeAction[] = [];
  const safe = fixes.filter((fix) => fix.safe);
  for (const [index, fix] of safe.entries())
    actions.push(quickFix(fix.title, { isPreferred: index === 0, edit: printFix(context, fix) }));
  if (safe.length > 0) actions.push(...fixAllOfRule(context, finding, all, attached));
  const suppressions = fixes.filter(({ id }) => id === 'noqa');
  for (const fix of fixes.filter((one) => !one.safe && !suppressions.includes(one)))
    actions.push(quickFix(printSuggestion(fix), { edit: printFix(context, fix) }));
  for (const fix of suppressions) {
    actions.push(quickFix(fix.title, { edit: printFix(context, fix) }));
    actions.push(...suppressWithReason(context, finding, fix, attached));
  }
  if (siteAt(view, uri, finding.range.start)) {
    const place: EvidenceArguments = { uri, position: view.positionAt(uri, finding.range.start) };
    actions.push(...commandAction(context, 'Show the evidence path', CLIENT_COMMANDS.showEvidence, place, attached));
  }
  actions.push(
    ...commandAction(context, `Open the page of ${finding.rule}`, CLIENT_COMMANDS.openRulePage, finding.rule, attached),
  );
  return actions;
}

/** Only for a user who asks: an action that cannot be taken is no reason for a lightbulb. */
function explainMissingFix({ view }: ActionContext, finding: Finding): CodeAction[] {
  const reason = view.whyNoFix(finding);
  if (reason === null) return [];
  return [{ title: `Fix ${finding.rule}`, kind: CodeActionKind.QuickFix, disabled: { reason } }];
}

/** In the file where the rule has more findings; in the workspace where the editor waits for the edit until it is wanted. */
function fixAllOfRule(
  context: ActionContext,
  { rule }: Finding,
  all: readonly Finding[],
  diagnostics: Diagnostic[],
): CodeAction[] {
  const { uri, resolves } = context;
  const offer = (title: string, postponed: Postponed): CodeAction => ({
    title,
    kind: FIX_ALL_OF_RULE_KIND,
    diagnostics,
    ...(resolves && { data: postponed }),
  });
  const sameRule = all.filter((other) => other.rule === rule);
  const actions: CodeAction[] = [];
  if (sameRule.length > 1) {
    const action = offer(`Fix all ${rule} in this file`, { rule, uri });
    const edit = (): WorkspaceEdit => printEdit(context, collectSafeEdits(context, sameRule), action.title);
    actions.push(resolves ? action : { ...action, edit: edit() });
  }
  if (resolves) actions.push(offer(`Fix all ${rule} in the workspace`, { rule, uri: null }));
  return actions;
}

/** For a comment of its own: the editor asks for the reason and writes it behind the code. */
function suppressWithReason(
  context: ActionContext,
  { rule }: Finding,
  { edits }: Fix,
  diagnostics: Diagnostic[],
): CodeAction[] {
  const [edit] = edits;
  if (edit === undefined || !edit.newText.includes('# noqa')) return [];
  const given: SuppressArguments = {
    uri: context.uri,
    version: context.versionOf(context.uri),
    rule,
    ...toTextEdit(context.view, edit),
  };
  const title = `Suppress ${rule} on this line with a reason…`;
  return commandAction(context, title, CLIENT_COMMANDS.suppressWithReason, given, diagnostics);
}

/** Fixes, made in this file, of findings to which a call at the selection leads. */
function offerOnTheWay(context: ActionContext, selection: TextRange): CodeAction[] {
  return context.view.fixesOnTheWay(context.uri, selection).map(({ finding, fix }) => ({
    title: `${finding.rule}: ${fix.safe ? fix.title : printSuggestion(fix)}`,
    kind: ON_THE_WAY_KIND,
    edit: printFix(context, fix),
  }));
}

function printSuggestion({ title, note }: Fix): string {
  return note === null ? `Suggestion: ${title}` : `Suggestion: ${title} (${note})`;
}

function printFix(context: EditContext, { edits, title, note }: Fix): WorkspaceEdit {
  return toWorkspaceEdit(context, edits, { label: title, description: note });
}

function printEdit(context: EditContext, edits: readonly ModelEdit[], label: string): WorkspaceEdit {
  return toWorkspaceEdit(context, edits, { label, description: null });
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
function collectSafeEdits({ view }: EditContext, findings: readonly Finding[]): ModelEdit[] {
  const { taken } = chooseFixes(
    findings,
    (finding) => view.fixes(finding),
    (fix) => fix.safe,
  );
  return taken.flatMap(({ fix }) => fix.edits);
}

/** A wanted kind includes its sub-kinds; no list means everything. */
function wants(context: CodeActionContext, kind: string): boolean {
  return !context.only || context.only.some((wanted) => kind === wanted || kind.startsWith(`${wanted}.`));
}

function isDiagnosticOf({ view }: EditContext, diagnostic: Diagnostic, finding: Finding): boolean {
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
