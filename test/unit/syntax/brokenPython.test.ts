import assert from 'node:assert/strict';
import type { Parser } from 'web-tree-sitter';
import { visitExpressions, visitStatements } from '../../../src/model/visitFacts';
import { readPython } from '../../../src/syntax/readPython';
import { loadTestGrammars } from '../../support/loadTestGrammars';

/** [what is written, the lines in the middle of a function, names that must be found around and inside them]. */
const OLD_STATEMENTS: readonly [string, string, readonly string[]][] = [
  ['raise with a traceback', 'raise Broken, value, trace', ['Broken', 'value', 'trace']],
  ['print statement', 'print "x %s" % y', []],
  ['print to a stream', 'print >>stream, x', []],
  ['exec', 'exec "x" in scope', []],
  ['backticks', 'x = `y`', []],
  ['old inequality', 'if x <> y:\n        inner()', ['inner']],
  ['old numbers and strings', 'inner(0755, 10L, ur"x")', ['inner']],
  [
    'except with a comma',
    'try:\n        inner()\n    except Broken, e:\n        handler(e)',
    ['inner', 'handler', 'Broken'],
  ],
];

describe('code that Python 3 does not read', () => {
  let parser: Parser;
  before(async () => {
    parser = (await loadTestGrammars()).newParser('python');
  });

  /** Names used in each function, by its name. */
  function namesIn(text: string): Map<string, ReadonlySet<string>> {
    const facts = readPython('file:///t.py', text, '', parser);
    return new Map(
      facts.functions.map((fn) => {
        const names = new Set<string>();
        visitStatements(fn.body, (stmt) =>
          visitExpressions(stmt, (expr) => {
            if (expr.k === 'name') names.add(expr.id);
          }),
        );
        return [fn.qualname, names] as const;
      }),
    );
  }

  for (const [title, statement, names] of OLD_STATEMENTS) {
    it(`${title}: what stands before, inside and behind it is kept`, () => {
      const last = statement.startsWith('raise') ? '' : '    behind()\n';
      const found = namesIn(`def old():\n    ahead()\n    ${statement}\n${last}\ndef other():\n    elsewhere()\n`);
      const wanted = ['ahead', ...names, ...(last === '' ? [] : ['behind'])];
      assert.deepEqual(
        wanted.filter((name) => !found.get('old')?.has(name)),
        [],
      );
      assert.deepEqual([...(found.get('other') ?? [])], ['elsewhere']);
    });
  }

  for (const body of ['', '            inner()\n        behind()\n']) {
    it(`an if without its colon ${body === '' ? 'and body ' : ''}does not swallow the functions behind it`, () => {
      const text = `class A:\n    def broken(self):\n        if x\n${body}\n    def next(self):\n        elsewhere()\n\n    def last(self):\n        far()\n`;
      const found = namesIn(text);
      assert.deepEqual([...found.keys()], ['A.broken', 'A.next', 'A.last']);
      assert.deepEqual([...(found.get('A.next') ?? [])], ['elsewhere']);
      assert.deepEqual([...(found.get('A.last') ?? [])], ['far']);
    });
  }
});
