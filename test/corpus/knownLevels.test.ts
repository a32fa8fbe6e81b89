import assert from 'node:assert/strict';
import type { Engine } from '../../src/engine/engine';
import { compareLevels, type GuestLevel } from '../../src/model/guestLevel';
import type { GuestSite, TestDemand } from '../../src/model/guestSite';
import { LINK_STATES } from '../../src/model/trace';
import { openTempestIndex } from '../support/openTempestIndex';

const SERVERS = 'tempest.api.compute.servers';

/** The tests at the heart of the 2015 debate: level, the site that decides it, the way there, what switches it off. */
const KNOWN = [
  {
    test: `${SERVERS}.test_create_server.ServersTestJSON.test_verify_created_server_vcpus`,
    level: 'linux',
    site: { kind: 'ssh', command: 'grep -c ^processor /proc/cpuinfo', file: 'test_create_server.py', rule: 'IL119' },
    path: ['ServersTestJSON.test_verify_created_server_vcpus'],
    guard: { condition: 'validation.run_validation', kind: 'skip' },
  },
  {
    test: `${SERVERS}.test_server_actions.ServerActionsTestJSON.test_reboot_server_hard`,
    level: 'linux',
    site: { kind: 'ssh', command: 'cut -f1 -d. /proc/uptime', file: 'remote_client.py', rule: 'IL101' },
    path: [
      'ServerActionsTestJSON.test_reboot_server_hard',
      'ServerActionsTestJSON._test_reboot_server',
      'RemoteClient.get_boot_time',
    ],
    guard: { condition: 'validation.run_validation', kind: 'inline' },
  },
  {
    test: 'tempest.api.compute.volumes.test_attach_volume.AttachVolumeTestJSON.test_attach_detach_volume',
    level: 'linux',
    site: { kind: 'ssh', command: 'lsblk -lb --nodeps', file: 'remote_client.py', rule: 'IL102' },
    path: ['AttachVolumeTestJSON.test_attach_detach_volume', 'RemoteClient.list_disks', 'RemoteClient.get_disks'],
    guard: { condition: 'validation.run_validation', kind: 'inline' },
  },
  {
    test: `${SERVERS}.test_create_server.ServersTestJSON.test_host_name_is_same_as_server_name`,
    level: 'posix',
    site: { kind: 'ssh', command: 'hostname', file: 'test_create_server.py', rule: 'IL110' },
    path: ['ServersTestJSON.test_host_name_is_same_as_server_name'],
    guard: { condition: 'validation.run_validation', kind: 'skip' },
  },
] as const;

describe('real Tempest: levels that were worked out by hand', function () {
  this.timeout(300_000);
  let engine: Engine;

  before(async function () {
    engine = await openTempestIndex(this);
  });

  const demandOf = (test: string): TestDemand => {
    const demand = engine.demand(test);
    assert.ok(demand, `${test} is not in the tree`);
    return demand;
  };

  for (const known of KNOWN) {
    it(`${known.test.split('.').slice(-2).join('.')} demands ${known.level}`, () => {
      const demand = demandOf(known.test);
      assert.equal(demand.level, known.level);
      assert.equal(demand.levelWithValidationOff, 'boot');
      const site = demand.sites.find((one) => one.kind === known.site.kind && one.command === known.site.command);
      assert.ok(site, demand.sites.map((one) => `${one.kind} ${one.command}`).join('; '));
      assert.ok(site.uri.endsWith(known.site.file));
      assert.ok(
        site.matches.some((match) => match.rule === known.site.rule && match.words.length > 0),
        'the rule stands on its words',
      );
      assert.deepEqual(
        site.path.map((step) => step.function),
        known.path,
      );
      assert.deepEqual(
        site.guards.find((guard) => guard.condition === known.guard.condition),
        known.guard,
      );
      assert.deepEqual(demand.unresolvedCalls, []);
    });
  }

  it('ServerActionsTestJSON.test_rebuild_server demands a login at least', () => {
    const demand = demandOf(`${SERVERS}.test_server_actions.ServerActionsTestJSON.test_rebuild_server`);
    assert.ok(compareLevels(demand.level, 'login') >= 0, demand.level);
    const isOwnLogin = (site: GuestSite): boolean =>
      site.kind === 'login' &&
      site.path.some(
        (step) => step.function.endsWith('_test_rebuild_server') || step.function.endsWith('.test_rebuild_server'),
      );
    assert.ok(demand.sites.some(isOwnLogin));
  });

  it('tests of object storage, identity and images need no server', () => {
    const above = new Map<string, GuestLevel>();
    let seen = 0;
    for (const guideline of engine.guidelines()) {
      for (const { capability, target } of engine.trace(guideline.uri)) {
        if (!target || !/^(objectstore-|identity-|images-v2-)/.test(capability.name.value)) continue;
        seen++;
        const { level } = demandOf(target.name);
        if (level !== 'api') above.set(target.name, level);
      }
    }
    assert.ok(seen > 300, `${seen} entries`);
    assert.deepEqual([...above], []);
  });

  it('every entry of all eight guidelines has a link state', () => {
    assert.equal(engine.guidelines().length, 8);
    for (const guideline of engine.guidelines()) {
      const entries = engine.trace(guideline.uri);
      assert.equal(
        entries.length,
        guideline.capabilities.reduce((sum, capability) => sum + capability.tests.length, 0),
      );
      for (const { state } of entries) assert.ok(LINK_STATES.includes(state));
    }
  });
});
