import assert from 'node:assert/strict';
import { FixTree, TODAY } from '../../support/fixTree';

const PATH = 'tempest/api/compute/test_x.py';
const HEAD =
  'from tempest.api.compute import base\nfrom tempest.common.utils.linux import remote_client\nfrom tempest import config\n\nCONF = config.CONF\n\n\n';
const WAIT =
  "        server = self.create_test_server(\n            validatable=True, validation_resources=self.resources(),\n            wait_until='SSHABLE')\n";
const CLIENT = "        client = remote_client.RemoteClient(server['ip'], 'root')\n";

function classOf(name: string, body: string): string {
  return `class ${name}(base.BaseV2ComputeTest):\n${body}\n`;
}

/** Fixes that ask all tests which come to a place, read by the real engine. */
describe('fixes by all the evidence', () => {
  describe('waiting for PINGABLE', () => {
    it('is suggested where nothing but the wait logs in, and takes the test down to reach', async () => {
      const tree = await FixTree.open({
        [PATH]: HEAD + classOf('Free', `    def test_free(self):\n${WAIT}        self.detach(server)\n`),
      });
      assert.equal(tree.level('Free.test_free'), 'login');
      const fixes = tree.fixes('IL201', 'QF3');
      assert.deepEqual(
        fixes.map(({ title, safe }) => [title, safe]),
        [['Wait for PINGABLE instead of SSHABLE in Free.test_free', false]],
      );
      const [fix] = fixes;
      assert.ok(fix);
      assert.equal(
        tree.after(fix)[PATH],
        HEAD +
          classOf(
            'Free',
            `    def test_free(self):\n${WAIT.replace('SSHABLE', 'PINGABLE')}        self.detach(server)\n`,
          ),
      );
      tree.apply(fix);
      assert.equal(tree.level('Free.test_free'), 'reach');
      assert.deepEqual(tree.findings('IL201'), []);
    });

    it('finds the free place among more tests than a finding shows paths of, and all free ones together', async () => {
      const users = Array.from({ length: 9 }, (_, i) =>
        classOf(`User${i}`, `    def test_a(self):\n${WAIT}${CLIENT}        client.exec_command('ls')\n\n`),
      );
      const free = ['Y', 'Z'].map((name) =>
        classOf(name, `    def test_z(self):\n${WAIT}        self.detach(server)\n\n`),
      );
      const tree = await FixTree.open({ [PATH]: HEAD + [...users, ...free].join('\n') });
      const fixes = tree.fixes('IL201', 'QF3');
      assert.deepEqual(
        fixes.map(({ title, edits }) => [title, edits.length]),
        [
          ['Wait for PINGABLE instead of SSHABLE in Y.test_z', 1],
          ['Wait for PINGABLE instead of SSHABLE in Z.test_z', 1],
          ['Wait for PINGABLE instead of SSHABLE at all 2 places where nothing but the wait logs in', 2],
        ],
      );
    });

    it('is refused where one of the callers of a helper runs a command later', async () => {
      const helper = `    def _boot(self):\n${WAIT}        return server\n\n`;
      const tests =
        `    def test_free(self):\n        self.detach(self._boot())\n\n` +
        `    def test_command(self):\n        server = self._boot()\n${CLIENT}        client.exec_command('ls')\n`;
      const tree = await FixTree.open({ [PATH]: HEAD + classOf('Shared', helper + tests) });
      assert.deepEqual(tree.fixes('IL201', 'QF3'), []);
      assert.ok(tree.refusals('IL201').some((reason) => /some log in or run commands/.test(reason)));
    });

    it('changes all the waits of a test, and none where one of them is needed by another test', async () => {
      const again =
        "        self.create_test_server(validatable=True, validation_resources={}, wait_until='SSHABLE')\n";
      const twice = `    def test_twice(self):\n${WAIT}${again}        self.detach(server)\n`;
      const tree = await FixTree.open({ [PATH]: HEAD + classOf('Twice', twice) });
      assert.deepEqual(
        tree.fixes('IL201', 'QF3').map(({ edits }) => edits.length),
        [2],
      );
      const shared =
        `    def _boot(self):\n${again}\n    def test_twice(self):\n${WAIT}        self.detach(server)\n        self._boot()\n\n` +
        `    def test_command(self):\n        self._boot()\n        server = {'ip': ''}\n${CLIENT}        client.exec_command('ls')\n`;
      const other = await FixTree.open({ [PATH]: HEAD + classOf('Shared', shared) });
      assert.deepEqual(other.fixes('IL201', 'QF3'), []);
    });

    it('is refused where a login of its own follows', async () => {
      const body = `    def test_login(self):\n${WAIT}${CLIENT}        client.validate_authentication()\n`;
      const tree = await FixTree.open({ [PATH]: HEAD + classOf('Login', body) });
      assert.deepEqual(tree.fixes('IL201', 'QF3'), []);
    });
  });

  describe('a device name', () => {
    const body = (name: string): string =>
      `    def _mount(self, dev_name):\n        client = remote_client.RemoteClient('ip', 'root')\n        client.mount(dev_name)\n\n` +
      `    def test_mount(self):\n        self._mount(${name})\n`;

    it('is read from the option where a caller of the helper writes it', async () => {
      const tree = await FixTree.open({ [PATH]: HEAD + classOf('M', body("'vdb'")) });
      const [fix] = tree.fixes('IL213', 'QF9');
      assert.ok(fix, tree.refusals('IL213').join());
      assert.equal(tree.after(fix)[PATH], HEAD + classOf('M', body('CONF.compute.volume_device_name')));
      assert.match(fix.title, /in M\.test_mount$/);
    });

    it('stays where the module has no CONF', async () => {
      const text = HEAD.replace('\nCONF = config.CONF\n', '') + classOf('M', body("'vdb'"));
      const tree = await FixTree.open({ [PATH]: text });
      assert.deepEqual(tree.fixes('IL213', 'QF9'), []);
    });
  });

  it('are offered at the call that leads to the finding, as far as they stay in that file', async () => {
    const lines = `        a = client.list_disks()\n        self.attach(server['id'])\n        b = client.list_disks()\n`;
    const body = `    def test_x(self):\n        server = self.create()\n${CLIENT}${lines}        self.assertGreater(len(b), len(a))\n`;
    const tree = await FixTree.open({ [PATH]: HEAD + classOf('D', body) });
    const text = tree.engine.text(tree.uri(PATH)) ?? '';
    const at = text.indexOf('list_disks');
    const offered = tree.engine.fixesOnTheWay(tree.uri(PATH), { start: at, end: at });
    assert.deepEqual(
      offered.map(({ finding, fix }) => [finding.rule, fix.id]),
      [['IL102', 'QF5']],
    );
    const elsewhere = text.indexOf('assertGreater');
    assert.deepEqual(tree.engine.fixesOnTheWay(tree.uri(PATH), { start: elsewhere, end: elsewhere }), []);
  });

  describe('a choice by system', () => {
    const CLIENT_PATH = 'tempest/common/utils/linux/remote_client.py';
    const CONFIG_PATH = 'tempest/config.py';
    const body = `    def test_x(self):\n${CLIENT}        client.get_mac_address('e')\n        client.make_fs('x')\n`;

    it('makes strategies of methods behind an option, one after another, and the option once', async () => {
      const tree = await FixTree.open({ [PATH]: HEAD + classOf('D', body) });
      const [fix] = tree.fixes('IL104', 'dispatch-os');
      assert.ok(fix);
      const before = tree.engine.text(tree.uri(CLIENT_PATH)) ?? '';
      const after = tree.after(fix);
      assert.deepEqual(Object.keys(after).sort(), [CLIENT_PATH, CONFIG_PATH]);
      const old =
        "    def get_mac_address(self, nic=''):\n        show_nic = 'show {nic} '.format(nic=nic) if nic else ''\n" +
        '        cmd = "ip addr %s| awk \'/ether/ {print $2}\'" % show_nic\n        return self.exec_command(cmd).strip().lower()\n';
      assert.equal(
        after[CLIENT_PATH],
        before
          .replace('import netaddr\n', 'import unittest\n\nimport netaddr\n')
          .replace(
            old,
            old.replace('get_mac_address', '_get_mac_address_linux') +
              '\n    def get_mac_address(self, nic=\'\'):\n        """Asks the guest as validation.guest_system says"""\n' +
              "        if not CONF.validation.guest_system:\n            raise unittest.SkipTest('validation.guest_system is empty')\n" +
              "        return getattr(\n            self, '_get_mac_address_' + CONF.validation.guest_system)(nic)\n",
          ),
      );
      assert.match(
        after[CONFIG_PATH] ?? '',
        /PATH=\$PATH:\/sbin:\/usr\/sbin;'\),\n {4}cfg\.StrOpt\('guest_system',\n(?: {15}.*\n)+\]/,
      );
      assert.equal(fix.onlyByHand, true);
      tree.apply(fix);
      assert.equal(tree.level('D.test_x'), 'linux', 'the strategy is still found behind the option');
      assert.ok(tree.findings('IL104').length > 0);
      assert.deepEqual(tree.fixes('IL104', 'dispatch-os'), []);
      const [second] = tree.fixes('IL103', 'dispatch-os');
      assert.ok(second);
      assert.deepEqual(Object.keys(tree.after(second)), [CLIENT_PATH]);
    });

    it('is not for tests, private or decorated methods, and plugins', async () => {
      const inTest = `    def test_y(self):\n${CLIENT}        client.exec_command('lsblk')\n`;
      const own =
        "class Own(remote_client.RemoteClient):\n\n    def _disks(self):\n        self.exec_command('lsblk')\n\n" +
        "    def disks(self):\n        self.exec_command('lsblk')\n\n\n";
      const plugin =
        HEAD +
        own +
        classOf('P', "    def test_x(self):\n        Own('ip', 'u').disks()\n        Own('ip', 'u')._disks()\n");
      const tree = await FixTree.open({ [PATH]: HEAD + classOf('D', inTest), 'plugin/test_p.py': plugin });
      assert.ok(tree.findings('IL102').length >= 3);
      assert.deepEqual(tree.fixes('IL102', 'dispatch-os'), []);
    });
  });

  describe('a tag', () => {
    it('says the level of the test, not the one of the finding, and stays out of fixAll', async () => {
      const body = `    def test_x(self):\n${CLIENT}        client.exec_command('uname -a')\n        client.exec_command('lsblk')\n`;
      const text = HEAD.replace('\nCONF', '\nfrom tempest.lib import decorators\n\nCONF') + classOf('T', body);
      const tree = await FixTree.open({ [PATH]: text });
      assert.equal(tree.level('T.test_x'), 'linux');
      const [fix] = tree.fixes('IL111', 'tag-test');
      assert.ok(fix);
      assert.match(tree.after(fix)[PATH] ?? '', /@decorators\.attr\(type='guest_linux'\)\n {4}def test_x/);
      assert.equal(fix.onlyByHand, true);
    });
  });

  describe('a flag for a test', () => {
    const NAME = 'tempest.api.compute.test_x.F.test_x';
    const guideline = (id: string, extra: string): string =>
      JSON.stringify(
        JSON.parse(`{
          "id": "${id}", "schema": "1.6", "status": "draft", "source": "x", "os_trademark_approval": { "target_approval": "${id}",
          "replaces": "2098.01", "releases": [], "status": "draft" },
          "platform": { "required": ["compute"] },
          "components": { "compute": { "required": ["c-x"], "advisory": [], "deprecated": [], "removed": [] } },
          "capabilities": { "c-x": { "achievements": [], "admin": false, "description": "", "project": "nova",
            "tests": { "${NAME}": { "idempotent_id": "id-00000000-0000-4000-8000-000000000001"${extra} } } } }
        }`),
        null,
        2,
      );
    const text =
      HEAD +
      classOf(
        'F',
        `    def test_x(self):\n${CLIENT}        client.get_disks()\n\n    def test_y(self):\n${CLIENT}        client.get_disks()\n`,
      );

    it('is proposed in every guideline that counts today, with the evidence as its reason', async () => {
      const tree = await FixTree.open({
        [PATH]: text,
        'guidelines/2098.01.json': guideline('2098.01', ''),
        'guidelines/2099.01.json': guideline('2099.01', ''),
        'guidelines/next.json': guideline('next', ''),
      });
      const fixes = tree.fixes('IL102', 'flag-test');
      assert.deepEqual(
        fixes.map(({ title }) => title),
        ['Propose a flag for F.test_x in 2099.01 and next'],
      );
      const [fix] = fixes;
      assert.ok(fix);
      const files = tree.after(fix);
      assert.deepEqual(Object.keys(files).sort(), ['guidelines/2099.01.json', 'guidelines/next.json']);
      const { capabilities } = JSON.parse(files['guidelines/next.json'] ?? '') as {
        capabilities: Record<string, { tests: Record<string, { flagged: Record<string, string> }> }>;
      };
      const flag = capabilities['c-x']?.tests[NAME]?.flagged;
      assert.equal(flag?.date, TODAY);
      assert.match(
        flag?.reason ?? '',
        /^\[D404\] F\.test_x depends on its guest: F\.test_x → RemoteClient\.get_disks: `lsblk/,
      );
      assert.doesNotMatch(flag?.reason ?? '', /Reached by/);
      assert.equal(fix.onlyByHand, true);
      tree.apply(fix);
      assert.deepEqual(tree.fixes('IL102', 'flag-test'), []);
    });

    it('is not, where none lists the test, or all that do have flagged it', async () => {
      const flagged = ', "flagged": { "reason": "[D404] x", "action": "y", "date": "2099-01-01" }';
      const variants: Record<string, string>[] = [{}, { 'guidelines/next.json': guideline('next', flagged) }];
      for (const files of variants) {
        const tree = await FixTree.open({ [PATH]: text, ...files });
        assert.deepEqual(tree.fixes('IL102', 'flag-test'), []);
      }
    });
  });

  describe('a guard', () => {
    const SKIP = "    @testtools.skipUnless(CONF.validation.run_validation,\n                          'off')\n";
    const imports = `import testtools\n\n${HEAD}`;
    const used = "\n    @testtools.skip('x')\n    def test_y(self):\n        pass\n";
    const boot =
      "        server = self.create_test_server(\n            wait_until='ACTIVE')\n        self.delete(server)\n";

    it('takes the place of a skip, from a finding in a helper too; where only the server is left it is a suggestion', async () => {
      const guest = `${CLIENT}        client.get_disks()\n`;
      const text = imports + classOf('S', `${SKIP}    def test_x(self):\n${boot}${guest}${used}`);
      const tree = await FixTree.open({ [PATH]: text });
      const [fix] = tree.fixes('IL102', 'skip-to-inline');
      assert.ok(fix);
      assert.equal(fix.safe, false);
      assert.match(fix.note ?? '', /only that its server comes up/);
      const inside = guest.replaceAll(/^ {8}/gm, '            ');
      assert.equal(
        tree.after(fix)[PATH],
        imports +
          classOf('S', `    def test_x(self):\n${boot}        if CONF.validation.run_validation:\n${inside}${used}`),
      );
    });

    it('takes in what reads, through self, what a helper in the block keeps there', async () => {
      const helper =
        "    def _connect(self, server):\n        self.client = remote_client.RemoteClient(server['ip'], 'root')\n        self.client.exec_command('ls')\n\n" +
        '    def _look(self):\n        return self.client.ip\n\n';
      const test = (lines: string): string => `    def test_x(self):\n${boot}        self.assertTrue(server)\n${lines}`;
      const tree = await FixTree.open({
        [PATH]:
          HEAD +
          classOf(
            'K',
            helper + test('        self._connect(server)\n        self.assertTrue(1)\n        self._look()\n'),
          ),
      });
      const [fix] = tree.fixes('IL220', 'QF10');
      assert.ok(fix, tree.refusals('IL220').join());
      assert.equal(
        tree.after(fix)[PATH],
        HEAD +
          classOf(
            'K',
            helper +
              test(
                '        if CONF.validation.run_validation:\n            self._connect(server)\n            self.assertTrue(1)\n            self._look()\n',
              ),
          ),
      );
    });

    it('is refused where it would take in most of the test and all that it asserts', async () => {
      const lines = '        disks = client.get_disks()\n'.repeat(8);
      const tree = await FixTree.open({
        [PATH]: HEAD + classOf('B', `    def test_x(self):\n${boot}${CLIENT}${lines}        self.assertTrue(disks)\n`),
      });
      assert.deepEqual(tree.fixes('IL220', 'QF10'), []);
      assert.equal(tree.fixes('IL220', 'QF10-skip').length, 1, 'the skip is what is left to offer');
    });
  });
});
