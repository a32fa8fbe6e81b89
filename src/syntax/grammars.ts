import { Language, Parser } from 'web-tree-sitter';

/** The WebAssembly files that parsing needs, as bytes: who reads them from where is the host's affair. */
export interface GrammarBytes {
  /** `web-tree-sitter.wasm`, the parser's runtime. */
  readonly runtimeWasm: Uint8Array;
  /** `tree-sitter-python.wasm`. */
  readonly pythonWasm: Uint8Array;
  /** `tree-sitter-bash.wasm`. */
  readonly bashWasm: Uint8Array;
}

export type GrammarName = 'python' | 'bash';

/** Loaded grammars. Parsers hold memory outside of JavaScript: `delete()` those that are thrown away. */
export interface Grammars {
  readonly python: Language;
  readonly bash: Language;
  newParser(grammar: GrammarName): Parser;
}

/** The runtime or a grammar could not be loaded (damaged bytes, a grammar of another ABI). */
export class GrammarError extends Error {
  constructor(message: string, options: { cause: unknown }) {
    super(message, options);
    this.name = 'GrammarError';
  }
}

/**
 * Loads the parser runtime and both grammars from bytes, without a file system.
 * @throws GrammarError when one of them is no loadable WebAssembly.
 */
export async function loadGrammars(bytes: GrammarBytes): Promise<Grammars> {
  // Parser.init keeps the first runtime for the whole process, so a second call costs nothing. `locateFile` is set so that the
  // runtime never looks for a file beside the bundle, which fails in workers.
  await loaded(
    'the parser runtime',
    Parser.init({ wasmBinary: exactBuffer(bytes.runtimeWasm), locateFile: (name: string) => name }),
  );
  const python = await loaded('the Python grammar', Language.load(bytes.pythonWasm));
  const bash = await loaded('the shell grammar', Language.load(bytes.bashWasm));
  const languages: Record<GrammarName, Language> = { python, bash };
  return {
    python,
    bash,
    newParser(grammar: GrammarName): Parser {
      return new Parser().setLanguage(languages[grammar]);
    },
  };
}

/** A Node `Buffer` is a window on a shared pool: the runtime wants a buffer that holds its bytes alone. */
function exactBuffer(bytes: Uint8Array): ArrayBuffer {
  const copy = new ArrayBuffer(bytes.byteLength);
  new Uint8Array(copy).set(bytes);
  return copy;
}

async function loaded<T>(what: string, loading: Promise<T>): Promise<T> {
  try {
    return await loading;
  } catch (cause) {
    throw new GrammarError(`Cannot load ${what}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
