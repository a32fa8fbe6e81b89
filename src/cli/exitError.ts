/** Ends the command with exit code 2: bad usage or input that cannot be read. The message says what to do. */
export class ExitError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ExitError';
  }
}
