import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createMessageConnection } from 'vscode-languageserver/node';
import { version } from '../../../package.json';
import { COMMAND_NAMES, COMMANDS } from '../../../src/cli/commandTable';
import { bundleCli, CHECKOUT, runCli, runCliAndHangUp, SAMPLES } from '../../support/runCli';

const GUIDELINE = path.join(SAMPLES, 'guidelines/2026.01.json');
/** Of the user `nobody`: the tests may run as root, who can read everything. */
const NOBODY = 65534;

describe('interop-lens on the command line', function () {
  this.timeout(60_000);
  let folder: string;

  before(async () => {
    await bundleCli();
    folder = mkdtempSync(path.join(tmpdir(), 'interop-lens-cli-'));
    mkdirSync(path.join(folder, 'empty'));
    writeFileSync(path.join(folder, 'broken.json'), '{"capabilities": {\n  "a": {"tests": {} "b"\n}, "schema": "2.0"');
    writeFileSync(path.join(folder, 'other.json'), '{"name": "no guideline"}');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('explains itself, the tool and every command', async () => {
    const help = await runCli(['--help']);
    assert.equal(help.code, 0);
    for (const name of COMMAND_NAMES) assert.match(help.stdout, new RegExp(`^  ${name} `, 'm'));
    for (const command of COMMANDS) {
      const { code, stdout } = await runCli([command.name, '--help']);
      assert.equal(code, 0);
      for (const option of Object.keys(command.options))
        assert.ok(stdout.includes(`--${option}`), `${command.name} --${option}`);
    }
    assert.deepEqual(await runCli(['--version']), { code: 0, signal: null, stdout: `${version}\n`, stderr: '' });
    assert.equal((await runCli(['check', '--version'])).stdout, `${version}\n`);
  });

  const misuses: readonly [name: string, args: readonly string[], message: RegExp][] = [
    ['no command', [], /^interop-lens: say what to do\. "interop-lens --help" lists the commands\.\n$/],
    ['an unknown command', ['chekc'], /^interop-lens: unknown command chekc\./],
    [
      'an unknown option',
      ['check', '--rooot', '.'],
      /^interop-lens: check: unknown option --rooot\. "interop-lens check --help"/,
    ],
    ['an option of the tool that there is not', ['--rooot'], /unknown option --rooot/],
    ['a missing value', ['trace', '--guideline'], /trace: --guideline.* needs a value\./],
    ['a value for a switch', ['tests', '--current=yes'], /tests: .*--current.* does not take an argument/],
    [
      'a format that the command has not',
      ['levels', '--format', 'sarif'],
      /--format cannot be "sarif"; it takes text, json\./,
    ],
    [
      'a severity that there is not',
      ['check', '--fail-on', 'fatal'],
      /--fail-on cannot be "fatal"; it takes error, warning, info, hint, never\./,
    ],
    ['a folder without --root', ['check', 'src'], /unexpected argument "src"\. Name source folders with --root\./],
    [
      'a root that is not there',
      ['levels', '--root', 'no/such/folder'],
      /Cannot read .*no\/such\/folder: there is no such file or folder\./,
    ],
    [
      'a root that is a file',
      ['levels', '--root', 'package.json'],
      /package\.json: it is a file, a folder was expected\. --root takes a source tree\./,
    ],
    [
      'a guideline that is not there',
      ['trace', '--root', 'samples', '--guideline', 'none.json'],
      /none\.json: there is no such file or folder\./,
    ],
    ['nothing to explain', ['explain'], /explain: say what to explain/],
    ['two things to explain', ['explain', 'a', 'b'], /one thing at a time, and there are 2/],
    [
      'a status that there is not',
      ['tests', '--guideline', GUIDELINE, '--type', 'required,optional'],
      /--type cannot be "optional"; it takes required, advisory/,
    ],
    [
      'a target that the guideline has not',
      ['tests', '--guideline', GUIDELINE, '--target', 'dns'],
      /guideline 2026\.01 has no target "dns"; it has platform, compute, object/,
    ],
    ['two lists at once', ['tests', '--current', '--load-list'], /--current and --load-list exclude each other/],
    ['a server without a channel', ['lsp'], /lsp: .* add --stdio/],
  ];
  for (const [name, args, message] of misuses) {
    it(`refuses ${name} with exit code 2`, async () => {
      const { code, stdout, stderr } = await runCli(args);
      assert.match(stderr, message);
      assert.deepEqual([code, stdout], [2, '']);
      assert.equal(stderr.trimEnd().split('\n').length, 1, stderr);
    });
  }

  it('refuses a broken guideline that was named, and says where it breaks', async () => {
    const { code, stderr } = await runCli([
      'trace',
      '--root',
      'samples',
      '--guideline',
      path.join(folder, 'broken.json'),
    ]);
    assert.match(stderr, /^interop-lens: broken\.json:2:\d+: .*Repair the file\.$/m);
    assert.equal(code, 2);
  });

  it('refuses JSON that is no guideline, and folders without one', async () => {
    const file = await runCli(['trace', '--root', 'samples', '--guideline', path.join(folder, 'other.json')]);
    assert.match(file.stderr, /other\.json is no guideline: a guideline is JSON with "capabilities"/);
    assert.equal(file.code, 2);
    const empty = await runCli(['trace', '--root', 'samples', '--guideline', path.join(folder, 'empty')]);
    assert.match(empty.stderr, /There is no guideline in .*empty/);
    assert.equal(empty.code, 2);
    const none = await runCli(['trace', '--root', path.join(folder, 'empty')]);
    assert.match(
      none.stderr,
      /there is no guideline under the roots\. Name a guideline file or folder with --guideline PATH\./,
    );
    assert.equal(none.code, 2);
  });

  it('has nothing to say of an empty folder, and that is fine', async () => {
    const check = await runCli(['check', '--root', path.join(folder, 'empty')]);
    assert.deepEqual(check, { code: 0, signal: null, stdout: 'no findings\n', stderr: '' });
    const tests = await runCli(['list-tests', '--format', 'json'], { cwd: path.join(folder, 'empty') });
    assert.deepEqual(JSON.parse(tests.stdout), { schema: 'interop-lens/tests/1', tests: [] });
  });

  it('does not know what nothing is called, and offers what is near', async () => {
    const { code, stderr } = await runCli(['explain', 'vcpus', '--root', 'samples']);
    assert.equal(code, 2);
    assert.match(stderr, /called "vcpus"\. Did you mean tempest\.api\.compute\.servers\.test_create_server\./);
    const rule = await runCli(['explain', 'IL999', '--root', 'samples']);
    assert.match(rule.stderr, /there is no rule IL999\./);
    const line = await runCli(['explain', 'test_create_server.py:9999', '--root', 'samples']);
    assert.match(line.stderr, /has \d+ lines, there is no line 9999\./);
    const file = await runCli(['explain', 'none.py:1', '--root', 'samples']);
    assert.match(file.stderr, /none\.py is no Python or JSON file under the roots\./);
    assert.deepEqual([rule.code, line.code, file.code], [2, 2, 2]);
  });

  it('stays quiet when its reader goes away', async () => {
    const { code, signal, stderr } = await runCliAndHangUp(['levels', '--root', 'samples', '--format', 'json']);
    assert.deepEqual([signal, stderr], [null, '']);
    assert.equal(code, 0);
  });

  it('names folders and files that it may not read, and goes on', async function () {
    if (process.getuid?.() !== 0) return this.skip();
    const tree = path.join(folder, 'tree');
    mkdirSync(path.join(tree, 'locked'), { recursive: true });
    writeFileSync(path.join(tree, 'open.py'), '');
    writeFileSync(path.join(tree, 'secret.py'), '');
    writeFileSync(path.join(tree, 'latin.py'), Buffer.from([0x23, 0xe9, 0xff, 0x0a]));
    chmodSync(folder, 0o755);
    chmodSync(path.join(tree, 'locked'), 0o700);
    chmodSync(path.join(tree, 'secret.py'), 0o600);
    const { code, stderr } = await runCli(['check', '--root', tree], { uid: NOBODY });
    assert.match(stderr, /left out .*locked: no permission/);
    assert.match(stderr, /left out secret\.py: /);
    assert.match(stderr, /left out latin\.py: /);
    assert.equal(code, 0);
    const root = await runCli(['check', '--root', path.join(tree, 'locked')], { uid: NOBODY });
    assert.match(root.stderr, /^interop-lens: Cannot read .*locked: no permission/);
    assert.equal(root.code, 2);
  });

  it('serves an editor over standard input and output', async () => {
    const program = await bundleCli();
    const child = spawn(process.execPath, [program, 'lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const connection = createMessageConnection(child.stdout, child.stdin);
    connection.listen();
    const answer = await connection.sendRequest<{ serverInfo?: { name: string }; capabilities: object }>('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities: {},
    });
    assert.ok('hoverProvider' in answer.capabilities);
    await connection.sendRequest('shutdown');
    const ended = once(child, 'exit');
    await connection.sendNotification('exit');
    assert.deepEqual(await ended, [0, null]);
    connection.dispose();
  });

  it('shows no progress where standard error is no terminal', async () => {
    assert.equal((await runCli(['levels', '--root', 'samples'], { cwd: CHECKOUT })).stderr, '');
  });
});
