import assert from 'node:assert/strict';
import { findingsOfSites, type ReachedSite } from '../../../src/guest/findingsOfSites';
import type { GuestSite, PathStep, RuleMatch, WordRange } from '../../../src/model/guestSite';

const HELPER = 'file:///remote_client.py';
const TEST = 'file:///test_x.py';

describe('findingsOfSites', () => {
  it('gives one finding per rule and place, however many tests get there', () => {
    const findings = findingsOfSites([
      reached(site({ path: [step('A.test_a', 10), step('Client.get_disks', 5, HELPER)] }), ['a']),
      reached(
        site({ path: [step('B.test_b', 20), step('Client.get_disks', 5, HELPER)] }),
        ['b', 'c'],
        ['compute-volume-attach'],
      ),
    ]);
    assert.equal(findings.length, 1);
    const [finding] = findings;
    assert.equal(finding?.rule, 'IL102');
    assert.deepEqual([finding?.uri, finding?.range], [HELPER, { start: 100, end: 105 }]);
    assert.match(finding?.message ?? '', /^`lsblk` .* may .* Reached by 3 tests; required by compute-volume-attach\.$/);
    assert.equal(finding?.flows.length, 2);
    assert.equal(finding?.flows[0]?.[0]?.message, 'B.test_b calls on here');
    assert.deepEqual(finding?.related, finding?.flows[0]);
  });

  it('covers a word around a short placeholder as one stretch, and the call where no word is known', () => {
    const around = [range(100, 106), range(108, 110), range(400, 410)];
    assert.deepEqual(findingsOfSites([reached(site({ words: around }))])[0]?.range, { start: 100, end: 110 });
    const [unknown] = findingsOfSites([reached(site({ words: [] }))]);
    assert.deepEqual([unknown?.uri, unknown?.range], [HELPER, { start: 90, end: 99 }]);
  });

  it('lowers what only runs after a failure to a hint, unless another test gets there plainly', () => {
    const debug = reached(site({ debugOnly: true }));
    assert.equal(findingsOfSites([debug])[0]?.severity, 'hint');
    assert.equal(findingsOfSites([debug, reached(site({}))])[0]?.severity, 'error');
  });

  it('only mentions what a command looks for, unless another command needs it', () => {
    const match = {
      rule: 'IL101',
      subject: '/sys/firmware/efi',
      words: [range(100, 105)],
      level: 'linux',
      intent: null,
    };
    const probe = reached({ ...site({}), matches: [{ ...(match as RuleMatch), isProbe: true }] });
    const [finding] = findingsOfSites([probe]);
    assert.equal(finding?.severity, 'info');
    assert.match(finding?.message ?? '', /only looked for/);
    const needed = reached({ ...site({}), matches: [match as RuleMatch] });
    assert.equal(findingsOfSites([probe, needed])[0]?.severity, 'error');
  });

  it('says of a plain command whether POSIX has it', () => {
    const messageOf = (subject: string): string =>
      findingsOfSites([reached(site({ rule: 'IL111', subject }))])[0]?.message ?? '';
    assert.doesNotMatch(messageOf('dd'), /POSIX has no/);
    assert.match(messageOf('md5sum'), /POSIX has no `md5sum` \(coreutils/);
    assert.match(messageOf('/usr/local/bin/frobnicate'), /Whether guests have `frobnicate` is not known/);
  });

  it('keeps the surer confidence', () => {
    const likely = reached(site({ confidence: 'likely' }));
    assert.equal(findingsOfSites([likely])[0]?.confidence, 'likely');
    assert.equal(findingsOfSites([likely, reached(site({}))])[0]?.confidence, 'certain');
  });

  it('reports an unguarded way to the guest once, at the call of the test', () => {
    const path = [step('A.test_a', 10), step('Client.get_disks', 5, HELPER)];
    const rulesAt = (one: GuestSite): string[] =>
      findingsOfSites([reached(one), reached(one)]).map((finding) => `${finding.rule} ${finding.uri}`);
    assert.deepEqual(rulesAt(site({ path, guards: [] })), [`IL102 ${HELPER}`, `IL220 ${TEST}`]);
    assert.deepEqual(rulesAt(site({ path })), [`IL102 ${HELPER}`]);
    assert.deepEqual(
      rulesAt(site({ path, guards: [{ condition: 'not validation.run_validation', kind: 'inline' }] })).length,
      2,
    );
    assert.deepEqual(rulesAt(site({ path, guards: [], debugOnly: true })), [`IL102 ${HELPER}`]);
    assert.deepEqual(rulesAt(site({ path, guards: [], kind: 'user-data' })), [`IL102 ${HELPER}`]);
  });

  it('takes all unguarded ways of a test together, first place first, with a path for each', () => {
    const late = step('A.test_a', 40);
    const early = [step('A.test_a', 10), step('Client.get_disks', 5, HELPER)];
    const ways = [
      { path: [late], guards: [] },
      { path: [step('A.test_a', 60)], guards: [{ condition: 'validation.run_validation', kind: 'inline' as const }] },
    ];
    const findings = findingsOfSites([
      reached(site({ path: [late], guards: [], ways })),
      reached(site({ path: early, guards: [], words: [range(300, 305)] })),
    ]).filter(({ rule }) => rule === 'IL220');
    assert.equal(findings.length, 1);
    const [finding] = findings;
    assert.deepEqual(finding?.range, { start: 10, end: 15 });
    assert.deepEqual(
      finding?.flows.map(([first]) => first?.range.start),
      [10, 40],
    );
    assert.match(finding?.message ?? '', /^`A\.test_a` reaches the guest without asking .* skipping\.$/);
  });

  it('asks for no guard where the old name of the option is one', () => {
    const guards = [{ condition: 'compute.run_ssh', kind: 'skip' as const }];
    assert.deepEqual(
      findingsOfSites([reached(site({ guards }))]).map(({ rule }) => rule),
      ['IL102'],
    );
  });

  it('says nothing of a tool for which the test asks, and speaks for the tests that do not', () => {
    const curl = site({
      rule: 'IL107',
      subject: 'curl http://169.254.169.254/x',
      command: 'curl http://169.254.169.254/x',
    });
    const probe = (command: string): GuestSite => site({ rule: 'IL111', subject: 'x', command, words: [range(1, 2)] });
    const rules = (...sites: ReachedSite[]): string[] => findingsOfSites(sites).map(({ rule }) => rule);
    for (const command of ['curl -V', 'command -v curl', 'which curl ', 'curl --version'])
      assert.deepEqual(rules(reached(curl), reached(probe(command))), ['IL111'], command);
    assert.deepEqual(rules(reached(curl), reached(probe('wget -V'))), ['IL111', 'IL107']);
    assert.deepEqual(rules(reached(curl, ['b']), reached(probe('curl -V'), ['a'])), ['IL111', 'IL107']);
  });

  it('says nothing of a command that it recommends itself', () => {
    const rules = (subject: string): string[] =>
      findingsOfSites([reached(site({ rule: 'IL111', subject }))]).map((finding) => finding.rule);
    assert.deepEqual([rules('uname -n'), rules('sync')], [[], ['IL111']]);
  });

  it('sorts by file, place and rule', () => {
    const two = site({ words: [range(300, 305)] });
    const one = site({ words: [range(200, 205)] });
    assert.deepEqual(
      findingsOfSites([reached(two), reached(one)]).map((finding) => finding.range.start),
      [200, 300],
    );
  });

  it('cuts a script as subject down to its first line', () => {
    const [finding] = findingsOfSites([reached(site({ subject: `#!/bin/sh\n${'x'.repeat(200)}`, rule: 'IL211' }))]);
    assert.ok(finding?.message.startsWith('`#!/bin/sh`:'));
  });
});

interface SiteParts extends Partial<GuestSite> {
  readonly words?: readonly WordRange[];
  readonly rule?: string;
  readonly subject?: string;
}

function site({ words = [range(100, 105)], rule = 'IL102', subject = 'lsblk', ...parts }: SiteParts): GuestSite {
  return {
    uri: HELPER,
    range: { start: 90, end: 99 },
    kind: 'ssh',
    command: subject,
    matches: [{ rule, subject, words, level: 'linux', intent: null }],
    level: 'linux',
    guards: [{ condition: 'validation.run_validation', kind: 'skip' }],
    confidence: 'certain',
    path: [step('A.test_a', 10)],
    debugOnly: false,
    ...parts,
  };
}

function reached(
  one: GuestSite,
  tests: readonly string[] = ['a'],
  requiredCapabilities: readonly string[] = [],
): ReachedSite {
  return { site: one, tests, requiredCapabilities };
}

function range(start: number, end: number): WordRange {
  return { uri: HELPER, range: { start, end } };
}

function step(name: string, start: number, uri = TEST): PathStep {
  return { function: name, uri, range: { start, end: start + 5 } };
}
