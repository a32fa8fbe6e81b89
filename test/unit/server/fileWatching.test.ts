import assert from 'node:assert/strict';
import { FileChangeType, type FileEvent } from 'vscode-languageserver';
import { splitFileEvents } from '../../../src/server/fileWatching';

describe('file events', () => {
  it('concern source files and removed folders', () => {
    const events: FileEvent[] = [
      { uri: 'file:///w/a.py', type: FileChangeType.Changed },
      { uri: 'file:///w/new.txt', type: FileChangeType.Created },
      { uri: 'file:///w/readme.md', type: FileChangeType.Changed },
      { uri: 'file:///w/gone.py', type: FileChangeType.Deleted },
      { uri: 'file:///w/gone', type: FileChangeType.Deleted },
      { uri: 'file:///w/gone.md', type: FileChangeType.Deleted },
      { uri: 'file:///w/.tox/py3/a.py', type: FileChangeType.Created },
    ];
    assert.deepEqual(splitFileEvents(events), {
      changed: ['file:///w/a.py', 'file:///w/new.txt'],
      removed: ['file:///w/gone.py', 'file:///w/gone'],
    });
  });

  it('of one file count by the last', () => {
    const uri = 'file:///w/a.py';
    const created: FileEvent = { uri, type: FileChangeType.Created };
    const deleted: FileEvent = { uri, type: FileChangeType.Deleted };
    assert.deepEqual(splitFileEvents([created, deleted]), { changed: [], removed: [uri] });
    assert.deepEqual(splitFileEvents([deleted, created]), { changed: [uri], removed: [] });
  });
});
