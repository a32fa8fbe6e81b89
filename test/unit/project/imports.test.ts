import assert from 'node:assert/strict';
import type { Expr } from '../../../src/model/facts';
import type { Project, ProjectSymbol } from '../../../src/project/project';
import { linkProject } from '../../support/linkProject';
import { showExpr } from '../../support/showFacts';

const TREE: Readonly<Record<string, string>> = {
  'p/__init__.py': 'from p.impl import Thing as Exported\nVALUE = 1\n',
  'p/impl.py': 'class Thing(object):\n    class Inner(object): pass\ndef make(): pass\n_hidden = 1\nCONST = "x"\n',
  'p/sub/__init__.py': '',
  'p/sub/leaf.py': 'from ..impl import make\nfrom . import other\nfrom .. import impl as renamed\n',
  'p/sub/other.py': 'X = 1\n',
  'p/stars.py': 'from p.impl import *\nfrom p.nowhere import *\n',
  'p/chain.py': 'from p.stars import Thing\nAlias = Thing\nAgain = Alias\n',
  'p/cycle_a.py': 'from p.cycle_b import b\nfrom p.cycle_b import *\na = 1\n',
  'p/cycle_b.py': 'from p.cycle_a import a\nfrom p.cycle_a import *\nb = 2\n',
  'p/conditional.py': 'try:\n    from p.impl import Thing\nexcept ImportError:\n    from q.outside import Thing\n',
  'p/selfish.py': 'Thing = Thing\n',
  'space/mod.py': 'N = 1\n',
  'user.py': [
    'import p',
    'import p.impl',
    'import p.impl as pi',
    'from p import impl',
    'from p import sub, Exported',
    'from p.sub import leaf',
    'from p.chain import Again, Alias',
    'from p.stars import Thing as Starred, _hidden as H',
    'from p.conditional import Thing as Maybe',
    'from outside.lib import tool as t',
    'import outside.other',
    'import mod',
  ].join('\n'),
};

function expression(text: string): Expr {
  const [first = '', ...rest] = text.split('.');
  return rest.reduce<Expr>((obj, attr) => ({ k: 'attr', obj, attr, s: 0, e: 0 }), { k: 'name', id: first, s: 0, e: 0 });
}

function show(symbol: ProjectSymbol): string {
  switch (symbol.k) {
    case 'module':
      return `module ${symbol.module.name}`;
    case 'class':
      return `class ${symbol.cls.fullName}`;
    case 'function':
      return `def ${symbol.fn.module.name}.${symbol.fn.facts.qualname}`;
    case 'value':
      return `value ${showExpr(symbol.expr)}`;
    case 'external':
      return `outside ${symbol.name}`;
  }
}

/** [expression seen from user.py, what it stands for]. */
const CASES: readonly (readonly [string, string])[] = [
  ['p', 'module p'],
  ['p.impl.Thing', 'class p.impl.Thing'],
  ['p.impl.Thing.Inner', 'class p.impl.Thing.Inner'],
  ['pi.make', 'def p.impl.make'],
  ['impl.CONST', 'value "x"'],
  ['Exported', 'class p.impl.Thing'],
  ['p.VALUE', 'value 1'],
  ['sub.other.X', 'value 1'],
  ['leaf.make', 'def p.impl.make'],
  ['leaf.other', 'module p.sub.other'],
  ['leaf.renamed.Thing', 'class p.impl.Thing'],
  ['Again', 'class p.impl.Thing'],
  ['Alias', 'class p.impl.Thing'],
  ['Starred', 'class p.impl.Thing'],
  ['H', 'outside p.stars._hidden'],
  ['Maybe', 'class p.impl.Thing | outside q.outside.Thing'],
  ['t', 'outside outside.lib.tool'],
  ['t.part', 'outside outside.lib.tool.part'],
  ['outside.other', 'outside outside.other'],
  ['mod.N', 'value 1'],
  ['nothing', 'outside nothing'],
];

