import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';

describe('protocol: a server of its own', function () {
  this.timeout(60_000);

  it('speaks over standard input and output, and ends with the editor', async () => {
    const server = spawn(process.execPath, [
      '--import',
      'tsx',
      path.resolve(__dirname, '../../src/server/node.ts'),
      '--stdio',
    ]);
    const connection = createProtocolConnection(
      new StreamMessageReader(server.stdout),
      new StreamMessageWriter(server.stdin),
    );
    connection.listen();
    const answer = await connection.sendRequest<{ serverInfo: { name: string } }>('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities: {},
      workspaceFolders: null,
    });
    assert.equal(answer.serverInfo.name, 'Interop Lens');
    await connection.sendNotification('initialized', {});
    await connection.sendRequest('shutdown');
    const ended = once(server, 'exit');
    await connection.sendNotification('exit');
    assert.deepEqual(await ended, [0, null]);
    connection.dispose();
  });
});
