import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { Engine } from '../../src/engine/engine';
import { DiskSource } from '../../src/engine/node';
import { DEFAULT_SETTINGS } from '../../src/engine/settings';
import { TODAYS_POLICY } from '../../src/model/whatIfPolicy';
import type { CapabilityVerdict, GuidelineVerdict, Reason, Verdict } from '../../src/model/whatIfVerdict';
import { findBuiltinProfile } from '../../src/policy/builtinProfiles';
import { draftCapabilities } from '../../src/policy/draftCapabilities';
import { evaluatePolicy } from '../../src/policy/evaluatePolicy';
import { loadTestGrammars } from '../support/loadTestGrammars';
import { rootOf, TEMPEST, whyNoCorpus } from '../support/pythonOracle';

/** Read in Tempest 33: each uploads an image, boots a server from it, and logs in. */
const RUNS_UPLOADED = [
  'tempest.api.compute.admin.test_volume.AttachSCSIVolumeTestJSON.test_attach_scsi_disk_with_config_drive',
  'tempest.scenario.test_minimum_basic.TestMinimumBasicScenario.test_minimum_basic_instance_hard_reboot_after_vol_snap_deletion',
  'tempest.scenario.test_minimum_basic.TestMinimumBasicScenario.test_minimum_basic_scenario',
];

const GUIDELINES = process.env['INTEROP_LENS_GUIDELINES'] ?? path.resolve(__dirname, '../../../shared/guidelines');

/** Server tests of these capabilities wait for ACTIVE and look no further, or ask for servers that are not there. */
const BOOTS = `compute-images-create compute-images-delete compute-instance-actions-get
  compute-instance-actions-list compute-keypairs-create compute-servers-create compute-servers-delete compute-servers-get
  compute-servers-invalid compute-servers-metadata-delete compute-servers-metadata-get compute-servers-metadata-list
  compute-servers-metadata-set compute-servers-metadata-update compute-servers-name compute-servers-update volumes-v2-attach-detach`;

/** No test of these that counts makes a server (those of compute-images-list that do are flagged). */
const ASKS_APIS = `compute-images-get compute-images-list compute-list-api-versions compute-quotas-get compute-volume-list identity-v2-tokens-create identity-v3-tokens-create
  identity-v3-api-discovery images-v2-index images-v2-delete images-v2-list images-v2-remove images-v2-share images-v2-update
  objectstore-object-copy objectstore-object-create objectstore-object-delete objectstore-object-get objectstore-object-put
  objectstore-object-upload objectstore-object-versioned objectstore-temp-url-get networks-l2-CRUD networks-l3-CRUD
  networks-l3-router networks-security-groups-CRUD volumes-v2-create-delete volumes-v2-snapshot-create-delete volumes-v2-get
  volumes-v2-list volumes-v2-update volumes-v2-copy-image-to-volume volumes-v2-clone volumes-v2-availability-zones
  volumes-v2-extensions volumes-v2-metadata volumes-v2-reserve volumes-v2-readonly compute-volume-get`;

/** Every test is flagged, or the guideline names none: there is nothing to pass. */
const NOTHING_TO_PASS = `compute-auth-create compute-auth-get compute-auth-set compute-servers-change compute-servers-resize volumes-v2-qos
  volumes-v2-transfer objectstore-object-access volumes-v2-copy-volume-to-image`;

/** Their fixture waits for SSH, and some log in; none runs a command. OpenSSH on Windows takes the injected key. */
const LOGS_IN = 'compute-servers-lock compute-servers-rebuild compute-servers-stop';

/**
 * What stands against a capability for a cloud of Windows guests, read in Tempest 33 itself: test, verdict, reasons.
 * - test_create_server.py runs `hostname`, which Windows has, but Windows cuts names to fifteen characters unless told otherwise,
 *   and the command is sent behind a prologue for a POSIX shell; and `grep -c ^processor /proc/cpuinfo`, which it has not.
 * - test_server_actions.py, hard reboot: `cut -f1 -d. /proc/uptime` in RemoteClient.get_boot_time, and `sync`.
 * - test_attach_volume.py: `lsblk` in RemoteClient.get_disks, by list_disks.
 * - two tests, of lists and of images, are no longer in Tempest: grep finds neither their ids nor their names.
 */
const AGAINST: Readonly<
  Record<string, readonly (readonly [test: string, verdict: Verdict, reasons: readonly RegExp[]])[]>
