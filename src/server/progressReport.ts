import type { Connection } from 'vscode-languageserver';

/** Shows how far an index run is. */
export interface ProgressReporter {
  /** @returns the text shown, or null when it is too early for another one. */
  report(step: string, done: number, total: number): string | null;
  done(): void;
}

const VERBS: Record<string, string> = { list: 'Listing', read: 'Reading', link: 'Linking', analyse: 'Analysing' };

/** Often enough to look alive, seldom enough not to flood the connection. */
const INTERVAL_MS = 100;

/** Work-done progress of the protocol where the editor has it; texts for the status in any case. */
export async function startProgress(connection: Connection, supported: boolean): Promise<ProgressReporter> {
  const shown = supported ? await connection.window.createWorkDoneProgress().catch(() => null) : null;
  // Not cancellable: VS Code shows cancellable progress as a notification, and indexing is to be quiet.
  shown?.begin('Interop Lens', 0, 'Indexing', false);
  let last = 0;
  return {
    report(step, done, total) {
      const now = Date.now();
      if (now - last < INTERVAL_MS && done !== total) return null;
      last = now;
      const text = total > 0 ? `${VERBS[step] ?? step} ${done} of ${total}` : `${VERBS[step] ?? step} …`;
      shown?.report(total > 0 ? Math.round((100 * done) / total) : 0, text);
      return text;
    },
    done() {
      shown?.done();
    },
  };
}
