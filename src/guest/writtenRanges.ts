import type { EvaluatedText } from '../model/commandText';
import type { WordRange } from '../model/guestSite';

/** The stretches of source that a text was put together from, in order of the text. */
export function writtenRanges(text: EvaluatedText): WordRange[] {
  return text.flatMap((part) => {
    const first = part.kind === 'literal' ? part.segments[0] : undefined;
    if (part.kind !== 'literal' || first === undefined) return [];
    const end = part.segments[part.segments.length - 1]?.sourceEnd ?? first.sourceEnd;
    return [{ uri: part.uri, range: { start: first.sourceStart, end } }];
  });
}
