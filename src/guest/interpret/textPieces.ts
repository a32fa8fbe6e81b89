import type { EvaluatedText, LiteralPart, TextPart } from '../../model/commandText';
import { HOLE, slicePart } from './texts';

/** A stretch of a text; offsets are those of the printed text, where a hole is `{}`. A hole that is cut stays. */
export function sliceText(text: EvaluatedText, start: number, end: number): EvaluatedText {
  const parts: TextPart[] = [];
  let at = 0;
  for (const part of text) {
    const length = part.kind === 'literal' ? part.text.length : 2;
    const from = Math.max(start - at, 0);
    const to = Math.min(end - at, length);
    if (from < to) parts.push(part.kind === 'literal' ? slicePart(part, from, to) : part);
    at += length;
  }
  return parts;
}

/** The text with a hole for each occurrence of one of the words. */
export function splitByWords(text: EvaluatedText, words: readonly string[]): EvaluatedText {
  return words
    .filter((word) => word !== '')
    .reduce<EvaluatedText>(
      (parts, word) => parts.flatMap((part) => (part.kind === 'literal' ? splitPart(part, word) : [part])),
      text,
    );
}

function splitPart(part: LiteralPart, word: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (let at = part.text.indexOf(word); at >= 0; at = part.text.indexOf(word, from)) {
    if (at > from) parts.push(slicePart(part, from, at));
    parts.push(HOLE);
    from = at + word.length;
  }
  if (from < part.text.length) parts.push(slicePart(part, from, part.text.length));
  return parts;
}

/** Texts with the same text between them. */
export function joinTexts(separator: string, texts: readonly EvaluatedText[]): EvaluatedText {
  const between: TextPart = { kind: 'literal', text: separator, uri: '', segments: [] };
  return texts.flatMap((text, i) => (i > 0 ? [between, ...text] : [...text]));
}
