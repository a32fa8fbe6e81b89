import type { Node } from 'web-tree-sitter';
import type { MappedText } from './shellText';

/** A word as read: its text after quote removal, and where it stands (with its quotes) in the flat text. */
export interface RawWord {
  readonly value: MappedText;
  /** Offsets in the flat text. */
  readonly start: number;
  readonly end: number;
  readonly expands: boolean;
}

const EXPANSIONS: ReadonlySet<string> = new Set([
  'simple_expansion',
  'expansion',
  'command_substitution',
  'process_substitution',
  'arithmetic_expansion',
]);

export function isExpansion(node: Node): boolean {
  return EXPANSIONS.has(node.type);
}

/** Reads the word that `node` spans in `source`, the text that was parsed. */
export function readWord(node: Node, source: MappedText): RawWord {
  const reading = new WordReading(source);
  reading.read(node);
  return reading.finish(node.startIndex, node.endIndex);
}

/** One word out of neighbours without a blank between them (grammar splits `a$b` and `x=$(y)` into several nodes). */
export function readSpan(source: MappedText, start: number, end: number, nodes: readonly Node[]): RawWord {
  const reading = new WordReading(source);
  let at = start;
  for (const node of nodes) {
    reading.copy(at, node.startIndex);
    reading.read(node);
    at = node.endIndex;
  }
  reading.copy(at, end);
  return reading.finish(start, end);
}

class WordReading {
  private text = '';
  private readonly origin: number[] = [];
  private expands = false;

  constructor(private readonly source: MappedText) {}

  read(node: Node): void {
    if (isExpansion(node)) {
      this.expands = true;
      this.copy(node.startIndex, node.endIndex);
    } else if (node.type === 'raw_string') this.copy(node.startIndex + 1, node.endIndex - 1);
    else if (node.type === 'ansi_c_string') this.copy(node.startIndex + 2, node.endIndex - 1);
    else if (node.type === 'string') this.readDoubleQuoted(node);
    else if (node.type === 'translated_string') this.readChildren(node, node.startIndex + 1);
    else if (node.type === 'word') this.copyUnescaped(node.startIndex, node.endIndex, null);
    else if (node.childCount > 0) this.readChildren(node, node.startIndex);
    else this.copy(node.startIndex, node.endIndex);
  }

  private readChildren(node: Node, from: number): void {
    let at = from;
    for (const child of node.children) {
      if (child.startIndex < at) continue;
      this.copy(at, child.startIndex);
      this.read(child);
      at = child.endIndex;
    }
    this.copy(at, node.endIndex);
  }

  /** The grammar leaves blanks at the edges of a string out of its children, so the text is copied between them. */
  private readDoubleQuoted(node: Node): void {
    const closed = node.lastChild?.type === '"' && node.endIndex - node.startIndex > 1 && !node.lastChild.isMissing;
    const end = closed ? node.endIndex - 1 : node.endIndex;
    let at = node.startIndex + 1;
    for (const child of node.namedChildren) {
      if (!isExpansion(child)) continue;
      this.copyUnescaped(at, child.startIndex, '"\\$`\n');
      this.read(child);
      at = child.endIndex;
    }
    this.copyUnescaped(at, end, '"\\$`\n');
  }

  /** Drops the backslash before any character, or before those of `escapable` only. */
  private copyUnescaped(start: number, end: number, escapable: string | null): void {
    for (let i = start; i < end; i++) {
      const next = this.source.text.charAt(i + 1);
      const escapes =
        this.source.text.charAt(i) === '\\' && i + 1 < end && (escapable === null || escapable.includes(next));
      if (!escapes) this.copy(i, i + 1);
      else {
        i++;
        if (next !== '\n') this.copy(i, i + 1);
      }
    }
  }

  copy(start: number, end: number): void {
    for (let i = start; i < end; i++) {
      this.text += this.source.text.charAt(i);
      this.origin.push(this.source.origin[i] ?? 0);
    }
  }

  finish(start: number, end: number): RawWord {
    return {
      value: { text: this.text, origin: this.origin },
      ...flatRange(this.source, start, end),
      expands: this.expands,
    };
  }
}

/** The stretch of the flat text that `[start, end)` of a mapped text came from. */
export function flatRange(source: MappedText, start: number, end: number): { start: number; end: number } {
  if (end <= start) {
    const at = source.origin[start] ?? source.origin[source.origin.length - 1] ?? 0;
    return { start: at, end: at };
  }
  return { start: source.origin[start] ?? 0, end: (source.origin[end - 1] ?? 0) + 1 };
}

/** The part of a mapped text in `[start, end)`. */
export function sliceMapped(source: MappedText, start: number, end: number): MappedText {
  return { text: source.text.slice(start, end), origin: source.origin.slice(start, end) };
}
