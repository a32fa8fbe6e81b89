import assert from 'node:assert/strict';
import { Engine } from '../../src/engine/engine';
import { DiskSource } from '../../src/engine/node';
import { DEFAULT_SETTINGS } from '../../src/engine/settings';
import type { PathStep } from '../../src/model/guestSite';
import { printReason } from '../../src/report/reasonText';
import { loadTestGrammars } from '../support/loadTestGrammars';
import { rootOf, TEMPEST, whyNoCorpus } from '../support/pythonOracle';

const CREATE = 'tempest.api.compute.servers.test_create_server';
const ACTIONS = 'tempest.api.compute.servers.test_server_actions';

/** The tests of the 2015 debate (and a rebuild). */
const DEBATED = [
  `${CREATE}.ServersTestJSON.test_verify_created_server_vcpus`,
  `${CREATE}.ServersTestBootFromVolume.test_verify_created_server_vcpus`,
  `${CREATE}.ServersTestJSON.test_host_name_is_same_as_server_name`,
  'tempest.api.compute.volumes.test_attach_volume.AttachVolumeTestJSON.test_attach_detach_volume',
  `${ACTIONS}.ServerActionsTestJSON.test_reboot_server_hard`,
  `${ACTIONS}.ServerActionsTestJSON.test_rebuild_server`,
] as const;

/** How a hop was found, what decides on it, and what the site is: one line each, checked by hand against Tempest 33. */
const EXPECTED = [
  {
    test: DEBATED[0],
    command: 'grep -c ^processor /proc/cpuinfo',
    reasons: [
      'the test runner calls it on ServersTestJSON (tempest/api/compute/servers/test_create_server.py:29)',
      'runs the command in the guest; `linux_client` is a tempest.common.utils.linux.remote_client.RemoteClient (made at tempest/api/compute/servers/test_create_server.py:119)',
    ],
  },
  {
    test: DEBATED[1],
    command: 'grep -c ^processor /proc/cpuinfo',
    reasons: [
      'the test runner calls it on ServersTestBootFromVolume (tempest/api/compute/servers/test_create_server.py:169), which inherits it',
    ],
  },
  {
    test: DEBATED[3],
    command: 'lsblk -lb --nodeps',
    reasons: [
      '`linux_client.list_disks` is the method RemoteClient.list_disks (tempest/common/utils/linux/remote_client.py:',
      '`self.get_disks` is the method RemoteClient.get_disks (tempest/common/utils/linux/remote_client.py:',
    ],
  },
  {
    test: DEBATED[4],
    command: 'cut -f1 -d. /proc/uptime',
    reasons: [
      '`self._test_reboot_server` is the method ServerActionsTestJSON._test_reboot_server (tempest/api/compute/servers/test_server_actions.py:130); `self` is a tempest.api.compute.servers.test_server_actions.ServerActionsTestJSON',
      '`if CONF.validation.run_validation` (tempest/api/compute/servers/test_server_actions.py:131) holds: a guard, only where validation.run_validation',
      '`linux_client.get_boot_time` is the method RemoteClient.get_boot_time (tempest/common/utils/linux/remote_client.py:84); `linux_client` is a tempest.common.utils.linux.remote_client.RemoteClient (made at tempest/api/compute/servers/test_server_actions.py:134)',
      'runs the command in the guest; `self` is a tempest.common.utils.linux.remote_client.RemoteClient (made at tempest/api/compute/servers/test_server_actions.py:134); through debug_ssh.<locals>.wrapper (tempest/lib/common/utils/linux/remote_client.py:31), then RemoteClient.exec_command (tempest/lib/common/utils/linux/remote_client.py:109), then Client.exec_command (tempest/lib/common/ssh.py:186); it ends at `channel.exec_command(cmd)` (tempest/lib/common/ssh.py:186)',
    ],
  },
  {
    test: DEBATED[4],
    command: '',
    kind: 'login',
    reasons: [
      'a fixture of the class: the framework runs it once before the tests of ServerActionsTestJSON (tempest/api/compute/servers/test_server_actions.py:37)',
      '`cls.recreate_server` is the method BaseV2ComputeTest.recreate_server (tempest/api/compute/base.py:417); `cls` is the class tempest.api.compute.servers.test_server_actions.ServerActionsTestJSON, which inherits it',
      "`if wait_until` (tempest/common/compute.py:300) holds: `wait_until` is 'SSHABLE' (given as an argument at tempest/api/compute/base.py:278, written at tempest/api/compute/servers/test_server_actions.py:96)",
      '`if CONF.validation.run_validation and validatable` (tempest/common/compute.py:323) holds: a guard, only where validation.run_validation; `validatable` is True',
      "`if wait_until == 'SSHABLE'` (tempest/common/compute.py:139) holds: `wait_until` is 'SSHABLE' (given as an argument at tempest/common/compute.py:332, written at tempest/api/compute/servers/test_server_actions.py:96)",
    ],
  },
] as const;

