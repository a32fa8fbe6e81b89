import type { CompletionItemKind } from 'vscode-languageserver';
import type { IndexView } from '../../engine/indexView';
import type { RoleAt } from '../../guideline/guidelineRole';
import type { JsonPlace } from '../../guideline/jsonPlace';

/** One thing that may stand at a place. */
export interface Offered {
  /** The string or key, without quotes. */
  readonly text: string;
  /** What the list shows, when it is not the text itself. */
  readonly label?: string;
  /** A dotted name whose last part is shown first, and the rest behind it: lists cut what is long at its end. */
  readonly isDotted?: boolean;
  readonly detail?: string;
  /** Markdown. */
  readonly documentation?: string;
  readonly kind: CompletionItemKind;
  /** For a key without a value: the value to write behind it, as JSON. */
  readonly value?: string;
}

/** What may stand at a place: best first, and whether more would fit. */
export interface Offer {
  readonly items: readonly Offered[];
  readonly more: boolean;
}

/** Where something is to be completed. */
export interface CompletionPlace extends RoleAt {
  readonly view: IndexView;
  readonly uri: string;
  readonly json: JsonPlace;
}
