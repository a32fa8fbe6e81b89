import * as vscode from 'vscode';
import {
  COMPARE_REQUEST,
  type CompareArguments,
  type DocumentAnswer,
  type DocumentLinks,
  EXPLAIN_REQUEST,
  type ExplainArguments,
} from '../protocol/workbenchMessages';
import type { MakeDocument } from './documentPanels';
import type { DocumentSpec } from './documentSpec';
import { readRevision, revisionAddress } from './reportDocuments';
import type { ResultOverlay } from './resultOverlay';
import type { ServerConnection } from './serverConnection';

export const HEAD = 'HEAD';

/** Makes comparisons, explanations and tables of results, as they are now, whenever they are shown. */
export function makeDocuments(server: ServerConnection, overlay: ResultOverlay): MakeDocument {
  return async (spec, links) => {
    if (spec.kind === 'results') return overlay.printTable(vscode.Uri.parse(spec.uri), links);
    if (spec.kind === 'explain') {
      const wanted: ExplainArguments = { test: spec.test, links };
      return server.request<DocumentAnswer>(EXPLAIN_REQUEST, wanted);
    }
    return server.request<DocumentAnswer>(COMPARE_REQUEST, await describeSides(server, spec, links));
  };
}

async function describeSides(
  server: ServerConnection,
  spec: Extract<DocumentSpec, { kind: 'compare' | 'head' }>,
  links: DocumentLinks,
): Promise<CompareArguments> {
  if (spec.kind === 'compare') return { before: { uri: spec.before }, after: { uri: spec.after }, links };
  const { uri } = spec;
  const file = vscode.Uri.parse(uri);
  const revision = {
    name: HEAD,
    text: await readRevision(server, file, HEAD),
    address: revisionAddress(file, HEAD).toString(),
  };
  return { before: { uri, revision }, after: { uri }, links };
}
