import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import { inWorkspace, waitForIndex } from '../waiting';

describe('Fetch Published Guidelines', () => {
  let server: Server;
  let asked = 0;

  before(async () => {
    await waitForIndex();
    const guideline = await vscode.workspace.fs.readFile(inWorkspace('guidelines/2099.01.json'));
    server = createServer((request, response) => {
      asked++;
      if (request.url === '/guidelines/2020.06.json') response.end(guideline);
      else if (request.url === '/guidelines/2019.11.json') response.end('{"not": "a guideline"}');
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await settings().update('guidelines.baseUrl', `http://127.0.0.1:${port}/`, vscode.ConfigurationTarget.Global);
  });

  after(async () => {
    server.closeAllConnections();
    server.close();
    await settings().update('guidelines.baseUrl', undefined, vscode.ConfigurationTarget.Global);
  });

  const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('interopLens');

  it('uses no network before the command', () => {
    assert.equal(asked, 0);
  });

  it('keeps what is a guideline, and indexes it', async () => {
    const before = (await waitForIndex()).guidelines;
    const report = await vscode.commands.executeCommand<{ saved: string[]; refused: { name: string }[] }>(
      'interopLens.fetchGuidelines',
    );
    assert.deepEqual(report.saved, ['2020.06.json']);
    assert.deepEqual(
      report.refused.map(({ name }) => name),
      ['2019.11.json'],
    );
    assert.equal((await waitForIndex()).guidelines, before + 1);
  });
});
