import { findGrammarFolder } from '../grammarFiles';
import { usageError } from '../readArguments';
import type { ExitCode, Invocation } from './command';

/**
 * `interop-lens lsp --stdio`: runs the language server in this process. It finds `--stdio` on the command line by itself, and ends the
 * process when its client tells it to.
 */
export async function serveLanguage({ spec, args }: Invocation): Promise<ExitCode> {
  if (args.flag('stdio') !== true)
    throw usageError(spec, 'the server speaks on standard input and output only, add --stdio');
  const folder = await findGrammarFolder();
  // Loaded on demand: no other command needs the protocol's library.
  const { startNodeServer } = await import('../../server/node');
  startNodeServer(folder);
  return 0;
}
