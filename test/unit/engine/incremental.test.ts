import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Engine } from '../../../src/engine/engine';
import { DEFAULT_SETTINGS } from '../../../src/engine/settings';
import type { Grammars } from '../../../src/syntax/grammars';
import { loadTestGrammars } from '../../support/loadTestGrammars';
import { MemorySource } from '../../support/memorySource';
import { MemoryStore } from '../../support/memoryStore';

const ROOT = 'file:///r';

const TREE: Readonly<Record<string, string>> = {
  'pkg/__init__.py': '',
  'pkg/client.py': [
    'import paramiko',
    '',
    'PROLOGUE = "set -e; "',
    '',
    '',
    'class Client(object):',
    '',
    '    def __init__(self, host):',
    '        self.host = host',
    '        self.prologue = PROLOGUE',
    '',
    '    def exec_command(self, cmd):',
    '        connection = paramiko.SSHClient()',
    '        connection.connect(self.host)',
    '        return connection.exec_command(self.prologue + cmd)',
    '',
    '    def get_disks(self):',
    "        return self.exec_command('lsblk -d')",
    '',
    '    def get_uptime(self, path="/proc/uptime"):',
    "        return self.exec_command('cat ' + path)",
    '',
  ].join('\n'),
  'pkg/names.py': "LIST = 'ip link show'\nTIMEOUT = 3\n\n\ndef make_command(name):\n    return LIST + ' ' + name\n",
  'pkg/base.py': [
    'import testtools',
    '',
    'from pkg import client',
    'from pkg.config import CONF',
    '',
    '',
    'class Base(testtools.TestCase):',
    '',
    '    def setUp(self):',
    '        super(Base, self).setUp()',
    "        self.client = client.Client('h')",
    '',
    '    def check(self, deep=False):',
    '        if deep and CONF.validation.run_validation:',
    '            self.client.get_disks()',
    '        return deep',
    '',
    '    def test_inherited(self):',
    '        self.check(deep=True)',
    '',
  ].join('\n'),
  'pkg/consts.py': "# constants only\nDEVICE = 'vdb'\nMOUNT = 'mount /dev/' + DEVICE\n",
  'pkg/exports.py': 'from pkg.consts import MOUNT\nfrom pkg.client import Client as Remote\nfrom pkg.names import *\n',
  'pkg/marks.py': [
    'import functools',
    '',
    'from pkg import names',
    '',
    '',
    'def before(command):',
    '    def mark(function):',
    '        @functools.wraps(function)',
    '        def wrapper(self):',
    '            self.client.exec_command(command)',
    '            return function(self)',
    '        return wrapper',
    '    return mark',
    '',
    '',
    'COMMAND = names.make_command("eth7")',
    '',
  ].join('\n'),
  'pkg/test_three.py': [
    'from pkg import base',
    'from pkg import exports',
    'from pkg import marks',
    'from pkg import missing',
    '',
    '',
    'class TestExports(base.Base):',
    '',
    '    command = marks.COMMAND',
    '',
    '    def test_constant(self):',
    '        self.client.exec_command(exports.MOUNT)',
    '',
    "    @marks.before('lsblk -p')",
    '    def test_marked(self):',
    "        exports.Remote('i').exec_command(self.command)",
    '',
    "    @marks.before('lsblk -t')",
    '    def test_star(self):',
    "        self.client.exec_command(exports.make_command('x'))",
    '',
    '    def test_missing(self):',
    "        missing.run(self.client, 'uptime')",
    '',
    '    @missing.wrap',
    '    def test_wrapped(self):',
    '        self.check()',
    '',
  ].join('\n'),
  'pkg/config.py': 'from oslo_config import cfg\n\nCONF = cfg.CONF\n',
  'pkg/test_one.py': [
    'from pkg import base',
    'from pkg import names',
    'from tempest.lib import decorators',
    '',
    '',
    'class TestOne(base.Base):',
    '',
    "    @decorators.idempotent_id('11111111-1111-1111-1111-111111111111')",
    '    def test_disks(self):',
    '        self.check(deep=True)',
    '',
    '    def test_nothing(self):',
    '        self.check()',
    '',
    '    def test_command(self):',
    "        self.client.exec_command(names.make_command('eth0'))",
    '',
  ].join('\n'),
  'pkg/test_data.py': [
    'import ddt',
    'from pkg import base',
    '',
    '',
    '@ddt.ddt',
    'class TestData(base.Base):',
    '',
    "    @ddt.data({'deep': False}, {'deep': True})",
    '    @ddt.unpack',
    '    def test_data(self, deep):',
    '        self.check(deep=deep)',
    '',
  ].join('\n'),
  'pkg/test_two.py': [
    'from pkg.test_one import TestOne',
    'from pkg import base',
    '',
    '',
    'class TestTwo(base.Base):',
    '    """Second."""',
    '',
    '    def check(self, deep=False):',
    '        self.client.get_uptime()',
    '',
    '    def test_uptime(self):  # noqa: IL101 known',
    '        self.client.get_uptime()  # noqa: IL101 known',
    '',
  ].join('\n'),
  'pkg/plugin.py': [
    'from tempest.test_discover import plugins',
    '',
    'MODULE = "pkg.client"',
    '',
    '',
    'class Plugin(plugins.TempestPlugin):',
    '',
    '    def get_service_clients(self):',
    "        return [{'name': 'guests_v1', 'module_path': MODULE, 'client_names': ['Client']}]",
    '',
  ].join('\n'),
  'pkg/test_four.py': [
    'import testtools',
    '',
    'from tempest import clients',
    '',
    '',
    'class Manager(clients.Manager):',
    '    pass',
    '',
    '',
    'class TestRegistered(testtools.TestCase):',
    '',
    '    def test_registered(self):',
    "        Manager().guests_v1.Client('h').get_uptime()",
    '',
  ].join('\n'),
  '2099.01.json': JSON.stringify(
    {
      id: '2099.01',
      schema: '1.5',
      platform: { required: ['compute'] },
      components: { compute: { required: ['compute-disks'], advisory: [], deprecated: [], removed: [] } },
      capabilities: {
        'compute-disks': {
          tests: {
            'pkg.test_one.TestOne.test_disks': { idempotent_id: 'id-11111111-1111-1111-1111-111111111111' },
            'pkg.test_two.TestTwo.test_uptime': { idempotent_id: 'id-22222222-2222-2222-2222-222222222222' },
          },
        },
      },
    },
    null,
    2,
  ),
};

