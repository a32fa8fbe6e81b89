import { readFileSync, rmSync, writeFileSync } from 'node:fs';

/** Begins every line that a suite writes from inside the editor (test/vscode/hostRunner.ts). */
export const LINE_MARK = '» ';
/** Begins the one with its counts. */
const RESULTS_MARK = '» results ';

/** The environment variable that names the file in which the launcher leaves the counts. */
export const RESULTS_VARIABLE = 'INTEROP_LENS_RESULTS_FILE';

/**
 * The counts in a suite's output, or null when it ended without any.
 * @param {string} output
 * @returns {{ passed: number, failed: number, skipped: number } | null}
 */
export function findCounts(output) {
  const start = output.lastIndexOf(RESULTS_MARK);
  if (start < 0) return null;
  const [line] = output.slice(start + RESULTS_MARK.length).split('\n', 1);
  try {
    const { passed, failed, skipped } = JSON.parse(line);
    return { passed, failed, skipped };
  } catch {
    return null;
  }
}

/**
 * Leaves a line with counts in the file that the runner named: a pipe's end can be lost when a process exits.
 * @param {string} line
 */
export function keepCounts(line) {
  const file = process.env[RESULTS_VARIABLE];
  if (file && line.startsWith(RESULTS_MARK)) writeFileSync(file, `${line}\n`);
}

/**
 * Takes the counts that the launcher kept.
 * @param {string} file
 */
export function takeKeptCounts(file) {
  try {
    return findCounts(readFileSync(file, 'utf8'));
  } catch {
    return null;
  } finally {
    rmSync(file, { force: true });
  }
}
