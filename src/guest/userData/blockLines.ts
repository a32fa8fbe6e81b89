/** A stretch of a text: offsets, UTF-16 code units. */
export interface LineStretch {
  readonly start: number;
  readonly end: number;
}

/**
 * Where the lines of a YAML literal block (`|`) stand in its source: without the indentation, with their line end.
 * @param source the block with its header line
 * @param value what it reads as
 * @returns null when the lines do not read as the value (a folded block, tabs)
 */
export function blockLines(source: string, value: string): LineStretch[] | null {
  const lines: LineStretch[] = [];
  let at = source.indexOf('\n') + 1;
  const wanted = value.split('\n');
  const indentation = indentationOf(source.slice(at), wanted);
  for (const [i, line] of wanted.entries()) {
    const isLast = i === wanted.length - 1;
    if (isLast && line === '') break;
    const end = source.indexOf('\n', at);
    const whole = source.slice(at, end < 0 ? undefined : end);
    const start = at + Math.min(indentation, whole.length);
    if (source.slice(start, at + whole.length) !== line) return null;
    lines.push({ start, end: at + whole.length + (isLast ? 0 : 1) });
    if (end < 0) break;
    at = end + 1;
  }
  return lines;
}

/** What stands before the first line that is not blank, less what the line itself begins with. */
function indentationOf(body: string, wanted: readonly string[]): number {
  const first = wanted.findIndex((line) => line.trim() !== '');
  const written = body.split('\n')[first] ?? '';
  return written.length - (wanted[first] ?? '').length;
}