/** A module that edits may create: the tree imports it, and it is not there at first. */
const ABSENT_FILE = 'pkg/missing.py';
const ABSENT_TEXT = [
  'import functools',
  '',
  'def run(client, command):',
  '    client.exec_command(command)',
  '',
  'def wrap(function):',
  '    @functools.wraps(function)',
  '    def wrapper(self):',
  "        self.client.exec_command('id')",
  '        return function(self)',
  '    return wrapper',
  '',
].join('\n');
const FILES = [...Object.keys(TREE), ABSENT_FILE];

function fileNamed(path: string): number {
  return FILES.indexOf(path);
}

/** Statements that edits put into the tree: each line stands for one kind of change. */
const SNIPPETS = [
  '',
  '# a comment',
  "        self.client.exec_command('lsblk -f')",
  "        self.client.exec_command('uname -a')",
  '        return 1',
  '        if CONF.compute.x: return',
  '    def test_new(self): self.client.get_disks()',
  '    def setUp(self): pass',
  '    test_alias = test_disks',
  'class TestThree(base.Base): pass',
  'from pkg import names',
  "LIST = 'lsblk'",
  '        self.client.exec_command(',
  'def make_command(name): return name',
  '    x = (',
  '    @property',
  "        raise self.skipException('no')",
  '    def get_disks(self): return self.exec_command("mount")',
  '        self.client = None',
];