> = {
  'compute-servers-host': [
    [
      'ServersTestJSON.test_host_name_is_same_as_server_name',
      'unknown',
      [/`hostname` is there on windows, with other/],
    ],
    ['ServersTestManualDisk.test_host_name_is_same_as_server_name', 'unknown', [/`hostname`/]],
  ],
  'compute-servers-list': [
    ['ListServersNegativeTestJSON.test_list_servers_by_limits', 'unknown', [/no such test in this tree/]],
  ],
  'compute-servers-reboot': [
    [
      'ServerActionsTestJSON.test_reboot_server_hard',
      'blocked',
      [/`sync` is not there/, /`\/proc\/uptime` is not there/],
    ],
  ],
  'compute-servers-verify': [
    ['ServersTestJSON.test_verify_created_server_vcpus', 'blocked', [/`\/proc\/cpuinfo` is not there on windows/]],
    ['ServersTestManualDisk.test_verify_created_server_vcpus', 'blocked', [/`\/proc\/cpuinfo`/]],
  ],
  'compute-volume-attach': [
    ['AttachVolumeTestJSON.test_attach_detach_volume', 'blocked', [/`lsblk` is not there on windows/]],
  ],
  'images-v2-get': [['ImagesMemberTest.test_get_private_image', 'unknown', [/no such test in this tree/]]],
};

const words = (text: string): readonly string[] => text.split(/\s+/);

