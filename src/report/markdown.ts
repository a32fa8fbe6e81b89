/** Text that would otherwise end a cell, start markup or pass as HTML. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>|]/g, '\\$&').replace(/\s*[\r\n]+\s*/g, ' ');
}

/** A name as a link, or alone where it leads nowhere. */
export function linkTo(text: string, address: string | null): string {
  const shown = escapeMarkdown(text);
  return address === null ? shown : `[${shown}](${address})`;
}
