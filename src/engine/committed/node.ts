import { execFile } from 'node:child_process';
import path from 'node:path';

/** Guidelines are far smaller; what is larger counts as not committed. */
const MAX_BYTES = 64 * 1024 * 1024;

/** A repository that answers later than this (a network disk) is not waited for. */
const TIME_LIMIT = 10_000;

/**
 * The text of a file as its git repository has it committed (HEAD); null when there is no git, no repository, or no such
 * file in it. Runs nothing that the repository configures: `cat-file` prints the object as it is, and fetches none.
 * @param file absolute path
 */
export function readCommitted(file: string): Promise<string | null> {
  const args = ['-C', path.dirname(file), 'cat-file', 'blob', `HEAD:./${path.basename(file)}`];
  const env = { ...process.env, GIT_OPTIONAL_LOCKS: '0', GIT_NO_LAZY_FETCH: '1', GIT_TERMINAL_PROMPT: '0' };
  return new Promise((resolve) => {
    execFile('git', args, { encoding: 'utf8', maxBuffer: MAX_BYTES, timeout: TIME_LIMIT, env }, (error, stdout) =>
      resolve(error === null ? stdout : null),
    );
  });
}
