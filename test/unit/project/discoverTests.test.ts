import assert from 'node:assert/strict';
import { discoverTests, type DiscoveredTest } from '../../../src/project/discoverTests';
import { linkProject } from '../../support/linkProject';

const ID = '0f1e2d3c-0000-4000-8000-00000000000';

async function discover(files: Readonly<Record<string, string>>): Promise<DiscoveredTest[]> {
  return discoverTests(await linkProject(files)).tests;
}

async function namesOf(text: string, others: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const tests = await discover({ ...others, 'test_m.py': `import testtools\n${text}` });
  return tests.map(({ test }) => test.name);
}

/** [name, module text, runtime names]. */
const CASES: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'tests of a class',
    'class A(testtools.TestCase):\n  def test_b(self): pass\n  def test_a(self): pass\n  def helper(self): pass\n',
    ['test_m.A.test_a', 'test_m.A.test_b'],
  ],
  [
    'inherited once per class',
    'class A(testtools.TestCase):\n  def test_x(self): pass\nclass B(A): pass\nclass C(B):\n  def test_y(self): pass\n',
    ['test_m.A.test_x', 'test_m.B.test_x', 'test_m.C.test_x', 'test_m.C.test_y'],
  ],
  [
    'overridden',
    'class A(testtools.TestCase):\n  def test_x(self): pass\nclass B(A):\n  def test_x(self): pass\n',
    ['test_m.A.test_x', 'test_m.B.test_x'],
  ],
  [
    'data-driven: index, then the value where it is plain',
    'import ddt\n@ddt.ddt\nclass A(testtools.TestCase):\n' +
      "  @ddt.data('2.0', True, None, -1, 3)\n  def test_open(self, x): pass\n" +
      "  @ddt.data('2.0', True, None, 3)\n  def test_x(self, x): pass\n" +
      "  @ddt.data({'a': 1}, [1, ('b',)], *[[]])\n  @ddt.unpack\n  def test_y(self, **x): pass\n",
    [
      'test_m.A.test_open',
      'test_m.A.test_x_1_2_0',
      'test_m.A.test_x_2_True',
      'test_m.A.test_x_3_None',
      'test_m.A.test_x_4_3',
      'test_m.A.test_y_1',
      'test_m.A.test_y_2__1____b____',
      'test_m.A.test_y_3___',
    ],
  ],
  [
    'data-driven: zeros before the index, inherited names',
    'import ddt\n@ddt.ddt\nclass A(testtools.TestCase):\n' +
      '  @ddt.data(1, 1, 1, 1, 1, 1, 1, 1, 1, 2)\n  def test_x(self, x): pass\nclass B(A): pass\n',
    ['A', 'B'].flatMap((name) => [
      ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((i) => `test_m.${name}.test_x_0${String(i)}_1`),
      `test_m.${name}.test_x_10_2`,
    ]),
  ],
  [
    'data without the class decorator, data made at run time',
    'import ddt\nclass A(testtools.TestCase):\n  @ddt.data(1)\n  def test_x(self, x): pass\n' +
      '@ddt.ddt\nclass B(testtools.TestCase):\n  @ddt.data(*make())\n  def test_x(self, x): pass\n',
    ['test_m.A.test_x', 'test_m.B.test_x'],
  ],
  [
    'taken away',
    'class A(testtools.TestCase):\n  def test_x(self): pass\nclass B(A):\n  test_x = None\n',
    ['test_m.A.test_x'],
  ],
  [
    'deleted in the class body',
    'class A(testtools.TestCase):\n  def test_x(self): pass\n  def test_y(self): pass\n  del test_y\n',
    ['test_m.A.test_x'],
  ],
  [
    'alias in the class',
    'class A(testtools.TestCase):\n  def test_a(self): pass\n  test_b = test_a\n',
    ['test_m.A.test_a', 'test_m.A.test_b'],
  ],
  [
    'alias of another class',
    'class Z(object):\n  def check(self): pass\nclass A(testtools.TestCase):\n  test_z = Z.check\n',
    ['test_m.A.test_z'],
  ],
  [
    'a helper under a test name',
    'class A(testtools.TestCase):\n  def _check(self): pass\n  test_b = _check\n',
    ['test_m.A.test_b'],
  ],
  [
    'property',
    'class A(testtools.TestCase):\n  @property\n  def test_client(self): pass\n  def test_x(self): pass\n',
    ['test_m.A.test_x'],
  ],
  [
    'class attribute that is no function',
    'class A(testtools.TestCase):\n  test_data = {"a": 1}\n  test_name = "x"\n',
    [],
  ],
  [
    'mixin that is no test case',
    'class M(object):\n  def test_x(self): pass\nclass A(M, testtools.TestCase): pass\n',
    ['test_m.A.test_x'],
  ],
  ['plain class', 'class TestLooksLikeOne(object):\n  def test_x(self): pass\n', []],
  [
    'class of a project base',
    'class Base(testtools.TestCase): pass\nclass A(Base):\n  def test_x(self): pass\n',
    ['test_m.A.test_x'],
  ],
  [
    'nested class is not loaded',
    'class A(testtools.TestCase):\n  class B(testtools.TestCase):\n    def test_x(self): pass\n',
    [],
  ],
  [
    'conditional class',
    'if x:\n  class A(testtools.TestCase):\n    def test_x(self): pass\nelse:\n  class B(testtools.TestCase):\n    def test_y(self): pass\n',
    ['test_m.A.test_x', 'test_m.B.test_y'],
  ],
  [
    'deleted base',
    'class Base(testtools.TestCase):\n  def test_x(self): pass\nclass A(Base): pass\ndel Base\n',
    ['test_m.A.test_x'],
  ],
  [
    'static and class methods',
    'class A(testtools.TestCase):\n  @staticmethod\n  def test_s(): pass\n  @classmethod\n  def test_c(cls): pass\n',
    ['test_m.A.test_c', 'test_m.A.test_s'],
  ],
  [
    'name that starts with test and no more',
    'class A(testtools.TestCase):\n  def testOld(self): pass\n  def tests(self): pass\n',
    ['test_m.A.testOld', 'test_m.A.tests'],
  ],
  [
    'base outside whose name says test',
    'from tempest.api.compute import base\nclass A(base.BaseV2ComputeTest):\n  def test_x(self): pass\n',
    ['test_m.A.test_x'],
  ],
  ['base outside that says nothing', 'from x import Manager\nclass A(Manager):\n  def test_x(self): pass\n', []],
];

