import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { CloudProfile } from '../../../src/model/cloudProfile';
import { GUEST_OSES } from '../../../src/model/guestLevel';
import type { WhatIfInput } from '../../../src/model/whatIfInput';
import {
  GUEST_CHOICES,
  IMPLEMENTATIONS,
  REGION_RULES,
  TODAYS_POLICY,
  type Policy,
} from '../../../src/model/whatIfPolicy';
import type { CapabilityVerdict, GuidelineVerdict, Verdict } from '../../../src/model/whatIfVerdict';
import { BUILTIN_PROFILES, findBuiltinProfile } from '../../../src/policy/builtinProfiles';
import { evaluatePolicy } from '../../../src/policy/evaluatePolicy';
import { compareVerdicts } from '../../../src/policy/verdicts';
import { BOOT, GUARDED, LOGIN, profile, region, table, word } from '../../support/whatIfTables';

const UNAME = word('uname -n', 'yyyyn');
const CPUINFO = word('/proc/cpuinfo', 'yynnn', {
  rule: 'IL119',
  level: 'linux',
  tool: null,
  inContainer: 'differs',
  alternatives: { linux: 'getconf', illumos: 'psrinfo -p', windows: '(Get-CimInstance …)' },
});
const SUDO = word('sudo', 'mmmmn');

const INPUT = table(
  {
    'a.Keys.test_api': {},
    'b.Servers.test_boot': { sites: [BOOT] },
    'c.Servers.test_login': { sites: [BOOT, { ...LOGIN, guards: [{ ...GUARDED, kind: 'inline' }] }] },
    'd.Servers.test_name': {
      sites: [BOOT, { kind: 'ssh', level: 'posix', words: [UNAME], guards: [{ ...GUARDED, kind: 'skip' }] }],
    },
    'e.Servers.test_cpus': {
      sites: [BOOT, { kind: 'ssh', level: 'linux', words: [CPUINFO], guards: [{ ...GUARDED, kind: 'inline' }] }],
      safe: [BOOT],
    },
    'f.Servers.test_sudo': { sites: [{ kind: 'ssh', level: 'posix', words: [SUDO] }] },
    'g.Servers.test_lost': { sites: [BOOT], unresolvedCalls: 2 },
    'h.Images.test_upload': { upload: 'uploads' },
  },
  {
    keys: { entries: ['a.Keys.test_api'] },
    boot: { entries: ['b.Servers.test_boot'] },
    login: { entries: ['c.Servers.test_login'] },
    name: { entries: ['d.Servers.test_name'] },
    cpus: { entries: ['b.Servers.test_boot', 'e.Servers.test_cpus'] },
    flagged: { entries: ['a.Keys.test_api', { test: 'e.Servers.test_cpus', flagged: true }] },
    sudo: { status: 'advisory', entries: ['f.Servers.test_sudo'] },
    lost: { status: 'advisory', entries: ['g.Servers.test_lost'] },
    gone: { status: 'advisory', entries: [{ test: null }] },
    upload: { status: 'advisory', entries: ['h.Images.test_upload'] },
  },
);

function judge(cloud: CloudProfile, policy: Partial<Policy> = {}, input: WhatIfInput = INPUT): GuidelineVerdict {
  const [only] = evaluatePolicy(input, cloud, { ...TODAYS_POLICY, ...policy }).guidelines;
  assert.ok(only);
  return only;
}

function capabilities(verdict: GuidelineVerdict, at = 0): ReadonlyMap<string, CapabilityVerdict> {
  return new Map(verdict.regions[at]?.components.flatMap(({ list }) => list.map((one) => [one.name, one])));
}

function verdictsOf(cloud: CloudProfile, policy: Partial<Policy> = {}): Record<string, Verdict> {
  return Object.fromEntries([...capabilities(judge(cloud, policy))].map(([name, { verdict }]) => [name, verdict]));
}

function reasonsOf(cloud: CloudProfile, capability: string, policy: Partial<Policy> = {}): string[] {
  const found = capabilities(judge(cloud, policy)).get(capability);
  return found?.against.flatMap(({ reasons }) => reasons.map(({ text }) => text)) ?? [];
}

