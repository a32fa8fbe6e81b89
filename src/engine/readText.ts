import type { EngineSettings } from './settings';

/** Text of a file, or why it is left out. */
export type ReadText = { readonly text: string } | SkippedText;

export interface SkippedText {
  readonly skipped: string;
  /** It was read, and is no text in UTF-8. */
  readonly isNoText?: true;
  /** What can be read of a file in another encoding, and the offset of the first character that cannot. */
  readonly readable?: { readonly text: string; readonly brokenAt: number };
}

/**
 * Decodes a source file. UTF-8 is required (PEP 3120, RFC 8259), unless a coding comment names another encoding (PEP 263), as old
 * Python has it; a byte order mark is dropped, since offsets count from the first real character as editors do.
 */
export function decodeText(bytes: Uint8Array, settings: EngineSettings): ReadText {
  if (bytes.byteLength > settings.maxFileSize) return { skipped: describeSize(bytes.byteLength, settings) };
  if (bytes.subarray(0, 8192).includes(0)) return { skipped: 'It is a binary file.', isNoText: true };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    const text = new TextDecoder('utf-8').decode(bytes);
    const named = decodeAsNamed(bytes, text);
    if (named !== null) return { text: named };
    return {
      skipped:
        'It is not UTF-8. Save it as UTF-8 (Python 3 and JSON require it, unless a coding comment says otherwise).',
      isNoText: true,
      readable: { text, brokenAt: Math.max(0, text.indexOf('\ufffd')) },
    };
  }
}

/** PEP 263: in the first line, or in the second behind a comment or an empty line. */
const CODING_COMMENT = /^(?:[ \t\f]*(?:#.*)?\r?\n)?[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;

/** The text in the encoding that its coding comment names; null without one, and for one that the platform does not know. */
function decodeAsNamed(bytes: Uint8Array, text: string): string | null {
  const name = CODING_COMMENT.exec(text)?.[1];
  if (name === undefined) return null;
  try {
    // Python takes `latin_1` and `Latin-1` too.
    const label = name
      .toLowerCase()
      .replaceAll('_', '-')
      .replace(/^latin-/, 'latin');
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

export function describeSize(size: number, settings: EngineSettings): string {
  const megabytes = (bytes: number): string => (bytes / 1024 / 1024).toFixed(1);
  return `It is ${megabytes(size)} MB, more than the limit of ${megabytes(settings.maxFileSize)} MB (raise interopLens.maxFileSize to read it).`;
}

/** A 53-bit hash of a text: two texts of one repository that differ do not meet in it. */
export function hashText(text: string): string {
  let h1 = 0xdeadbeef;
  let h2 = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    h1 = Math.imul(h1 ^ code, 2654435761);
    h2 = Math.imul(h2 ^ code, 1597334677);
  }
  h1 = Math.imul(h1 ^ (h1 >>> 16), 2246822507) ^ Math.imul(h2 ^ (h2 >>> 13), 3266489909);
  h2 = Math.imul(h2 ^ (h2 >>> 16), 2246822507) ^ Math.imul(h1 ^ (h1 >>> 13), 3266489909);
  return (4294967296 * (2097151 & h2) + (h1 >>> 0)).toString(36) + text.length.toString(36);
}
