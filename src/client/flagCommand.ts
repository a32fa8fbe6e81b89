import * as vscode from 'vscode';
import type {
  FlagEditAnswer,
  FlagEditArguments,
  FlagFormAnswer,
  FlagFormArguments,
  FlagProposal,
} from '../protocol/workbenchMessages';
import type { PositionJson } from '../protocol/messages';
import type { ServerConnection } from './serverConnection';
import { applyFileEdits } from './applyFileEdits';
import { FLAG_EDIT_REQUEST, FLAG_FORM_REQUEST } from '../protocol/workbenchMessages';
import { placeOfCaret } from './evidenceCommand';
import { readNode } from './treeCommands';
import { openTarget } from './treePresentation';

/**
 * Flags the test of a guideline entry by a small form: flag type, reason, action, and whether `next` gets the flag too.
 * @param given the place of an entry, or the tree item of one, which is then opened; without it, the place of the caret
 * @returns false when the user gave up or the test cannot be flagged (which is told)
 */
export async function runFlagTest(server: ServerConnection, given: unknown): Promise<boolean> {
  const entry = readNode(given)?.entry;
  const where = entry ? { uri: entry.uri, position: entry.range.start } : (placeOf(given) ?? placeOfCaret());
  if (!where) return refuse(vscode.l10n.t('Put the caret on a test of a guideline first.'));
  const form = await server.request<FlagFormAnswer>(FLAG_FORM_REQUEST, where);
  if (form.problem !== null) return refuse(form.problem);
  const filled = await fillIn(form);
  if (!filled) return false;
  const wanted: FlagEditArguments = { ...where, ...filled, test: form.test, date: form.date };
  const { problem, files } = await server.request<FlagEditAnswer>(FLAG_EDIT_REQUEST, wanted);
  if (problem !== null) return refuse(problem);
  if (!(await applyFileEdits(files, null))) return false;
  // From a tree nothing else would show that something was written.
  if (entry) await openTarget(entry, false);
  return true;
}

type Filled = Pick<FlagEditArguments, 'reason' | 'action' | 'mirror'>;

/** The steps of the form; undefined when one is given up. */
async function fillIn(form: FlagFormAnswer): Promise<Filled | undefined> {
  const short = form.test.split('.').slice(-2).join('.');
  const steps = (form.hasReason ? 3 : 1) + (form.next === null ? 0 : 1);
  const titled = (step: number): string => vscode.l10n.t('Flag {0} ({1}/{2})', short, step, steps);
  const proposal = await pickType(form.proposals, titled(1));
  if (!proposal) return undefined;
  let { reason, action } = proposal;
  if (form.hasReason) {
    const given = await ask(titled(2), vscode.l10n.t('Reason (starts with the flag type)'), reason, (text) =>
      text.startsWith(`[${proposal.code}] `) && text.trim().length > proposal.code.length + 2
        ? undefined
        : vscode.l10n.t('Say why, behind [{0}].', proposal.code),
    );
    if (given === undefined) return undefined;
    reason = given.trim();
    const next = await ask(titled(3), vscode.l10n.t('Action: what is to be done about it'), action, (text) =>
      text.trim() === '' ? vscode.l10n.t('A flag needs an action.') : undefined,
    );
    if (next === undefined) return undefined;
    action = next.trim();
  }
  const mirror = form.next === null ? false : await askMirror(form.next, titled(steps));
  return mirror === undefined ? undefined : { reason, action, mirror };
}

async function pickType(proposals: readonly FlagProposal[], title: string): Promise<FlagProposal | undefined> {
  const items = proposals.map((proposal) => ({
    label: proposal.code,
    description: proposal.meaning,
    // What the index knows already: the evidence that speaks for this type.
    detail: proposal.reason.length > proposal.code.length + 3 ? proposal.reason : undefined,
    proposal,
  }));
  const options = { title, placeHolder: vscode.l10n.t('Flag type'), matchOnDescription: true, ignoreFocusOut: true };
  return (await vscode.window.showQuickPick(items, options))?.proposal;
}

function ask(
  title: string,
  prompt: string,
  value: string,
  validateInput: (text: string) => string | undefined,
): Thenable<string | undefined> {
  const valueSelection: [number, number] = [value.length, value.length];
  return vscode.window.showInputBox({ title, prompt, value, valueSelection, validateInput, ignoreFocusOut: true });
}

async function askMirror(next: string, title: string): Promise<boolean | undefined> {
  const items = [
    { label: vscode.l10n.t('Flag it in {0} as well', next), mirror: true },
    { label: vscode.l10n.t('Leave {0} alone', next), mirror: false },
  ];
  const placeHolder = vscode.l10n.t('{0} has this test without a flag', next);
  return (await vscode.window.showQuickPick(items, { title, placeHolder, ignoreFocusOut: true }))?.mirror;
}

function placeOf(given: unknown): FlagFormArguments | null {
  if (!isRecord(given) || typeof given['uri'] !== 'string' || !isPosition(given['position'])) return null;
  return { uri: given['uri'], position: given['position'] };
}

function refuse(message: string): false {
  void vscode.window.showInformationMessage(message);
  return false;
}

function isPosition(value: unknown): value is PositionJson {
  return isRecord(value) && typeof value['line'] === 'number' && typeof value['character'] === 'number';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
