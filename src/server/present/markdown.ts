/** Text as Markdown that shows exactly these characters. Line breaks become blanks. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!<>|~&]/g, '\\$&').replace(/\s*[\r\n]+\s*/g, ' ');
}

/** Text as inline code, whatever backticks it holds; line breaks become blanks. An empty text gives "". */
export function inlineCode(text: string): string {
  const line = text.replace(/\s*[\r\n]+\s*/g, ' ');
  if (line === '') return '';
  const longestRun = Math.max(0, ...Array.from(line.matchAll(/`+/g), (match) => match[0].length));
  const fence = '`'.repeat(longestRun + 1);
  const padding = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${padding}${line}${padding}${fence}`;
}

/** A Markdown link; `label` is escaped, `target` must be a URI. */
export function link(label: string, target: string): string {
  return `[${escapeMarkdown(label)}](${target.replace(/[()\s]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)})`;
}

/** `1 test`, `2 tests`, `0 tests`. */
export function count(amount: number, singular: string, plural: string = `${singular}s`): string {
  return `${amount} ${amount === 1 ? singular : plural}`;
}
