import assert from 'node:assert/strict';
import { describeMatch } from '../../../../src/guest/catalogue/describeMatch';
import type { RuleMatch } from '../../../../src/model/guestSite';

describe('describeMatch', () => {
  const match = (rule: string, subject: string, intent: string | null): RuleMatch => ({
    rule,
    subject,
    words: [],
    level: 'linux',
    intent,
  });

  it('names the alternatives of the intent for each guest, and the way through the API', () => {
    const description = describeMatch(match('IL119', '/proc/cpuinfo', 'cpu-count'));
    assert.equal(description?.command, null);
    assert.equal(description?.guests.find((guest) => guest.os === 'busybox')?.alternative, 'nproc');
    assert.match(description?.api ?? '', /vcpus/);
  });

  it('adds the row of the command', () => {
    const description = describeMatch(match('IL102', '/sbin/blkid', 'disk-identity'));
    assert.equal(description?.command?.name, 'blkid');
    assert.equal(description?.guests.find((guest) => guest.os === 'windows')?.support, 'no');
    assert.equal(describeMatch(match('IL111', '{}', null))?.command, null);
  });

  it('has nothing to say of rules that it does not know', () => {
    assert.equal(describeMatch(match('IL301', 'x', null)), null);
  });
});
