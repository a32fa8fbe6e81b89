import { promises as files } from 'node:fs';
import path from 'node:path';
import { explainFailure } from '../engine/node';
import type { Finding } from '../model/finding';
import { BaselineError, makeBaseline, matchBaseline, readBaseline } from '../report/baseline';
import type { FindingsContext } from '../report/findingsReport';
import { printJson } from '../report/places';
import { ExitError } from './exitError';
import { complain, type Terminal } from './output';

/**
 * Which findings the baseline file holds. Entries that no finding has any more are told on standard error.
 * @throws ExitError when the file is not there or is no baseline
 */
export async function matchBaselineFile(
  named: string,
  findings: readonly Finding[],
  context: FindingsContext,
  terminal: Terminal,
): Promise<ReadonlySet<Finding>> {
  const { known, gone } = matchBaseline(findings, context, await openBaseline(named));
  if (gone > 0) {
    const told = gone === 1 ? '1 entry of the baseline is gone' : `${String(gone)} entries of the baseline are gone`;
    complain(terminal, `${told}; --write-baseline ${named} leaves out what is mended.`);
  }
  return known;
}

/** Writes the open findings as the baseline file. @throws ExitError when it cannot be written */
export async function writeBaselineFile(
  named: string,
  findings: readonly Finding[],
  context: FindingsContext,
): Promise<number> {
  const baseline = makeBaseline(findings, context);
  try {
    await files.writeFile(path.resolve(named), printJson(baseline));
  } catch (error) {
    throw new ExitError(`The baseline cannot be written: ${explainFailure(named, error)}`);
  }
  return baseline.findings.length;
}

async function openBaseline(named: string): Promise<ReturnType<typeof readBaseline>> {
  let text: string;
  try {
    text = await files.readFile(path.resolve(named), 'utf8');
  } catch (error) {
    throw new ExitError(`${explainFailure(named, error)} --write-baseline ${named} makes one of the findings of now.`);
  }
  try {
    return readBaseline(text);
  } catch (error) {
    if (!(error instanceof BaselineError)) throw error;
    throw new ExitError(
      `${named} cannot be used as a baseline: ${error.message}. --write-baseline ${named} makes a new one.`,
    );
  }
}
