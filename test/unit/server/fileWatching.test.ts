import assert from 'node:assert/strict';
import { FileChangeType, type FileEvent } from 'vscode-languageserver';
import { splitFileEvents } from '../../../src/server/fileWatching';

describe('file events', () => {
  it('concern Python and JSON files, and removed folders', () => {
    const events: FileEvent[] = [
      { uri: 'file:///w/a.py', type: FileChangeType.Changed },
      { uri: 'file:///w/new.json', type: FileChangeType.Created },
      { uri: 'file:///w/readme.md', type: FileChangeType.Changed },
      { uri: 'file:///w/gone.py', type: FileChangeType.Deleted },
      { uri: 'file:///w/gone', type: FileChangeType.Deleted },
      { uri: 'file:///w/gone.txt', type: FileChangeType.Deleted },
      { uri: 'file:///w/.tox/py3/a.py', type: FileChangeType.Created },
    ];
    assert.deepEqual(splitFileEvents(events), {
      changed: ['file:///w/a.py', 'file:///w/new.json'],
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
