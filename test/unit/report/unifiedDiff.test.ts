import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { printUnifiedDiff } from '../../../src/report/unifiedDiff';

describe('printUnifiedDiff', function () {
  this.timeout(60_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'lens-diff-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function applied(name: string, before: string, after: string): string {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, before);
    writeFileSync(path.join(folder, 'x.patch'), printUnifiedDiff(name, before, after));
    execFileSync('git', ['apply', '--whitespace=nowarn', 'x.patch'], {
      cwd: folder,
      env: { ...process.env, GIT_CEILING_DIRECTORIES: tmpdir() },
    });
    return readFileSync(file, 'utf8');
  }

  it('prints nothing for no change, and the usual form for one', () => {
    assert.equal(printUnifiedDiff('a.py', 'x\n', 'x\n'), '');
    assert.equal(
      printUnifiedDiff('d/a.py', 'x\ny\n', 'x\nz\n'),
      '--- a/d/a.py\n+++ b/d/a.py\n@@ -1,2 +1,2 @@\n x\n-y\n+z\n',
    );
  });

  for (const [what, name, before, after] of [
    ['CRLF line ends', 'a.py', 'x\r\ny\r\n', 'x\r\nz\r\n'],
    ['a missing line feed at the end', 'a.py', 'x\ny', 'x\nz'],
    ['one that comes', 'a.py', 'x', 'x\n'],
    ['one that goes', 'a.py', 'x\n', 'x'],
    ['an empty file', 'a.py', '', 'x\n'],
    ['a name with blanks', 'my dir/a b.py', 'x\n', 'y\n'],
    ['a name with quotes', 'a"b\\c.py', 'x\n', 'y\n'],
    ['a name beyond ASCII', 'grün.py', 'x\n', 'ü\n'],
    ['form feeds and lone returns', 'a.py', 'x\f\ny\rz\n', 'x\f\ny\rw\n'],
  ] as const) {
    it(`makes patches that git applies: ${what}`, () => assert.equal(applied(name, before, after), after));
  }

  it('makes patches that git applies, whatever the lines', () => {
    const line = fc.constantFrom('a', 'b', 'c', '', ' d', '-e', '+f', '@@ -1 +1 @@', '\\ No newline');
    const text = fc.array(line, { minLength: 1, maxLength: 12 }).map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, text, (before, after) => {
        if (before !== after && before !== '' && after !== '') assert.equal(applied('p.py', before, after), after);
      }),
      { numRuns: 40 },
    );
  });
});
