import type { TextRange } from '../model/text';
import { findNodePath, type SyntaxNode } from './findNode';
import type { FixFile } from './fixContext';

/** One quoted piece of a string literal (`'a' "b"` has two), as it is written. */
export interface LiteralPiece {
  /** The whole literal, all its pieces. */
  readonly literal: Extract<SyntaxNode, { k: 'str' }>;
  /** From the outermost statement to what holds the literal, without it. */
  readonly around: readonly SyntaxNode[];
  /** `r`, `b` …, lower case. */
  readonly prefix: string;
  readonly quote: string;
  /** Offset of the prefix. */
  readonly start: number;
}

/**
 * The piece in which a stretch of source stands. Null where it is no plain string literal, where the stretch is not all in one piece,
 * or where it stands behind a value of an f-string.
 */
export function findLiteralPiece(file: FixFile, range: TextRange): LiteralPiece | null {
  const { nodes } = findNodePath(file.facts, range);
  const literal = nodes[nodes.length - 1];
  if (literal?.k !== 'str') return null;
  const text = findStretch(literal.segments, range);
  if (text === null) return null;
  const around = nodes.slice(0, -1);
  const joined = around[around.length - 1];
  const before = file.text.slice(joined?.k === 'fstr' ? joined.s : literal.s, text);
  const [opening, prefix = '', quote = ''] = /([a-zA-Z]{0,2})('''|"""|'|")$/.exec(before) ?? [];
  if (opening === undefined) return null;
  return { literal, around, prefix: prefix.toLowerCase(), quote, start: text - opening.length };
}

/** Where the run of segments without a gap begins that holds the range; escapes are segments of their own. */
function findStretch(segments: readonly number[], { start, end }: TextRange): number | null {
  let from = 0;
  let to = -1;
  for (let i = 0; i + 3 < segments.length; i += 4) {
    const [sourceStart = 0, sourceEnd = 0] = segments.slice(i + 2, i + 4);
    if (sourceStart !== to) from = sourceStart;
    to = sourceEnd;
    if (from <= start && start <= to && end <= to) return from;
  }
  return null;
}
