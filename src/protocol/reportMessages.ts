import type { Rewrites } from '../model/whatIfPolicy';
import type { ReportModel } from '../report/reportModel';

/** What the report page in a webview and the client say to each other; nothing else is listened to. */
export type PageToEditor = ReadyMessage | OpenMessage | SaveMessage | RewritesMessage | DraftMessage;
export type EditorToPage = ModelMessage;

/** The page runs and wants the model. */
export interface ReadyMessage {
  readonly type: 'ready';
}

/** Open a source place: a position in the files of the model of that generation, 1-based line and column. */
export interface OpenMessage {
  readonly type: 'open';
  readonly generation: number;
  readonly file: number;
  readonly line: number;
  readonly column: number;
}

/** Save a text where the user says. */
export interface SaveMessage {
  readonly type: 'save';
  /** Proposed file name. */
  readonly name: string;
  readonly text: string;
}

/** The board wants to know what these rewrites lead to; the next model has it. */
export interface RewritesMessage {
  readonly type: 'rewrites';
  readonly rewrites: Rewrites;
}

/** Add draft capabilities to a guideline (a position in the files of the model of that generation), after a preview. */
export interface DraftMessage {
  readonly type: 'draft';
  readonly generation: number;
  readonly file: number;
  readonly kind: 'C' | 'E';
}

export interface ModelMessage {
  readonly type: 'model';
  readonly generation: number;
  readonly model: ReportModel;
}

/** client → server, `interopLens/report`: what the report page shows. */
export interface ReportArguments {
  /** Rewrites to be tried; `all` takes seconds on a large tree. */
  readonly rewrites: Rewrites;
}

export interface ReportAnswer {
  /** null while the index is being built. */
  readonly model: ReportModel | null;
  /** Addresses of `model.files`, in their order. */
  readonly uris: readonly string[];
}
export const REPORT_REQUEST = 'interopLens/report';
