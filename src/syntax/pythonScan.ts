/** Where the line that `from` stands in ends. */
export function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

/** Where the string that begins at `at` (a quote) ends; one that is not closed ends with its line, or with the text. */
export function endOfString(text: string, at: number): number {
  const quote = text[at] ?? '';
  const triple = text.startsWith(quote.repeat(3), at);
  const close = triple ? quote.repeat(3) : quote;
  let end = at + close.length;
  while (end < text.length) {
    if (text[end] === '\\') end += 2;
    else if (text.startsWith(close, end)) return end + close.length;
    else if (!triple && text[end] === '\n') return end;
    else end++;
  }
  return Math.min(end, text.length);
}