describe('real Tempest: a cloud of Windows guests against all capabilities of 2016.01, by hand', function () {
  this.timeout(300_000);
  let engine: Engine;
  let verdict: GuidelineVerdict;
  let capabilities: ReadonlyMap<string, CapabilityVerdict>;

  before(async function () {
    const guideline = path.join(GUIDELINES, '2016.01.json');
    const reason = whyNoCorpus(TEMPEST) ?? (existsSync(guideline) ? null : `there is no ${guideline}`);
    if (reason !== null) {
      console.log(`      skipped: ${reason}`);
      this.skip();
    }
    engine = new Engine(await loadTestGrammars(), DEFAULT_SETTINGS);
    const only = new DiskSource(GUIDELINES, { include: [guideline], onlyIncluded: true });
    await engine.open([new DiskSource(rootOf(TEMPEST)), only]);
    verdict = judge('windows-vms');
    capabilities = new Map(
      verdict.regions.flatMap(({ components }) => components.flatMap(({ list }) => list.map((one) => [one.name, one]))),
    );
  });

  function judge(profile: string): GuidelineVerdict {
    const cloud = findBuiltinProfile(profile);
    assert.ok(cloud);
    const [only] = evaluatePolicy(engine.whatIf(), cloud, TODAYS_POLICY).guidelines;
    assert.ok(only);
    return only;
  }

  it('every capability of the file is in one of the lists, and nothing else', () => {
    const all = [BOOTS, ASKS_APIS, NOTHING_TO_PASS, LOGS_IN].flatMap(words).concat(Object.keys(AGAINST));
    assert.equal(new Set(all).size, all.length);
    assert.equal(all.length, 74);
    assert.deepEqual([...capabilities.keys()].sort(), [...all].sort());
  });

  for (const [list, level] of [
    [ASKS_APIS, 'api'],
    [BOOTS, 'boot'],
    [LOGS_IN, 'login'],
  ] as const) {
    it(`what demands ${level} holds`, () => {
      for (const name of words(list)) {
        const one = capabilities.get(name);
        assert.equal(one?.verdict, 'holds', name);
        assert.equal(one.level, level, name);
        assert.ok(one.tests.holds > 0, name);
      }
    });
  }

  it('three tests run an image that they uploaded, and five systems have tests that look into a guest', () => {
    const input = engine.whatIf();
    const [guideline] = input.guidelines;
    assert.ok(guideline);
    assert.deepEqual(
      draftCapabilities(input, guideline, 'C').map(({ tests }) => tests),
      [RUNS_UPLOADED],
    );
    const byGuest = new Map(draftCapabilities(input, guideline, 'E').map(({ name, tests }) => [name, tests]));
    const missing = (os: string): readonly string[] => {
      const own = new Set(byGuest.get(`compute-guest-${os}`));
      return [...new Set((byGuest.get('compute-guest-linux') ?? []).filter((test) => !own.has(test)))].map(
        (test) => test.split('.').at(-1) ?? '',
      );
    };
    // What stands against Windows above, and for illumos the same but the host name, whose command is there.
    assert.deepEqual([...new Set(missing('windows'))].sort(), [
      'test_attach_detach_volume',
      'test_host_name_is_same_as_server_name',
      'test_reboot_server_hard',
      'test_verify_created_server_vcpus',
    ]);
    assert.deepEqual([...new Set(missing('illumos'))].sort(), [
      'test_attach_detach_volume',
      'test_reboot_server_hard',
      'test_verify_created_server_vcpus',
    ]);
    assert.deepEqual(missing('busybox'), []);
  });

  it('where no test counts, nothing is against the capability', () => {
    for (const name of words(NOTHING_TO_PASS)) {
      const one = capabilities.get(name);
      assert.equal(one?.verdict, 'holds', name);
      assert.deepEqual({ ...one.tests, flagged: 0 }, { holds: 0, unknown: 0, blocked: 0, flagged: 0 }, name);
    }
  });

  for (const [name, tests] of Object.entries(AGAINST)) {
    it(`${name}: ${tests.map(([test, outcome]) => `${test} is ${outcome}`).join(', ')}`, () => {
      const one = capabilities.get(name);
      assert.deepEqual(
        one?.against.map(({ entry, verdict: outcome }) => [entry.split('.').slice(-2).join('.'), outcome]),
        tests.map(([test, outcome]) => [test, outcome]),
      );
      for (const [i, [, , reasons]] of tests.entries()) {
        const given: readonly Reason[] = one?.against[i]?.reasons ?? [];
        assert.equal(given.length, reasons.length);
        for (const reason of reasons)
          assert.ok(
            given.some(({ text }) => reason.test(text)),
            String(reason),
          );
      }
    });
  }

  it('the totals are those of the lists', () => {
    const [compute, object] = verdict.overall.components;
    assert.deepEqual([compute?.component, compute?.verdict], ['compute', 'blocked']);
    assert.deepEqual(compute?.capabilities, { holds: 30, unknown: 2, blocked: 3 });
    assert.deepEqual(compute.tests, { holds: 76, unknown: 3, blocked: 4, flagged: 28 });
    assert.deepEqual([object?.component, object?.verdict], ['object', 'holds']);
    assert.deepEqual(verdict.overall.programs, [{ program: 'platform', verdict: 'blocked' }]);
  });

  it('the evidence leads to the very lines', () => {
    const input = engine.whatIf();
    const sites = [...capabilities.values()].flatMap(({ against }) =>
      against.flatMap(({ reasons }) =>
        reasons.flatMap(({ use }) => {
          const site = input.sites[input.uses[use ?? -1]?.site ?? -1];
          const file = site && input.files[site.file];
          if (!site || !file?.uri) return [];
          return [`${file.path} ${engine.text(file.uri)?.split('\n')[site.line - 1]?.trim() ?? ''}`];
        }),
      ),
    );
    assert.deepEqual([...new Set(sites)].sort(), [
      'tempest/api/compute/servers/test_create_server.py hostname = linux_client.exec_command("hostname").rstrip()',
      "tempest/api/compute/servers/test_create_server.py output = linux_client.exec_command('grep -c ^processor /proc/cpuinfo')",
      'tempest/api/compute/servers/test_server_actions.py linux_client.exec_command("sync")',
      'tempest/common/utils/linux/remote_client.py boot_secs = self.exec_command(cmd)',
      'tempest/common/utils/linux/remote_client.py output = self.exec_command(command)',
    ]);
  });

  it('three tests of Tempest upload an image, boot it and look at the guest; no guideline names one', () => {
    // Read in test_minimum_basic.py (image_create, create_server, login) and test_volume.py (metadata on the image, config drive).
    const table = engine.whatIf();
    const found = table.tests
      .filter(({ upload }) => upload === 'checks')
      .map(({ name }) => name.split('.').slice(-2).join('.'));
    assert.deepEqual(found, [
      'AttachSCSIVolumeTestJSON.test_attach_scsi_disk_with_config_drive',
      'TestMinimumBasicScenario.test_minimum_basic_instance_hard_reboot_after_vol_snap_deletion',
      'TestMinimumBasicScenario.test_minimum_basic_scenario',
    ]);
    const cloud = findBuiltinProfile('linux-vms');
    assert.ok(cloud);
    const [only] = evaluatePolicy(table, cloud, { ...TODAYS_POLICY, uploadTest: true }).guidelines;
    assert.deepEqual([only?.upload?.verdict, only?.upload?.proved], ['holds', []]);
  });

  it('Linux guests pass all that is in the tree, and nothing that boots passes where nothing boots', () => {
    const linux = judge('linux-vms').overall.components[0];
    assert.deepEqual([linux?.capabilities, linux?.tests.blocked], [{ holds: 34, unknown: 1, blocked: 0 }, 0]);
    const none = judge('api-only').overall.components[0];
    assert.equal(none?.capabilities.holds, 11);
  });
});
