import { promises as files } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { GrammarBytes } from '../syntax/grammars';
import { ExitError } from './exitError';

/** The folder of the running program: `dist` when built, `src/cli` when run from source. */
const HOME = __dirname;

const PACKAGES = {
  runtimeWasm: 'web-tree-sitter/web-tree-sitter.wasm',
  pythonWasm: 'tree-sitter-python/tree-sitter-python.wasm',
  bashWasm: 'tree-sitter-bash/tree-sitter-bash.wasm',
} as const;

/**
 * Grammars from `dist/grammars` beside the program, or from node_modules when it runs from source.
 * @throws ExitError when they are in neither place.
 */
export async function readGrammarBytes(): Promise<GrammarBytes> {
  return {
    runtimeWasm: await readGrammar(PACKAGES.runtimeWasm),
    pythonWasm: await readGrammar(PACKAGES.pythonWasm),
    bashWasm: await readGrammar(PACKAGES.bashWasm),
  };
}

/**
 * The folder that holds all three grammars, for the language server.
 * @throws ExitError when there is none: a checkout has to be built first.
 */
export async function findGrammarFolder(): Promise<string> {
  for (const folder of [path.join(HOME, 'grammars'), path.join(HOME, '../../dist/grammars')]) {
    try {
      await files.access(path.join(folder, path.basename(PACKAGES.runtimeWasm)));
      return folder;
    } catch {
      // The next one, then.
    }
  }
  throw missing(path.join(HOME, 'grammars'));
}

async function readGrammar(packaged: string): Promise<Uint8Array> {
  const built = path.join(HOME, 'grammars', path.basename(packaged));
  try {
    return await files.readFile(built);
  } catch {
    return readFromPackage(packaged, built);
  }
}

async function readFromPackage(packaged: string, built: string): Promise<Uint8Array> {
  try {
    return await files.readFile(createRequire(__filename).resolve(packaged));
  } catch {
    throw missing(built);
  }
}

function missing(file: string): ExitError {
  return new ExitError(
    `The grammars are missing (${file}): run "npm ci && npm run build" in the checkout, or install the package again.`,
  );
}
