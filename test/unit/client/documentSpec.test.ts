import assert from 'node:assert/strict';
import { readDocumentSpec } from '../../../src/client/documentSpec';

describe('readDocumentSpec', () => {
  it('takes what documents are made of', () => {
    for (const spec of [
      { kind: 'compare', name: 'a → b', before: 'file:///a.json', after: 'file:///b.json' },
      { kind: 'head', name: 'a since HEAD', uri: 'file:///a.json' },
      { kind: 'results', name: 'a results', uri: 'file:///a.json' },
    ])
      assert.deepEqual(readDocumentSpec({ ...spec, more: 1 }), spec);
  });

  it('takes nothing else', () => {
    for (const value of [
      null,
      'compare',
      {},
      { kind: 'compare', name: 'x', before: 'file:///a.json' },
      { kind: 'head', uri: 'file:///a.json' },
      { kind: 'other', name: 'x', uri: 'file:///a.json' },
    ])
      assert.equal(readDocumentSpec(value), null);
  });
});
