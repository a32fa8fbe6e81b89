import { promises as files } from 'node:fs';
import path from 'node:path';
import type { PageAssets } from '../report/reportPage';
import { ExitError } from './exitError';

/**
 * Script and style of the report page from `page` beside the program (`dist` when built, else that of the checkout).
 * @throws ExitError when they are not there: a checkout has to be built first.
 */
export async function readPageAssets(): Promise<PageAssets> {
  const folders = [path.join(__dirname, 'page'), path.join(__dirname, '../../dist/page')];
  for (const folder of folders) {
    try {
      return {
        script: await files.readFile(path.join(folder, 'report.js'), 'utf8'),
        style: await files.readFile(path.join(folder, 'report.css'), 'utf8'),
      };
    } catch {
      // The next one, then.
    }
  }
  throw new ExitError(
    `The report page is missing (${folders[0]}): run "npm ci && npm run build" in the checkout, or install the package again.`,
  );
}
