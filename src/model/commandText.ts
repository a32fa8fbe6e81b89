/**
 * Text that the interpreter evaluated from Python source: literal stretches that know where they stand, and holes for
 * what is not known. A run of parts is one string value.
 */
export type TextPart = LiteralPart | HolePart;
export type EvaluatedText = readonly TextPart[];

export interface LiteralPart {
  readonly kind: 'literal';
  readonly text: string;
  /** The file in which the literal stands. */
  readonly uri: string;
  /**
   * Which source stretch each stretch of `text` came from, in order and without gaps in `text`. A plain stretch has as many
   * source units as text units and maps one to one; an escape (`\n`, `\x41`) is a segment of its own that maps as a whole.
   */
  readonly segments: readonly TextSegment[];
}

export interface TextSegment {
  readonly textStart: number;
  readonly textEnd: number;
  readonly sourceStart: number;
  readonly sourceEnd: number;
}

export interface HolePart {
  readonly kind: 'hole';
  /** `CONF.group.option` when the value is a configuration option, else "". */
  readonly option: string;
}

/** The text with `{}` for each hole, as machine-readable output shows it. */
export function printText(text: EvaluatedText): string {
  return text.map((part) => (part.kind === 'literal' ? part.text : '{}')).join('');
}
