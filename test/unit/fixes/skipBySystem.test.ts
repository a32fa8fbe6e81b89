import assert from 'node:assert/strict';
import type { Parser } from 'web-tree-sitter';
import { loadTestGrammars } from '../../support/loadTestGrammars';
import { MarkedFinding } from '../../support/offeredFixes';

const ID = 'skip-by-system';
const BASE = { setup_credentials: 'def setup_credentials(self):\n    pass\n' };

const TEST = `class ServerTest(base.BaseV2ComputeTest):
    def test_disks(self):
        server = self.create_test_server(wait_until='SSHABLE')
        linux_client = self.get_remote_client(server)
        output = linux_client.exec_command('«lsblk» -d')
        self.assertIn('vda', output)
`;

describe('a test that asks the image what its guests run', () => {
  let parser: Parser;
  before(async () => (parser = (await loadTestGrammars()).newParser('python')));

  const offer = (marked: string, rule = 'IL102', methods: Readonly<Record<string, string>> = BASE): string | null =>
    new MarkedFinding(parser, rule, marked, { methods }).after(ID);

  it('does so before the command, by the clients of the user', () => {
    assert.equal(
      offer(TEST),
      `class ServerTest(base.BaseV2ComputeTest):
    def test_disks(self):
        server = self.create_test_server(wait_until='SSHABLE')
        linux_client = self.get_remote_client(server)
        image = self.os_primary.servers_client.show_server(
            server['id'])['server']['image']
        os_type = self.os_primary.image_client_v2.show_image(
            image['id']).get('os_type', 'linux')
        if os_type != 'linux':
            raise self.skipException(
                'The guest is asked as Linux, the image has %s' % os_type)
        output = linux_client.exec_command('lsblk -d')
        self.assertIn('vda', output)
`,
    );
  });

  it('keeps the line ends of the file and asks about a server of the class', () => {
    const own = TEST.replace(/ {8}server = .*\n/, '').replace('(server)', '(self.server)');
    const after = offer(own.replaceAll('\n', '\r\n')) ?? '';
    assert.match(after, /show_server\(\r\n {12}self\.server\['id'\]\)\['server'\]\['image'\]\r\n/);
    assert.ok(!/[^\r]\n/.test(after));
  });

  it('is made in the test that leads to a helper', () => {
    const helper = `class ServerTest(base.BaseV2ComputeTest):
    def _list(self, client):
        return client.exec_command('«lsblk»')

    def test_disks(self):
        server = self.create_test_server()
        self._list(self.get_remote_client(server))
`;
    const finding = new MarkedFinding(parser, 'IL102', helper, { methods: BASE, flows: ['self._list(self'] });
    assert.match(finding.after(ID) ?? '', /% os_type\)\n {8}self\._list\(self\.get_remote_client\(server\)\)\n/);
  });

  it('is a suggestion that is never applied in bulk', () => {
    const fix = new MarkedFinding(parser, 'IL102', TEST, { methods: BASE }).fix(ID);
    assert.deepEqual([fix?.safe, fix?.onlyByHand, fix?.keepsFinding], [false, true, true]);
  });

  for (const [what, marked, rule, methods] of [
    ['of what other systems answer too', TEST.replace('lsblk» -d', 'hostname»'), 'IL110', BASE],
    ['in a class that is no test of a cloud', TEST, 'IL102', {}],
    ['in a helper that no test leads to', TEST.replace('test_disks', 'check_disks'), 'IL102', BASE],
    [
      'where the server is not plain',
      TEST.replace('(server)', '(vms[0])').replace('server = ', 'vms = '),
      'IL102',
      BASE,
    ],
    ['where two servers are asked', TEST.replace('(server)', '(server, self.server)'), 'IL102', BASE],
    [
      'where the server is made by the statement itself',
      `class T(base.B):
    def test_disks(self):
        with self.server_of() as server:
            self.get_remote_client(server).exec_command('«lsblk»')
`,
      'IL102',
      BASE,
    ],
    ['where the test has an image of its own', TEST.replace("'vda'", 'image'), 'IL102', BASE],
    [
      'behind another statement on the line',
      TEST.replace('        output =', '        x = 1; output ='),
      'IL102',
      BASE,
    ],
  ] as const) {
    it(`is not offered ${what}`, () => assert.equal(offer(marked, rule, methods), null));
  }
});
