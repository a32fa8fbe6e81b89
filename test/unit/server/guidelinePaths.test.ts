import assert from 'node:assert/strict';
import { resolveGuidelinePath } from '../../../src/server/guidelinePaths';

const local = { folders: ['file:///work/tempest', 'file:///work/plugin'], home: 'file:///home/u' };

describe('guideline paths of the settings', () => {
  it('may be absolute, below home, or addresses', () => {
    assert.deepEqual(resolveGuidelinePath('/srv/inter op/', local), ['file:///srv/inter%20op']);
    assert.deepEqual(resolveGuidelinePath('~/interop', local), ['file:///home/u/interop']);
    assert.deepEqual(resolveGuidelinePath('vscode-vfs://github/a/b', local), ['vscode-vfs://github/a/b']);
    assert.deepEqual(resolveGuidelinePath('C:\\interop\\guidelines', local), ['file:///C:/interop/guidelines']);
  });

  it('are relative to every folder otherwise', () => {
    assert.deepEqual(resolveGuidelinePath('guidelines/./x', local), [
      'file:///work/tempest/guidelines/x',
      'file:///work/plugin/guidelines/x',
    ]);
    assert.deepEqual(resolveGuidelinePath('../interop', local), ['file:///work/interop', 'file:///work/interop']);
  });

  it('stay on the machine of the workspace', () => {
    const remote = { folders: ['vscode-remote://host/work/tempest'], home: null };
    assert.deepEqual(resolveGuidelinePath('/srv/interop', remote), ['vscode-remote://host/srv/interop']);
    assert.deepEqual(resolveGuidelinePath('~/interop', remote), []);
  });

  it('mean nothing when empty, or relative without a folder', () => {
    assert.deepEqual(resolveGuidelinePath('  ', local), []);
    assert.deepEqual(resolveGuidelinePath('interop', { folders: [], home: null }), []);
  });
});
