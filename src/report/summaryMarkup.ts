import type { SummaryBlock } from './guidelineSummary';
import { escapeMarkdown } from './markdown';

/** The width that OpenStack's documentation checks ask for. */
const RST_WIDTH = 79;
const UNDERLINES = { 1: '=', 2: '-', 3: '~' } as const;

/** The document as reStructuredText, wrapped at 79 columns. */
export function printRst(blocks: readonly SummaryBlock[]): string {
  return `${blocks.map(printRstBlock).join('\n\n')}\n`;
}

/** The document as Markdown. */
export function printSummaryMarkdown(blocks: readonly SummaryBlock[]): string {
  return `${blocks.map(printMarkdownBlock).join('\n\n')}\n`;
}

function printRstBlock(block: SummaryBlock): string {
  switch (block.kind) {
    case 'heading': {
      const text = escapeRst(block.text);
      const line = UNDERLINES[block.level].repeat(Math.max(4, [...text].length));
      return block.level === 1 ? `${line}\n${text}\n${line}` : `${text}\n${line}`;
    }
    case 'fields':
      return block.fields.map(([name, value]) => wrap(`:${name}: ${escapeRst(value)}`, '', '  ')).join('\n');
    case 'list':
      return block.items.map((item) => wrap(escapeRst(item), '* ', '  ')).join('\n');
    default:
      return wrap(escapeRst(block.text), '', '');
  }
}

function printMarkdownBlock(block: SummaryBlock): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${escapeMarkdown(block.text)}`;
    case 'fields':
      return block.fields.map(([name, value]) => `- **${name}:** ${escapeMarkdown(value)}`).join('\n');
    case 'list':
      return block.items.map((item) => `- ${escapeMarkdown(item)}`).join('\n');
    default:
      return escapeMarkdown(block.text);
  }
}

/** Escapes inline markup: emphasis, literals, substitutions, and underscores that would make a word a reference. */
function escapeRst(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\*`|]/g, '\\$&')
    .replace(/_(?![\p{L}\p{N}])/gu, '\\_');
}

/** Breaks between words; a word that is longer than a line stays whole. */
function wrap(text: string, first: string, indent: string): string {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of text.split(' ')) {
    if (!empty && line.length + 1 + word.length > RST_WIDTH) {
      lines.push(line);
      line = indent;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line].join('\n');
}
