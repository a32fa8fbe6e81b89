import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { loadGrammars, type Grammars } from '../../src/syntax/grammars';

const requireFrom = createRequire(__filename);
let grammars: Promise<Grammars> | null = null;

/** The real grammars out of node_modules, loaded once for all test files of a run. */
export function loadTestGrammars(): Promise<Grammars> {
  grammars ??= loadGrammars({
    runtimeWasm: readFileSync(requireFrom.resolve('web-tree-sitter/web-tree-sitter.wasm')),
    pythonWasm: readFileSync(requireFrom.resolve('tree-sitter-python/tree-sitter-python.wasm')),
    bashWasm: readFileSync(requireFrom.resolve('tree-sitter-bash/tree-sitter-bash.wasm')),
  });
  return grammars;
}
