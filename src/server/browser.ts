import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import type { ServerHost } from './host';
import { startServer } from './startServer';

/** A worker has no disk: grammars and folders are read through the client. */
const host: ServerHost = {
  async loadGrammarBytes(read, grammarFolder) {
    if (grammarFolder === null)
      throw new Error('The editor did not say where the grammars are (initializationOptions.grammars).');
    return {
      runtimeWasm: await read(`${grammarFolder}/web-tree-sitter.wasm`),
      pythonWasm: await read(`${grammarFolder}/tree-sitter-python.wasm`),
      bashWasm: await read(`${grammarFolder}/tree-sitter-bash.wasm`),
    };
  },
  openDiskSource: () => null,
  readRevision: null,
  home: null,
  today: () => new Date().toISOString().slice(0, 10),
};

/** The part of a worker's global scope that is used here; the DOM's types are not loaded for this code. */
declare const self: ConstructorParameters<typeof BrowserMessageReader>[0];

startServer(createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self)), host);
