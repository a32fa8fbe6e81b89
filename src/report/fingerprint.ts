import type { Finding } from '../model/finding';
import type { FindingsContext } from './findingsReport';

/**
 * A fingerprint per finding, 16 hex digits, in the order of the findings. It holds the rule, the file and the line's text
 * without its indentation, and no line number, so that a finding keeps it when code above moves. Findings that agree in all
 * of it are numbered in the given order.
 */
export function fingerprintFindings(findings: readonly Finding[], context: FindingsContext): readonly string[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const text = [
      finding.rule,
      context.places.pathOf(finding.uri),
      readLine(finding, context),
      readSubject(finding, context),
    ].join('\0');
    const count = (seen.get(text) ?? 0) + 1;
    seen.set(text, count);
    return hashText(`${text}\0${count}`);
  });
}

/** The flagged words themselves, to tell two findings of one line apart. */
function readSubject(finding: Finding, context: FindingsContext): string {
  return context.textOf(finding.uri)?.slice(finding.range.start, finding.range.end) ?? '';
}

function readLine(finding: Finding, context: FindingsContext): string {
  const text = context.textOf(finding.uri) ?? '';
  const before = Math.max(
    text.lastIndexOf('\n', finding.range.start - 1),
    text.lastIndexOf('\r', finding.range.start - 1),
  );
  const after = /[\r\n]|$/.exec(text.slice(finding.range.start))?.index ?? 0;
  return text.slice(before + 1, finding.range.start + after).trim();
}

const FNV_OFFSET = 0xcbf29ce484222325n;
const FNV_PRIME = 0x100000001b3n;

/** FNV-1a, 64 bits, over UTF-8: no secret depends on it, and it needs no crypto module. */
function hashText(text: string): string {
  let hash = FNV_OFFSET;
  for (const byte of new TextEncoder().encode(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * FNV_PRIME);
  return hash.toString(16).padStart(16, '0');
}
