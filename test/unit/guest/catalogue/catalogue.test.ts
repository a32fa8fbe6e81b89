import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { GUEST_OSES } from '../../../../src/model/guestLevel';
import { COMMAND_ROWS, findCommandRow } from '../../../../src/guest/catalogue/commands';
import { INTENTS } from '../../../../src/guest/catalogue/intents';
import { POSIX_UTILITIES } from '../../../../src/guest/catalogue/posixUtilities';
import { COMMAND_RECOGNIZERS, PATH_RECOGNIZERS } from '../../../../src/guest/catalogue/recognizers';
import { GUEST_RULES, findGuestRule, listRuleInfo } from '../../../../src/guest/catalogue/rules';

const PAGES = path.join(__dirname, '../../../../docs/rules');

describe('portability catalogue', () => {
  it('has one rule per id, in order, each with a kebab-case name of its own', () => {
    const ids = GUEST_RULES.map((rule) => rule.id);
    assert.deepEqual(ids, [...new Set(ids)].sort());
    assert.equal(new Set(GUEST_RULES.map((rule) => rule.name)).size, ids.length);
    for (const { id, name } of GUEST_RULES) {
      assert.match(id, /^IL[12]\d\d$/);
      assert.match(name, /^[a-z0-9]+(-[a-z0-9]+)*$/);
    }
  });

  it('raises a guest to linux for exactly the rules that say so', () => {
    const linux = GUEST_RULES.filter((rule) => rule.level === 'linux').map((rule) => rule.id);
    assert.deepEqual(linux, [
      'IL101',
      'IL102',
      'IL103',
      'IL104',
      'IL105',
      'IL109',
      'IL116',
      'IL117',
      'IL119',
      'IL120',
      'IL121',
      'IL122',
    ]);
  });

  it('fills every row of every rule, and hedges or names the subject in each message', () => {
    for (const rule of GUEST_RULES) {
      for (const os of GUEST_OSES) assert.notEqual(rule.rows[os].trim(), '', `${rule.id} ${os}`);
      assert.ok(rule.message.includes('{subject}'), rule.id);
      assert.ok(rule.summary.endsWith('.'), rule.id);
    }
  });

  it('recognizes only for rules and intents that exist', () => {
    for (const { rule, intent } of [...COMMAND_RECOGNIZERS, ...PATH_RECOGNIZERS]) {
      assert.ok(findGuestRule(rule), rule);
      assert.ok(intent === null || INTENTS.has(intent), String(intent));
    }
  });

  it('has a row for every command that a rule names', () => {
    const named = COMMAND_RECOGNIZERS.flatMap((recognizer) => recognizer.names);
    const missing = named.filter((name) => findCommandRow(name).note === 'not in the catalogue');
    assert.deepEqual(missing, []);
  });

  it('says yes, no, differs or may for each guest OS, and unknown only outside the catalogue', () => {
    for (const row of COMMAND_ROWS.values()) {
      for (const os of GUEST_OSES) assert.notEqual(row.support[os], 'unknown', `${row.name} ${os}`);
      assert.notEqual(row.note, '', row.name);
    }
    assert.equal(findCommandRow('frobnicate').support.linux, 'unknown');
    assert.equal(findCommandRow('frobnicate').posix, false);
    assert.equal(findCommandRow('comm').posix, true);
    assert.equal(findCommandRow('mkfs.xfs').support.windows, 'no');
  });

  it('keeps Linux-only commands out of POSIX', () => {
    for (const name of ['lsblk', 'mount', 'ip', 'hostname', 'sudo', 'nc', 'free', 'nproc'])
      assert.equal(POSIX_UTILITIES.has(name), false, name);
    for (const name of ['uname', 'cat', 'ps', 'kill', 'getconf', '['])
      assert.equal(POSIX_UTILITIES.has(name), true, name);
  });

  it('gives addresses of rule pages', () => {
    assert.equal(listRuleInfo('https://x/')[0]?.url, 'https://x/IL101.md');
  });
});

describe('rule pages', () => {
  const pages = readdirSync(PAGES).filter((name) => /^IL[12]\d\d\.md$/.test(name));

  it('exist for every rule and for no other id', () => {
    assert.deepEqual(
      pages.sort(),
      GUEST_RULES.map((rule) => `${rule.id}.md`),
    );
  });

  for (const rule of GUEST_RULES) {
    it(`${rule.id} says what the catalogue says`, () => {
      const page = readFileSync(path.join(PAGES, `${rule.id}.md`), 'utf8');
      assert.ok(page.startsWith(`# ${rule.id}: ${rule.name}\n`));
      assert.ok(
        page.includes(`Severity: ${rule.severity}. Guest level: ${rule.level ?? 'none by itself'}.`),
        'severity and level',
      );
      assert.ok(page.includes(rule.message.replace('{subject}', '…')), 'message');
      for (const os of GUEST_OSES) assert.ok(page.includes(`| ${os} | ${rule.rows[os]} |`), os);
      assert.ok(page.includes(`| OpenStack API | ${rule.api ?? '–'} |`), 'API row');
      for (const section of [
        '## Message',
        '## Problematic code',
        '## Better code',
        '## Why',
        '## Exceptions',
        '## On each guest',
        '## Fix',
        '## References',
      ]) {
        assert.ok(page.includes(`\n${section}\n`), section);
      }
      for (const fix of rule.fixes) assert.ok(page.includes(fix), fix);
    });
  }
});
