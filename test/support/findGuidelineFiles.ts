import { existsSync } from 'node:fs';
import path from 'node:path';

/** The eight published guideline files that the tests read; from the environment, else beside the repository. */
export const GUIDELINE_FOLDER =
  process.env.INTEROP_LENS_GUIDELINES ?? path.resolve(__dirname, '../../../shared/guidelines');

/** Why the files cannot be used, or null when they are there. */
export function whyNoGuidelines(): string | null {
  if (existsSync(path.join(GUIDELINE_FOLDER, '2020.06.json'))) return null;
  return `no guideline files in ${GUIDELINE_FOLDER}; set INTEROP_LENS_GUIDELINES to a checkout of the interop repository`;
}
