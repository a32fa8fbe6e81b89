import type { Severity } from '../../model/finding';
import type { TextLocation, TextRange } from '../../model/text';

/** What a check says; `lintGuideline` makes a finding of it. */
export interface LintDraft {
  readonly rule: string;
  readonly range: TextRange;
  readonly message: string;
  /** Caps the rule's severity where this case matters less. */
  readonly atMost?: Severity;
  readonly related?: readonly (TextLocation & { readonly message: string })[];
  /** `likely` where the evidence is a pattern and not a fact. */
  readonly likely?: boolean;
}