describe('discoverTests', () => {
  for (const [name, text, expected] of CASES) {
    it(name, async () => assert.deepEqual(await namesOf(text), expected));
  }

  it('looks into test modules alone', async () => {
    const text = 'import testtools\nclass A(testtools.TestCase):\n  def test_x(self): pass\n';
    const tests = await discover({ 'test_a.py': text, 'base.py': text, 'tests.py': text, 'my_test.py': text });
    assert.deepEqual(
      tests.map(({ test }) => test.name),
      ['test_a.A.test_x', 'tests.A.test_x'],
    );
  });

  it('a test class that a test module imports runs under its own name', async () => {
    const names = await namesOf('from base import Shared\nfrom base import Shared as Again\nclass A(Shared): pass\n', {
      'base.py': 'import testtools\nclass Shared(testtools.TestCase):\n  def test_x(self): pass\n',
    });
    assert.deepEqual(names, ['base.Shared.test_x', 'test_m.A.test_x']);
  });

  it('tells the concrete class and the definition apart', async () => {
    const [one] = await discover({
      'pkg/__init__.py': '',
      'pkg/base.py': 'import testtools\nclass Base(testtools.TestCase):\n  def test_x(self): pass\n',
      'pkg/test_a.py': 'from pkg import base\nclass A(base.Base): pass\n',
    });
    const { test } = one ?? assert.fail('no test');
    assert.deepEqual(
      [test.name, test.module, test.className, test.method, test.classUri],
      ['pkg.test_a.A.test_x', 'pkg.test_a', 'A', 'test_x', 'file:///r/pkg/test_a.py'],
    );
    assert.deepEqual(
      [test.definition.name, test.definition.className, test.definition.uri],
      ['pkg.base.Base.test_x', 'Base', 'file:///r/pkg/base.py'],
    );
  });

  it('notes load_tests, as a function and as an assignment', async () => {
    const of = async (text: string): Promise<number> =>
      discoverTests(await linkProject({ 'test_m.py': text })).loadTests.length;
    assert.deepEqual(
      [
        await of('def load_tests(l, t, p): return t\n'),
        await of('import s\nload_tests = s.load_tests_apply_scenarios\n'),
        await of('from s import load_tests\n'),
        await of('x = 1\n'),
      ],
      [1, 1, 0, 0],
    );
  });

  describe('marks', () => {
    const DECORATORS = 'def idempotent_id(id): pass\ndef attr(**kw): pass\n';
    async function marksOf(
      decorators: string,
      imports: string,
    ): Promise<{ ids: readonly string[]; attrs: readonly string[]; written: string | null }> {
      const text = `import testtools\n${imports}\nclass A(testtools.TestCase):\n${decorators.replace(/^/gm, '  ')}\n  def test_x(self): pass\n`;
      const [found] = await discover({
        'lib/__init__.py': '',
        'lib/decorators.py': DECORATORS,
        'lib/short.py': 'from lib.decorators import idempotent_id as iid\nKNOWN = "' + `${ID}9` + '"\n',
        'test_m.py': text,
      });
      const { test } = found ?? assert.fail('no test');
      const { idRange } = test.definition;
      return { ids: test.ids, attrs: test.attrs, written: idRange && text.slice(idRange.start, idRange.end) };
    }

    /** [name, decorators, imports, ids, attrs]. */
    const cases: readonly (readonly [string, string, string, readonly string[], readonly string[]])[] = [
      ['module attribute', `@decorators.idempotent_id('${ID}1')`, 'from lib import decorators', [`${ID}1`], []],
      ['imported name', `@idempotent_id('${ID}1')`, 'from lib.decorators import idempotent_id', [`${ID}1`], []],
      ['alias', `@iid('${ID}1')`, 'from lib.decorators import idempotent_id as iid', [`${ID}1`], []],
      ['alias of an alias in another module', `@short.iid('${ID}1')`, 'from lib import short', [`${ID}1`], []],
      ['outside the workspace', `@test.idempotent_id('${ID}1')`, 'from tempest import test', [`${ID}1`], []],
      ['alias from outside', `@i('${ID}1')`, 'from tempest.lib.decorators import idempotent_id as i', [`${ID}1`], []],
      ['keyword', `@decorators.idempotent_id(id='${ID}1')`, 'from lib import decorators', [`${ID}1`], []],
      [
        'hyphens out of place',
        `@decorators.idempotent_id('${`${ID}1`.replace(/-/g, '')}')`,
        'from lib import decorators',
        [`${ID}1`],
        [],
      ],
      [
        'table of ids',
        "@decorators.idempotent_id(IDS['b'])",
        `from lib import decorators\nIDS = {'a': '${ID}1', 'b': ('${ID}2')}`,
        [`${ID}2`],
        [],
      ],
      [
        'missing from the table',
        "@decorators.idempotent_id(IDS['c'])",
        `from lib import decorators\nIDS = {'a': '${ID}1'}`,
        [],
        [],
      ],
      [
        'upper case and prefix',
        `@decorators.idempotent_id('ID-${ID.toUpperCase()}1')`,
        'from lib import decorators',
        [`${ID}1`],
        [],
      ],
      [
        'several',
        `@decorators.idempotent_id('${ID}1')\n@decorators.idempotent_id('${ID}2')`,
        'from lib import decorators',
        [`${ID}1`, `${ID}2`],
        [],
      ],
      [
        'constant of a module',
        '@decorators.idempotent_id(short.KNOWN)',
        'from lib import decorators, short',
        [`${ID}9`],
        [],
      ],
      [
        'constant of the test module',
        '@decorators.idempotent_id(K)',
        `from lib import decorators\nK = "${ID}3"`,
        [`${ID}3`],
        [],
      ],
      ['concatenated', `@decorators.idempotent_id('${ID}'\n  '1')`, 'from lib import decorators', [`${ID}1`], []],
      ['types', "@decorators.attr(type='smoke')", 'from lib import decorators', [], ['smoke']],
      [
        'list of types',
        "@decorators.attr(type=['smoke', 'negative'])",
        'from lib import decorators',
        [],
        ['negative', 'smoke'],
      ],
      [
        'types and services',
        "@attr(type=('slow',))\n@utils.services('volume', 'compute')",
        'from lib.decorators import attr\nfrom tempest.common import utils',
        [],
        ['compute', 'slow', 'volume'],
      ],
      ['another decorator', "@decorators.skip_because(bug='1')", 'from lib import decorators', [], []],
      ['without a call', '@decorators.idempotent_id', 'from lib import decorators', [], []],
    ];
    for (const [name, decorators, imports, ids, attrs] of cases) {
      it(name, async () => {
        const marks = await marksOf(decorators, imports);
        assert.deepEqual([marks.ids, marks.attrs], [ids, attrs]);
      });
    }

    it('points to the id as written', async () => {
      assert.equal(
        (await marksOf(`@decorators.idempotent_id('${ID}1')`, 'from lib import decorators')).written,
        `${ID}1`,
      );
      assert.equal(
        (await marksOf('@decorators.idempotent_id(K)', `from lib import decorators\nK = "${ID}3"`)).written,
        null,
      );
    });
  });
});
