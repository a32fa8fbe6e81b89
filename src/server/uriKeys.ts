import type { IndexView } from '../engine/indexView';

/**
 * Editors and Node spell one and the same file address differently (`file:///c%3A/a` and `file:///C:/a`, `%2B` and `+`). The
 * engine knows each file under one key; this finds the key for whatever spelling arrives.
 */
export class UriKeys {
  private readonly keys = new Map<string, string>();
  private version = -1;

  constructor(private readonly view: IndexView) {}

  /** The engine's key of a file; an unknown file gives the address itself, in its canonical form. */
  keyOf(uri: string): string {
    if (this.view.file(uri) !== undefined) return uri;
    if (this.version !== this.view.version) this.learn();
    const canonical = canonicalUri(uri);
    return this.keys.get(canonical) ?? canonical;
  }

  private learn(): void {
    this.keys.clear();
    for (const file of this.view.files()) this.keys.set(canonicalUri(file.uri), file.uri);
    this.version = this.view.version;
  }
}

/**
 * One spelling per address: path segments decoded and encoded again the way Node's `pathToFileURL` does, drive letters in upper case.
 * What is no URI with a scheme is returned as it is.
 */
export function canonicalUri(uri: string): string {
  const match = /^([a-zA-Z][\w+.-]*):\/\/([^/?#]*)([^?#]*)(.*)$/.exec(uri);
  if (!match) return uri;
  const [, scheme = '', authority = '', path = '', rest = ''] = match;
  const segments = path.split('/').map((segment) => encodeSegment(decodeSegment(segment)));
  const drive = segments[1];
  if (scheme.toLowerCase() === 'file' && drive !== undefined && /^[a-z]:$/.test(drive))
    segments[1] = drive.toUpperCase();
  return `${scheme.toLowerCase()}://${authority}${segments.join('/')}${rest}`;
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** As WHATWG URLs encode a path, plus what `pathToFileURL` adds, so that keys of disk files come out unchanged. */
function encodeSegment(segment: string): string {
  return encodeURI(segment)
    .replace(/[?#]/g, encodeURIComponent)
    .replace(/%5B/g, '[')
    .replace(/%5D/g, ']')
    .replace(/%7C/gi, '|')
    .replace(/%5E/gi, '^');
}

/** True when `uri` is `folder` or lies below it. Both in canonical form, the folder without a trailing slash. */
export function isBelow(uri: string, folder: string): boolean {
  return uri === folder || uri.startsWith(`${folder}/`);
}
