import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeText, hashText } from '../../../src/engine/readText';
import { DEFAULT_SETTINGS } from '../../../src/engine/settings';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

function reasonFor(bytes: Uint8Array, maxFileSize = DEFAULT_SETTINGS.maxFileSize): string {
  const read = decodeText(bytes, { ...DEFAULT_SETTINGS, maxFileSize });
  return 'skipped' in read ? read.skipped : `read: ${read.text}`;
}

describe('decodeText', () => {
  it('reads another encoding that a coding comment names (PEP 263), and no other', () => {
    const latin = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
    for (const head of [
      '# -*- coding: latin-1 -*-\n',
      '#!/usr/bin/python\n# vim: set fileencoding=iso-8859-1 :\n',
      '\n# coding: Latin_1\n',
    ])
      assert.deepEqual(decodeText(latin(`${head}x = 'é'\n`), DEFAULT_SETTINGS), { text: `${head}x = 'é'\n` });
    const koi8 = Uint8Array.from([...latin('# coding: koi8-r\n#'), 0xc1, 0x0a]);
    assert.deepEqual(decodeText(koi8, DEFAULT_SETTINGS), { text: '# coding: koi8-r\n#а\n' });
    for (const head of [
      'x = 1\n# coding: latin-1\n',
      '\n\n# coding: latin-1\n',
      '# coding: no-such-code\n',
      '# coding: utf-8\n',
    ])
      assert.match(reasonFor(latin(`${head}x = 'é'\n`)), /not UTF-8/, head);
  });

  it('reads UTF-8, without its byte order mark', () => {
    assert.deepEqual(decodeText(encode('é = "\u{1f427}"\n'), DEFAULT_SETTINGS), { text: 'é = "\u{1f427}"\n' });
    assert.deepEqual(decodeText(new Uint8Array([0xef, 0xbb, 0xbf, 0x78]), DEFAULT_SETTINGS), { text: 'x' });
    assert.deepEqual(decodeText(new Uint8Array(), DEFAULT_SETTINGS), { text: '' });
  });

  it('says why it leaves a file out', () => {
    assert.match(reasonFor(new Uint8Array([0x78, 0xe9, 0x0a])), /not UTF-8/);
    assert.match(reasonFor(new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0x00])), /binary/);
    assert.match(reasonFor(encode('x'.repeat(1_100_000)), 1_048_576), /1\.0 MB, more than the limit of 1\.0 MB/);
  });

  it('a file just as large as the limit is read', () => {
    assert.equal(reasonFor(encode('abc'), 3), 'read: abc');
    assert.match(reasonFor(encode('abcd'), 3), /limit/);
  });

  it('never throws on any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void decodeText(bytes, DEFAULT_SETTINGS)));
  });
});

describe('hashText', () => {
  it('is the same for the same text, and another for one that differs by a character', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), (text, at) => {
        assert.equal(hashText(text), hashText(`${text}`));
        const cut = at % (text.length + 1);
        assert.notEqual(hashText(text), hashText(`${text.slice(0, cut)}#${text.slice(cut)}`));
      }),
    );
  });
});
