import * as vscode from 'vscode';
import type { GuidelineInfo } from '../protocol/workbenchMessages';
import type { ReportDocuments } from './reportDocuments';
import type { ServerConnection } from './serverConnection';
import { HEAD } from './makeDocument';
import { findSubject, listGuidelines, pickGuideline } from './pickGuideline';
import { canReadRevisions, readRevision } from './reportDocuments';

interface OtherSide extends vscode.QuickPickItem {
  /** null: the same file as git's HEAD has it. */
  readonly guideline: GuidelineInfo | null;
}

/**
 * Compares two guidelines, or one with what git has of it, in a document with links.
 * @param given the guideline that the command was called on; without it, that of the editor, else one is asked for
 * @param other what to compare with: an address or `HEAD`; without it, it is asked for
 * @returns the address of its Markdown, or undefined when the user gave up
 */
export async function runCompareGuidelines(
  server: ServerConnection,
  documents: ReportDocuments,
  given: unknown,
  other: unknown,
): Promise<vscode.Uri | undefined> {
  const guidelines = await listGuidelines(server);
  if (guidelines.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no guideline in the workspace.'));
    return undefined;
  }
  const title = vscode.l10n.t('Compare Guidelines');
  const subject =
    findSubject(given, guidelines) ??
    (await pickGuideline(guidelines, title, vscode.l10n.t('Guideline, the later one of two')));
  if (!subject) return undefined;
  const side = findOther(other, guidelines) ?? (await pickOther(subject, guidelines, title));
  if (!side) return undefined;
  if (side.guideline === null) {
    // What git does not have is told at once, and not by a document.
    await readRevision(server, vscode.Uri.parse(subject.uri), HEAD);
    return documents.open({ kind: 'head', name: `${subject.label} since HEAD`, uri: subject.uri });
  }
  const [before, after] = inOrder(guidelines, subject, side.guideline);
  const name = `${before.label} → ${after.label}`;
  return documents.open({ kind: 'compare', name, before: before.uri, after: after.uri });
}

function findOther(other: unknown, guidelines: readonly GuidelineInfo[]): OtherSide | undefined {
  if (other === HEAD) return { label: HEAD, guideline: null };
  const guideline = typeof other === 'string' ? findSubject(other, guidelines) : undefined;
  return guideline && { label: guideline.label, guideline };
}

async function pickOther(
  subject: GuidelineInfo,
  guidelines: readonly GuidelineInfo[],
  title: string,
): Promise<OtherSide | undefined> {
  const head: OtherSide = {
    label: vscode.l10n.t('$(git-commit) {0} as committed (git HEAD)', subject.label),
    guideline: null,
  };
  const others = guidelines
    .filter(({ uri }) => uri !== subject.uri)
    .map((guideline): OtherSide => ({ ...guideline, guideline }));
  const items = (await canReadRevisions(vscode.Uri.parse(subject.uri))) ? [head, ...others] : others;
  const placeHolder = vscode.l10n.t('Compare {0} with', subject.label);
  return vscode.window.showQuickPick(items, { title, placeHolder, matchOnDescription: true });
}

/** The earlier guideline first: the list has the newest first. */
function inOrder(
  guidelines: readonly GuidelineInfo[],
  one: GuidelineInfo,
  other: GuidelineInfo,
): [before: GuidelineInfo, after: GuidelineInfo] {
  const rank = ({ uri }: GuidelineInfo): number => guidelines.findIndex((guideline) => guideline.uri === uri);
  return rank(one) > rank(other) ? [one, other] : [other, one];
}
