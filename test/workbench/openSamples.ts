import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openWorkbench, type Workbench } from '../../scripts/vscode-host/workbench.mjs';

const root = path.resolve(__dirname, '../..');

/** A workbench on a copy of samples/, which is a git repository with one commit. */
export interface OpenSamples {
  readonly workbench: Workbench;
  /** The copy. */
  readonly folder: string;
  readonly close: () => Promise<void>;
}

export async function openSamples(): Promise<OpenSamples> {
  const scratch = mkdtempSync(path.join(tmpdir(), 'interop-lens-samples-'));
  const folder = path.join(scratch, 'samples');
  cpSync(path.join(root, 'samples'), folder, { recursive: true });
  const git = (...args: readonly string[]): void => {
    const identity = ['-c', 'user.name=Reviewer', '-c', 'user.email=reviewer@example.org'];
    execFileSync('git', [...identity, '-C', folder, ...args], { stdio: 'ignore' });
  };
  git('init');
  git('add', '.');
  git('commit', '-m', 'Samples');
  const workbench = await openWorkbench({ root, workspace: folder, size: { width: 1400, height: 900 } });
  return {
    workbench,
    folder,
    close: async () => {
      await workbench.close();
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}

/** Leaves a picture of the window where a test failed. */
export async function keepPicture(workbench: Workbench, title: string): Promise<void> {
  const logs = path.join(root, '.cache/logs');
  mkdirSync(logs, { recursive: true });
  await workbench.takePicture(path.join(logs, `${title.replace(/\W+/g, '-')}.png`));
}
