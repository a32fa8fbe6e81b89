import { structuredPatch } from 'diff';

/** Lines around each change. */
const CONTEXT = 3;

/**
 * The change of one file as a unified diff that `git apply` and `patch -p1` take; "" when nothing changed. Line ends are kept as they are.
 * @param path relative, with `/`
 */
export function printUnifiedDiff(path: string, before: string, after: string): string {
  if (before === after) return '';
  const { hunks } = structuredPatch('', '', before, after, '', '', { context: CONTEXT });
  const lines = [`--- ${quotePath(`a/${path}`)}`, `+++ ${quotePath(`b/${path}`)}`];
  for (const hunk of hunks) {
    lines.push(`@@ -${printSpan(hunk.oldStart, hunk.oldLines)} +${printSpan(hunk.newStart, hunk.newLines)} @@`);
    lines.push(...hunk.lines);
  }
  return `${lines.join('\n')}\n`;
}

function printSpan(start: number, length: number): string {
  return length === 1 ? String(start) : `${start},${length}`;
}

/** As git writes names: a blank in one is followed by a tab, odd characters put it in quotes. */
function quotePath(path: string): string {
  if (/["\\\u0000-\u001f\u007f]/.test(path)) return `"${path.replace(/["\\\u0000-\u001f\u007f]/g, escapeCharacter)}"`;
  return path.includes(' ') ? `${path}\t` : path;
}

function escapeCharacter(character: string): string {
  if (character === '"' || character === '\\') return `\\${character}`;
  return `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`;
}