describe('what-if verdicts', () => {
  it('of a Linux cloud with every tool hold wherever the tree has the test', () => {
    assert.deepEqual(verdictsOf(profile(region('r', [{ os: 'linux', tools: 'any' }]))), {
      boot: 'holds',
      cpus: 'holds',
      flagged: 'holds',
      gone: 'unknown',
      keys: 'holds',
      login: 'holds',
      lost: 'unknown',
      name: 'holds',
      sudo: 'holds',
      upload: 'holds',
    });
  });

  it('name the word that another system lacks, with the way to it', () => {
    const verdict = judge(profile(region('zones', ['illumos'])));
    const cpus = capabilities(verdict).get('cpus');
    assert.equal(cpus?.verdict, 'blocked');
    assert.deepEqual(cpus.tests, { holds: 1, unknown: 0, blocked: 1, flagged: 0 });
    const reason = cpus.against[0]?.reasons[0];
    assert.equal(reason?.text, '`/proc/cpuinfo` is not there on illumos');
    const use = INPUT.uses[reason.use ?? -1];
    assert.equal(INPUT.sites[use?.site ?? -1]?.command, '/proc/cpuinfo');
    assert.equal(verdictsOf(profile(region('zones', ['illumos'])))['name'], 'holds');
  });

  it('leave open what depends on the image, until the profile says what the image carries', () => {
    assert.equal(verdictsOf(profile(region('r', ['illumos'])))['sudo'], 'unknown');
    assert.equal(verdictsOf(profile(region('r', [{ os: 'illumos', tools: ['sudo'] }])))['sudo'], 'holds');
    assert.equal(verdictsOf(profile(region('r', ['windows'])))['sudo'], 'blocked');
  });

  it('leave open what a container shows of its host', () => {
    const containers = profile(region('r', [{ os: 'linux', tools: 'any' }], { virtualization: 'container' }));
    assert.equal(verdictsOf(containers)['cpus'], 'unknown');
    assert.match(reasonsOf(containers, 'cpus')[0] ?? '', /shares with its host/);
  });

  it('block what needs a guest where nothing boots or answers', () => {
    const nothing = verdictsOf(profile(region('r', [], { reachability: [] })));
    assert.deepEqual([nothing['keys'], nothing['boot'], nothing['login']], ['holds', 'blocked', 'blocked']);
    const silent = verdictsOf(profile(region('r', ['linux'], { reachability: ['ping'] })));
    assert.deepEqual([silent['boot'], silent['login']], ['holds', 'blocked']);
  });

  it('count neither flagged tests nor capabilities that are not required against a component', () => {
    const verdict = judge(profile(region('r', [{ os: 'linux', tools: 'any' }])));
    const [compute] = verdict.overall.components;
    assert.equal(compute?.verdict, 'holds');
    assert.deepEqual(compute.capabilities, { holds: 6, unknown: 0, blocked: 0 });
    assert.deepEqual(verdict.overall.programs, [{ program: 'Powered Compute', verdict: 'holds' }]);
  });

  it('hold a skipped test against the cloud, and let an inline guard pass', () => {
    const off = profile(region('r', ['windows'], { options: { 'validation.run_validation': false } }));
    const verdicts = verdictsOf(off);
    assert.deepEqual([verdicts['login'], verdicts['cpus'], verdicts['name']], ['holds', 'holds', 'blocked']);
    assert.match(reasonsOf(off, 'name')[0] ?? '', /skipped test is not a pass/);
  });
});

