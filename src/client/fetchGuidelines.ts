import type { PublishedGuideline } from './publishedGuidelines';

/** Published guidelines are below 200 kB; ten times that is no guideline. */
export const LARGEST_GUIDELINE = 2 * 1024 * 1024;

/** A base URL that cannot be used, or a server that cannot be reached. The message can be shown. */
export class FetchError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'FetchError';
  }
}

/** What a fetch needs from outside. */
export interface FetchContext {
  /** Ends the fetch; what was saved stays. */
  readonly signal: AbortSignal;
  /** Why a text is no guideline, or null when it is one. */
  readonly findProblem: (name: string, text: string) => Promise<string | null>;
  /** Keeps a guideline under its name; replaces an older one as a whole or not at all. */
  readonly save: (name: string, bytes: Uint8Array) => Promise<void>;
  readonly onProgress: (done: number, total: number, name: string) => void;
}

export interface FetchReport {
  readonly saved: readonly string[];
  /** Files that the server has and that were not kept, with the reason. */
  readonly refused: readonly { readonly name: string; readonly reason: string }[];
  readonly cancelled: boolean;
}

/**
 * Downloads every published guideline that the server has. Missing ones are passed over; what is too large or no guideline is refused.
 * @param baseUrl https, or http on this machine; the address that repository paths are appended to
 * @throws FetchError when the address cannot be used or the server cannot be reached
 */
export async function fetchGuidelines(
  baseUrl: string,
  wanted: readonly PublishedGuideline[],
  context: FetchContext,
): Promise<FetchReport> {
  const base = checkBaseUrl(baseUrl);
  const saved: string[] = [];
  const refused: { name: string; reason: string }[] = [];
  for (const [index, { name, paths }] of wanted.entries()) {
    if (context.signal.aborted) return { saved, refused, cancelled: true };
    context.onProgress(index, wanted.length, name);
    try {
      const bytes = await fetchFirst(base, paths, context.signal);
      if (!bytes) continue;
      const problem = await keepGuideline(name, bytes, context);
      if (problem === null) saved.push(name);
      else refused.push({ name, reason: problem });
    } catch (error) {
      if (context.signal.aborted) return { saved, refused, cancelled: true };
      if (!(error instanceof RefusedError)) throw error;
      refused.push({ name, reason: error.message });
    }
  }
  return { saved, refused, cancelled: false };
}

/** @throws FetchError when it is no URL that may be asked. */
export function checkBaseUrl(text: string): URL {
  let url: URL;
  try {
    url = new URL(text.endsWith('/') ? text : `${text}/`);
  } catch {
    throw new FetchError(
      `"${text}" is no address. Set interopLens.guidelines.baseUrl to one that starts with https://.`,
    );
  }
  if (!isAllowed(url))
    throw new FetchError(
      `${text} is not used: guidelines are fetched over https only. Change interopLens.guidelines.baseUrl.`,
    );
  return url;
}

/** https; plain http on this machine alone, for a local mirror. */
function isAllowed(url: URL): boolean {
  return (
    url.protocol === 'https:' ||
    (url.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname))
  );
}

/** One file is refused; the others go on. */
class RefusedError extends Error {}

async function fetchFirst(base: URL, paths: readonly string[], signal: AbortSignal): Promise<Uint8Array | null> {
  for (const path of paths) {
    const response = await request(new URL(path, base), signal);
    if (response.status === 404) {
      await response.body?.cancel();
      continue;
    }
    if (!isAllowed(new URL(response.url))) throw new RefusedError(`the server redirected to ${response.url}`);
    if (!response.ok) throw new RefusedError(`the server answered ${response.status} ${response.statusText}`);
    return readLimited(response);
  }
  return null;
}

async function request(url: URL, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(url, { signal, redirect: 'follow' });
  } catch (error) {
    if (signal.aborted) throw error;
    const cause =
      error instanceof Error && error.cause instanceof Error
        ? `${error.message} (${error.cause.message})`
        : String(error);
    throw new FetchError(
      `${url.origin} cannot be reached: ${cause}. Check the network and interopLens.guidelines.baseUrl.`,
    );
  }
}

/** Reads no further than the limit, whatever the server says of the length. */
async function readLimited(response: Response): Promise<Uint8Array> {
  const reader = response.body?.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  while (reader) {
    const { value } = (await reader.read()) as { readonly value?: Uint8Array };
    if (value === undefined) break;
    size += value.byteLength;
    if (size > LARGEST_GUIDELINE) {
      await reader.cancel();
      throw new RefusedError(`it is larger than ${LARGEST_GUIDELINE} bytes`);
    }
    chunks.push(value);
  }
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

async function keepGuideline(name: string, bytes: Uint8Array, context: FetchContext): Promise<string | null> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return 'it is no UTF-8 text';
  }
  const problem = await context.findProblem(name, text);
  if (problem === null) await context.save(name, bytes);
  return problem;
}
