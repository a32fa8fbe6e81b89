import assert from 'node:assert/strict';

describe('the web extension host', () => {
  it('is what runs the suite', () => {
    assert.ok('importScripts' in globalThis);
  });
});
