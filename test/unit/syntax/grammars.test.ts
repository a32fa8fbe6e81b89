import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { GrammarError, loadGrammars } from '../../../src/syntax/grammars';
import { loadTestGrammars } from '../../support/loadTestGrammars';

describe('loadGrammars', () => {
  it('gives parsers that read Python and shell', async () => {
    const grammars = await loadTestGrammars();
    const python = grammars.newParser('python').parse('x = 1\n');
    const bash = grammars.newParser('bash').parse('cat /proc/uptime | wc -l');
    assert.equal(python?.rootNode.type, 'module');
    assert.equal(python?.rootNode.hasError, false);
    assert.equal(bash?.rootNode.firstChild?.type, 'pipeline');
  });

  it('names the grammar whose bytes are damaged', async () => {
    const requireFrom = createRequire(__filename);
    const read = (name: string): Uint8Array => readFileSync(requireFrom.resolve(name));
    await assert.rejects(
      loadGrammars({
        runtimeWasm: read('web-tree-sitter/web-tree-sitter.wasm'),
        pythonWasm: read('tree-sitter-python/tree-sitter-python.wasm'),
        bashWasm: new Uint8Array([0, 1, 2]),
      }),
      (error: unknown) => error instanceof GrammarError && /shell grammar/.test(error.message),
    );
  });
});
