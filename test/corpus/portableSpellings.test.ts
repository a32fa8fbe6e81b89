import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Parser } from 'web-tree-sitter';
import { SPELLING_RULES } from '../../src/guest/catalogue/spellingRules';
import { SPELLINGS } from '../../src/guest/catalogue/spellings';
import { matchCommand } from '../../src/guest/matchRules';
import type { RuleMatch } from '../../src/model/guestSite';
import { applyEdits } from '../../src/model/textEdits';
import { parseShell } from '../../src/syntax/shell';
import { loadTestGrammars } from '../support/loadTestGrammars';

/**
 * Every portable spelling that the catalogue gives is run beside the old one: where the old text is understood, both print the same and leave
 * the same file; the new text does so in every shell.
 */

const SHELLS = { dash: ['dash', '-c'], busybox: ['busybox', 'sh', '-c'], bash: ['bash', '-c'] } as const;
type Shell = keyof typeof SHELLS;

/** Shells that read the old text as its author meant it. */
const OLD_SHELLS: Readonly<Record<string, readonly Shell[]>> = {
  IL123: ['busybox', 'bash'],
  IL124: ['dash', 'busybox', 'bash'],
  IL125: ['busybox', 'bash'],
  IL126: ['dash', 'busybox', 'bash'],
  IL127: ['dash', 'busybox', 'bash'],
  IL128: ['busybox', 'bash'],
};

const COMMANDS: readonly (readonly [rule: string, command: string])[] = [
  ['IL123', 'echo -e "a\\nb\\tc" > out'],
  ['IL123', "echo -e 'x\\\\y\\0101' | tr a-z A-Z"],
  ['IL123', "echo -n 'a  b' > out"],
  ['IL123', 'echo -n "$HOME/x"'],
  ['IL123', 'echo -ne "a\\n"; echo b'],
  ['IL123', 'echo -e a  b c'],
  ['IL123', 'echo -E "a %s"'],
  ['IL123', "(echo -e 'HTTP/1.1 200 OK\r\n'; echo 'foo') > out"],
  ['IL124', 'head -2 data'],
  ['IL124', 'cat data | tail -1'],
  ['IL124', 'tail +3 data'],
  ['IL125', '{ echo a; echo b >&2; } &> out'],
  ['IL125', 'echo x > out; { echo a; echo b >&2; } &>> out'],
  ['IL125', 'cat data &>out & wait'],
  ['IL126', "egrep 'a|c' data"],
  ['IL126', 'fgrep . data'],
  ['IL126', 'cat data | egrep -c b+'],
  ['IL126', 'which sort'],
  ['IL127', "sed -r 's/(a+)/<\\1>/' data"],
  ['IL127', "sed -nr '/b+/p' data"],
  ['IL128', '[ "$PWD" == "$PWD" ] && echo same'],
  ['IL128', 'if test a == b; then echo same; else echo other; fi'],
];

const DATA = 'aaa 1\nbbb.2\nccc 3\n';

describe('portable spellings, run', () => {
  let parser: Parser;
  let folder: string;
  before(async function () {
    for (const [program] of Object.values(SHELLS)) {
      if (spawnSync(program, ['-c', ':']).error === undefined) continue;
      console.log(`      skipped: ${program} missing (apt-get install ${program})`);
      this.skip();
    }
    parser = (await loadTestGrammars()).newParser('bash');
    folder = mkdtempSync(path.join(tmpdir(), 'spellings-'));
  });
  after(() => {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  /** What comes out, and what stands in the file `out` then. */
  function run(shell: Shell, command: string): string {
    rmSync(path.join(folder, 'out'), { force: true });
    writeFileSync(path.join(folder, 'data'), DATA);
    const [program, ...args] = SHELLS[shell];
    const script = `${command}\n[ ! -f out ] || cat out`;
    const { stdout, error } = spawnSync(program, [...args, script], { cwd: folder, encoding: 'utf8', timeout: 10_000 });
    if (error !== undefined) throw error;
    return stdout;
  }

  function matchesOf(command: string): readonly RuleMatch[] {
    const segments = [{ textStart: 0, textEnd: command.length, sourceStart: 0, sourceEnd: command.length }];
    return matchCommand(parseShell([{ kind: 'literal', text: command, uri: 'file:///x', segments }], parser)).matches;
  }

  function respell(command: string, rule: string): string {
    const edits = matchesOf(command).flatMap((match) => (match.rule === rule ? (match.respelling ?? []) : []));
    assert.notEqual(edits.length, 0, `no spelling for ${command}`);
    return applyEdits(command, edits);
  }

  for (const [rule, command] of COMMANDS) {
    it(`${rule}: ${JSON.stringify(command)}`, () => {
      const fresh = respell(command, rule);
      // BusyBox knows `&>` and not `&>>`.
      const readers = command.includes('&>>') ? (['bash'] as const) : (OLD_SHELLS[rule] ?? []);
      const meant = new Set(readers.map((shell) => run(shell, command)));
      assert.equal(meant.size, 1, `the old text is not read alike: ${[...meant].join(' | ')}`);
      const [expected = ''] = meant;
      assert.notEqual(expected, '');
      for (const shell of ['dash', 'busybox', 'bash'] as const)
        assert.equal(run(shell, fresh), expected, `${shell}: ${fresh}`);
      assert.deepEqual(
        matchesOf(fresh).filter((match) => match.rule === rule),
        [],
      );
    });
  }

  it('dash reads three of the old texts otherwise, as the rules say', () => {
    assert.equal(run('dash', 'echo -e a'), '-e a\n');
    assert.notEqual(run('dash', 'echo a &> out; wait; wc -l < out'), run('bash', 'echo a &> out; wc -l < out'));
    assert.equal(run('dash', '[ a == a ] 2> /dev/null && echo same'), '');
  });

  it('has a command for every rule and every spelling', () => {
    const rules = new Set(COMMANDS.map(([rule]) => rule));
    assert.deepEqual(
      SPELLING_RULES.map(({ id }) => id).filter((id) => !rules.has(id)),
      [],
    );
    for (const { rule, names, portable } of SPELLINGS) {
      if (portable === null) continue;
      assert.ok(
        COMMANDS.some(([id, command]) => id === rule && names.some((name) => command.includes(`${name} `))),
        `${rule} ${names.join(' ')}`,
      );
    }
  });
});
