import assert from 'node:assert/strict';
import { FixTree } from '../../support/fixTree';

const PATH = 'tempest/api/compute/test_x.py';
const HEAD =
  'from tempest.api.compute import base\nfrom tempest.common.utils.linux import remote_client\nfrom tempest import config\n\nCONF = config.CONF\n\n\n';

/** A test class whose only test runs these lines with `client`. */
function testOf(lines: string, before = ''): string {
  const body = lines.replace(/^(?=.)/gm, '        ');
  return (
    `${HEAD}${before}class TestX(base.BaseV2ComputeTest):\n    def test_x(self):\n` +
    `        client = remote_client.RemoteClient('ip', 'root')\n${body}\n`
  );
}

async function open(lines: string, before = ''): Promise<FixTree> {
  return FixTree.open({ [PATH]: testOf(lines, before) });
}

/** The lines after every portable spelling of the rule, one after the other; null when none is offered. */
async function respelled(rule: string, lines: string): Promise<string | null> {
  const tree = await open(lines);
  const [fix] = tree.fixes(rule, 'portable-spelling');
  if (fix === undefined) return null;
  assert.equal(fix.safe, true);
  const text = tree.after(fix)[PATH] ?? '';
  tree.apply(fix);
  assert.deepEqual(tree.findings(rule), []);
  const from = text.indexOf("'root')\n") + 8;
  return text.slice(from).trimEnd().replace(/^ {8}/gm, '');
}

async function refused(rule: string, lines: string, reason: RegExp, before = ''): Promise<void> {
  const tree = await open(lines, before);
  assert.deepEqual(tree.fixes(rule, 'portable-spelling'), []);
  const reasons = tree.refusals(rule);
  assert.ok(reasons.length > 0, 'no finding');
  for (const one of reasons) assert.match(one, reason);
}

