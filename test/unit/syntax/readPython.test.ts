import assert from 'node:assert/strict';
import type { Parser } from 'web-tree-sitter';
import type { Expr, ModuleFacts } from '../../../src/model/facts';
import { visitExpressions, visitStatements } from '../../../src/model/visitFacts';
import { readPython } from '../../../src/syntax/readPython';
import { loadTestGrammars } from '../../support/loadTestGrammars';
import { showBody } from '../../support/showFacts';

let parser: Parser;

function read(text: string): ModuleFacts {
  return readPython('file:///t.py', text, 'hash', parser);
}

/** Every expression of a file, functions and classes included. */
function allExpressions(facts: ModuleFacts): Expr[] {
  const found: Expr[] = [];
  const bodies = [facts.body, ...facts.functions.map((fn) => fn.body), ...facts.classes.map((cls) => cls.body)];
  for (const body of bodies) visitStatements(body, (stmt) => visitExpressions(stmt, (expr) => found.push(expr)));
  return found;
}

function strings(text: string): Extract<Expr, { k: 'str' }>[] {
  return allExpressions(read(text)).flatMap((expr) => (expr.k === 'str' ? [expr] : []));
}

/** [name, source, facts]. */
const EXPRESSIONS: readonly (readonly [string, string, string])[] = [
  ['names and attributes', 'a.b.c', '(attr (attr a b) c)'],
  ['calls', 'f(1, *a, k=2, **d)', '(call f 1 (star a) k=2 **=d)'],
  ['call of a call', 'f(1)(2)', '(call (call f 1) 2)'],
  ['generator as only argument', 'f(x for x in y)', '(call f (gencomp x for x in y))'],
  ['numbers', '(1, 0x10, 0o17, 0b11, 1_000, 1.5, 1e3)', '(tuple 1 16 15 3 1000 1.5 1000)'],
  ['old octal and long', '(0755, 10L)', '(tuple 493 10)'],
  ['constants', '(None, True, False)', '(tuple None True False)'],
  ['ellipsis', 'x[...]', '(sub x ?)'],
  ['arithmetic', 'a + b * c - d', '(- (+ a (* b c)) d)'],
  ['percent', "'%s' % x", '(% "%s" x)'],
  ['and, or', 'a and b and c or d', '(or (and a b c) d)'],
  ['not', 'not a', '(not a)'],
  ['comparisons', 'a < b <= c', '(cmp a < b <= c)'],
  [
    'in and is',
    '(a in b, a not in b, a is b, a is not None)',
    '(tuple (cmp a in b) (cmp a not in b) (cmp a is b) (cmp a is not None))',
  ],
  ['conditional', 'a if t else b', '(if t a b)'],
  ['lambda', 'lambda a, b=1, *c, **d: a', '(lambda [a b=1 *c **d] a)'],
  ['lambda without parameters', 'lambda: 1', '(lambda [] 1)'],
  ['lists and sets', '([1, 2], {1, 2}, [], ())', '(tuple (list 1 2) (set 1 2) (list) (tuple))'],
  ['dictionary', "{'a': 1, **b, c: 2}", '(dict "a":1 **:b c:2)'],
  ['subscript', 'a[0][b, c]', '(sub (sub a 0) (tuple b c))'],
  [
    'slices',
    '(a[1:], a[:2], a[1:2:3], a[:])',
    '(tuple (sub a (slice 1 - -)) (sub a (slice - 2 -)) (sub a (slice 1 2 3)) (sub a (slice - - -)))',
  ],
  ['list comprehension', '[x for x in y if x if z]', '(listcomp x for x in y if x if z)'],
  ['nested comprehension', '{a for b in c for a in b}', '(setcomp a for b in c for a in b)'],
  ['dictionary comprehension', '{k: v for k, v in d}', '(dictcomp k :v for (tuple k v) in d)'],
  ['await', 'await f()', '(await (call f))'],
  ['unary', '(-a, ~b, +c)', '(tuple (unary- a) (unary~ b) (unary+ c))'],
  ['walrus', '(a := 1)', '(:= a 1)'],
  ['parentheses', '((a))', 'a'],
  ['tuple without parentheses', 'a, b', '(tuple a b)'],
];

