import assert from 'node:assert/strict';
import type { Parser } from 'web-tree-sitter';
import { matchSite } from '../../../src/guest/matchSite';
import { matchAccess } from '../../../src/guest/matchRules';
import { GUEST_RULES } from '../../../src/guest/catalogue/rules';
import type { WordRange } from '../../../src/model/guestSite';
import type { SiteKind } from '../../../src/model/siteKind';
import { template } from '../../support/evaluatedText';
import { loadTestGrammars } from '../../support/loadTestGrammars';

const PLACE: WordRange = { uri: 'file:///t.py', range: { start: 7, end: 9 } };

/** [kind, text or null, rules, level]: one that a rule applies to and one near it that none does. */
const cases: readonly (readonly [SiteKind, string | null, string, string])[] = [
  ['ssh', 'lsblk', 'IL102', 'linux'],
  ['ssh', null, 'IL111', 'posix'],
  ['upload', '#!/bin/sh\nlsblk', 'IL114 IL102', 'linux'],
  ['upload', null, 'IL114', 'posix'],
  ['upload', 'plain text', 'IL114', 'posix'],
  ['user-data', '#!/bin/sh\necho hi', 'IL211', 'boot'],
  ['user-data', 'greeting=hello', '', 'boot'],
  ['user-data', null, '', 'boot'],
  ['device', '/dev/vdb', 'IL213', 'boot'],
  ['device', '/dev/{}', '', 'boot'],
  ['image', 'cirros-0.3.1-x86_64-vmlinuz', 'IL214 IL215', 'boot'],
  ['image', 'debian.raw', '', 'boot'],
  ['login', null, 'IL201', 'login'],
  ['ping', null, 'IL219', 'reach'],
  ['connect', null, '', 'reach'],
  ['personality', null, 'IL212', 'boot'],
  ['console', null, 'IL216', 'boot'],
  ['reboot', 'SOFT', 'IL218', 'boot'],
  ['boot', null, '', 'boot'],
];

describe('matchSite', () => {
  let parser: Parser;
  before(async () => {
    parser = (await loadTestGrammars()).newParser('bash');
  });

  for (const [kind, text, rules, level] of cases) {
    it(`${kind} ${JSON.stringify(text)} → ${rules || 'nothing'} (${level})`, () => {
      const match = matchSite(
        { kind, text: text === null ? null : template(text), place: PLACE, subject: null },
        parser,
      );
      assert.equal(match.matches.map((one) => one.rule).join(' '), rules);
      assert.equal(match.level, level);
    });
  }

  it('points an access without text to its place, in the words given', () => {
    const { matches } = matchSite({ kind: 'login', text: null, place: PLACE, subject: "wait_until='SSHABLE'" }, parser);
    assert.deepEqual([matches[0]?.words, matches[0]?.subject], [[PLACE], "wait_until='SSHABLE'"]);
  });

  it('lets another rule speak for a site than the usual one of its kind', () => {
    const site = { kind: 'login', text: null, place: PLACE, subject: null, rule: 'IL202' } as const;
    const { matches, level } = matchSite(site, parser);
    assert.deepEqual([matches.map(({ rule }) => rule), level], [['IL202'], 'login']);
  });

  it('has a way to every access rule', () => {
    for (const rule of GUEST_RULES.filter((one) => one.id.startsWith('IL2'))) {
      const { level } = matchAccess(rule.id, 'x', [PLACE]);
      assert.equal(level, rule.level ?? 'boot', rule.id);
    }
  });
});