type Edit =
  | { readonly k: 'insert'; readonly file: number; readonly line: number; readonly snippet: number }
  | { readonly k: 'delete'; readonly file: number; readonly line: number; readonly count: number }
  | { readonly k: 'replace'; readonly file: number; readonly from: string; readonly to: string }
  | { readonly k: 'restore'; readonly file: number }
  | { readonly k: 'remove'; readonly file: number }
  | { readonly k: 'break'; readonly file: number; readonly at: number };

/** A broken guideline keeps its last good model, so what is said of it depends on its history: it is only removed and restored. */
const file = fc.constantFrom(...FILES.flatMap((path, i) => (path.endsWith('.py') ? [i] : [])));
const anyFile = fc.nat(FILES.length - 1);
const EDITS: fc.Arbitrary<Edit> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      k: fc.constant('insert' as const),
      file,
      line: fc.nat(25),
      snippet: fc.nat(SNIPPETS.length - 1),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      k: fc.constant('delete' as const),
      file,
      line: fc.nat(25),
      count: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      k: fc.constant('replace' as const),
      file,
      from: fc.constantFrom('deep', 'lsblk', 'self.', 'check', 'True', "'h'", 'get_disks', 'Base', 'set -e; '),
      to: fc.constantFrom('x', 'deep', 'cat /proc/x', 'False', 'get_uptime', '"', 'check'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ k: fc.constant('restore' as const), file: anyFile }) },
  { weight: 1, arbitrary: fc.record({ k: fc.constant('remove' as const), file: anyFile }) },
  { weight: 2, arbitrary: fc.record({ k: fc.constant('break' as const), file, at: fc.nat(600) }) },
);

/** An engine on a tree in memory, with the texts that it should have. */
class Workspace {
  readonly texts = new Map(Object.entries(TREE));
  private readonly source = new MemorySource(ROOT, TREE);
  readonly engine: Engine;

  constructor(private readonly grammars: Grammars) {
    this.engine = new Engine(grammars, DEFAULT_SETTINGS);
  }

  open(): Promise<void> {
    return this.engine.open([this.source]);
  }

  async apply(edit: Edit): Promise<void> {
    const path = FILES[edit.file] ?? '';
    if (edit.k === 'remove') return this.remove(path);
    const before = this.texts.get(path) ?? null;
    const after = edit.k === 'restore' ? (TREE[path] ?? ABSENT_TEXT) : before === null ? null : editText(before, edit);
    if (after === null || after === before) return;
    if (before === null) return this.create(path, after);
    this.texts.set(path, after);
    this.engine.setText(`${ROOT}/${path}`, after);
  }

  private remove(path: string): void {
    this.texts.delete(path);
    this.source.remove(path);
    this.engine.removeFile(`${ROOT}/${path}`);
  }

  private async create(path: string, text: string): Promise<void> {
    this.texts.set(path, text);
    this.source.write(path, text);
    await this.engine.addFile(this.source.fileAt(path), this.source);
  }

  /** What a new engine says of the same texts. @param store with what an earlier session has kept */
  async afresh(store: MemoryStore | null = null): Promise<Engine> {
    const engine = new Engine(this.grammars, DEFAULT_SETTINGS);
    const source = new MemorySource(ROOT, Object.fromEntries(this.texts));
    await engine.open([source], undefined, undefined, store);
    return engine;
  }
}

function editText(text: string, edit: Exclude<Edit, { k: 'restore' | 'remove' }>): string {
  const lines = text.split('\n');
  if (edit.k === 'insert') lines.splice(edit.line % (lines.length + 1), 0, SNIPPETS[edit.snippet] ?? '');
  else if (edit.k === 'delete') lines.splice(edit.line % lines.length, edit.count);
  else if (edit.k === 'replace') return text.replace(edit.from, edit.to);
  else return text.slice(0, edit.at % (text.length + 1));
  return lines.join('\n');
}