describe('policy switches', () => {
  const zones = profile(region('zones', ['illumos'], { virtualization: 'container' }));

  it('A: a rewrite takes the site away', () => {
    assert.equal(verdictsOf(zones)['cpus'], 'blocked');
    assert.equal(verdictsOf(zones, { rewrites: 'safe' })['cpus'], 'holds');
  });

  it('B: a test that asks for the system runs its command, where one is known', () => {
    const vms = profile(region('vms', ['illumos']));
    assert.equal(verdictsOf(vms, { osBranch: true })['cpus'], 'holds');
    assert.equal(verdictsOf(profile(region('vms', ['freebsd'])), { osBranch: true })['cpus'], 'blocked');
  });

  it('C: nothing proves it without a test that goes all the way; nothing can without uploads', () => {
    assert.equal(judge(zones).upload, null);
    assert.equal(judge(zones, { uploadTest: true }).upload?.verdict, 'unknown');
    const closed = profile(region('r', ['linux'], { imageUpload: 'none' }));
    assert.equal(judge(closed, { uploadTest: true }).upload?.verdict, 'blocked');
    assert.equal(verdictsOf(closed)['upload'], 'blocked');
    const input = table({ 't.T.test': { sites: [LOGIN], upload: 'checks' } }, { run: { entries: ['t.T.test'] } });
    const upload = judge(zones, { uploadTest: true }, input).upload;
    assert.deepEqual([upload?.verdict, upload?.proved, upload?.unproved], ['holds', ['run'], []]);
  });

  it('D: each system of the list is a run of its own', () => {
    const both = profile(region('east', [{ os: 'linux', tools: 'any' }, 'windows']), region('west', ['illumos']));
    const verdicts = judge(both, { mustRunOs: ['windows', 'linux', 'freebsd'] }).mustRun;
    assert.deepEqual(
      verdicts.map(({ os, verdict, region: where }) => [os, verdict, where]),
      [
        ['linux', 'holds', 'east'],
        ['freebsd', 'blocked', null],
        ['windows', 'blocked', 'east'],
      ],
    );
    assert.deepEqual(verdicts[2]?.against, ['cpus', 'name']);
  });

  it('E: the tests that look into a guest, as a capability of each system', () => {
    const verdicts = judge(zones, { guestCapabilities: true }).guestCapabilities;
    assert.deepEqual(
      verdicts.map(({ os }) => os),
      [...GUEST_OSES],
    );
    const illumos = verdicts.find(({ os }) => os === 'illumos');
    assert.deepEqual(illumos?.tests, { holds: 2, unknown: 0, blocked: 1, flagged: 0 });
  });

  it('F: containers that count elsewhere lose every capability with a server', () => {
    const lost = verdictsOf(zones, { containers: 'elsewhere' });
    assert.deepEqual([lost['keys'], lost['boot'], lost['login']], ['holds', 'blocked', 'blocked']);
  });

  it('G: one region that complies is enough, or each has to', () => {
    const both = profile(region('zones', ['illumos']), region('vms', [{ os: 'linux', tools: 'any' }]));
    const [any] = judge(both).overall.components;
    assert.deepEqual([any?.verdict, any?.decidedBy, any?.heldBy], ['holds', 'vms', ['vms']]);
    const [each] = judge(both, { regions: 'each' }).overall.components;
    assert.deepEqual([each?.verdict, each?.decidedBy], ['blocked', 'zones']);
  });

  it('G: two halves do not make one region that complies', () => {
    const input = table(
      {
        'a.A.test': { sites: [{ kind: 'ssh', level: 'posix', words: [word('one', 'ynnnn')] }] },
        'b.B.test': { sites: [{ kind: 'ssh', level: 'posix', words: [word('two', 'nnnyn')] }] },
      },
      { one: { entries: ['a.A.test'] }, two: { entries: ['b.B.test'] } },
    );
    const both = profile(region('east', ['linux']), region('west', ['illumos']));
    const verdict = judge(both, {}, input);
    assert.equal(verdict.overall.components[0]?.verdict, 'blocked');
    assert.equal(verdict.overall.programs[0]?.verdict, 'blocked');
  });

  it('H: base is what no named set has; without names, what looks into no guest', () => {
    const named = judge(zones, { flavors: [{ name: 'guest', capabilities: ['cp*', 'name'] }] }).flavors;
    assert.deepEqual(
      named.map(({ flavor, verdict, members }) => [flavor, verdict, members.join(' ')]),
      [
        ['base', 'holds', 'boot flagged keys login'],
        ['guest', 'blocked', 'cpus name'],
      ],
    );
    assert.deepEqual(
      judge(zones).flavors.map(({ flavor, members }) => [flavor, members.join(' ')]),
      [
        ['base', 'boot flagged keys'],
        ['guest', 'login name'],
        ['linux-guest', 'cpus'],
      ],
    );
  });

  it('the resolution of 2015 is held against the declaration, region by region', () => {
    const { resolution } = evaluatePolicy(INPUT, zones, TODAYS_POLICY);
    assert.deepEqual(resolution, [
      { region: 'zones', imageUpload: true, linuxGuest: false, anyKernel: false, virtualMachines: false },
    ]);
  });
});

describe('the chart', () => {
  const cell = (cloud: CloudProfile, implementation: string, guests: string): readonly [Verdict, string] => {
    const found = judge(cloud).chart.find((one) => one.implementation === implementation && one.guests === guests);
    assert.ok(found);
    return [found.verdict, found.blocked.join(' ')];
  };
  const linux = region('vms', [{ os: 'linux', tools: 'any' }], { imageUpload: 'any-kernel' });

  it('has four cells, whatever row and column the policy names', () => {
    const cells = judge(profile(linux), { implementation: 'api', guests: 'several' }).chart;
    assert.deepEqual(
      cells.map((one) => `${one.implementation} ${one.guests}`),
      ['linux one', 'linux several', 'api one', 'api several'],
    );
    assert.deepEqual(cells, judge(profile(linux)).chart);
  });

  it('without guest checks still blocks the tests that are skipped without them', () => {
    assert.deepEqual(cell(profile(linux), 'linux', 'one'), ['holds', '']);
    assert.deepEqual(cell(profile(linux), 'api', 'one'), ['blocked', 'name']);
  });

  it('with several systems wants two that have nothing in common', () => {
    assert.deepEqual(cell(profile(linux), 'linux', 'several'), ['blocked', 'cpus']);
    const twoLinux = profile(region('r', ['linux', 'busybox']));
    assert.deepEqual(cell(twoLinux, 'linux', 'several'), ['blocked', 'boot cpus login name']);
    const two = profile(region('r', ['linux', 'illumos']));
    assert.deepEqual(cell(two, 'linux', 'several'), ['blocked', 'cpus']);
  });
});