const STATEMENTS: readonly (readonly [string, string, string])[] = [
  ['assignment', 'a = b = 1', '(= a b 1)'],
  ['annotated', 'a: int = 1', '(= a 1)'],
  ['bare annotation', 'a: int', ''],
  ['unpacking', 'a, (b, *c) = d', '(= (tuple a (tuple b (star c))) d)'],
  ['attribute and item', 'a.b = c[0] = 1', '(= (attr a b) (sub c 0) 1)'],
  ['augmented', "a += 'x'", '(+= a "x")'],
  ['augmented others', 'a //= 2', '(//= a 2)'],
  [
    'if chain',
    'if a:\n  b\nelif c:\n  d\nelif e:\n  f\nelse:\n  g\n',
    '(if a {(expr b)} {(if c {(expr d)} {(if e {(expr f)} {(expr g)})})})',
  ],
  ['if on one line', 'if a: b; c', '(if a {(expr b) (expr c)} {})'],
  ['for', 'for a, b in c:\n  d\nelse:\n  e\n', '(for (tuple a b) c {(expr d)} {(expr e)})'],
  ['while', 'while a:\n  break\n  continue\nelse:\n  e\n', '(while a {(break) (continue)} {(expr e)})'],
  [
    'try',
    'try:\n  a\nexcept X as e:\n  b\nexcept (Y, Z):\n  c\nexcept:\n  d\nelse:\n  f\nfinally:\n  g\n',
    '(try {(expr a)} except X e {(expr b)} except (tuple Y Z) - {(expr c)} except - - {(expr d)} {(expr f)} {(expr g)})',
  ],
  ['with', 'with a() as b, c:\n  d\n', '(with (call a) as b c as - {(expr d)})'],
  ['with in parentheses', 'with (a as b, c as d):\n  e\n', '(with a as b c as d {(expr e)})'],
  ['with over a tuple', 'with a as (b, c):\n  e\n', '(with a as (tuple b c) {(expr e)})'],
  ['functions', 'def f(a, b=1, *c, d, e=2, **g):\n  return a\n', '(def f [a b=1 *c /d /e=2 **g] {(return a)})'],
  ['keyword-only behind a bare star', 'def f(a, *, b): pass', '(def f [a /b] {})'],
  ['positional-only', 'def f(a, /, b): pass', '(def f [a b] {})'],
  [
    'typed parameters',
    'def f(a: int, b: str = "x", *c: int, **d: int) -> str:\n  return',
    '(def f [a b="x" *c **d] {(return -)})',
  ],
  [
    'async',
    'async def f():\n  async with a as b:\n    pass\n  async for c in d:\n    pass\n',
    '(def f [] {(with a as b {}) (for c d {} {})})',
  ],
  ['decorators', '@a.b(1)\n@c\ndef f(): pass', '(def @(call (attr a b) 1) @c f [] {})'],
  [
    'nested names',
    'class A:\n  class B:\n    def f(self):\n      def g(): pass\n',
    '(class A [] {(class A.B [] {(def A.B.f [self] {(def A.B.f.<locals>.g [] {})})})})',
  ],
  ['class', '@d\nclass A(b.C, metaclass=M):\n  x = 1\n', '(class @d A [(attr b C) metaclass=M] {(= x 1)})'],
  ['imports', 'import a, b.c, d.e as f', '(import a b.c d.e:f)'],
  ['from imports', 'from ..a.b import c, d as e', '(from ..a.b c d:e)'],
  ['from package', 'from . import (a,\n  b)', '(from . a b)'],
  ['star import', 'from a import *', '(from a *)'],
  ['future import, which binds nothing of use', 'from __future__ import division', ''],
  ['global and nonlocal', 'def f():\n  global a, b\n  nonlocal c\n', '(def f [] {(global a b) (global c)})'],
  ['del', 'del a, b[0]', '(del a (sub b 0))'],
  ['assert', 'assert a, b', '(assert a)'],
  ['raise', 'raise X(1) from e', '(raise (call X 1))'],
  ['bare raise and return', 'def f():\n  raise\n  return\n', '(def f [] {(raise -) (return -)})'],
  ['match', 'match a:\n  case 1:\n    b\n  case _:\n    c\n', '(expr a) (if ? {(expr b)} {(if ? {(expr c)} {})})'],
  ['yield', 'def f():\n  x = yield 1\n  yield\n', '(def f [] {(= x (yield 1)) (expr (yield -))})'],
  ['semicolons', 'a = 1; b = 2', '(= a 1) (= b 2)'],
  ['line continuation', 'a = 1 + \\\n  2', '(= a (+ 1 2))'],
];