/** Everything that adapters may ask, in one comparable value. */
function answers(engine: Engine): unknown {
  const uris = engine
    .files()
    .map(({ uri }) => uri)
    .sort();
  return {
    uris,
    tests: engine.tests(),
    demands: engine.tests().map((test) => engine.demand(test.name)),
    perFile: uris.map((uri) => ({
      uri,
      definedIn: engine.testsDefinedIn(uri),
      runIn: engine.testsRunIn(uri),
      sites: engine.sitesIn(uri),
      reaching: engine.functionsReaching(uri),
      findings: engine.findings(uri),
    })),
    trace: engine.guidelines().map(({ uri }) =>
      engine.trace(uri).map((entry) => ({
        state: entry.state,
        by: entry.resolvedBy,
        target: entry.target,
        candidates: entry.candidates,
      })),
    ),
    entries: engine.tests().map((test) => engine.entriesForTest(test.name).map((entry) => entry.entry.name.value)),
    notes: engine.notes(),
    problems: engine.problems(),
    skipped: engine.skipped(),
  };
}

async function assertSameAfter(grammars: Grammars, edits: readonly Edit[]): Promise<void> {
  const workspace = new Workspace(grammars);
  await workspace.open();
  const early = new MemoryStore();
  await workspace.engine.keep(early);
  for (const edit of edits) await workspace.apply(edit);
  const expected = answers(await workspace.afresh());
  assert.deepEqual(answers(workspace.engine), expected);
  // A session that takes over what was known before the edits, and one that takes over what the last one found.
  const second = await workspace.afresh(early);
  assert.deepEqual(answers(second), expected);
  await second.keep(early);
  assert.deepEqual(answers(await workspace.afresh(early)), expected);
}

function insert(path: string, line: number, text: string): Edit {
  if (!SNIPPETS.includes(text)) throw new Error(`not among the snippets: ${text}`);
  return { k: 'insert', file: fileNamed(path), line, snippet: SNIPPETS.indexOf(text) };
}

function replace(path: string, from: string, to: string): Edit {
  if (!TREE[path]?.includes(from)) throw new Error(`not in ${path}: ${from}`);
  return { k: 'replace', file: fileNamed(path), from, to };
}

function restore(path: string): Edit {
  return { k: 'restore', file: fileNamed(path) };
}

function remove(path: string): Edit {
  return { k: 'remove', file: fileNamed(path) };
}