describe('real Tempest: the reason of every hop', function () {
  this.timeout(300_000);
  let engine: Engine;

  before(async function () {
    const reason = whyNoCorpus(TEMPEST);
    if (reason !== null) {
      console.log(`      skipped: ${reason}`);
      this.skip();
    }
    engine = new Engine(await loadTestGrammars(), DEFAULT_SETTINGS);
    await engine.open([new DiskSource(rootOf(TEMPEST))]);
  });

  const textsOf = (step: PathStep): string[] =>
    (step.why ?? []).map((reason) => {
      const places = {
        pathOf: (uri: string) => engine.file(uri)?.path ?? uri,
        positionAt: (uri: string, offset: number) => engine.positionAt(uri, offset),
      };
      return printReason(reason, { places, text: (uri) => engine.text(uri) }).text;
    });

  for (const test of DEBATED) {
    it(`says how each function on the way was found: ${test.slice(test.lastIndexOf('.') + 1)}`, () => {
      const demand = engine.explainedDemand(test);
      assert.ok(demand && demand.sites.length > 0, test);
      for (const site of demand.sites) {
        for (const [i, step] of site.path.entries()) {
          const kinds = (step.why ?? []).map(({ k }) => k);
          const place = `${site.kind} "${site.command}": ${step.function}`;
          assert.ok(
            kinds.some((k) => ['test', 'fixture', 'cleanup', 'callee'].includes(k)),
            place,
          );
          assert.equal(kinds.includes('site'), i === site.path.length - 1, place);
          for (const text of textsOf(step)) assert.doesNotMatch(text, /undefined|``|\(\)$/, place);
        }
        for (const guard of site.guards) assert.ok((guard.at ?? []).length > 0, `${site.command}: ${guard.condition}`);
      }
    });
  }

  for (const { test, command, reasons, ...more } of EXPECTED) {
    it(`gives the reasons found by hand: ${command === '' ? 'login' : command} in ${test.split('.').slice(-2).join('.')}`, () => {
      const kind = 'kind' in more ? more.kind : 'ssh';
      const site = engine.explainedDemand(test)?.sites.find((one) => one.kind === kind && one.command === command);
      const texts = (site?.path ?? []).flatMap(textsOf);
      let at = 0;
      for (const wanted of reasons) {
        const found = texts.findIndex((text, i) => i >= at && text.startsWith(wanted));
        assert.ok(found >= 0, `${wanted}\nis not (in this order) in\n${texts.join('\n')}`);
        at = found + 1;
      }
    });
  }

  it('finds with reasons what it finds without, in every tenth test that reaches a guest', () => {
    const reaching = engine.tests().filter(({ name }) => (engine.demand(name)?.sites.length ?? 0) > 0);
    for (const { name } of reaching.filter((_, i) => i % 10 === 0)) {
      for (const site of engine.explainedDemand(name)?.sites ?? [])
        for (const step of site.path)
          assert.ok((step.why ?? []).length > 0, `${name} ${site.kind} "${site.command}": ${step.function}`);
    }
  });
});
