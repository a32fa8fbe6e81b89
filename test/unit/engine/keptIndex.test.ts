import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Engine } from '../../../src/engine/engine';
import { KeptIndex } from '../../../src/engine/keptIndex';
import { DEFAULT_SETTINGS } from '../../../src/engine/settings';
import { DiskIndexStore } from '../../../src/engine/store/node';
import type { Grammars } from '../../../src/syntax/grammars';
import { loadTestGrammars } from '../../support/loadTestGrammars';
import { MemorySource } from '../../support/memorySource';
import { MemoryStore } from '../../support/memoryStore';

const CLIENT = [
  'import paramiko',
  '',
  'class Client:',
  '    def exec_command(self, cmd):',
  '        return paramiko.SSHClient().exec_command(cmd)',
  '',
].join('\n');
const TESTS = [
  'import testtools',
  'import client',
  '',
  'class TestOne(testtools.TestCase):',
  '    def test_disks(self):',
  "        client.Client().exec_command('lsblk')",
  '',
  '    def test_nothing(self):',
  '        pass',
  '',
].join('\n');
const NAME = 'file:///r';

describe('index kept between sessions', () => {
  let grammars: Grammars;
  before(async () => {
    grammars = await loadTestGrammars();
  });

  async function open(files: Readonly<Record<string, string>>, store: MemoryStore): Promise<[Engine, string[]]> {
    const engine = new Engine(grammars, DEFAULT_SETTINGS);
    const steps: string[] = [];
    await engine.open([new MemorySource(NAME, files)], (step, done) => steps.push(`${step} ${done}`), undefined, store);
    return [engine, steps];
  }

  function levels(engine: Engine): (string | undefined)[] {
    return engine.tests().map(({ name }) => engine.demand(name)?.level);
  }

  it('runs no test again when nothing has changed, and keeps nothing twice', async () => {
    const store = new MemoryStore();
    const [first, analysed] = await open({ 'client.py': CLIENT, 'test_one.py': TESTS }, store);
    assert.ok(analysed.includes('analyse 1'));
    await first.keep(store);
    const [second, steps] = await open({ 'client.py': CLIENT, 'test_one.py': TESTS }, store);
    assert.ok(!steps.includes('analyse 1'), steps.join());
    assert.deepEqual(levels(second), ['linux', 'api']);
    await second.keep(store);
    assert.equal(store.writes, 1);
  });

  it('runs again what rests on a changed file, and keeps the new state', async () => {
    const store = new MemoryStore();
    const [first] = await open({ 'client.py': CLIENT, 'test_one.py': TESTS }, store);
    await first.keep(store);
    const portable = TESTS.replace('lsblk', 'uname -n');
    const [second] = await open({ 'client.py': CLIENT, 'test_one.py': portable }, store);
    assert.deepEqual(levels(second), ['posix', 'api']);
    await second.keep(store);
    assert.equal(store.writes, 2);
    const [, steps] = await open({ 'client.py': CLIENT, 'test_one.py': portable }, store);
    assert.ok(!steps.includes('analyse 1'), steps.join());
  });

  it('starts afresh from text that is no index', async () => {
    for (const text of ['', 'null', '{}', '{"python":[]', 'x\n{}']) {
      const store = new MemoryStore();
      store.kept.set(NAME, text);
      const [engine] = await open({ 'client.py': CLIENT, 'test_one.py': TESTS }, store);
      assert.deepEqual(levels(engine), ['linux', 'api'], text);
    }
    assert.equal(KeptIndex.parse('{}'), null);
  });

  it('reads a file anew whose numbers JSON does not know', async () => {
    const store = new MemoryStore();
    const files = { 'client.py': CLIENT, 'test_one.py': `LIMIT = 1e999\n${TESTS}` };
    const [first] = await open(files, store);
    await first.keep(store);
    const kept = KeptIndex.parse(store.kept.get(NAME) ?? '');
    const hashOf = (uri: string): string => {
      const header = JSON.parse((store.kept.get(NAME) ?? '').split('\n')[0] ?? '') as {
        python: { file: { uri: string }; hash: string }[];
      };
      return header.python.find(({ file }) => file.uri === uri)?.hash ?? '';
    };
    assert.equal(kept?.factsOf(`${NAME}/test_one.py`, hashOf(`${NAME}/test_one.py`)), null);
    assert.equal(kept.factsOf(`${NAME}/client.py`, hashOf(`${NAME}/client.py`))?.functions.length, 1);
    assert.equal(kept.factsOf(`${NAME}/client.py`, 'another'), null);
    const [second, steps] = await open(files, store);
    assert.ok(!steps.includes('analyse 1'), steps.join());
    assert.deepEqual(levels(second), ['linux', 'api']);
  });
});

describe('DiskIndexStore', () => {
  let folder: string;
  let program: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'interop-lens-index-'));
    program = path.join(folder, 'program.js');
    writeFileSync(program, 'one');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const newStore = (): DiskIndexStore => new DiskIndexStore(path.join(folder, 'deep/er'), program);
  const keptFiles = (): string[] =>
    readdirSync(path.join(folder, 'deep/er')).map((name) => path.join(folder, 'deep/er', name));

  it('gives back what was written last under a name', async () => {
    await newStore().write('a', 'first');
    await newStore().write('a', 'seco\u{1f427}nd\n');
    await newStore().write('b', 'other');
    assert.equal(await newStore().read('a'), 'seco\u{1f427}nd\n');
    assert.equal(await newStore().read('b'), 'other');
    assert.equal(await newStore().read('c'), null);
    assert.equal(keptFiles().length, 2);
  });

  it('gives nothing of another program', async () => {
    await newStore().write('a', 'text');
    writeFileSync(program, 'two');
    assert.equal(await newStore().read('a'), null);
  });

  it('gives nothing of a damaged file, wherever the damage is', async () => {
    await newStore().write('a', 'a longer text to be damaged');
    const [file = ''] = keptFiles();
    const whole = readFileSync(file);
    for (let at = 0; at < whole.length; at += 7) {
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] ?? 0) ^ 1;
      writeFileSync(file, damaged);
      assert.equal(await newStore().read('a'), null, `byte ${at}`);
    }
    writeFileSync(file, whole.subarray(0, whole.length - 1));
    assert.equal(await newStore().read('a'), null);
    writeFileSync(file, '');
    assert.equal(await newStore().read('a'), null);
  });

  it('keeps nothing where nothing can be written, and says nothing', async () => {
    const store = new DiskIndexStore(program, program);
    await store.write('a', 'text');
    assert.equal(await store.read('a'), null);
  });

  it('lets go of those that were not used for longest', async () => {
    const store = newStore();
    const names = 'abcdefghij'.split('');
    for (const [i, name] of names.entries()) {
      const before = new Set(i === 0 ? [] : keptFiles());
      await store.write(name, name);
      for (const file of keptFiles()) if (!before.has(file)) utimesSync(file, 1000 + i, 1000 + i);
      // The first is used all the time.
      assert.equal(await store.read('a'), 'a');
    }
    assert.equal(keptFiles().length, 8);
    assert.deepEqual(await Promise.all(names.map((name) => store.read(name))), ['a', null, null, ...names.slice(3)]);
  });
});