/** [name, source of one string expression, value]. */
const STRINGS: readonly (readonly [string, string, string])[] = [
  ['plain', "'abc'", 'abc'],
  ['double quotes', '"a\'c"', "a'c"],
  ['triple quotes', '"""a\n"b"\n"""', 'a\n"b"\n'],
  ['escapes', String.raw`'a\tb\n\\\'\x41\u00e9\101\0'`, "a\tb\n\\'Aé" + 'A\0'],
  ['unknown escape', String.raw`'\d\.'`, String.raw`\d\.`],
  ['line continuation', "'a\\\nb'", 'ab'],
  ['raw', String.raw`r'\n\x41'`, String.raw`\n\x41`],
  ['bytes', String.raw`b'a\x41\u0041'`, String.raw`aA\u0041`],
  ['raw bytes', String.raw`rb'\n'`, String.raw`\n`],
  ['Python 2 unicode', "u'abc'", 'abc'],
  ['Python 2 raw unicode', String.raw`ur'\n'`, String.raw`\n`],
  ['upper-case prefix', String.raw`R'\n'`, String.raw`\n`],
  ['concatenation', "'a' 'b'\n", 'ab'],
  ['concatenation over lines', "('a\\n'\n    \"b\"\n    r'\\c')", 'a\nb\\c'],
  ['concatenation with a comment between', "('a'  # one\n  'b')", 'ab'],
  ['empty', "''", ''],
  ['beyond the basic plane', "'\u{1f427}x'", '\u{1f427}x'],
  ['escape beyond the basic plane', String.raw`'\U0001F427x'`, '\u{1f427}x'],
];

