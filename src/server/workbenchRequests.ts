import type { Connection } from 'vscode-languageserver';
import type { IndexView } from '../engine/indexView';
import type {
  ComparedGuideline,
  CompareArguments,
  ExplainArguments,
  FlagEditAnswer,
  FlagEditArguments,
  FlagFormArguments,
  ResultArguments,
  RevisionAnswer,
  RevisionArguments,
} from '../protocol/workbenchMessages';
import type { ServerHost } from './host';
import {
  COMPARE_REQUEST,
  EXPLAIN_REQUEST,
  FLAG_EDIT_REQUEST,
  FLAG_FORM_REQUEST,
  GUIDELINES_REQUEST,
  RESULT_REQUEST,
  REVISION_REQUEST,
} from '../protocol/workbenchMessages';
import { SourceError } from '../engine/fileSource';
import { answerForCurrentFiles, type ConfirmText } from './currentFiles';
import { compareGuidelines, listGuidelines } from './features/compare';
import { explainTest } from './features/explain';
import { makeFlagEdits, openFlagForm } from './features/flagForm';
import { judgeResults } from './features/result';
import { draftCapabilities, listProfileTemplates } from './features/whatIf';
import {
  DRAFT_REQUEST,
  type DraftAnswer,
  type DraftArguments,
  PROFILE_TEMPLATES_REQUEST,
} from '../protocol/whatIfMessages';

export interface WorkbenchContext {
  readonly host: ServerHost;
  /** An answer from the index with every edit so far; fails when there is no index, or when the work does. */
  readonly ask: <T>(work: (view: IndexView) => T) => T;
  /** The engine's key of an address as the editor spells it. */
  readonly keyOf: (uri: string) => string;
  /** Version of the open document of a key; null when it is not open. */
  readonly versionOf: (key: string) => number | null;
  readonly confirmText: ConfirmText;
}

const CHANGED_MEANWHILE: FlagEditAnswer & DraftAnswer = {
  problem: 'The file has changed meanwhile; nothing was edited. Try again.',
  files: [],
};

/** Answers what the guideline workbench asks. A failure goes back to the user who asked. */
export function answerWorkbench(
  connection: Connection,
  { host, ask, keyOf, versionOf, confirmText }: WorkbenchContext,
): void {
  const withKey = <T extends { readonly uri: string }>(given: T): T => ({ ...given, uri: keyOf(given.uri) });
  connection.onRequest(GUIDELINES_REQUEST, () => ask(listGuidelines));
  connection.onRequest(REVISION_REQUEST, (given: RevisionArguments) => readRevision(host, given));
  connection.onRequest(COMPARE_REQUEST, ({ before, after, links }: CompareArguments) =>
    ask((view) =>
      compareGuidelines(view, {
        before: withKey<ComparedGuideline>(before),
        after: withKey<ComparedGuideline>(after),
        links,
      }),
    ),
  );
  connection.onRequest(EXPLAIN_REQUEST, (given: ExplainArguments) =>
    ask((view) => explainTest(view, given.uri === undefined ? given : { ...given, uri: keyOf(given.uri) })),
  );
  connection.onRequest(RESULT_REQUEST, (given: ResultArguments) => ask((view) => judgeResults(view, withKey(given))));
  connection.onRequest(FLAG_FORM_REQUEST, (given: FlagFormArguments) =>
    ask((view) => openFlagForm(view, withKey(given))),
  );
  connection.onRequest(PROFILE_TEMPLATES_REQUEST, () => listProfileTemplates());
  connection.onRequest(DRAFT_REQUEST, (given: DraftArguments) =>
    answerForCurrentFiles(
      () => ask((view) => draftCapabilities(view, withKey(given), versionOf)),
      ({ files }) => files.flatMap(({ uri, version }) => (version === null ? [uri] : [])),
      confirmText,
      CHANGED_MEANWHILE,
    ),
  );
  connection.onRequest(FLAG_EDIT_REQUEST, (given: FlagEditArguments) =>
    answerForCurrentFiles(
      () => ask((view) => makeFlagEdits(view, withKey(given), versionOf)),
      ({ files }) => files.flatMap(({ uri, version }) => (version === null ? [uri] : [])),
      confirmText,
      CHANGED_MEANWHILE,
    ),
  );
}

async function readRevision(host: ServerHost, { uri, revision }: RevisionArguments): Promise<RevisionAnswer> {
  if (host.readRevision === null || !uri.startsWith('file:')) return { text: null, problem: null };
  try {
    return { text: await host.readRevision(uri, revision), problem: null };
  } catch (error) {
    if (error instanceof SourceError) return { text: null, problem: error.message };
    throw error;
  }
}