describe('imports', () => {
  let project: Project;
  before(async () => {
    project = await linkProject(TREE);
  });

  for (const [text, expected] of CASES) {
    it(`${text} → ${expected}`, () => {
      const module = project.moduleNamed('user');
      assert.ok(module);
      assert.equal(project.resolveExpr(module, expression(text)).map(show).join(' | '), expected);
    });
  }

  it('ends in import cycles, and finds what is there', () => {
    const a = project.moduleNamed('p.cycle_a');
    assert.ok(a);
    assert.deepEqual(project.lookUp(a, 'b').map(show), ['value 2']);
    assert.deepEqual(project.lookUp(a, 'none').map(show), []);
  });

  it('ends where a name stands for itself', () => {
    const module = project.moduleNamed('p.selfish');
    assert.ok(module);
    assert.deepEqual(
      project.resolveExpr(module, expression('Thing')).map((symbol) => symbol.k),
      ['value'],
    );
  });

  it('finds dotted names from nowhere', () => {
    assert.deepEqual(project.lookUpDotted('p.chain.Again').map(show), ['class p.impl.Thing']);
    assert.equal(project.classNamed('p.Exported')?.fullName, 'p.impl.Thing');
    assert.deepEqual(project.lookUpDotted('q.r').map(show), ['outside q.r']);
  });

  it('a name that is assigned an attribute of itself is what it was assigned', async () => {
    const project = await linkProject({
      'p/__init__.py': '',
      'p/config.py': 'class Conf: pass\nCONF = Conf\n',
      'p/m.py':
        'from p import config\nconfig = config.CONF\nclass A(config): pass\nlost = lost.more\nclass B(lost.x): pass\n',
      'p/one.py': 'from p import two\nhere = two.there.a\n',
      'p/two.py': 'from p import one\nthere = one.here.b\n',
    });
    const basesOf = (name: string): readonly unknown[] => {
      const cls = project.classNamed(name);
      assert.ok(cls, name);
      return project.basesOf(cls).map((base) => (typeof base === 'string' ? base : base.fullName));
    };
    assert.deepEqual(basesOf('p.m.A'), ['p.config.Conf']);
    assert.deepEqual(basesOf('p.m.B'), []);
    assert.equal(project.lookUpDotted('p.one.here').map(show).length, 1);
  });

  it('the first file of a name wins', async () => {
    const twice = await linkProject({ 'm.py': 'class A: pass\n', 'other/m.py': 'class B: pass\n' });
    assert.deepEqual([twice.classNamed('m.A')?.fullName, twice.classNamed('m.B')], ['m.A', undefined]);
  });
});

describe('classes', () => {
  it('finds members along the order of bases, and behind a class', async () => {
    const project = await linkProject({
      'm.py':
        'class A(object):\n  def f(self): pass\n  x = 1\nclass B(A):\n  def f(self): pass\nclass C(B, out.Side): pass\n',
    });
    const c = project.classNamed('m.C');
    const b = project.classNamed('m.B');
    assert.ok(c && b);
    assert.deepEqual(
      project.orderOf(c).map((ancestor) => (typeof ancestor === 'string' ? ancestor : ancestor.fullName)),
      ['m.C', 'm.B', 'm.A', 'object', 'out.Side'],
    );
    assert.equal(project.findMember(c, 'f')?.owner.fullName, 'm.B');
    assert.equal(project.findMember(c, 'f', b)?.owner.fullName, 'm.A');
    assert.equal(project.findMember(c, 'nothing'), null);
    assert.deepEqual(
      [project.derivesFrom(c, 'm.A'), project.derivesFrom(c, 'out.Side'), project.derivesFrom(b, 'm.C')],
      [true, true, false],
    );
  });

  it('knows bases through six, nested classes and branches', async () => {
    const project = await linkProject({
      'm.py':
        'import six\nclass M(type): pass\nclass A(object): pass\nclass B(six.with_metaclass(M, A)): pass\nclass Out(object):\n  class In(object): pass\n  class Use(In): pass\nif t:\n  class D(A): pass\nelse:\n  D = A\nclass E(D): pass\n',
    });
    const order = (name: string): string[] => {
      const cls = project.classNamed(name);
      assert.ok(cls, name);
      return project
        .orderOf(cls)
        .map((ancestor) => (typeof ancestor === 'string' ? ancestor : ancestor.facts.qualname));
    };
    assert.deepEqual(order('m.B'), ['B', 'A', 'object']);
    assert.deepEqual(order('m.Out.Use'), ['Out.Use', 'Out.In', 'object']);
    assert.deepEqual(order('m.E'), ['E', 'D', 'A', 'object']);
  });
});
