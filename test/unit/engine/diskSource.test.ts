import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { SourceError } from '../../../src/engine/fileSource';
import { contains, DiskSource, toFileUri } from '../../../src/engine/node';

const go = (): boolean => false;

describe('DiskSource', () => {
  let folder: string;
  let outside: string;

  beforeEach(() => {
    const base = realpathSync(mkdtempSync(path.join(tmpdir(), 'interop-lens-')));
    folder = path.join(base, 'root');
    outside = path.join(base, 'outside');
    mkdirSync(folder);
    mkdirSync(outside);
  });

  afterEach(() => rmSync(path.dirname(folder), { recursive: true, force: true }));

  function write(relative: string, text = '', base = folder): void {
    const file = path.join(base, relative);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  async function listPaths(source = new DiskSource(folder)): Promise<string[]> {
    return (await source.list(go)).map((file) => file.path).sort();
  }

  it('offers Python and JSON files with their sizes and addresses', async () => {
    write('pkg/a b+é.py', 'x = 1\n');
    write('g/next.json', '{}');
    write('README.md', '#');
    const files = [...(await new DiskSource(folder).list(go))].sort((a, b) => (a.path < b.path ? -1 : 1));
    assert.deepEqual(
      files.map(({ path: relative, size }) => [relative, size]),
      [
        ['g/next.json', 2],
        ['pkg/a b+é.py', 6],
      ],
    );
    assert.equal(files[1]?.uri, `${pathToFileURL(folder).href}/pkg/a%20b+%C3%A9.py`);
    assert.equal(files[1]?.rootUri, pathToFileURL(folder).href);
    assert.equal(Buffer.from(await new DiskSource(folder).read(files[1]?.uri ?? '')).toString(), 'x = 1\n');
  });

  it('leaves out what is no source of the project, at any depth, and keeps hidden folders', async () => {
    for (const name of ['.git', '.tox', 'venv', '.venv', 'node_modules', '__pycache__', '.stestr'])
      write(`deep/${name}/x/a.py`);
    write('.hidden/a.py');
    assert.deepEqual(await listPaths(), ['.hidden/a.py']);
  });

  it('ends on links that lead in circles, and lists no file twice', async () => {
    write('pkg/a.py');
    write('b.py', '', outside);
    symlinkSync(folder, path.join(folder, 'pkg/loop'));
    symlinkSync(path.join(folder, 'pkg'), path.join(folder, 'twin'));
    symlinkSync(path.dirname(folder), path.join(folder, 'up'));
    symlinkSync(outside, path.join(folder, 'linked'));
    symlinkSync(outside, path.join(outside, 'self'));
    symlinkSync(path.join(folder, 'nowhere'), path.join(folder, 'broken.py'));
    symlinkSync(path.join(folder, 'round'), path.join(folder, 'round'));
    assert.deepEqual(await listPaths(), ['linked/b.py', 'pkg/a.py']);
  });

  it('follows a root that is a link itself', async () => {
    write('a.py');
    const link = path.join(outside, 'link');
    symlinkSync(folder, link);
    assert.deepEqual(await listPaths(new DiskSource(link)), ['a.py']);
  });

  it('offers named files of folders that it leaves out, and nothing of folders that another source has', async () => {
    write('.tox/g.json', '{}');
    write('inner [x]/a.py');
    write('b.py');
    const include = [path.join(folder, '.tox/g.json')];
    const exclude = [path.join(folder, 'inner [x]')];
    assert.deepEqual(await listPaths(new DiskSource(folder, { include, exclude })), ['.tox/g.json', 'b.py']);
    assert.deepEqual(await listPaths(new DiskSource(folder, { include, onlyIncluded: true })), ['.tox/g.json']);
  });

  it('says what is wrong with a root or file that cannot be read', async () => {
    write('file.py');
    await assert.rejects(new DiskSource(path.join(folder, 'none')).list(go), (error: unknown) => {
      assert.ok(error instanceof SourceError);
      assert.match(error.message, /none: there is no such file or folder\.$/);
      return true;
    });
    await assert.rejects(new DiskSource(path.join(folder, 'file.py')).list(go), /it is a file, a folder was expected/);
    await assert.rejects(
      new DiskSource(folder).read(toFileUri(path.join(folder, 'gone.py'))),
      /gone\.py: there is no such file/,
    );
  });

  it('stops when it is told to', async () => {
    for (let i = 0; i < 20; i++) write(`p${i}/a.py`);
    assert.deepEqual(await new DiskSource(folder).list(() => true), []);
  });

  it('tells folders that only look alike apart', () => {
    assert.ok(contains('/a/b', '/a/b'));
    assert.ok(contains('/a/b', '/a/b/..c/d'));
    assert.ok(!contains('/a/b', '/a/bc'));
    assert.ok(!contains('/a/b', '/a'));
  });
});