describe('portable spellings', () => {
  const changed: readonly (readonly [rule: string, before: string, after: string])[] = [
    ['IL124', "client.exec_command('ip a | head -1')", "client.exec_command('ip a | head -n 1')"],
    ['IL124', 'client.exec_command("tail +3 f")', 'client.exec_command("tail -n +3 f")'],
    ['IL126', "client.exec_command('dmesg | egrep %s' % x)", "client.exec_command('dmesg | grep -E %s' % x)"],
    ['IL126', "client.exec_command('sudo fgrep a f')", "client.exec_command('sudo grep -F a f')"],
    ['IL126', "client.exec_command('which tcpdump')", "client.exec_command('command -v tcpdump')"],
    ['IL127', "client.exec_command('sed -nr s/a/b/p f')", "client.exec_command('sed -nE s/a/b/p f')"],
    ['IL128', `client.exec_command('[ "$a" == b ] && ls')`, `client.exec_command('[ "$a" = b ] && ls')`],
    ['IL125', "client.exec_command('ls &> /tmp/%s.log &' % f)", "client.exec_command('ls > /tmp/%s.log 2>&1 &' % f)"],
    [
      'IL125',
      "client.exec_command('ls &>>'\n                    'f')",
      "client.exec_command('ls >>'\n                    'f 2>&1')",
    ],
    ['IL123', `client.exec_command("echo -n '%s' > f" % x)`, `client.exec_command("printf %%s '%s' > f" % x)`],
    ['IL123', `client.exec_command(f"echo -n '{x}' > f")`, `client.exec_command(f"printf %s '{x}' > f")`],
    [
      'IL123',
      `client.exec_command("echo -n '{}' > f".format(x))`,
      `client.exec_command("printf %s '{}' > f".format(x))`,
    ],
    ['IL123', `client.exec_command('echo -e "a\\\\nb" > f')`, `client.exec_command('printf "%b\\\\n" "a\\\\nb" > f')`],
    ['IL123', `client.exec_command(r"echo -e 'a\\nb'")`, `client.exec_command(r"printf '%b\\n' 'a\\nb'")`],
    ['IL123', "client.exec_command('echo -e a b | tee f')", "client.exec_command('echo a b | tee f')"],
    [
      'IL123',
      `cmd = "echo -ne '%s' > f" % x\nclient.exec_command(cmd)`,
      `cmd = "printf %%b '%s' > f" % x\nclient.exec_command(cmd)`,
    ],
    [
      'IL123',
      `cmd = "echo -n '%s' > f"\nclient.exec_command(cmd % x)`,
      `cmd = "printf %%s '%s' > f"\nclient.exec_command(cmd % x)`,
    ],
  ];
  for (const [rule, before, after] of changed) {
    it(`${before} becomes ${after}`, async () => assert.equal(await respelled(rule, before), after));
  }

  it('breaks a line that begins with the literal behind the new words where it would become too long', async () => {
    const indent = '    ';
    const before = `client.exec_command(\n${indent}'echo -e "DEVICE=%(nic)s\\\\nNAME=%(nic)s\\\\nSTATE=always-up" | '\n${indent}'tee /tmp/x' % {'nic': nic})`;
    const after = `client.exec_command(\n${indent}'printf "%%b\\\\n" '\n${indent}'"DEVICE=%(nic)s\\\\nNAME=%(nic)s\\\\nSTATE=always-up" | '\n${indent}'tee /tmp/x' % {'nic': nic})`;
    assert.equal(await respelled('IL123', before), after);
  });

  it('is refused where a line would become too long and cannot be broken', async () => {
    const path = `/tmp/${'x'.repeat(30)}`;
    await refused('IL123', `a = client.exec_command('echo -n "$HOME" > ${path}')`, /79 columns/);
  });

  it('is refused for more than one word, words that fall apart, and escapes that only some shells know', async () => {
    for (const text of ['echo -n a b', 'echo -n $x', "echo -e 'a\\\\x41'", "echo -n 'a\\\\n'", 'echo -e'])
      await refused('IL123', `client.exec_command("${text} > f")`, /echo/);
  });

  it('is refused inside the quotes of another shell, and where which is no plain question', async () => {
    await refused('IL123', `client.exec_command('sh -c "echo -e \\\\"a\\\\nb\\\\""')`, /echo/);
    for (const text of ['sudo which nc', 'which -a nc', 'which nc tail'])
      await refused('IL126', `client.exec_command('${text}')`, /command -v/);
  });

  it('is refused for a file edited in place', () =>
    refused('IL127', "client.exec_command('sed -i s/a/b/ f')", /in place/));

  it('is refused where the words are put together from parts', async () => {
    await refused('IL126', "client.exec_command('which %s' % tool)", /command -v/);
    for (const file of ['%s', '/tmp/%s']) await refused('IL125', `client.exec_command('ls &> ${file} &' % f)`, /parts/);
    await refused('IL126', "client.exec_command('egr' 'ep a f')", /parts/);
    await refused('IL124', "client.exec_command('head -' + '1 f')", /parts/);
    await refused('IL126', "client.exec_command('\\x65grep a f')", /parts/);
  });

  it('is refused where callers of a helper get different words, and where one of them has a hole', async () => {
    const helper = 'def run(client, words):\n    client.exec_command("head -1 f | " + words)\n\n\n';
    const tree = await open('run(client, "wc")\nrun(client, "cat")', helper);
    assert.equal(tree.fixes('IL124', 'portable-spelling').length, 1);
    const echo = `def run(client, words):\n    client.exec_command("echo -n " + words)\n\n\n`;
    await refused('IL123', `run(client, "a")\nrun(client, "a b")`, /echo|different/, echo);
  });

  it('is refused where the text is kept and may be formatted later', () =>
    refused(
      'IL123',
      `run(client)`,
      /formatted/,
      `CMD = "echo -n 'a' > f"\n\n\ndef run(client):\n    client.exec_command(CMD)\n\n\n`,
    ));
});
