import { createHash } from 'node:crypto';
import { promises as files } from 'node:fs';
import path from 'node:path';
import { describeFailure } from '../../engine/node';
import { collectReport } from '../../report/collectReport';
import type { ReportModel, ReportProfile } from '../../report/reportModel';
import { renderReportPage } from '../../report/reportPage';
import { ExitError } from '../exitError';
import { openIndex } from '../openIndex';
import { openProfile } from '../openProfile';
import { writeAnswer, type Terminal } from '../output';
import { readPageAssets } from '../pageAssets';
import { planLinks } from '../sourceLinks';
import { TOOL } from '../toolInfo';
import type { ExitCode, Invocation } from './command';

/** `interop-lens report` */
export async function writeReport({ args, terminal }: Invocation): Promise<ExitCode> {
  const output = args.text('output');
  const linkTo = planLinks({
    sourceUrl: args.text('source-url'),
    guidelineUrl: args.text('guideline-url'),
    from: output === undefined ? process.cwd() : path.dirname(path.resolve(output)),
  });
  if (output !== undefined) await checkFolder(path.resolve(output));
  const profiles = await openProfiles(args.list('profile'), terminal);
  const request = {
    roots: args.list('root'),
    cache: args.text('cache'),
    guidelines: args.list('guideline'),
    readRoots: true,
  };
  const { view, places, guidelines } = await openIndex(request, terminal);
  if (guidelines.length === 0) {
    throw new ExitError(
      'report: there is no guideline under the roots. Name a guideline file or folder with --guideline PATH.',
    );
  }
  const { model } = collectReport({
    version: TOOL.version,
    traced: guidelines.map((guideline) => ({ guideline, entries: view.trace(guideline.uri) })),
    demandOf: (name) => view.demand(name),
    places,
    linkTo: (uri) => {
      const file = view.file(uri);
      return file ? linkTo(file) : null;
    },
    whatIf: view.whatIf('all'),
    profiles,
  });
  const page = await printPage(model);
  if (output === undefined) await writeAnswer(terminal, page);
  else await writePage(path.resolve(output), page);
  return 0;
}

/** Each under its own path: two clouds may have one name. */
async function openProfiles(named: readonly string[], terminal: Terminal): Promise<readonly ReportProfile[]> {
  const profiles: ReportProfile[] = [];
  for (const key of new Set(named)) profiles.push({ key, profile: await openProfile(key, terminal) });
  return profiles;
}

async function printPage(model: ReportModel): Promise<string> {
  const assets = await readPageAssets();
  return renderReportPage(model, assets, { kind: 'hash', script: hash(assets.script), style: hash(assets.style) });
}

function hash(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('base64');
}

async function writePage(file: string, page: string): Promise<void> {
  try {
    await files.writeFile(file, page);
  } catch (error) {
    throw cannotWrite(file, error);
  }
}

/** Said before the long part of the work. */
async function checkFolder(file: string): Promise<void> {
  try {
    await files.access(path.dirname(file), files.constants.W_OK);
  } catch (error) {
    throw cannotWrite(file, error);
  }
}

function cannotWrite(file: string, error: unknown): ExitError {
  return new ExitError(`Cannot write ${file}: ${describeFailure(error)}. Name another file with --output.`);
}
