import { execFile, type ExecFileException } from 'node:child_process';
import path from 'node:path';
import { SourceError } from '../fileSource';
import { toFileUri } from '../node';

/** Guidelines are far smaller; git's output beyond it is refused rather than cut. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * The text of a file as a revision of its git repository has it.
 * @param revision what git takes: `HEAD`, a branch, a commit
 * @throws SourceError when git is missing, the file is in no repository, or the revision does not have it
 */
export function readRevision(file: string, revision: string): Promise<string> {
  const folder = path.dirname(path.resolve(file));
  // Behind `--end-of-options` a revision that starts with a hyphen is no option.
  const args = ['-C', folder, 'show', '--end-of-options', `${revision}:./${path.basename(file)}`];
  return new Promise((resolve, reject) => {
    execFile('git', args, { encoding: 'utf8', maxBuffer: MAX_BYTES }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new SourceError(explainGit(error, stderr, file, revision), toFileUri(path.resolve(file))));
    });
  });
}

function explainGit(error: ExecFileException, stderr: string, file: string, revision: string): string {
  if (error.code === 'ENOENT') return 'git is not installed, or not in PATH.';
  return `git has no ${file} in ${revision}: ${(stderr.trim() || error.message).split('\n')[0] ?? ''}`;
}
