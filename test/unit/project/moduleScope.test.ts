import assert from 'node:assert/strict';
import { absoluteModule, type Binding } from '../../../src/project/moduleScope';
import { linkProject } from '../../support/linkProject';
import { showExpr } from '../../support/showFacts';

function show(binding: Binding): string {
  if (binding.k === 'import') return `import ${binding.module}${binding.attr === null ? '' : ` ${binding.attr}`}`;
  if (binding.k === 'value') return showExpr(binding.expr);
  return binding.k;
}

async function scopeOf(
  text: string,
): Promise<{ names: Record<string, string[]>; stars: readonly string[]; deleted: readonly string[] }> {
  const project = await linkProject({ 'a/__init__.py': '', 'a/b/__init__.py': '', 'a/b/m.py': text });
  const scope = project.moduleNamed('a.b.m')?.scope;
  assert.ok(scope);
  return {
    names: Object.fromEntries([...scope.names].map(([name, bindings]) => [name, bindings.map(show)])),
    stars: scope.stars,
    deleted: [...scope.deleted],
  };
}

/** [name, text, bindings]. */
const CASES: readonly (readonly [string, string, Record<string, string[]>])[] = [
  ['imports', 'import x\nimport y.z\nimport y.w as v\n', { x: ['import x'], y: ['import y'], v: ['import y.w'] }],
  ['from imports', 'from x import y, z as w\n', { y: ['import x y'], w: ['import x z'] }],
  [
    'relative imports',
    'from . import p\nfrom .q import r\nfrom .. import s\nfrom ..t import u\n',
    { p: ['import a.b p'], r: ['import a.b.q r'], s: ['import a s'], u: ['import a.t u'] },
  ],
  ['functions and classes', 'def f(): x = 1\nclass C:\n  y = 2\n', { f: ['function'], C: ['class'] }],
  [
    'values',
    'x = y = 1\n(a, [b, c]) = (1, [2, 3])\nd, e = f\n',
    { x: ['1'], y: ['1'], a: ['1'], b: ['2'], c: ['3'], d: ['opaque'], e: ['opaque'] },
  ],
  ['branches', 'if t:\n  x = 1\nelif u:\n  x = 2\nelse:\n  import x\n', { x: ['1', '2', 'import x'] }],
  [
    'try',
    'try:\n  import x\nexcept ImportError:\n  x = None\nelse:\n  y = 1\nfinally:\n  z = 2\n',
    { x: ['import x', 'None'], y: ['1'], z: ['2'] },
  ],
  [
    'loops and with',
    'for i in r:\n  j = 1\nwhile t:\n  k = 2\nwith o as p:\n  q = 3\n',
    { i: ['opaque'], j: ['1'], k: ['2'], p: ['opaque'], q: ['3'] },
  ],
  ['augmented', 'x = 1\nx += 2\n', { x: ['1', 'opaque'] }],
  ['attributes and items bind nothing', 'a.b = 1\na[0] = 2\n', {}],
];

describe('moduleScope', () => {
  for (const [name, text, expected] of CASES) {
    it(name, async () => assert.deepEqual((await scopeOf(text)).names, expected));
  }

  it('lists star imports by their absolute module', async () => {
    assert.deepEqual((await scopeOf('from x import *\nfrom ..y import *\n')).stars, ['x', 'a.y']);
  });

  it('keeps what a deleted name stood for, and says that it is gone', async () => {
    const { names, deleted } = await scopeOf('class A: pass\nclass B(A): pass\ndel A\nx = 1\ndel x\nx = 2\n');
    assert.deepEqual([names['A'], deleted], [['class'], ['A']]);
  });

  it('resolves relative modules from modules and from packages (PEP 328)', () => {
    assert.deepEqual(
      [
        absoluteModule('a.b.m', false, 'x', 1),
        absoluteModule('a.b.m', false, '', 1),
        absoluteModule('a.b.m', false, 'x', 2),
        absoluteModule('a.b', true, 'x', 1),
        absoluteModule('a.b', true, '', 2),
        absoluteModule('a.b.m', false, 'x.y', 0),
        absoluteModule('a', false, 'x', 3),
      ],
      ['a.b.x', 'a.b', 'a.x', 'a.b.x', 'a', 'x.y', 'x'],
    );
  });
});