describe('readPython', () => {
  before(async () => {
    parser = (await loadTestGrammars()).newParser('python');
  });

  describe('expressions', () => {
    for (const [name, source, expected] of EXPRESSIONS) {
      it(name, () => {
        const facts = read(`x = ${source}\n`);
        assert.equal(showBody(facts, facts.body), `(= x ${expected})`);
      });
    }
  });

  describe('statements', () => {
    for (const [name, source, expected] of STATEMENTS) {
      it(name, () => {
        const facts = read(source);
        assert.equal(showBody(facts, facts.body), expected);
        assert.deepEqual(facts.errors, []);
      });
    }
  });

  describe('strings', () => {
    for (const [name, source, expected] of STRINGS) {
      it(name, () => {
        const [only, ...others] = strings(`x = ${source}\n`);
        assert.equal(only?.v, expected);
        assert.deepEqual(others, []);
        assertSegments(`x = ${source}\n`, only);
      });
    }

    it('maps an escape as a whole and the text around it one to one', () => {
      const [only] = strings(String.raw`x = 'a\x41b'`);
      assert.deepEqual(only?.segments, [0, 1, 5, 6, 1, 2, 6, 10, 2, 3, 10, 11]);
    });

    it('keeps the places of f-string parts, braces doubled and values apart', () => {
      const text = "x = f'a{b!r:>{w}}{{c}}' 'd'";
      const facts = read(text);
      assert.equal(showBody(facts, facts.body), '(= x (fstr "a" b "{c}" "d"))');
      for (const part of strings(text)) assertSegments(text, part);
    });

    it('reads raw f-strings', () => {
      const facts = read(String.raw`x = rf'\d{a}'`);
      assert.equal(showBody(facts, facts.body), String.raw`(= x (fstr "\\d" a))`);
    });
  });

  describe('places', () => {
    it('gives names, ranges and owners of functions and classes', () => {
      const text = '@dec\nclass A(B):\n    @d2\n    def f(self):\n        return 1\n\n    x = 1\n';
      const { functions, classes } = read(text);
      const [cls] = classes;
      const [fn] = functions;
      assert.ok(cls && fn);
      assert.equal(text.slice(cls.nameRange.start, cls.nameRange.end), 'A');
      assert.equal(text.slice(cls.range.start, cls.range.start + 4), '@dec');
      assert.equal(text.slice(fn.nameRange.start, fn.nameRange.end), 'f');
      assert.equal(text.slice(fn.range.start, fn.range.end), '@d2\n    def f(self):\n        return 1');
      assert.equal(fn.classIndex, 0);
    });

    it('knows the class of a method, not of a function inside a method', () => {
      const { functions } = read(
        'class A:\n  def f(self):\n    def g(): pass\n    class C:\n      def h(self): pass\ndef i(): pass\n',
      );
      assert.deepEqual(
        functions.map((fn) => [fn.name, fn.classIndex]),
        [
          ['f', 0],
          ['g', -1],
          ['h', 1],
          ['i', -1],
        ],
      );
    });

    it('says which functions yield, those around them not', () => {
      const { functions } = read('def a():\n  def b():\n    yield 1\n  return b\ndef c():\n  x = yield\n');
      assert.deepEqual(
        functions.map((fn) => [fn.name, fn.yields]),
        [
          ['a', false],
          ['b', true],
          ['c', true],
        ],
      );
    });

    it('counts in UTF-16 units behind characters beyond the basic plane', () => {
      const text = "a = '\u{1f427}'  # \u{1f427}\u{1f427}\nb = 'é'\nfoo.bar('x')\n";
      const call = allExpressions(read(text)).find((expr) => expr.k === 'call');
      assert.ok(call);
      assert.equal(text.slice(call.s, call.e), "foo.bar('x')");
      for (const one of strings(text)) assertSegments(text, one);
    });

    it('reads files with CRLF, CR alone being a line end of its own, and tabs', () => {
      const text = "def f():\r\n\tx = 'a'\r\n\tif x:\r\n\t\treturn '''b\r\nc'''\r\n";
      const facts = read(text);
      assert.equal(showBody(facts, facts.body), '(def f [] {(= x "a") (if x {(return "b\\r\\nc")} {})})');
      assert.deepEqual(facts.lineStarts, [0, 10, 20, 28, 43, 49]);
      for (const one of strings(text)) assertSegments(text, one);
    });

    it('reads a file that starts with a byte order mark', () => {
      const facts = read('\ufeffimport a\n\ndef f(): pass\n');
      assert.deepEqual(
        facts.functions.map((fn) => fn.name),
        ['f'],
      );
    });

    it('reads an empty file and one of comments only', () => {
      assert.deepEqual([read('').body, read('# x\n\n').body, read('').errors], [[], [], []]);
    });
  });

  describe('noqa comments', () => {
    /** [comment, codes, reason]. */
    const cases: readonly (readonly [string, readonly string[], string | null])[] = [
      ['# noqa', [], null],
      ['#noqa', [], null],
      ['# NOQA: IL101', ['IL101'], null],
      ['# noqa: il101,E501', ['IL101', 'E501'], null],
      ['# noqa: IL101 E501 because it is old', ['IL101', 'E501'], 'because it is old'],
      ['# noqa: IL101 - needs the kernel', ['IL101'], 'needs the kernel'],
      ['# because  # noqa: IL101', ['IL101'], null],
    ];
    for (const [comment, codes, reason] of cases) {
      it(comment, () => {
        const text = `a = 1\nb = 2  ${comment}\nc = 3\n`;
        const [only, ...others] = read(text).suppressions;
        assert.deepEqual([only?.line, only?.codes, only?.reason, others], [1, codes, reason, []]);
        const written = text.slice(only?.range.start, only?.range.end);
        assert.ok(comment.endsWith(written) && written.startsWith('#'), written);
      });
    }

    it('takes none from strings and docstrings', () => {
      assert.deepEqual(read('"""# noqa"""\na = "# noqa: IL101"\n').suppressions, []);
    });
  });

  describe('code that does not parse', () => {
    /** [name, text, functions that are found all the same]. */
    const cases: readonly (readonly [string, string, readonly string[]])[] = [
      ['half-typed call', 'def a(): pass\n\nx = foo(\n\ndef b(): pass\n', ['a', 'b']],
      ['half-typed attribute', 'class C:\n  def a(self):\n    self.\n\n  def b(self):\n    return 1\n', ['a', 'b']],
      [
        'half-typed call in a method',
        'class A:\n  def a(self):\n    x = foo(1,\n\n  def b(self):\n    pass\n\n  @d\n  def c(self):\n    pass\n',
        ['a', 'b', 'c'],
      ],
      [
        'two half-typed calls',
        'def a():\n  x.foo(\n  y = [1,\n\ndef b():\n  pass\ndef c():\n  pass\n',
        ['a', 'b', 'c'],
      ],
      ['half-typed call at the end', 'def a(): pass\n\ndef b():\n  return foo(a, {\n', ['a', 'b']],
      ['half-typed call before a decorator', "x = foo(\"(\", ''')'''\n\n@dec\ndef b(): pass\n", ['b']],
      ['half-typed def', 'def a(): pass\n\ndef \n\ndef b(): pass\n', ['a', 'b']],
      ['half-typed import', 'from x import\n\ndef a(): pass\n', ['a']],
      ['stray bracket', 'def a(): pass\n)\ndef b(): pass\n', ['a', 'b']],
      [
        'merge conflict',
        'def a(): pass\n<<<<<<< HEAD\ndef b(): pass\n=======\ndef c(): pass\n>>>>>>> x\ndef d(): pass\n',
        ['a', 'b', 'c', 'd'],
      ],
    ];
    for (const [name, text, expected] of cases) {
      it(name, () => {
        const facts = read(text);
        const names = facts.functions.map((fn) => fn.name);
        for (const one of expected) assert.ok(names.includes(one), `${one} is missing: ${names.join(' ')}`);
        assert.ok(facts.errors.length > 0);
      });
    }

    it('an open string ends at the end of its line', () => {
      assert.deepEqual(
        read('def a(): pass\nx = "abc\ndef b(): pass\n').functions.map((fn) => fn.name),
        ['a', 'b'],
      );
    });

    it('a half-typed call loses itself and nothing else', () => {
      const text = "def a():\n  x = 1\n  y.foo(x,\n        'z'\n  w = 2\n\n@dec('b')\ndef b():\n  return 3\n";
      const facts = read(text);
      assert.equal(showBody(facts, facts.body), '(def a [] {(= x 1) (= w 2)}) (def @(call dec "b") b [] {(return 3)})');
      assert.deepEqual(
        facts.errors.map(({ start, end }) => text.slice(start, end)),
        ["y.foo(x,\n        'z'"],
      );
    });

    it('a line that is continued or commented does not hide its operator', () => {
      const facts = read("a = ('x'  # one\n  % b)\nc = 'x' \\\n  + d\ne = f \\\n  not in g\nh \\\n  += 1\n");
      assert.equal(showBody(facts, facts.body), '(= a (% "x" b)) (= c (+ "x" d)) (= e (cmp f not in g)) (+= h 1)');
    });

    it('Python 2: what stands around and inside old statements is read', () => {
      const text = [
        'def a(self):',
        '    try:',
        '        self.f("x")',
        '    except ValueError, exc:',
        '        print "failed", exc',
        '        raise ValueError, exc, tb',
        '    print >>log, "x"',
        '    exec "code" in d',
        '    self.g("y")',
        '',
        'def b(self): pass',
        '',
      ].join('\n');
      const facts = read(text);
      assert.deepEqual(
        facts.functions.map((fn) => fn.name),
        ['a', 'b'],
      );
      const called = allExpressions(facts).flatMap((expr) =>
        expr.k === 'call' && expr.fn.k === 'attr' ? [expr.fn.attr] : [],
      );
      assert.deepEqual(called, ['f', 'g']);
      const [handler] = facts.functions[0]?.body.flatMap((stmt) => (stmt.k === 'try' ? stmt.handlers : [])) ?? [];
      assert.equal(handler?.name, 'exc');
    });

    it('deep nesting ends without facts, not with an exception', () => {
      const facts = read(`x = ${'('.repeat(20_000)}1${')'.repeat(20_000)}\n`);
      assert.equal(facts.uri, 'file:///t.py');
    });
  });
});

/** Segments cover the value without gaps; a plain one reads in the source as it does in the value. */
function assertSegments(text: string, expr: Extract<Expr, { k: 'str' }> | undefined): void {
  assert.ok(expr);
  let at = 0;
  for (let i = 0; i < expr.segments.length; i += 4) {
    const [textStart = -1, textEnd = -1, sourceStart = -1, sourceEnd = -1] = expr.segments.slice(i, i + 4);
    assert.equal(textStart, at, 'a gap');
    at = textEnd;
    const source = text.slice(sourceStart, sourceEnd);
    if (textEnd - textStart !== sourceEnd - sourceStart) continue;
    assert.equal(source, expr.v.slice(textStart, textEnd));
  }
  assert.equal(at, expr.v.length);
}
