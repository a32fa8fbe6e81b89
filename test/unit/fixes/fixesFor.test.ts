import assert from 'node:assert/strict';
import type { Parser } from 'web-tree-sitter';
import { fixesFor } from '../../../src/fixes/fixesFor';
import type { FixContext } from '../../../src/fixes/fixContext';
import type { Finding, Fix, RelatedLocation } from '../../../src/model/finding';
import type { TextEdit } from '../../../src/model/text';
import { readPython } from '../../../src/syntax/readPython';
import { loadTestGrammars } from '../../support/loadTestGrammars';

const URI = 'file:///tempest/test_x.py';

describe('fixesFor', () => {
  let parser: Parser;
  before(async () => {
    parser = (await loadTestGrammars()).newParser('python');
  });

  /** Fixes of a finding on the stretch between `«` and `»`, with the text around it. */
  function fixes(rule: string, marked: string, flows: readonly string[] = []): { text: string; fixes: Fix[] } {
    const start = marked.indexOf('«');
    const text = marked.replace('«', '').replace('»', '');
    const range = { start, end: marked.indexOf('»') - 1 };
    const paths = flows.map((words): RelatedLocation[] => {
      const at = text.indexOf(words);
      return [{ uri: URI, range: { start: at, end: at + words.length }, message: '' }];
    });
    return { text, fixes: fixesFor(findingOf(rule, range, paths), contextOf(text, parser)) };
  }

  /** The text after the fix whose title contains `title`; null when it is not offered. The result must still parse. */
  function fixed(title: string, rule: string, marked: string, flows: readonly string[] = []): string | null {
    const { text, fixes: offered } = fixes(rule, marked, flows);
    const fix = offered.find((one) => one.title.includes(title));
    if (fix === undefined) return null;
    const result = applyEdits(text, fix.edits);
    assert.deepEqual(readPython(URI, result, '', parser).errors, [], result);
    return result;
  }

  describe('hostname', () => {
    const method = (line: string): string => `class T:\n    def test_x(self):\n        ${line}\n`;

    it('becomes uname -n, with nothing else touched, and may be applied without review', () => {
      const marked = method('h = client.exec_command("«hostname»").rstrip()');
      assert.equal(fixed('uname', 'IL110', marked), method('h = client.exec_command("uname -n").rstrip()'));
      assert.equal(fixes('IL110', marked).fixes[0]?.safe, true);
    });

    it('keeps sudo and works with CRLF line ends', () => {
      const marked = "def f(c):\r\n    c.exec_command('sudo «/bin/hostname»')\r\n";
      assert.equal(fixed('uname', 'IL110', marked), "def f(c):\r\n    c.exec_command('sudo uname -n')\r\n");
    });

    it('is only a suggestion where the callee is not known to run it', () => {
      assert.equal(fixes('IL110', method('h = self.run("«hostname»")')).fixes[0]?.safe, false);
    });

    for (const refused of [
      'h = client.exec_command("«hostname» -f")',
      'h = client.exec_command("«hostname»; ls")',
      'h = client.exec_command("ls && «hostname»")',
      'h = client.exec_command("«hostname» %s" % x)',
      'h = client.exec_command(f"«hostname» {x}")',
      'h = client.exec_command("«hostname»" + x)',
      'COMMANDS = {"«hostname»": 1}',
      'cmd = "«hostname»"',
      'h = client.exec_command("host" "name")  # «»',
    ]) {
      it(`is refused for ${refused}`, () => assert.equal(fixed('uname', 'IL110', method(refused)), null));
    }
  });

  describe('noqa', () => {
    const suppressed = (marked: string): string | null => fixed('Suppress', 'IL101', marked);

    it('goes to the end of the line on which the finding starts', () => {
      assert.equal(
        suppressed('x = f(\n    "cat «/proc/x»",\n    1)\n'),
        'x = f(\n    "cat /proc/x",  # noqa: IL101\n    1)\n',
      );
      assert.equal(suppressed('f("«/proc/x»")   \r\ny = 1\r\n'), 'f("/proc/x")  # noqa: IL101\r\ny = 1\r\n');
      assert.equal(suppressed('f("«/proc/x»")'), 'f("/proc/x")  # noqa: IL101');
    });

    it('joins codes that are there already', () => {
      assert.equal(suppressed('f("«/proc/x»")  # noqa: E501\n'), 'f("/proc/x")  # noqa: E501, IL101\n');
      assert.equal(
        suppressed('f("«/proc/x»")  # noqa: E501,H404 - long\n'),
        'f("/proc/x")  # noqa: E501,H404,IL101 - long\n',
      );
      assert.equal(suppressed('f("«/proc/x»")  # why\n'), 'f("/proc/x")  # why  # noqa: IL101\n');
    });

    it('keeps flake8 quiet where the comment makes the line too long', () => {
      const line = (end: number): string => `f("«/proc/x»", ${'a'.repeat(end - 14)})`;
      assert.equal(suppressed(line(64))?.split('  # ')[1], 'noqa: IL101');
      assert.equal(suppressed(line(65))?.split('  # ')[1], 'noqa: E501,IL101');
      assert.equal(suppressed(line(80))?.split('  # ')[1], 'noqa: IL101');
      assert.equal(suppressed(`${line(65)}  # noqa: H1`)?.split('  # ')[1], 'noqa: H1, E501, IL101');
    });

    it('works between the pieces of a joined string', () => {
      assert.equal(suppressed('f("«/proc/x» "\n  "y")\n'), 'f("/proc/x "  # noqa: IL101\n  "y")\n');
    });

    it('is refused inside a string and on a continued line', () => {
      assert.equal(suppressed('f("""\ncat «/proc/x»\n""")\n'), null);
      assert.equal(suppressed('x = "«/proc/x»" \\\n  + y\n'), null);
      assert.equal(suppressed('f("«/proc/x»")  # noqa\n'), null);
    });
  });

  describe('processors', () => {
    const test = (line: string): string =>
      `class T:\n    def test_x(self):\n        c = self.get(self.server)\n        ${line}\n        self.assertEqual(1, int(output))\n`;

    it('are asked of the diagnostics', () => {
      const attributes = "class T:\n    credentials = ['primary', 'admin']\n    min_microversion = '2.48'\n\n";
      assert.equal(
        fixed('diagnostics', 'IL119', test("output = c.exec_command('grep -c ^processor «/proc/cpuinfo»')")),
        test(
          "output = self.os_admin.servers_client.show_server_diagnostics(\n            self.server['id'])['num_cpus']",
        ).replace('class T:\n', attributes),
      );
    });

    it('are asked of getconf, as a suggestion', () => {
      assert.equal(
        fixed('getconf', 'IL119', test("output = c.exec_command('grep -c ^processor «/proc/cpuinfo»')")),
        test("output = c.exec_command('getconf _NPROCESSORS_ONLN')"),
      );
    });

    it('stay when the command asks for more', () => {
      assert.equal(fixed('getconf', 'IL119', test("output = c.exec_command('cat «/proc/cpuinfo»')")), null);
      assert.equal(fixed('diagnostics', 'IL119', test("output = c.exec_command('cat «/proc/cpuinfo»')")), null);
    });

    it('stay when no server or more than one is in sight', () => {
      const none =
        "class T:\n    def test_x(self):\n        n = c.exec_command('grep -c ^processor «/proc/cpuinfo»')\n";
      assert.equal(fixed('diagnostics', 'IL119', none), null);
      const two = none + "        f(server['id'], self.server['id'])\n";
      assert.equal(fixed('diagnostics', 'IL119', two), null);
    });
  });

  describe('disks', () => {
    const code = (body: string): string =>
      `class R:\n    def get_disks(self):\n        return self.x('«lsblk» -lb')\n\nclass T:\n    def test_x(self):\n${body}`;
    const before =
      "        a = c.list_disks()\n        self.attach(server['id'])\n        b = c.list_disks()\n        self.assertGreater(len(b), len(a))\n";

    it('are counted by the attachments, before and after together', () => {
      const call = "self.servers_client.list_volume_attachments(\n            server['id'])['volumeAttachments']";
      assert.equal(
        fixed('attachments', 'IL102', code(before), ['c.list_disks()']),
        code(before.replaceAll('c.list_disks()', call)).replace(/[«»]/g, ''),
      );
    });

    it('stay when the names are used for more than counting', () => {
      assert.equal(fixed('attachments', 'IL102', code(before + '        print(a)\n'), ['c.list_disks()']), null);
    });
  });

  describe('device names', () => {
    const call = (args: string): string => `class T:\n    def test_x(self):\n        self.attach_volume(${args})\n`;

    it('are dropped from attach_volume of the test base', () => {
      assert.equal(
        fixed('Drop', 'IL213', call("server, volume, device='«/dev/xvdb»', check=True")),
        call('server, volume, check=True'),
      );
      assert.equal(
        fixed('Drop', 'IL213', call("server, volume,\n            device='«/dev/xvdb»'")),
        call('server, volume'),
      );
      assert.equal(fixes('IL213', call("server, volume, device='«/dev/xvdb»'")).fixes[0]?.safe, true);
    });

    it('stay for a client, for the first argument and beside a comment', () => {
      assert.equal(fixed('Drop', 'IL213', call("device='«vdb»', server=s")), null);
      assert.equal(fixed('Drop', 'IL213', call("server,  # the one\n            device='«vdb»'")), null);
      assert.equal(
        fixed(
          'Drop',
          'IL213',
          "class T:\n    def f(self):\n        self.volumes_client.attach_volume(v, device='«vdb»')\n",
        ),
        null,
      );
    });

    it('come from the option where CONF is at hand', () => {
      assert.equal(fixed('volume_device_name', 'IL213', "x = '«vdb»'\n"), null);
      const method = (line: string): string => `CONF = config.CONF\n\n\nclass T:\n    def test_x(self):\n${line}`;
      assert.equal(
        fixed('volume_device_name', 'IL213', method("        self._test_volume_migrate_attached(dev_name='«vdb»')\n")),
        method('        self._test_volume_migrate_attached(\n            dev_name=CONF.compute.volume_device_name)\n'),
      );
      assert.equal(
        fixed(
          'volume_device_name',
          'IL213',
          method("        self.client.attach_volume(server, volume, device='«/dev/xvdb»')\n"),
        ),
        method(
          "        self.client.attach_volume(\n            server, volume, device='/dev/%s' % CONF.compute.volume_device_name)\n",
        ),
      );
      assert.equal(
        fixed(
          'option',
          'IL213',
          method("        names = ['«/dev/xvdb»', 'a', 'an item which is long enough for a line']\n"),
        ),
        null,
      );
      const named = fixed('volume_device_name', 'IL213', "CONF = config.CONF\nx = f('«vdb»')\n");
      assert.equal(named, 'CONF = config.CONF\nx = f(CONF.compute.volume_device_name)\n');
      const path = fixed('volume_device_name', 'IL213', "CONF = config.CONF\nx = '«/dev/vdb»'.strip()\n");
      assert.equal(path, "CONF = config.CONF\nx = ('/dev/%s' % CONF.compute.volume_device_name).strip()\n");
    });
  });

  describe('guards', () => {
    const test = (decorator: string): string =>
      `class T(Base):\n    @decorators.idempotent_id('x')\n${decorator}    def test_x(self):\n        self.go()\n`;
    const skip =
      "    @testtools.skipUnless(CONF.validation.run_validation,\n                          'Instance validation tests are disabled.')\n";

    it('are added above the test, with the import they need', () => {
      const head = 'import time\n\nfrom tempest import config\n\nCONF = config.CONF\n';
      const marked = head + test('').replace('self.go()', '«self.go()»');
      assert.equal(
        fixed('Skip', 'IL220', marked),
        head.replace('import time\n', 'import time\n\nimport testtools\n') + test(skip),
      );
      const ready = 'import testtools\nfrom tempest import config\nCONF = config.CONF\n';
      assert.equal(fixed('Skip', 'IL220', ready + test('').replace('self.go()', '«self.go()»')), ready + test(skip));
    });

    it('are not added to helpers, or without CONF', () => {
      assert.equal(fixed('Skip', 'IL220', 'import testtools\n' + test('').replace('self.go()', '«self.go()»')), null);
      assert.equal(
        fixed('Skip', 'IL220', 'import testtools\nCONF = 1\nclass T:\n    def setUp(self):\n        «self.go()»\n'),
        null,
      );
    });
  });

  describe('inline guards', () => {
    const head = 'CONF = config.CONF\n\n\nclass T(Base):\n    def test_x(self):\n';
    const inline = (body: string): string | null => fixed('only when validation', 'IL220', head + body);

    it('take along what uses the guest client, and leave the rest outside', () => {
      const result = inline(
        [
          '        server = self.create()',
          '        # look inside',
          '        client = «RemoteClient(\n            server)»',
          '        disks = client.list_disks()',
          '',
          '        self.attach(server)',
          '        self.assertEqual(1, len(disks))  # counted',
          '        self.assertEqual(2, server)',
          '',
        ].join('\n'),
      );
      assert.equal(
        result,
        head +
          [
            '        server = self.create()',
            '        # look inside',
            '        if CONF.validation.run_validation:',
            '            client = RemoteClient(\n                server)',
            '            disks = client.list_disks()',
            '',
            '            self.attach(server)',
            '            self.assertEqual(1, len(disks))  # counted',
            '        self.assertEqual(2, server)',
            '',
          ].join('\n'),
      );
    });

    it('follow names bound in between', () => {
      const result = inline(
        '        a = «f()»\n        b = 1\n        g(a)\n        h(b)\n        self.assertTrue(self.x)\n',
      );
      assert.equal(
        result,
        `${head}        if CONF.validation.run_validation:\n            a = f()\n            b = 1\n            g(a)\n            h(b)\n        self.assertTrue(self.x)\n`,
      );
    });

    it('are only suggested where most of the test would go into them', () => {
      const safe = (body: string): boolean | undefined => fixes('IL220', head + body).fixes[0]?.safe;
      const outside = '        self.assertTrue(self.x)\n';
      assert.equal(safe(`        «f()»\n${outside}`), true);
      assert.equal(safe(`        a = «f()»\n        g(a)\n${outside}`), false);
    });

    it('take in every place at which the test sets out, and are refused where a fixture does', () => {
      const body =
        '        «f()»\n        x = 1\n        second()\n        self.assertTrue(self.x)\n        self.go(x)\n';
      assert.equal(fixed('only when validation', 'IL220', head + body, ['second()']), null);
      const two = '        a = 1\n        b = 2\n        «f()»\n        second()\n        self.assertTrue(self.x)\n';
      assert.match(
        fixed('only when validation', 'IL220', head + two, ['second()']) ?? '',
        /run_validation:\n {12}f\(\)\n {12}second\(\)\n {8}self/,
      );
      assert.equal(fixed('only when validation', 'IL220', head + two, ['T(Base)']), null);
      assert.equal(fixed('Skip', 'IL220', head + two, ['T(Base)']), null);
    });

    it('are refused where an indented line would be too long', () => {
      const long = `        «f()»\n        g('${'x'.repeat(66)}')\n        self.assertTrue(self.x)\n`;
      assert.ok(long.split('\n')[1]?.length === 79);
      assert.equal(fixed('only when validation', 'IL220', head + long, ["g('"]), null);
    });

    for (const [why, body] of [
      ['nothing would be proved outside', '        a = «f()»\n        self.assertTrue(a)\n'],
      ['a string spans lines', '        «f("""\n  x""")»\n        self.assertTrue(self.x)\n'],
      ['the call stands in a block', '        with x:\n            return «f()»\n        self.assertTrue(self.x)\n'],
      ['an attribute is set', '        self.a = «f()»\n        self.assertTrue(self.x)\n'],
      ['code shares the line', '        a = 1; «f()»\n        self.assertTrue(self.x)\n'],
    ] as const) {
      it(`are refused where ${why}`, () => assert.equal(inline(body), null));
    }
  });

  it('offers nothing for a file that is not indexed', () => {
    const finding = findingOf('IL110', { start: 0, end: 8 }, []);
    assert.deepEqual(fixesFor(finding, { text: () => undefined, facts: () => undefined }), []);
  });
});

function contextOf(text: string, parser: Parser): FixContext {
  const facts = readPython(URI, text, '', parser);
  return { text: (uri) => (uri === URI ? text : undefined), facts: (uri) => (uri === URI ? facts : undefined) };
}

function findingOf(
  rule: string,
  range: { start: number; end: number },
  flows: readonly (readonly RelatedLocation[])[],
): Finding {
  return {
    uri: URI,
    range,
    rule,
    severity: 'info',
    confidence: 'certain',
    message: '',
    related: [],
    fixes: [],
    suppressed: false,
    suppressionReason: null,
    flows,
  };
}

/** Applies edits from the end on, so that offsets hold; they must not overlap. */
function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const sorted = [...edits].sort((a, b) => b.range.start - a.range.start);
  let result = text;
  let limit = text.length;
  for (const { range, newText } of sorted) {
    assert.ok(range.start <= range.end && range.end <= limit, 'edits overlap or leave the file');
    result = result.slice(0, range.start) + newText + result.slice(range.end);
    limit = range.start;
  }
  return result;
}
