import type { EvaluatedText, TextPart } from '../model/commandText';
import type { WordRange } from '../model/guestSite';

/**
 * One character of the private use area stands for each hole while the text is parsed: the grammar reads it as part of a
 * word, and offsets stay simple. A hole is told from such a character in the source by its place, not by its code.
 */
const HOLE = '\uE000';

/** Tempest puts this before every command. Its value is whole statements, so it is no part of the command's first word. */
const PROLOGUE_OPTION = 'CONF.validation.ssh_shell_prologue';

/** Evaluated text as one string for the parser, and the way back from its offsets to the source. */
export interface FlatText {
  readonly text: string;
  /** Offsets of holes in `text`, ascending. */
  readonly holes: readonly number[];
  readonly stretches: readonly Stretch[];
}

interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly part: TextPart;
}

export function flattenText(evaluated: EvaluatedText): FlatText {
  let text = '';
  const holes: number[] = [];
  const stretches: Stretch[] = [];
  for (const part of evaluated) {
    const start = text.length;
    if (part.kind === 'literal') text += part.text;
    else if (part.option === PROLOGUE_OPTION) text += ' ';
    else {
      holes.push(start);
      text += HOLE;
    }
    stretches.push({ start, end: text.length, part });
  }
  return { text, holes, stretches };
}

/** Source ranges of `[start, end)` of the flat text, in order; stretches that touch in one file become one range. */
export function sourceRanges(flat: FlatText, start: number, end: number): WordRange[] {
  const ranges: WordRange[] = [];
  for (const stretch of flat.stretches) {
    if (stretch.part.kind === 'hole' || stretch.end <= start || stretch.start >= end) continue;
    const from = start - stretch.start;
    const to = end - stretch.start;
    for (const segment of stretch.part.segments) {
      if (segment.textEnd <= from || segment.textStart >= to) continue;
      const plain = segment.textEnd - segment.textStart === segment.sourceEnd - segment.sourceStart;
      const sourceStart = plain ? segment.sourceStart + Math.max(0, from - segment.textStart) : segment.sourceStart;
      const sourceEnd = plain ? segment.sourceEnd - Math.max(0, segment.textEnd - to) : segment.sourceEnd;
      appendRange(ranges, stretch.part.uri, sourceStart, sourceEnd);
    }
  }
  return ranges;
}

function appendRange(ranges: WordRange[], uri: string, start: number, end: number): void {
  if (end <= start) return;
  const last = ranges[ranges.length - 1];
  if (last !== undefined && last.uri === uri && last.range.end === start) {
    ranges[ranges.length - 1] = { uri, range: { start: last.range.start, end } };
  } else {
    ranges.push({ uri, range: { start, end } });
  }
}

/** `CONF.…` names of the holes inside `[start, end)`. */
export function holeOptions(flat: FlatText, start: number, end: number): string[] {
  return flat.stretches
    .filter((stretch) => stretch.part.kind === 'hole' && stretch.start >= start && stretch.end <= end)
    .map((stretch) => (stretch.part.kind === 'hole' ? stretch.part.option : ''))
    .filter((option) => option !== '');
}

/** Text whose characters each know their offset in the flat text: what quote removal and `sh -c` hand on. */
export interface MappedText {
  readonly text: string;
  readonly origin: readonly number[];
}

export function mapWholeText(text: string): MappedText {
  return { text, origin: Array.from({ length: text.length }, (_, offset) => offset) };
}

/** `{}` for the characters that stand for holes. */
export function showHoles(mapped: MappedText, holes: ReadonlySet<number>): string {
  if (!mapped.text.includes(HOLE)) return mapped.text;
  let shown = '';
  for (let i = 0; i < mapped.text.length; i++) {
    const character = mapped.text.charAt(i);
    shown += character === HOLE && holes.has(mapped.origin[i] ?? -1) ? '{}' : character;
  }
  return shown;
}
