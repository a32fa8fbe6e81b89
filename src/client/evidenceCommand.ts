import * as vscode from 'vscode';
import type { EvidenceAnswer, EvidenceArguments, LocationJson, PlaceArguments, RangeJson } from '../protocol/messages';
import type { ReportDocuments } from './reportDocuments';
import type { ServerConnection } from './serverConnection';
import { EVIDENCE_REQUEST } from '../protocol/messages';
import { EXPLAIN_REQUEST, type ExplainAnswer } from '../protocol/workbenchMessages';
import { readNode } from './treeCommands';
import { toRange } from './treePresentation';

/**
 * Shows the call path behind a level in a peek view: of a test, a place or a node of a tree; without arguments, of the place of the caret.
 * @returns false when there was none to show (which is told)
 */
export async function runShowEvidence(server: ServerConnection, given: unknown): Promise<boolean> {
  const where = readSubject(given);
  if (!where) return false;
  const answer = await server.request<EvidenceAnswer>(EVIDENCE_REQUEST, where);
  const [first] = answer.steps;
  if (!first) {
    void vscode.window.showInformationMessage(answer.title);
    return false;
  }
  await peek(where.uri ?? first.uri, where.position ?? first.range.start, answer.steps);
  return true;
}

/**
 * Shows what is known of a test, with the reason of every hop of its paths, in a document whose places are links: of a test, of a
 * place or of a node of a tree; without arguments, of the place of the caret.
 * @returns the address of its Markdown, or undefined when there was no test (which is told)
 */
export async function runExplainTest(
  server: ServerConnection,
  documents: ReportDocuments,
  given: unknown,
): Promise<vscode.Uri | undefined> {
  const where = readSubject(given);
  if (!where) return undefined;
  const { test, problem } = await server.request<ExplainAnswer>(EXPLAIN_REQUEST, where);
  if (test === null) {
    void vscode.window.showInformationMessage(problem ?? vscode.l10n.t('No test stands here.'));
    return undefined;
  }
  return documents.open({ kind: 'explain', name: test.slice(test.lastIndexOf('.') + 1), test });
}

/** What a command was called on, or the place of the caret; null, and told, where there is neither. */
function readSubject(given: unknown): EvidenceArguments | null {
  const asked = readNode(given)?.evidence ?? given;
  const where = isEvidenceArguments(asked) ? asked : placeOfCaret();
  if (!where)
    void vscode.window.showInformationMessage(vscode.l10n.t('Put the caret on a test or on a guest command first.'));
  return where;
}

/** Shows places that a lens of the server names. The arguments are the server's: [uri, position, locations]. */
export async function runShowReferences(uri: unknown, position: unknown, locations: unknown): Promise<void> {
  if (typeof uri !== 'string' || !isPosition(position) || !Array.isArray(locations)) return;
  await peek(uri, position, locations.filter(isLocation));
}

/** Shows places in a peek view at a place. */
export async function peek(uri: string, position: RangeJson['start'], places: readonly LocationJson[]): Promise<void> {
  await vscode.commands.executeCommand(
    'editor.action.peekLocations',
    vscode.Uri.parse(uri),
    new vscode.Position(position.line, position.character),
    places.map((place) => new vscode.Location(vscode.Uri.parse(place.uri), toRange(place.range))),
    'peek',
  );
}

/** The file and place of the caret in the active editor. */
export function placeOfCaret(): PlaceArguments | null {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return null;
  const { line, character } = editor.selection.active;
  return { uri: editor.document.uri.toString(), position: { line, character } };
}

function isEvidenceArguments(value: unknown): value is EvidenceArguments {
  return (
    isRecord(value) &&
    (typeof value['test'] === 'string' || (typeof value['uri'] === 'string' && isPosition(value['position'])))
  );
}

function isLocation(value: unknown): value is LocationJson {
  const range = isRecord(value) && typeof value['uri'] === 'string' ? value['range'] : null;
  return isRecord(range) && isPosition(range['start']) && isPosition(range['end']);
}

function isPosition(value: unknown): value is RangeJson['start'] {
  return isRecord(value) && typeof value['line'] === 'number' && typeof value['character'] === 'number';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