describe('engine after edits', () => {
  let grammars: Grammars;
  before(async () => {
    grammars = await loadTestGrammars();
  });

  it('starts from a tree in which tests, sites and links are found', async () => {
    const workspace = new Workspace(grammars);
    await workspace.open();
    const { engine } = workspace;
    assert.deepEqual(
      engine.tests().map((test) => `${test.name} ${engine.demand(test.name)?.level ?? ''}`),
      [
        'pkg.test_data.TestData.test_data_1 api',
        'pkg.test_data.TestData.test_data_2 linux',
        'pkg.test_data.TestData.test_inherited linux',
        'pkg.test_four.TestRegistered.test_registered linux',
        'pkg.test_one.TestOne.test_command linux',
        'pkg.test_one.TestOne.test_disks linux',
        'pkg.test_one.TestOne.test_inherited linux',
        'pkg.test_one.TestOne.test_nothing api',
        'pkg.test_three.TestExports.test_constant linux',
        'pkg.test_three.TestExports.test_inherited linux',
        'pkg.test_three.TestExports.test_marked linux',
        'pkg.test_three.TestExports.test_missing api',
        'pkg.test_three.TestExports.test_star linux',
        'pkg.test_three.TestExports.test_wrapped api',
        'pkg.test_two.TestTwo.test_inherited linux',
        'pkg.test_two.TestTwo.test_uptime linux',
      ],
    );
    assert.deepEqual(
      engine.trace(`${ROOT}/2099.01.json`).map((entry) => entry.state),
      ['ok', 'id-mismatch'],
    );
    assert.ok(engine.findings(`${ROOT}/pkg/client.py`).length > 0);
  });

  /** Sequences worth keeping by name; files and lines as in TREE. */
  const NAMED: readonly (readonly [string, readonly Edit[]])[] = [
    ['a line above all sites', [insert('pkg/client.py', 0, '# a comment')]],
    ['a line above the tests', [insert('pkg/test_one.py', 5, '')]],
    ['the data of a data-driven test', [replace('pkg/test_data.py', "{'deep': False", "{'deep': True")]],
    ['a line above data', [insert('pkg/test_data.py', 4, ''), replace('pkg/base.py', 'deep=False', 'x')]],
    ['the body of a helper', [replace('pkg/client.py', 'lsblk', 'cat /proc/x')]],
    ['a default of a helper', [replace('pkg/base.py', 'deep=False', 'x')]],
    ['a constant of another module', [insert('pkg/names.py', 1, "LIST = 'lsblk'")]],
    ['a line above a module of constants', [insert('pkg/consts.py', 0, '')]],
    ['a constant of a module without functions', [replace('pkg/consts.py', 'vdb', 'x')]],
    ['a line above a function that a module-level value comes from', [insert('pkg/names.py', 2, '')]],
    ['the body of a function that a module-level value comes from', [replace('pkg/names.py', " + ' ' + name", '')]],
    [
      'the body of a decorator',
      [replace('pkg/marks.py', '(command)\n            return', '("mount")\n            return')],
    ],
    ['the names that a module passes on', [replace('pkg/exports.py', 'Client as Remote', 'PROLOGUE as Remote')]],
    ['a star import gone', [replace('pkg/exports.py', 'from pkg.names import *', '')]],
    ['a module that was missing', [restore(ABSENT_FILE)]],
    ['a module that was missing, and then a line in it', [restore(ABSENT_FILE), insert(ABSENT_FILE, 0, '')]],
    ['a constant used by a constructor', [replace('pkg/client.py', 'set -e; ', 'x')]],
    ['a new test in a base class', [insert('pkg/base.py', 17, '    def test_new(self): self.client.get_disks()')]],
    ["a fixture that hides the base's", [insert('pkg/test_one.py', 7, '    def setUp(self): pass')]],
    ['a base class removed and back', [remove('pkg/base.py'), restore('pkg/base.py')]],
    [
      'a file broken off and mended',
      [{ k: 'break', file: fileNamed('pkg/client.py'), at: 260 }, restore('pkg/client.py')],
    ],
    [
      'a guideline broken and mended',
      [{ k: 'break', file: fileNamed('2099.01.json'), at: 100 }, restore('2099.01.json')],
    ],
    ['a half-typed call', [insert('pkg/test_one.py', 9, '        self.client.exec_command(')]],
    [
      'a body edit and then a shape edit',
      [
        replace('pkg/client.py', 'lsblk', 'x'),
        insert('pkg/client.py', 17, '    def get_disks(self): return self.exec_command("mount")'),
        insert('pkg/client.py', 0, ''),
      ],
    ],
    [
      'a module that goes and comes back',
      [remove('pkg/names.py'), insert('pkg/test_one.py', 0, ''), restore('pkg/names.py')],
    ],
    ['a plugin that goes and comes back', [remove('pkg/plugin.py'), restore('pkg/plugin.py')]],
    ['the name that a plugin registers', [replace('pkg/plugin.py', 'guests_v1', 'guests_v2')]],
    ['the module that a plugin registers', [replace('pkg/plugin.py', 'pkg.client', 'pkg.names')]],
    [
      'a plugin whose class is one only later',
      [
        replace('pkg/plugin.py', '(plugins.TempestPlugin)', '(object)'),
        insert('pkg/test_one.py', 0, ''),
        restore('pkg/plugin.py'),
      ],
    ],
    ['a line above a call that is not followed', [remove('pkg/client.py'), insert('pkg/test_one.py', 0, '')]],
    ['the package file removed', [remove('pkg/__init__.py')]],
    ['the package file removed and back', [remove('pkg/__init__.py'), restore('pkg/__init__.py')]],
  ];
  for (const [name, edits] of NAMED) {
    it(`says what a new engine says: ${name}`, () => assertSameAfter(grammars, edits));
  }

  it('says what a new engine says, whatever was edited', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(EDITS, { minLength: 1, maxLength: 8 }), (edits) => assertSameAfter(grammars, edits)),
      { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 40), interruptAfterTimeLimit: 120_000 },
    );
  }).timeout(150_000);
});
