/** Told while the index is built. `done` and `total` count files; `total` is 0 while listing. */
export type ProgressListener = (step: 'list' | 'read' | 'link' | 'analyse', done: number, total: number) => void;

/** Polled between files and between tests; true ends the work with a CancelledError. */
export type CancellationCheck = () => boolean;

/** The work was cancelled by its caller; nothing was changed. */
export class CancelledError extends Error {
  constructor() {
    super('The operation was cancelled.');
    this.name = 'CancelledError';
  }
}
