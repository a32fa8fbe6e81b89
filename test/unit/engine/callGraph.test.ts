import assert from 'node:assert/strict';
import type { CallLink } from '../../../src/engine/callGraph';
import { Engine } from '../../../src/engine/engine';
import { DEFAULT_SETTINGS } from '../../../src/engine/settings';
import { loadTestGrammars } from '../../support/loadTestGrammars';
import { MemorySource } from '../../support/memorySource';

const ROOT = 'file:///r';
const lines = (...text: string[]): string => `${text.join('\n')}\n`;

const CLIENT = lines(
  'import paramiko',
  '',
  'class Client(object):',
  '    def run(self, cmd):',
  '        return paramiko.SSHClient().exec_command(cmd)',
  '',
  'class Quiet(Client):',
  '    def run(self, cmd):',
  '        return super(Quiet, self).run(cmd)',
  '',
  'class Other(object):',
  '    def run(self, cmd):',
  '        return cmd',
);
const BASE = lines(
  'import functools',
  'import testtools',
  '',
  'from pkg import client',
  '',
  '',
  'def traced(f):',
  '    @functools.wraps(f)',
  '    def wrapper(*args):',
  '        return f(*args)',
  '    return wrapper',
  '',
  '',
  'class Base(testtools.TestCase):',
  '    def setUp(self):',
  '        super(Base, self).setUp()',
  '        self.client = self.make_client()',
  '',
  '    def make_client(self):',
  '        return client.Client()',
  '',
  '    @traced',
  '    def check(self):',
  "        return self.client.run('lsblk')",
  '',
  '    @property',
  '    def disks(self):',
  '        return self.check()',
);
const TESTS = lines(
  'from pkg import base',
  '',
  '',
  'class QuietTest(base.Base):',
  '    def make_client(self):',
  '        return base.client.Quiet()',
  '',
  '    def test_quiet(self):',
  '        self.check()',
  '        self.addCleanup(self.check)',
  '',
  '',
  'class PlainTest(base.Base):',
  '    def test_plain(self):',
  '        self.assertIn("vda", self.disks)',
  '        (lambda: self.check())()',
);
/** No test gets here: only the text tells who calls whom. */
const TOOLS = lines(
  'from pkg import client as c',
  'from pkg.base import traced as t',
  '',
  '',
  'def main(run, t):',
  '    run()',
  '    t(1)',
  '    return helper(c.Other().run("x"))',
  '',
  '',
  'def helper(text):',
  '    return unknown.run(text)',
  '',
  '',
  'class Tool(c.Other):',
  '    def run(self, cmd):',
  '        return super().run(cmd) + self.other()',
  '',
  '    def other(self):',
  '        return c.Other()',
);

const TREE: Readonly<Record<string, string>> = {
  'pkg/__init__.py': '',
  'pkg/client.py': CLIENT,
  'pkg/base.py': BASE,
  'pkg/test_all.py': TESTS,
  'pkg/tools.py': TOOLS,
};

async function open(tree: Readonly<Record<string, string>> = TREE): Promise<Engine> {
  const engine = new Engine(await loadTestGrammars(), DEFAULT_SETTINGS);
  await engine.open([new MemorySource(ROOT, tree)]);
  return engine;
}

/** `from -> to: words` for every call of the graph, as the text of each file has the words now. */
function draw(engine: Engine): string[] {
  const drawn: string[] = [];
  const graph = engine.calls();
  for (const { uri } of engine.files()) {
    const text = engine.text(uri) ?? '';
    for (const match of text.matchAll(/\bdef (\w+)/g)) {
      const [fn] = graph.functionsAt(uri, match.index + 4);
      assert.ok(fn);
      for (const { fn: callee, ranges } of graph.callsFrom(fn.key)) {
        const words = ranges.map(({ start, end }) => text.slice(start, end)).join(' ');
        drawn.push(`${fn.name} -> ${callee.name}: ${words}`);
        const back: CallLink | undefined = graph.callsTo(callee.key).find((link) => link.fn.key === fn.key);
        assert.deepEqual(back?.ranges, ranges);
      }
    }
  }
  return drawn.sort();
}

const EXPECTED = [
  // What the classes of the tests make of it, not what stands in Base alone.
  'Base.check -> Client.run: run',
  'Base.check -> Quiet.run: run',
  'Base.disks -> Base.check: check',
  'Base.setUp -> Base.make_client: make_client',
  'Base.setUp -> QuietTest.make_client: make_client',
  'PlainTest.test_plain -> Base.check: check',
  'PlainTest.test_plain -> Base.disks: disks',
  'Quiet.run -> Client.run: run',
  'QuietTest.test_quiet -> Base.check: check addCleanup',
  'Tool.run -> Other.run: run',
  'Tool.run -> Tool.other: other',
  'main -> helper: helper',
];

describe('the call graph', () => {
  it('has what tests ran, and where none ran what the text tells; nothing by name alone', async () => {
    assert.deepEqual(draw(await open()), EXPECTED);
  });

  it('knows the function named, called or around at a place', async () => {
    const engine = await open();
    const uri = `${ROOT}/pkg/base.py`;
    const at = (part: string): string[] =>
      engine
        .calls()
        .functionsAt(uri, BASE.indexOf(part) + 1)
        .map(({ name }) => name);
    assert.deepEqual(at('make_client(self):'), ['Base.make_client']);
    assert.deepEqual(at("run('lsblk')"), ['Client.run', 'Quiet.run']);
    assert.deepEqual(at("'lsblk'"), ['Base.check']);
    assert.deepEqual(at('import testtools'), []);
    assert.deepEqual(engine.calls().functionsAt('file:///nowhere', 0), []);
  });

  it('follows edits: what moves, what is called anew, what is called no more', async () => {
    const engine = await open();
    engine.calls();
    engine.setText(`${ROOT}/pkg/base.py`, `# A comment that moves everything.\n${BASE}`);
    assert.deepEqual(draw(engine), EXPECTED);
    // Another receiver: nobody touched the lines of Base.check.
    engine.setText(`${ROOT}/pkg/test_all.py`, TESTS.replace('base.client.Quiet()', 'base.client.Other()'));
    assert.deepEqual(
      draw(engine),
      EXPECTED.map((line) => line.replace('Base.check -> Quiet.run', 'Base.check -> Other.run')).sort(),
    );
    engine.setText(`${ROOT}/pkg/test_all.py`, TESTS.replace('        self.check()\n', '        pass\n'));
    assert.deepEqual(
      draw(engine),
      EXPECTED.map((line) => line.replace('check addCleanup', 'addCleanup')),
    );
  });

  it('is the same after edits as after reading anew', async () => {
    const engine = await open();
    const edited = {
      ...TREE,
      'pkg/client.py': CLIENT.replace('class Other', 'def late():\n    pass\n\n\nclass Other'),
    };
    engine.setText(`${ROOT}/pkg/client.py`, edited['pkg/client.py'] ?? '');
    assert.deepEqual(draw(engine), draw(await open(edited)));
  });
});
