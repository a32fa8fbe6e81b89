import assert from 'node:assert/strict';
import { nameModules } from '../../../src/project/moduleNames';

function names(paths: readonly string[], rootUri = 'file:///work/tempest'): Record<string, string> {
  const placed = paths.map((path) => ({ uri: `${rootUri}/${path}`, rootUri, path }));
  const named = nameModules(placed);
  return Object.fromEntries(
    placed.map(({ uri, path }) => [
      path,
      `${named.get(uri)?.name ?? ''}${named.get(uri)?.isPackage ? ' package' : ''}`,
    ]),
  );
}

describe('nameModules', () => {
  it('follows the chain of packages', () => {
    assert.deepEqual(names(['tempest/__init__.py', 'tempest/api/__init__.py', 'tempest/api/base.py', 'setup.py']), {
      'tempest/__init__.py': 'tempest package',
      'tempest/api/__init__.py': 'tempest.api package',
      'tempest/api/base.py': 'tempest.api.base',
      'setup.py': 'setup',
    });
  });

  it('stops at a folder that is no package', () => {
    assert.deepEqual(names(['a/__init__.py', 'a/scripts/run.py', 'a/scripts/lib/__init__.py', 'a/scripts/lib/x.py']), {
      'a/__init__.py': 'a package',
      'a/scripts/run.py': 'run',
      'a/scripts/lib/__init__.py': 'lib package',
      'a/scripts/lib/x.py': 'lib.x',
    });
  });

  it('knows a package below a source folder', () => {
    assert.equal(names(['src/pkg/__init__.py', 'src/pkg/x.py'])['src/pkg/x.py'], 'pkg.x');
  });

  it('takes the folder that was opened for the package that it is', () => {
    assert.deepEqual(names(['__init__.py', 'api/__init__.py', 'api/base.py', 'test.py'], 'file:///work/tempest'), {
      '__init__.py': 'tempest package',
      'api/__init__.py': 'tempest.api package',
      'api/base.py': 'tempest.api.base',
      'test.py': 'tempest.test',
    });
    assert.equal(names(['__init__.py'], 'file:///work/my%20pkg')['__init__.py'], 'my pkg package');
  });

  it('keeps the roots apart', () => {
    const named = nameModules([
      { uri: 'file:///a/p/__init__.py', rootUri: 'file:///a', path: 'p/__init__.py' },
      { uri: 'file:///b/p/x.py', rootUri: 'file:///b', path: 'p/x.py' },
    ]);
    assert.equal(named.get('file:///b/p/x.py')?.name, 'x');
  });
});
