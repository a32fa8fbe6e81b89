import { once } from 'node:events';

/** Where a command prints; the process' streams, or a test's. */
export interface Terminal {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

/** Writes the answer and waits until it has left the process. A reader that went away (`| head`) is no failure. */
export async function writeAnswer(terminal: Terminal, text: string): Promise<void> {
  if (text === '') return;
  await new Promise<void>((resolve, reject) => {
    terminal.stdout.write(text, (error) => (error && !isBrokenPipe(error) ? reject(error) : resolve()));
  });
}

/** One line on standard error. */
export function complain(terminal: Terminal, message: string): void {
  terminal.stderr.write(`interop-lens: ${message}\n`);
}

/** Without a listener a closed pipe would end the process with a stack trace. */
export function survivesBrokenPipe(terminal: Terminal): void {
  for (const stream of [terminal.stdout, terminal.stderr]) {
    stream.on('error', (error: Error) => {
      if (!isBrokenPipe(error)) throw error;
    });
  }
}

/** Waits until standard error has left the process as well. */
export async function flushErrors(terminal: Terminal): Promise<void> {
  if (terminal.stderr.writableNeedDrain && !terminal.stderr.destroyed) await once(terminal.stderr, 'drain');
}

function isBrokenPipe(error: Error): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED';
}
