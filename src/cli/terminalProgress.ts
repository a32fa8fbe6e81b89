import type { ProgressListener } from '../engine/progress';
import type { Terminal } from './output';

const WORDS = { list: 'Listing files', read: 'Reading', link: 'Linking', analyse: 'Analysing' } as const;
const CLEAR_LINE = '\r\u001b[K';

/** A line on the terminal that tells how far the index is, and goes when it is done. Nothing where standard error is no terminal. */
export interface TerminalProgress {
  readonly listener: ProgressListener;
  clear(): void;
}

export function showProgress({ stderr }: Terminal): TerminalProgress {
  if (!stderr.isTTY) return { listener: () => undefined, clear: () => undefined };
  let shown = '';
  return {
    listener(step, done, total) {
      const percent = total > 0 ? ` ${Math.floor((done * 100) / total)} %` : '';
      const line = `${WORDS[step]}${percent} …`;
      if (line === shown) return;
      shown = line;
      stderr.write(`${CLEAR_LINE}${line}`);
    },
    clear() {
      if (shown !== '') stderr.write(CLEAR_LINE);
      shown = '';
    },
  };
}
