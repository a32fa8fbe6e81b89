/** Messages about cloud profiles and drafts of capabilities. */
import type { FileEdits } from './workbenchMessages';

/** client → server, `interopLens/profileTemplates`: texts to start a cloud profile from. */
export interface ProfileTemplate {
  /** `illumos-zones` */
  readonly key: string;
  readonly name: string;
  readonly description: string;
  /** Commented YAML. */
  readonly text: string;
}
export const PROFILE_TEMPLATES_REQUEST = 'interopLens/profileTemplates';

/** client → server, `interopLens/draftCapabilities`: the edits that add drafts to a guideline. */
export interface DraftArguments {
  /** C: an uploaded image can be run; E: a capability per guest system. */
  readonly kind: 'C' | 'E';
  readonly uri: string;
}

export interface DraftAnswer {
  /** Why there are no edits, to be shown; null when there are. */
  readonly problem: string | null;
  readonly files: readonly FileEdits[];
}
export const DRAFT_REQUEST = 'interopLens/draftCapabilities';
