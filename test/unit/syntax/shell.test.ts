import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Parser } from 'web-tree-sitter';
import type { EvaluatedText, LiteralPart } from '../../../src/model/commandText';
import { parseShell } from '../../../src/syntax/shell';
import type { ShellCommand, ShellScript, ShellWord } from '../../../src/syntax/shellModel';
import { literal, template } from '../../support/evaluatedText';
import { loadTestGrammars } from '../../support/loadTestGrammars';

describe('parseShell', () => {
  let parser: Parser;
  before(async () => {
    parser = (await loadTestGrammars()).newParser('bash');
  });
  const parse = (text: string): ShellScript => parseShell(template(text), parser);
  /** Commands as `wrapper wrapper: name arg|arg`, redirections behind, `&` for background. */
  const show = (text: string): string[] => parse(text).commands.map(showCommand);

  it('reads pipelines, lists, groups and subshells in order', () => {
    assert.deepEqual(show("cat /proc/x | grep -c '^p q' && echo a; (cd /; ls) || { true; }"), [
      'cat /proc/x',
      'grep -c|^p q',
      'echo a',
      'cd /',
      'ls ',
      'true ',
    ]);
    const [cat, grep, echo] = parse('cat x | grep y; echo z').commands;
    assert.equal(cat?.pipeline, grep?.pipeline);
    assert.notEqual(cat?.pipeline, echo?.pipeline);
  });

  it('reads compound bodies, functions and tests', () => {
    assert.deepEqual(show('for i in a /sys/b; do ip a; done'), [' a|/sys/b', 'ip a']);
    assert.deepEqual(show('while sleep 1; do nc -l; done'), ['sleep 1', 'nc -l']);
    assert.deepEqual(show('if [ -f /a ]; then b; elif [[ -d c ]]; then d; else e; fi'), [
      '[ -f|/a|]',
      'b ',
      '[[ -d|c|]]',
      'd ',
      'e ',
    ]);
    assert.deepEqual(show('case x in a) b;; *) c;; esac'), ['b ', 'c ']);
    assert.deepEqual(show('f() { lsblk; }; ! f'), ['lsblk ', 'f ']);
    assert.deepEqual(show('export A=1; unset B'), ['export A=1', 'unset B']);
  });

  it('reads substitutions as commands of their own, each once', () => {
    assert.deepEqual(show('echo $(hostname) `date` "x $(uname -n)" ${A:-$(id)}'), [
      'echo $(hostname)|`date`|x $(uname -n)|${A:-$(id)}',
      'hostname ',
      'date ',
      'uname -n',
      'id ',
    ]);
    assert.deepEqual(show('A=$(lsblk)'), [' ', 'lsblk ']);
    assert.deepEqual(show('cat < <(lsblk)'), ['cat  <<(lsblk)', 'lsblk ']);
    assert.deepEqual(show('sudo sh -c "ls $(hostname)"'), [
      'sudo: sh -c|ls $(hostname)',
      'sudo: ls $(hostname)',
      'sudo: hostname ',
    ]);
  });

  it('gives redirections to the command that they belong to', () => {
    assert.deepEqual(show('a 2>&1 | b >/dev/console'), ['a  >&1', 'b  >/dev/console']);
    assert.deepEqual(show('cat </proc/x >> /y'), ['cat  </proc/x >>/y']);
    assert.deepEqual(show('echo $(a) > /x'), ['echo $(a) >/x', 'a ']);
    assert.deepEqual(show('{ a; b; } > /x'), ['a ', 'b ', '  >/x']);
    assert.deepEqual(show('> /x'), ['  >/x']);
    assert.deepEqual(show('cat <<< "x"'), ['cat  <<<x']);
  });

  it('reads heredocs, and those given to a shell as scripts', () => {
    assert.deepEqual(show('cat <<EOF > /tmp/x\nlsblk $(id)\nEOF\n'), ['cat  >/tmp/x <<lsblk $(id)\n', 'id ']);
    assert.deepEqual(show('sudo sh -eux <<EOF\nlsblk {}\nEOF\n'), ['sudo: sh -eux <<lsblk {}\n', 'sudo: lsblk {}']);
  });

  it('takes wrappers off and keeps their options apart', () => {
    assert.deepEqual(show('sudo -n -u root mount /x'), ['sudo: mount /x']);
    assert.deepEqual(show('sudo -nu root mount /x'), ['sudo: root mount|/x']);
    assert.deepEqual(show('env -u A B=1 nohup timeout -k 5 10 cat x'), ['env nohup timeout: cat x']);
    assert.deepEqual(show('sudo screen -d -m /srv -port 80'), ['sudo screen: /srv -port|80']);
    assert.deepEqual(show('find / | xargs -n 1 ls'), ['find /', 'xargs: ls ']);
    assert.deepEqual(show('ip netns exec q nc -l'), ['ip: nc -l']);
    assert.deepEqual(show('ip netns list'), ['ip netns|list']);
    assert.deepEqual(show('sudo -l'), ['sudo -l']);
    assert.deepEqual(show('command -v curl'), ['command -v|curl']);
    assert.deepEqual(show('A=1 B=2 cat x'), ['cat x']);
  });

  it('follows sh -c, nested quotes included', () => {
    assert.deepEqual(show('sh -c "echo \\"te st\\" >/dev/console"'), [
      'sh -c|echo "te st" >/dev/console',
      'echo te st >/dev/console',
    ]);
    assert.deepEqual(show("bash -o pipefail -ec 'a; b'"), ['bash -o|pipefail|-ec|a; b', 'a ', 'b ']);
    assert.deepEqual(show('sh -c \'sh -c "lsblk"\''), ['sh -c|sh -c "lsblk"', 'sh -c|lsblk', 'lsblk ']);
    assert.deepEqual(show('sh /tmp/x.sh -c y'), ['sh /tmp/x.sh|-c|y']);
  });

  it('marks what runs in the background', () => {
    assert.deepEqual(show('a & b'), ['a  &', 'b ']);
    assert.deepEqual(show('a | b &'), ['a  &', 'b  &']);
  });

  it('shows holes as {} and names options', () => {
    const [command] = parse('mount /dev/{CONF.compute.volume_device_name} {}').commands;
    assert.deepEqual(
      command?.args.map((arg) => arg.text),
      ['/dev/{}', '{}'],
    );
    assert.deepEqual(command?.args[0]?.options, ['CONF.compute.volume_device_name']);
    assert.deepEqual(
      command?.args.map((arg) => arg.hasHoles),
      [true, true],
    );
    assert.equal(command?.name?.hasHoles, false);
    assert.deepEqual(show('ping{} -w{} "a {} b"'), ['ping{} -w{}|a {} b']);
  });

  it('takes the prologue option for what it is', () => {
    assert.deepEqual(show('{CONF.validation.ssh_shell_prologue} lsblk'), ['lsblk ']);
    assert.deepEqual(show('{} lsblk'), ['{} lsblk']);
  });

  it('knows scripts and their interpreter', () => {
    const script = parse('\n  #!/bin/sh\n  echo hi\n');
    assert.deepEqual([script.interpreter?.text, script.isShell, script.commands.length], ['/bin/sh', true, 1]);
    assert.equal(parse('#!/usr/bin/env bash\nls').isShell, true);
    assert.deepEqual(
      [parse('#!/usr/bin/python3\nimport os').isShell, parse('#!/usr/bin/python3\nimport os').commands.length],
      [false, 0],
    );
    assert.equal(parse('#cloud-config\na: lsblk').commands.length, 0);
  });

  it('keeps what it could read of text that does not parse', () => {
    const script = parse('ping -c1 {} | grep "if');
    assert.deepEqual(script.commands.map(showCommand), ['ping -c1|{}', 'grep ']);
    assert.equal(script.errors.length, 1);
    for (const text of ['', ' ', '(', ')', ';;', '"', "'", '$(', '`', '<<EOF', 'if', '&&', '\\', '{', '}', '\0'])
      assert.doesNotThrow(() => parse(text), text);
  });

  describe('places', () => {
    it('cover a word over several literals and leave holes out', () => {
      const text: EvaluatedText = [
        literal('cat /pr', 100),
        literal('oc/', 207),
        { kind: 'hole', option: '' },
        literal('/x y', 300, 'file:///u.py'),
      ];
      const [command] = parseShell(text, parser).commands;
      assert.deepEqual(command?.args[0]?.ranges, [
        { uri: 'file:///t.py', range: { start: 104, end: 107 } },
        { uri: 'file:///t.py', range: { start: 207, end: 210 } },
        { uri: 'file:///u.py', range: { start: 300, end: 302 } },
      ]);
      assert.equal(command?.args[0]?.text, '/proc/{}/x');
    });

    it('take an escape as a whole', () => {
      // Source `'a\x20lsblk'`: the blank is four characters there.
      const part: LiteralPart = {
        kind: 'literal',
        text: 'a lsblk',
        uri: 'file:///t.py',
        segments: [
          { textStart: 0, textEnd: 1, sourceStart: 1, sourceEnd: 2 },
          { textStart: 1, textEnd: 2, sourceStart: 2, sourceEnd: 6 },
          { textStart: 2, textEnd: 7, sourceStart: 6, sourceEnd: 11 },
        ],
      };
      const [command] = parseShell([part], parser).commands;
      assert.deepEqual(command?.args[0]?.ranges, [{ uri: 'file:///t.py', range: { start: 6, end: 11 } }]);
    });

    it('lead from inside sh -c to the very word', () => {
      const text = `sudo sh -c "echo 'a' > /dev/console"`;
      const target = parse(text).commands[1]?.redirects[0]?.target;
      assert.deepEqual(cut(text, target), ['/dev/console']);
    });

    it('are the word as written, for any command of plain words', () => {
      const word = fc.stringMatching(/^[a-z/.][a-z0-9/._-]{0,8}$/);
      fc.assert(
        fc.property(fc.array(fc.oneof(word, fc.constant('{}')), { minLength: 1, maxLength: 6 }), (words) => {
          const text = words.join(' ');
          const found = parse(text).commands.flatMap((command) => [
            ...command.wrappers.flatMap((wrapper) => [wrapper.name, ...wrapper.args]),
            ...(command.name === null ? [] : [command.name]),
            ...command.args,
          ]);
          for (const one of found) assert.equal(cut(text, one).join(''), one.hasHoles ? '' : one.text);
        }),
      );
    });

    it('stay inside the source, and nothing is thrown, for any text', () => {
      const piece = fc.oneof(
        fc.string(),
        fc.constantFrom(
          '$(',
          ')',
          '`',
          '"',
          "'",
          '<<E\n',
          'E\n',
          '|',
          '&&',
          ';',
          ' sh -c ',
          '{}',
          '\\',
          '#!/bin/sh\n',
          'for i in ',
          'if ',
          '>',
          'sudo ',
        ),
      );
      fc.assert(
        fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
          const text = pieces.join('');
          const length = template(text).reduce((sum, part) => sum + (part.kind === 'hole' ? 2 : part.text.length), 0);
          for (const command of parse(text).commands) {
            for (const one of [
              ...command.args,
              ...command.assignments,
              ...(command.name === null ? [] : [command.name]),
            ]) {
              for (const { range } of one.ranges)
                assert.ok(0 <= range.start && range.start < range.end && range.end <= length);
            }
          }
        }),
        { numRuns: 500 },
      );
    });
  });
});

function showCommand(command: ShellCommand): string {
  const wrappers = command.wrappers.map((wrapper) => wrapper.name.text).join(' ');
  const redirects = command.redirects.map((redirect) => ` ${redirect.operator}${redirect.target.text}`).join('');
  const args = command.args.map((arg) => arg.text).join('|');
  return `${wrappers === '' ? '' : `${wrappers}: `}${command.name?.text ?? ''} ${args}${redirects}${command.background ? ' &' : ''}`;
}

/** The source under a word of a template (holes are two characters wide there, and `{}` is). */
function cut(text: string, word: ShellWord | undefined): string[] {
  return (word?.ranges ?? []).map(({ range }) => text.slice(range.start, range.end));
}
