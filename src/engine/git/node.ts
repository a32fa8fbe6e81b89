import { execFile, type ExecFileException } from 'node:child_process';
import path from 'node:path';
import { SourceError } from '../fileSource';
import { toFileUri } from '../node';

/** Guidelines are far smaller; git's output beyond it is refused rather than cut. */
const MAX_BYTES = 64 * 1024 * 1024;

/** A repository that answers later than this (a network disk) is not waited for. */
const TIME_LIMIT = 10_000;

/**
 * The text of a file as a revision of its git repository has it.
 * @param revision what git takes: `HEAD`, a branch, a commit
 * @throws SourceError when git is missing, the file is in no repository, or the revision does not have it
 */
export async function readRevision(file: string, revision: string): Promise<string> {
  const read = await readBlob(path.resolve(file), revision);
  if (typeof read === 'string') return read;
  throw new SourceError(explainGit(read.error, read.stderr, file, revision), toFileUri(path.resolve(file)));
}

/**
 * The text of a file as its git repository has it committed (HEAD); null when there is no git, no repository, or no such
 * file in it.
 * @param file absolute path
 */
export async function readCommitted(file: string): Promise<string | null> {
  const read = await readBlob(file, 'HEAD');
  return typeof read === 'string' ? read : null;
}

interface Failure {
  readonly error: ExecFileException;
  readonly stderr: string;
}

/** Runs nothing that the repository configures: `cat-file` prints the object as it is, and fetches none. */
function readBlob(file: string, revision: string): Promise<string | Failure> {
  // Behind `--end-of-options` a revision that starts with a hyphen is no option.
  const object = ['--end-of-options', `${revision}:./${path.basename(file)}`];
  const args = ['-C', path.dirname(file), 'cat-file', 'blob', ...object];
  const env = { ...process.env, GIT_OPTIONAL_LOCKS: '0', GIT_NO_LAZY_FETCH: '1', GIT_TERMINAL_PROMPT: '0' };
  return new Promise((resolve) => {
    execFile(
      'git',
      args,
      { encoding: 'utf8', maxBuffer: MAX_BYTES, timeout: TIME_LIMIT, env },
      (error, stdout, stderr) => resolve(error === null ? stdout : { error, stderr }),
    );
  });
}

function explainGit(error: ExecFileException, stderr: string, file: string, revision: string): string {
  if (error.code === 'ENOENT') return 'git is not installed, or not in PATH.';
  return `git has no ${file} in ${revision}: ${(stderr.trim() || error.message).split('\n')[0] ?? ''}`;
}
