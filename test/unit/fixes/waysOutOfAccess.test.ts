import assert from 'node:assert/strict';
import { FixTree } from '../../support/fixTree';

const PATH = 'tempest/api/compute/test_x.py';
const HEAD =
  'import testtools\n\nfrom tempest.api.compute import base\nfrom tempest.common.utils.linux import remote_client\nfrom tempest import config\n\nCONF = config.CONF\n\n\n';

function classOf(body: string): string {
  return `${HEAD}class TestX(base.BaseV2ComputeTest):\n${body}`;
}

async function open(body: string): Promise<FixTree> {
  return FixTree.open({ [PATH]: classOf(body) });
}

describe('ways out of what reaches the guest without a command', () => {
  describe('a soft reboot', () => {
    const reboot = (name: string, kind: string): string =>
      `    def ${name}(self):\n        server = self.create()\n        self.servers_client.reboot_server(server['id'], type=${kind})\n`;

    it('becomes a hard one, as a suggestion that says what it weakens', async () => {
      const tree = await open(reboot('test_reboot', "'SOFT'"));
      const [fix, ...more] = tree.fixes('IL218', 'hard-reboot');
      assert.ok(fix, tree.refusals('IL218').join());
      assert.deepEqual(more, []);
      assert.equal(fix.safe, false);
      assert.match(fix.note ?? '', /no longer proved/);
      assert.equal(tree.after(fix)[PATH], classOf(reboot('test_reboot', "'HARD'")));
      tree.apply(fix);
      assert.deepEqual(tree.findings('IL218'), []);
    });

    it('stays where it is what the test is for, or the caller chooses', async () => {
      for (const body of [
        reboot('test_reboot_server_soft', "'SOFT'"),
        `    def _reboot(self, hard=False):\n        self.servers_client.reboot_server('id', type="HARD" if hard else "SOFT")\n\n    def test_x(self):\n        self._reboot()\n`,
      ]) {
        const tree = await open(body);
        assert.deepEqual(tree.fixes('IL218', 'hard-reboot'), []);
        assert.match(tree.refusals('IL218').join(), /is what test_reboot_server_soft is for|the caller chooses/);
      }
    });
  });

  describe('a feature that not every cloud has', () => {
    const CONSOLE = `        output = self.servers_client.get_console_output('id')['output']\n        self.assertIn('login:', output)\n`;
    const skip = (option: string, reason: string): string =>
      `    @testtools.skipUnless(CONF.compute_feature_enabled.${option},\n                          '${reason}')\n`;

    it('is asked for by the option of Tempest', async () => {
      const body = `    def test_console(self):\n${CONSOLE}`;
      const tree = await open(body);
      const [fix] = tree.fixes('IL216', 'skip-by-feature');
      assert.ok(fix, tree.refusals('IL216').join());
      assert.equal(fix.safe, false);
      assert.match(fix.note ?? '', /no pass/);
      assert.equal(tree.after(fix)[PATH], classOf(skip('console_output', 'Console output is not supported.') + body));
      tree.apply(fix);
      assert.deepEqual(tree.fixes('IL216', 'skip-by-feature'), []);
      assert.match(tree.refusals('IL216').join(), /switches it off already/);
    });

    it('is refused in helpers, and where the test shows another feature', async () => {
      const helper = `    def _look(self):\n${CONSOLE}\n    def test_console(self):\n        self._look()\n`;
      const tree = await open(helper);
      assert.deepEqual(tree.fixes('IL216', 'skip-by-feature'), []);
      assert.match(tree.refusals('IL216').join(), /no test asks for get_console_output itself/);
    });
  });

  describe('the prologue', () => {
    const option = (text: string): string =>
      `from oslo_config import cfg\n\nGROUP = [\n    cfg.StrOpt('ssh_shell_prologue',\n               default="${text}"),\n]\n`;
    const OPTIONS = 'tempest/more_options.py';

    it('loses pipefail and nothing else', async () => {
      for (const [before, after] of [
        ['set -eu -o pipefail; PATH=$$PATH:/sbin;', 'set -eu; PATH=$$PATH:/sbin;'],
        ['set -euo pipefail; PATH=$$PATH:/sbin;', 'set -eu; PATH=$$PATH:/sbin;'],
      ] as const) {
        const tree = await FixTree.open({ [OPTIONS]: option(before) });
        const fix = tree.fixes('IL118', 'QF4').find(({ edits }) => edits[0]?.uri.endsWith(OPTIONS));
        assert.ok(fix, tree.refusals('IL118').join());
        assert.equal(fix.safe, false);
        assert.match(fix.note ?? '', /pipeline/);
        assert.equal(tree.after(fix)[OPTIONS], option(after));
      }
    });

    it('stays where nothing would be left of set', async () => {
      const tree = await FixTree.open({ [OPTIONS]: option('set -o pipefail; PATH=$$PATH:/sbin;') });
      assert.ok(tree.refusals('IL118').some((reason) => /nothing would be left/.test(reason)));
    });
  });

  describe('the deadline of a ping in the guest', () => {
    const CLIENT = "        client = remote_client.RemoteClient('ip', 'root')\n";
    const ping = (call: string): string => `    def test_x(self):\n${CLIENT}        client.exec_command(${call})\n`;

    it('goes where it is the one option in the way', async () => {
      for (const [before, after] of [
        ["'ping %s -c4 -w4 || exit 0' % ip", "'ping %s -c4 || exit 0' % ip"],
        ["'ping -c 5 -W1 ' + ip", "'ping -c 5 ' + ip"],
      ] as const) {
        const tree = await open(ping(before));
        const [fix] = tree.fixes('IL106', 'drop-ping-deadline');
        assert.ok(fix, tree.refusals('IL106').join());
        assert.equal(fix.safe, false);
        assert.equal(tree.after(fix)[PATH], classOf(ping(after)));
        tree.apply(fix);
        assert.deepEqual(tree.findings('IL106'), []);
      }
    });

    it('stays beside other options, without a count, and where the value comes later', async () => {
      for (const call of ["'ping -c1 -w1 -s56 %s' % ip", "'ping -w1 %s' % ip", "'ping -c1 -w%d %s' % (n, ip)"]) {
        const tree = await open(ping(call));
        assert.deepEqual(tree.fixes('IL106', 'drop-ping-deadline'), []);
        assert.ok(tree.refusals('IL106').some((reason) => /deadline/.test(reason)));
      }
    });
  });
});
