import assert from 'node:assert/strict';
import type { Parser } from 'web-tree-sitter';
import { loadTestGrammars } from '../../support/loadTestGrammars';
import { MarkedFinding, uriOf } from '../../support/offeredFixes';

const REMOTE_CLIENT = 'tempest.common.utils.linux.remote_client';

describe('suggestions', () => {
  let parser: Parser;
  before(async () => {
    parser = (await loadTestGrammars()).newParser('python');
  });
  const found = (
    rule: string,
    marked: string,
    options: ConstructorParameters<typeof MarkedFinding>[3] = {},
  ): MarkedFinding => new MarkedFinding(parser, rule, marked, options);

  describe('sudo', () => {
    const method = (line: string): string => `class T:\n    def test_x(self):\n        ${line}\n`;

    it('goes from commands that only read, with the blanks behind it', () => {
      const one = found('IL108', method("c.exec_command('«sudo»  cat %s/x' % path)  # why"));
      assert.equal(one.after('drop-sudo'), method("c.exec_command('cat %s/x' % path)  # why"));
      assert.equal(one.fix('drop-sudo')?.safe, false);
      assert.equal(one.refusal, null);
    });

    it('goes from f-strings and from the middle of a text', () => {
      assert.equal(
        found('IL108', method("c.run(f'sync; «sudo» cat {path}')")).after('drop-sudo'),
        method("c.run(f'sync; cat {path}')"),
      );
    });

    for (const [line, why] of [
      ["c.run('«sudo» mount /dev/vdb /mnt')", 'superuser'],
      ["c.run('«sudo» cat /var/log/messages')", 'superuser'],
      ["c.run('«sudo» ls -lR /dev')", 'superuser'],
      ["c.run('«sudo» -n cat x')", 'not written behind'],
      ["c.run('«sudo» %s' % cmd)", 'not written behind'],
      ["c.run(«sudo» + ' cat x')", 'put together'],
      ['c.run(\'«sudo» sh -c "date > x"\')', 'superuser'],
    ] as const) {
      it(`stays in ${line}`, () => {
        const one = found('IL108', method(line));
        assert.equal(one.fix('drop-sudo'), undefined);
        assert.match(one.refusal ?? '', new RegExp(why));
      });
    }
  });

  describe('the name of the guest', () => {
    const code = (attributes: string, line: string): string =>
      `class T(base.Base):\n    """Doc."""\n${attributes}\n    def test_x(self):\n        c = remote_client.RemoteClient(self.server)\n        ${line}\n        self.assertEqual(self.name, h)\n`;

    it('is asked of the API; the client that is left without use goes', () => {
      const one = found('IL110', code('', 'h = c.exec_command("«hostname»").rstrip()'));
      assert.equal(
        one.after('hostname-api'),
        'class T(base.Base):\n    """Doc."""\n\n    min_microversion = \'2.90\'\n\n    def test_x(self):\n' +
          "        h = self.servers_client.show_server(\n            self.server['id'])['server']['OS-EXT-SRV-ATTR:hostname'].rstrip()\n" +
          '        self.assertEqual(self.name, h)\n',
      );
    });

    it('raises a lower microversion and keeps a higher one', () => {
      const raised = found('IL110', code("    min_microversion = '2.9'\n", 'h = c.exec_command("«hostname»")')).after(
        'hostname-api',
      );
      assert.match(raised ?? '', / {4}min_microversion = '2\.90'\n/);
      const kept = found('IL110', code("    min_microversion = '2.94'\n", 'h = c.exec_command("«hostname»")')).after(
        'hostname-api',
      );
      assert.match(kept ?? '', / {4}min_microversion = '2\.94'\n/);
    });

    it('keeps the client that has more to do', () => {
      const more = code('', 'h = c.exec_command("«hostname»")').replace('self.assertEqual(self.name, h)', 'c.ping(h)');
      assert.match(found('IL110', more).after('hostname-api') ?? '', /RemoteClient/);
    });

    it('takes the skip off a test that needs no guest any more, as long as testtools stays in use', () => {
      const skip = "    @testtools.skipUnless(CONF.validation.run_validation,\n                          'off')\n";
      const test = code('', 'h = c.exec_command("«hostname»")').replace('    def', `${skip}    def`);
      const used = `${test}\n    @testtools.skip('x')\n    def test_y(self):\n        pass\n`;
      assert.doesNotMatch(found('IL110', used).after('hostname-api') ?? '', /skipUnless/);
      assert.match(found('IL110', test).after('hostname-api') ?? '', /skipUnless/);
    });

    it('is not asked when it is not plain which server is meant', () => {
      const two = code('', 'h = c.exec_command("«hostname»"); f(other.server, server["id"])');
      assert.equal(found('IL110', two).fix('hostname-api'), undefined);
      const dynamic = code('    min_microversion = VERSION\n', 'h = c.exec_command("«hostname»")');
      assert.equal(found('IL110', dynamic).fix('hostname-api'), undefined);
    });
  });

  describe('the boot time', () => {
    const message = '`/proc/uptime` is a pseudo file.';
    const flows = ['c.get_boot_time()'];
    const code = (end: string): string =>
      'class T:\n    def _reboot(self):\n        «c».f()\n        old = c.get_boot_time()\n        c.exec_command("sync")\n' +
      `        self.reboot_server(self.server_id)\n        new = c.get_boot_time()\n        self.assertGreater(new, old, '%s > %s' % (new, old))\n${end}`;

    it('becomes the number of instance actions, before and after together', () => {
      const call = "len(self.servers_client.list_instance_actions(\n            self.server_id)['instanceActions'])";
      const one = found('IL101', code(''), { flows, message });
      assert.equal(one.after('boot-time-api'), code('').replace(/[«»]/g, '').replaceAll('c.get_boot_time()', call));
    });

    it('takes with it a client that was made anew for it alone, and leaves what a nested function or a loop may read', () => {
      const anew = "        c = remote_client.RemoteClient('ip', 'root')\n";
      const again = (line: string, before = ''): string =>
        code('')
          .replace('        new = ', `${line}        new = `)
          .replace('        «c».f()\n', `        «c».f()\n${before}`);
      const call = "len(self.servers_client.list_instance_actions(\n            self.server_id)['instanceActions'])";
      const after = (text: string): string => text.replace(/[«»]/g, '').replaceAll('c.get_boot_time()', call);
      assert.equal(found('IL101', again(anew), { flows, message }).after('boot-time-api'), after(code('')));
      const closure = '        def look():\n            c.f()\n';
      const kept = again(anew, closure);
      assert.equal(found('IL101', kept, { flows, message }).after('boot-time-api'), after(kept));
    });

    it('stays when it is used for more than one comparison, or without a reboot', () => {
      assert.match(found('IL101', code('        print(old)\n'), { flows, message }).refusal ?? '', /more than one/);
      const without = code('').replace('reboot_server', 'stop_server');
      assert.match(found('IL101', without, { flows, message }).refusal ?? '', /no reboot/);
      assert.match(found('IL101', code(''), { flows, message: '`/proc/meminfo`' }).refusal ?? '', /read for/);
    });
  });

  describe('the MAC address', () => {
    const code = (call: string): string =>
      `class T:\n    def _verify(self, tenant):\n        ssh = self._connect_to_access_point(tenant)\n        mac = ${call}\n        f(mac.strip(), tenant.access_point)\n\n\ndef h():\n    «x»\n`;

    it('is asked of the interfaces client of the tenant', () => {
      const one = found('IL104', code('ssh.get_mac_address()'), { flows: ['ssh.get_mac_address()'] });
      assert.equal(
        one.after('QF6'),
        'class T:\n    def _verify(self, tenant):\n        mac = tenant.manager.interfaces_client.list_interfaces(\n' +
          "            tenant.access_point['id'])['interfaceAttachments'][0]['mac_addr']\n        f(mac.strip(), tenant.access_point)\n\n\ndef h():\n    x\n",
      );
    });

    it('is not, where an interface is named', () => {
      const one = found('IL104', code("ssh.get_mac_address(nic='e')"), { flows: ["ssh.get_mac_address(nic='e')"] });
      assert.equal(one.fix('QF6'), undefined);
      assert.match(one.refusal ?? '', /interface is named/);
    });
  });

  describe('a ping in the guest', () => {
    const code = (call: string): string => `class T:\n    def test_x(self):\n        ${call}\n\n\ndef h():\n    «x»\n`;
    const answers = 'def ping_ip_address(self, ip_address, should_succeed=True, ping_timeout=None):\n    return True\n';
    const asserts = answers.replace('return True', 'self.assertTrue(ping())');
    const pinged = (call: string, methods: Record<string, string> = { ping_ip_address: answers }): MarkedFinding =>
      found('IL106', code(call), { flows: [call], methods });

    it('becomes a ping from the test host, when the target has a floating IP', () => {
      assert.equal(
        pinged("self.check_remote_connectivity(c, fip['floating_ip_address'])").after('QF7'),
        code("self.assertTrue(self.ping_ip_address(fip['floating_ip_address']))").replace(/[«»]/g, ''),
      );
      assert.equal(
        pinged(
          "self.check_remote_connectivity(\n            c, dest=fips[1]['floating_ip_address'], should_succeed=False)",
        ).after('QF7'),
        code(
          "self.assertTrue(self.ping_ip_address(\n            fips[1]['floating_ip_address'], should_succeed=False))",
        ).replace(/[«»]/g, ''),
      );
    });

    it('takes the timeout along, and asserts only where the method does not', () => {
      const call = "self.check_remote_connectivity(c, fip['floating_ip_address'], timeout=5, servers=[s])";
      assert.equal(
        pinged(call, { ping_ip_address: asserts }).after('QF7'),
        code("self.ping_ip_address(fip['floating_ip_address'], ping_timeout=5)").replace(/[«»]/g, ''),
      );
      const without = asserts.replace(', ping_timeout=None', '');
      assert.match(pinged(call, { ping_ip_address: without }).refusal ?? '', /cannot be asked for the same/);
      assert.match(pinged("self.check_remote_connectivity(c, fips[1]['fixed_ip_address'])").refusal ?? '', /fixed one/);
    });

    it('takes all pings of a function, or none', () => {
      const one = "self.check_remote_connectivity(c, fip['floating_ip_address'])";
      const two = (second: string): MarkedFinding =>
        found('IL106', code(`${one}\n        ${second}`), { flows: [one], methods: { ping_ip_address: asserts } });
      const other = "self.check_remote_connectivity(d, e['floating_ip_address'])";
      assert.equal(
        two(other).after('QF7'),
        code(
          "self.ping_ip_address(fip['floating_ip_address'])\n        self.ping_ip_address(e['floating_ip_address'])",
        ).replace(/[«»]/g, ''),
      );
      assert.match(two('self.check_remote_connectivity(d, port_ip)').refusal ?? '', /fixed one/);
      assert.match(two(`x = ${other}`).refusal ?? '', /answer of the ping/);
    });

    it('stays when the address may be a fixed one, an interface is asked for, or the class cannot ping', () => {
      assert.match(pinged('self.check_remote_connectivity(c, port_ip)').refusal ?? '', /fixed one/);
      assert.match(pinged("self.check_remote_connectivity(c, fip, nic='e')").refusal ?? '', /asks for/);
      assert.match(pinged('self.check_remote_connectivity(c, fip)', {}).refusal ?? '', /no ping_ip_address/);
    });
  });

  describe('a tool that may be missing', () => {
    const head = 'from tempest import config\nfrom tempest.lib import decorators\n\n\n';
    const test = (body: string): string => `class T:\n    def test_x(self):\n${body}`;

    it('is asked for before the first command, with the import in order', () => {
      const one = found(
        'IL107',
        head +
          test("        cmd = '«curl http://169.254.169.254/»x'\n        # read\n        r = c.exec_command(cmd)\n"),
      );
      assert.equal(
        one.after('probe-and-skip'),
        head.replace('decorators\n', 'decorators\nfrom tempest.lib import exceptions as lib_exc\n') +
          test(
            "        cmd = 'curl http://169.254.169.254/x'\n        # read\n        try:\n            c.exec_command('command -v curl')\n" +
              "        except lib_exc.SSHExecCommandFailed:\n            raise self.skipException('The image does not carry curl')\n        r = c.exec_command(cmd)\n",
          ),
      );
    });

    it('is asked for by the name that the module has for the exceptions', () => {
      const known = `${head.trimEnd()}\nfrom tempest.lib import exceptions\n\n\n`;
      const after = found('IL112', known + test('        c.exec_command("«nc» -l")\n')).after('probe-and-skip') ?? '';
      assert.match(after, /except exceptions\.SSHExecCommandFailed:/);
      assert.doesNotMatch(after, /lib_exc/);
    });

    it('is not asked for in helpers and nested functions, or by a name that means something else', () => {
      const helper = 'class C:\n    def nc(self):\n        self.exec_command("«nc» -l")\n';
      assert.match(found('IL112', head + helper).refusal ?? '', /helper/);
      const nested = test('        def f():\n            c.exec_command("«nc» -l")\n        f()\n');
      assert.match(found('IL112', head + nested).refusal ?? '', /nested/);
      const other = `lib_exc = 1\n${head}${test('        c.exec_command("«nc» -l")\n')}`;
      assert.match(found('IL112', other).refusal ?? '', /something else/);
    });
  });

  describe('a tag', () => {
    const test = (decorators: string): string =>
      `from tempest.lib import decorators\n\n\nclass T:\n${decorators}    def test_x(self):\n        c.exec_command('«ip» a')\n`;

    it('joins those that are there', () => {
      const tagged = (decorators: string): string | null => found('IL104', test(decorators)).after('tag-test');
      assert.equal(tagged(''), test("    @decorators.attr(type='guest_linux')\n").replace(/[«»]/g, ''));
      assert.equal(
        tagged('    @decorators.attr(type="slow")\n'),
        test('    @decorators.attr(type=["slow", \'guest_linux\'])\n').replace(/[«»]/g, ''),
      );
      assert.equal(
        tagged("    @decorators.attr(type=['slow'])\n"),
        test("    @decorators.attr(type=['slow', 'guest_linux'])\n").replace(/[«»]/g, ''),
      );
    });

    it('is not put on twice, or where tags are not written plainly', () => {
      assert.equal(found('IL104', test("    @decorators.attr(type=['guest_linux'])\n")).fix('tag-test'), undefined);
      assert.equal(found('IL104', test('    @decorators.attr(type=TYPES)\n')).fix('tag-test'), undefined);
      assert.equal(found('IL213', test('')).fix('tag-test'), undefined);
    });
  });

  describe('a command of its own name', () => {
    const code = (client: string): string =>
      `from tempest.common.utils.linux import remote_client\n\n\nclass T:\n    def test_x(self):\n        c = ${client}\n        h = c.exec_command("«hostname»").rstrip()\n`;
    const home = 'class RemoteClient(Base):\n\n    def f(self):\n        return 1\n\n\nx = 1\n';
    const moved = (client: string, text: string): Map<string, string> | null =>
      found('IL110', code(client), { others: { [REMOTE_CLIENT]: text } }).allAfter('move-to-client');

    it('moves into RemoteClient', () => {
      const files = moved('remote_client.RemoteClient(ip)', home);
      assert.equal(
        [...(files?.values() ?? [])][0],
        code('remote_client.RemoteClient(ip)').replace('c.exec_command("«hostname»")', 'c.get_hostname()'),
      );
      assert.equal(
        files?.get(uriOf(REMOTE_CLIENT)),
        'class RemoteClient(Base):\n\n    def f(self):\n        return 1\n\n    def get_hostname(self):\n        return self.exec_command("hostname")\n\n\nx = 1\n',
      );
    });

    it('uses the method that is there', () => {
      const files = moved('self.get_remote_client(ip)', home.replace('def f', 'def get_hostname'));
      assert.equal(files?.size, 1);
    });

    it('stays when the client is not known', () => {
      assert.equal(moved('self.make()', home), null);
      assert.equal(found('IL110', code('remote_client.RemoteClient(ip)')).fix('move-to-client'), undefined);
    });
  });

  describe('a skip', () => {
    const skip = "    @testtools.skipUnless(CONF.validation.run_validation,\n                          'off')\n";
    const code = (
      outside: string,
      extra = "\n    @testtools.skip('y')\n    def test_y(self):\n        pass\n",
    ): string =>
      `CONF = config.CONF\n\n\nclass T:\n${skip}    def test_x(self):\n        server = self.create()\n        c = self.get_remote_client(server)\n        «c.validate()»\n${outside}${extra}`;

    it('becomes a guard around what needs the guest, when assertions remain', () => {
      const one = found('IL201', code("        self.assertEqual(1, server['x'])\n"));
      assert.equal(
        one.after('skip-to-inline'),
        code("        self.assertEqual(1, server['x'])\n")
          .replace(skip, '')
          .replace(
            '        c = self.get_remote_client(server)\n        «c.validate()»\n',
            '        if CONF.validation.run_validation:\n            c = self.get_remote_client(server)\n            c.validate()\n',
          ),
      );
      assert.equal(one.fix('skip-to-inline')?.safe, true);
    });

    it('stays when nothing would be proved without the guest, or testtools would be left without use', () => {
      assert.equal(found('IL201', code('')).fix('skip-to-inline'), undefined);
      assert.equal(found('IL201', code('        self.assertTrue(server)\n', '')).fix('skip-to-inline'), undefined);
    });
  });

  it('say why there is none where none is known', () => {
    assert.match(found('IL103', 'f("«mount» x")\n').refusal ?? '', /what the test is for/);
    assert.match(found('IL999', 'f("«mount» x")\n').refusal ?? '', /no quick fix/);
  });
});
