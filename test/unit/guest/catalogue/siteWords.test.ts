import assert from 'node:assert/strict';
import { describeSiteWords } from '../../../../src/guest/catalogue/siteWords';
import { matchCommand, matchUserData } from '../../../../src/guest/matchRules';
import { matchSite } from '../../../../src/guest/matchSite';
import { GUEST_OSES, type GuestOs } from '../../../../src/model/guestLevel';
import type { GuestSite } from '../../../../src/model/guestSite';
import type { Support } from '../../../../src/model/portability';
import type { WhatIfWord } from '../../../../src/model/whatIfInput';
import { parseShell } from '../../../../src/syntax/shell';
import { template } from '../../../support/evaluatedText';
import { loadTestGrammars } from '../../../support/loadTestGrammars';

describe('the words of a site', () => {
  let wordsOf: (kind: GuestSite['kind'], text: string) => readonly WhatIfWord[];

  before(async () => {
    const parser = (await loadTestGrammars()).newParser('bash');
    wordsOf = (kind, text) => {
      const script = parseShell(template(text), parser);
      const place = { uri: 'file:///t.py', range: { start: 0, end: 1 } };
      const match =
        kind === 'ssh'
          ? matchCommand(script)
          : kind === 'user-data'
            ? matchUserData(script)
            : matchSite({ kind, text: null, place, subject: null }, parser);
      const rest = { guards: [], confidence: 'certain', path: [], debugOnly: false } as const;
      return describeSiteWords({ ...place, kind, command: text, ...match, ...rest });
    };
  });

  const rowOf = (word: WhatIfWord | undefined): string =>
    GUEST_OSES.map((os: GuestOs): Support | undefined => word?.support[os]).join(' ');

  it('of a Linux path are Linux alone, however much its last part looks like a command', () => {
    for (const command of ['cut -f1 -d. /proc/uptime', 'grep -c ^processor /proc/cpuinfo']) {
      const [word, ...rest] = wordsOf('ssh', command);
      assert.deepEqual(rest, []);
      assert.equal(rowOf(word), 'yes yes no no no', command);
      assert.equal(word?.tool, null);
      assert.equal(word.inContainer, 'differs');
    }
  });

  it('of a command are its own row, by which a tool may be carried', () => {
    const [hostname] = wordsOf('ssh', 'hostname');
    assert.equal(rowOf(hostname), 'yes yes yes yes differs');
    assert.equal(hostname?.alternatives.windows, '$env:COMPUTERNAME');
    const words = wordsOf('ssh', 'sudo cat /etc/hosts');
    assert.equal(rowOf(words.find(({ tool }) => tool === 'sudo')), 'may may may may no');
  });

  it('that take Linux are not said to be elsewhere for a namesake', () => {
    assert.equal(rowOf(wordsOf('ssh', 'mount /dev/vdb /mnt').find(({ rule }) => rule === 'IL103')), 'yes yes no no no');
    assert.equal(rowOf(wordsOf('ssh', 'pgrep nc')[0]), 'yes may differs differs no');
  });

  it('of a command that nobody knows stay unknown', () => {
    assert.equal(rowOf(wordsOf('ssh', 'frobnicate --all')[0]), 'unknown unknown unknown unknown unknown');
  });

  it('are none where a script is only an aid, and none for a login', () => {
    assert.deepEqual(wordsOf('user-data', '#!/bin/sh\necho hello\n'), []);
    assert.deepEqual(wordsOf('login', ''), []);
    assert.equal(wordsOf('user-data', '#!/bin/sh\nmkfs.ext4 /dev/vdb\n')[0]?.rule, 'IL103');
  });

  it('of a console say that it depends on the image', () => {
    assert.equal(rowOf(wordsOf('console', '')[0]), 'yes yes may may may');
  });
});