describe('built-in profiles', () => {
  it('are the six corners, found by key and by name', () => {
    assert.deepEqual(
      BUILTIN_PROFILES.map(({ key }) => key),
      ['linux-vms', 'linux-containers', 'illumos-zones', 'windows-vms', 'bare-metal', 'api-only'],
    );
    for (const { key, profile: one } of BUILTIN_PROFILES) {
      assert.equal(findBuiltinProfile(key), one);
      assert.equal(findBuiltinProfile(one.name.toUpperCase()), one);
    }
    assert.equal(findBuiltinProfile('mainframe'), undefined);
  });
});

describe('verdicts, whatever the cloud', () => {
  const guest = fc.oneof(
    fc.constantFrom(...GUEST_OSES),
    fc.record({ os: fc.constantFrom(...GUEST_OSES), tools: fc.constantFrom('any' as const, [], ['sudo']) }),
  );
  const anyRegion = fc
    .record({
      guests: fc.uniqueArray(guest, { maxLength: 3, selector: (one) => (typeof one === 'string' ? one : one.os) }),
      virtualization: fc.constantFrom('vm' as const, 'container' as const, 'baremetal' as const),
      imageUpload: fc.constantFrom('none' as const, 'image' as const, 'any-kernel' as const),
      reachability: fc.subarray(['ping' as const, 'ssh' as const]),
    })
    .map(({ guests, ...rest }) => ({ guests, rest }));
  const cloud = fc
    .array(anyRegion, { minLength: 1, maxLength: 3 })
    .map((regions) => profile(...regions.map(({ guests, rest }, i) => region(`r${i}`, guests, rest))));
  const policy = fc.record({
    implementation: fc.constantFrom(...IMPLEMENTATIONS),
    guests: fc.constantFrom(...GUEST_CHOICES),
    regions: fc.constantFrom(...REGION_RULES),
    osBranch: fc.boolean(),
  });

  it('do not depend on what the same table was asked before, whichever switches were flipped', () => {
    fc.assert(
      fc.property(cloud, fc.array(policy, { minLength: 2, maxLength: 6 }), (one, flips) => {
        const kept = structuredClone(INPUT);
        for (const [i, switches] of flips.entries()) {
          const more = { ...switches, containers: i % 2 === 0 ? ('count' as const) : ('elsewhere' as const) };
          assert.deepEqual(judge(one, more, kept), judge(one, more, structuredClone(INPUT)));
        }
      }),
      { numRuns: 50 },
    );
  });

  it('are the same each time and stand with the policy for what they count', () => {
    fc.assert(
      fc.property(cloud, policy, (one, switches) => {
        const verdict = judge(one, switches);
        assert.deepEqual(judge(one, switches), verdict);
        for (const run of verdict.regions) {
          for (const component of run.components) {
            const required = component.list.filter(({ status }) => status === 'required');
            const { holds, unknown, blocked } = component.capabilities;
            assert.equal(holds + unknown + blocked, required.length);
            assert.equal(component.verdict === 'holds', blocked + unknown === 0);
            for (const one of component.list) {
              assert.equal(one.verdict === 'holds', one.against.length === 0);
              for (const test of one.against) assert.ok(test.reasons.some((reason) => reason.verdict === test.verdict));
            }
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('get no worse with another region under the any-region rule, and no better where each has to', () => {
    fc.assert(
      fc.property(cloud, anyRegion, policy, (one, { guests, rest }, switches) => {
        const more = profile(...one.regions, region('another', guests, rest));
        const of = (which: CloudProfile, rule: 'any' | 'each'): Verdict =>
          judge(which, { ...switches, regions: rule }).overall.components[0]?.verdict ?? 'blocked';
        assert.ok(compareVerdicts(of(more, 'any'), of(one, 'any')) <= 0);
        assert.ok(compareVerdicts(of(more, 'each'), of(one, 'each')) >= 0);
      }),
      { numRuns: 200 },
    );
  });

  it('get no worse with another guest system to choose from', () => {
    fc.assert(
      fc.property(cloud, fc.constantFrom(...GUEST_OSES), (one, os) => {
        const more = profile(
          ...one.regions.map((r) =>
            r.guests.some((known) => known.os === os) ? r : { ...r, guests: [...r.guests, { os, tools: [] }] },
          ),
        );
        const of = (which: CloudProfile): Verdict => judge(which).overall.components[0]?.verdict ?? 'blocked';
        assert.ok(compareVerdicts(of(more), of(one)) <= 0);
      }),
      { numRuns: 200 },
    );
  });
});
