import assert from 'node:assert/strict';
import type { Parser } from 'web-tree-sitter';
import { visitExpressions, visitStatements } from '../../../src/model/visitFacts';
import { readPython } from '../../../src/syntax/readPython';
import { showBody } from '../../support/showFacts';
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

/** First lines of blocks that are not finished, with what stands before them in their statement. */
const HALF_TYPED_HEADS: readonly string[] = [
  'if x',
  'if x:',
  'if (x and\n            y)',
  'if x  # a comment: no colon',
  'if f(lambda a: a)',
  'if lambda: a',
  'if "a:b" in x[1:2]',
  'if x := f()',
  'if',
  'if x and',
  'if x ==',
  'if self.',
  'if x:\n            first()\n        elif y',
  'if x:\n            first()\n        else',
  'for x in y',
  'for x in',
  'for x',
  'while x',
  'while',
  'with x as y',
  'with',
  'try',
  'try:\n            first()\n        except Broken',
  'try:\n            first()\n        except Broken as e',
  'try:\n            first()\n        finally',
  'def nested(a)',
  "def nested(a, b=':', **c: int) -> int",
  'async def nested(a)',
  'class Inner(Base)',
  'class Inner',
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

  for (const head of HALF_TYPED_HEADS) {
    for (const body of ['', '            inner()\n']) {
      it(`${head.trim().split('\n').pop()?.trim() ?? ''} ${body === '' ? 'alone' : 'with a block'}: the functions keep their statements`, () => {
        const text = `class A:\n    def broken(self):\n        ahead()\n        ${head}\n${body}        behind()\n        if ok:\n            more()\n\n    def next(self):\n        elsewhere()\n\nclass B:\n    def last(self):\n        far()\n`;
        const found = namesIn(text);
        const own = [...found.keys()].filter((name) => !name.startsWith('A.broken.'));
        assert.deepEqual(own, ['A.broken', 'A.next', 'B.last']);
        const inside = found.get('A.broken.<locals>.nested') ?? found.get('A.broken');
        const wanted = ['ahead', 'behind', 'ok', 'more', ...(head.includes('first()') ? ['first'] : [])];
        assert.deepEqual(
          wanted.filter((name) => !found.get('A.broken')?.has(name)),
          [],
        );
        // The block of a class is its own.
        if (body !== '' && !head.startsWith('class ')) assert.ok(inside?.has('inner'));
        assert.deepEqual([...(found.get('A.next') ?? [])], ['elsewhere']);
        assert.deepEqual([...(found.get('B.last') ?? [])], ['far']);
      });
    }
  }

  it('says where things stand in the text as it is written', () => {
    const text =
      "class A:  # one\n    def broken(self)\n        if x\n            run('lsblk')  # noqa: IL102 why\n        else\n            return 'a\\n'\n\n    def next(self):\n        run('df')  # noqa: IL103 too\n";
    const facts = readPython('file:///t.py', text, '', parser);
    const strings: string[] = [];
    for (const fn of facts.functions)
      visitStatements(fn.body, (stmt) =>
        visitExpressions(stmt, (expr) => {
          if (expr.k === 'str') strings.push(text.slice(expr.s, expr.e));
        }),
      );
    assert.deepEqual(strings, ["'lsblk'", "'a\\n'", "'df'"]);
    assert.deepEqual(
      facts.functions.map(({ nameRange }) => text.slice(nameRange.start, nameRange.end)),
      ['broken', 'next'],
    );
    assert.deepEqual(
      facts.suppressions.map(({ line }) => line),
      [3, 8],
    );
    assert.deepEqual(
      facts.errors.map(({ start, end }) => text.slice(start, end)),
      ['def broken(self)', 'if x', 'else'],
    );
  });

  it('reads the condition and the ways of a half-typed if', () => {
    const written =
      'def f():\n    if CONF.a.b:\n        one()\n    elif y:\n        two()\n    else:\n        three()\n';
    const show = (text: string): unknown => {
      const facts = readPython('file:///t.py', text, '', parser);
      return facts.functions.map((fn) => showBody(facts, fn.body));
    };
    assert.deepEqual(show(written.replace(/:\n {8}/g, '\n        ')), show(written));
  });

  it('names nothing where no name is typed yet', () => {
    for (const head of ['def', 'def na', 'class', 'for']) {
      const found = namesIn(`class A:\n    ${head}\n\n    def next(self):\n        elsewhere()\n`);
      assert.deepEqual([...found.keys()], ['A.next'], head);
    }
  });
});
