import * as vscode from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { activateExtension, type InteropLensApi } from './extension';

/** A worker as far as it is used here; the DOM's types are not loaded for this code. */
interface WorkerHandle {
  terminate(): void;
}
declare const Worker: new (address: string) => WorkerHandle;

/** In a browser the server is a worker. */
export function activate(context: vscode.ExtensionContext): InteropLensApi {
  const address = vscode.Uri.joinPath(context.extensionUri, 'dist/server/browser.js').toString(true);
  const worker = new Worker(address);
  context.subscriptions.push({ dispose: () => worker.terminate() });
  return activateExtension(context, (options) => new LanguageClient('interopLens', 'Interop Lens', options, worker));
}
