import assert from 'node:assert/strict';
import { DEFAULT_SERVER_SETTINGS } from '../../../src/protocol/messages';
import { needsReindex, readServerSettings } from '../../../src/server/serverSettings';

describe('settings of the server', () => {
  it('are the defaults for whatever is no setting', () => {
    for (const sent of [
      undefined,
      null,
      7,
      'x',
      [],
      {},
      { interopLens: null },
      { interopLens: { maxFileSize: -1, codeLens: 3 } },
    ]) {
      assert.deepEqual(readServerSettings(sent), DEFAULT_SERVER_SETTINGS);
    }
  });

  it('are read with and without the section', () => {
    const inner = { guidelines: { paths: ['/a', 3] }, maxFileSize: 2, codeLens: { helpers: false } };
    const expected = {
      guidelines: { paths: ['/a'] },
      maxFileSize: 2,
      codeLens: { tests: true, helpers: false, guidelines: true, testLists: true },
    };
    assert.deepEqual(readServerSettings(inner), expected);
    assert.deepEqual(readServerSettings({ interopLens: inner }), expected);
  });

  it('ask for a new index only when files or limits change', () => {
    const defaults = DEFAULT_SERVER_SETTINGS;
    assert.equal(
      needsReindex(defaults, {
        ...defaults,
        codeLens: { tests: false, helpers: false, guidelines: false, testLists: false },
      }),
      false,
    );
    assert.equal(needsReindex(defaults, { ...defaults, maxFileSize: 1 }), true);
    assert.equal(needsReindex(defaults, { ...defaults, guidelines: { paths: ['/a'] } }), true);
  });
});
