import * as vscode from 'vscode';
import type { ComparedGuideline, CompareArguments, DocumentAnswer, GuidelineInfo } from '../protocol/workbenchMessages';
import type { ReportDocuments } from './reportDocuments';
import type { ServerConnection } from './serverConnection';
import { COMPARE_REQUEST } from '../protocol/workbenchMessages';
import { findSubject, listGuidelines, pickGuideline } from './pickGuideline';
import { canReadRevisions, readRevision, revisionAddress } from './reportDocuments';

const HEAD = 'HEAD';

interface OtherSide extends vscode.QuickPickItem {
  /** null: the same file as git's HEAD has it. */
  readonly guideline: GuidelineInfo | null;
}

/**
 * Compares two guidelines, or one with what git has of it, in a Markdown document.
 * @param given the guideline that the command was called on; without it, that of the editor, else one is asked for
 * @param other what to compare with: an address or `HEAD`; without it, it is asked for
 * @returns the address of the document, or undefined when the user gave up
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
  return side.guideline === null
    ? openAgainstHead(server, documents, subject)
    : openTwo(server, documents, ...inOrder(guidelines, subject, side.guideline));
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

function openTwo(
  server: ServerConnection,
  documents: ReportDocuments,
  before: GuidelineInfo,
  after: GuidelineInfo,
): Promise<vscode.Uri> {
  const key = JSON.stringify([before.uri, after.uri]);
  return documents.open(`${before.label} → ${after.label}`, key, () =>
    compare(server, { before: { uri: before.uri }, after: { uri: after.uri } }),
  );
}

async function openAgainstHead(
  server: ServerConnection,
  documents: ReportDocuments,
  { uri, label }: GuidelineInfo,
): Promise<vscode.Uri> {
  const file = vscode.Uri.parse(uri);
  const readHead = async (): Promise<ComparedGuideline> => ({
    uri,
    revision: {
      name: HEAD,
      text: await readRevision(server, file, HEAD),
      address: revisionAddress(file, HEAD).toString(),
    },
  });
  // What git does not have is told at once, and not by a document.
  await readHead();
  return documents.open(`${label} since HEAD`, JSON.stringify([uri, HEAD]), async () =>
    compare(server, { before: await readHead(), after: { uri } }),
  );
}

async function compare(server: ServerConnection, compared: CompareArguments): Promise<string> {
  // The editor's Markdown preview takes no link to a file: it would show its whole text.
  const wanted: CompareArguments = { ...compared, withLinks: false };
  const { markdown, problem } = await server.request<DocumentAnswer>(COMPARE_REQUEST, wanted);
  return problem ?? markdown;
}
