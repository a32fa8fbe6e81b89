import type * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { activateExtension, type InteropLensApi } from './extension';

/** On a machine the server is a process of its own. */
export function activate(context: vscode.ExtensionContext): InteropLensApi {
  const module = context.asAbsolutePath('dist/server/node.js');
  const run = { module, transport: TransportKind.ipc };
  return activateExtension(
    context,
    (options) => new LanguageClient('interopLens', 'Interop Lens', { run, debug: run }, options),
  );
}
