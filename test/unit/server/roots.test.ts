import assert from 'node:assert/strict';
import { type FileSource, SourceError } from '../../../src/engine/fileSource';
import { type IndexRun, mergeRoots, RootSource } from '../../../src/server/roots';

describe('roots', () => {
  it('are each there once; a workspace folder in another one is not', () => {
    const merged = mergeRoots([
      { uri: 'file:///w/tempest/guidelines', kind: 'guidelines' },
      { uri: 'file:///w/tempest/sub', kind: 'workspace' },
      { uri: 'file:///w/tempest', kind: 'workspace' },
      { uri: 'file:///w/tempest', kind: 'guidelines' },
      { uri: 'file:///w/tempest2', kind: 'guidelines' },
    ]);
    assert.deepEqual(merged, [
      { uri: 'file:///w/tempest', kind: 'workspace' },
      { uri: 'file:///w/tempest2', kind: 'guidelines' },
      { uri: 'file:///w/tempest/guidelines', kind: 'guidelines' },
    ]);
  });

  it('of guidelines do not swallow a workspace folder', () => {
    const merged = mergeRoots([
      { uri: 'file:///w', kind: 'guidelines' },
      { uri: 'file:///w/tempest', kind: 'workspace' },
    ]);
    assert.deepEqual(
      merged.map((root) => root.uri),
      ['file:///w/tempest', 'file:///w'],
    );
  });
});

describe('the source of a root', () => {
  const inner = (files: readonly string[]): FileSource => ({
    rootUri: 'file:///w',
    list: () =>
      Promise.resolve(files.map((path) => ({ uri: `file:///w/${path}`, rootUri: 'file:///w', path, size: null }))),
    read: () => Promise.reject(new Error('not read here')),
  });
  const newRun = (): IndexRun & { readonly errors: string[] } => {
    const errors: string[] = [];
    return { offered: new Set(), onUnreadable: (error) => errors.push(error.message), errors };
  };
  const pathsOf = async (source: FileSource): Promise<string[]> =>
    (await source.list(() => false)).map(({ path }) => path);

  it('offers what no other offered', async () => {
    const run = newRun();
    assert.deepEqual(await pathsOf(new RootSource(inner(['a.py', 'b.json']), 'workspace', run)), ['a.py', 'b.json']);
    assert.deepEqual(await pathsOf(new RootSource(inner(['a.py', 'b.json', 'c.json', 'd.py']), 'guidelines', run)), [
      'c.json',
    ]);
  });

  it('tells of a root that cannot be read, and offers nothing', async () => {
    const run = newRun();
    const broken = { ...inner([]), list: () => Promise.reject(new SourceError('Cannot read it.', 'file:///w')) };
    assert.deepEqual(await pathsOf(new RootSource(broken, 'workspace', run)), []);
    assert.deepEqual(run.errors, ['Cannot read it.']);
  });
});
