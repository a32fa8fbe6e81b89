import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createConnection, ProposedFeatures, type Connection } from 'vscode-languageserver/node';
import type { ServerHost } from './host';
import { DiskSource } from '../engine/node';
import { readCommitted, readRevision } from '../engine/git/node';
import { DiskIndexStore } from '../engine/store/node';
import { startServer } from './startServer';

/** The server's host on a machine: grammars and folders from the disk. */
export function createNodeHost(grammarFolder: string): ServerHost {
  return {
    async loadGrammarBytes() {
      const read = (name: string): Promise<Uint8Array> => readFile(path.join(grammarFolder, name));
      return {
        runtimeWasm: await read('web-tree-sitter.wasm'),
        pythonWasm: await read('tree-sitter-python.wasm'),
        bashWasm: await read('tree-sitter-bash.wasm'),
      };
    },
    openDiskSource: (rootUri) => (rootUri.startsWith('file:') ? new DiskSource(fileURLToPath(rootUri)) : null),
    openIndexStore: (folderUri) =>
      folderUri.startsWith('file:') ? new DiskIndexStore(fileURLToPath(folderUri), __filename) : null,
    readCommitted: (uri) => (uri.startsWith('file:') ? readCommitted(fileURLToPath(uri)) : Promise.resolve(null)),
    readRevision: (uri, revision) => readRevision(fileURLToPath(uri), revision),
    home: pathToFileURL(homedir()).href.replace(/\/$/, ''),
    today: () => new Date().toISOString().slice(0, 10),
  };
}

/**
 * Serves an editor over what the process was started with: `--stdio`, or `--node-ipc` (VS Code). Ends with the editor.
 * @param grammarFolder folder of the three `.wasm` files
 */
export function startNodeServer(grammarFolder: string): void {
  const connection: Connection = createConnection(ProposedFeatures.all);
  startServer(connection, createNodeHost(grammarFolder));
}

// The bundle `dist/server/node.js` is started as a program; the command line bundles this file too and calls `startNodeServer` itself.
if (require.main === module && path.basename(__filename).startsWith('node.'))
  startNodeServer(path.join(__dirname, '../grammars'));
