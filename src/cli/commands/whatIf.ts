import { makeDraftEdits } from '../../engine/draftEdits';
import { applyEdits } from '../../model/textEdits';
import { DRAFT_KINDS, type DraftKind } from '../../policy/draftCapabilities';
import { printUnifiedDiff } from '../../report/unifiedDiff';
import { TODAYS_POLICY, type Policy } from '../../model/whatIfPolicy';
import { BUILTIN_PROFILES } from '../../policy/builtinProfiles';
import { evaluatePolicy } from '../../policy/evaluatePolicy';
import { PolicyError, readPolicy } from '../../policy/readPolicy';
import { printJson } from '../../report/places';
import { reportWhatIf, type WhatIfReport } from '../../report/whatIfReport';
import { printWhatIfMarkdown, printWhatIfText } from '../../report/whatIfTables';
import { ExitError } from '../exitError';
import { openIndex } from '../openIndex';
import { openProfile } from '../openProfile';
import { type Terminal, writeAnswer } from '../output';
import { type Arguments, usageError } from '../readArguments';
import type { ExitCode, Invocation } from './command';

const PRINTERS: Readonly<Record<string, (report: WhatIfReport) => string>> = {
  json: printJson,
  md: printWhatIfMarkdown,
};

/** `interop-lens whatif` */
export async function judgeWhatIf({ spec, args, terminal }: Invocation): Promise<ExitCode> {
  if (args.flag('list-profiles') === true) {
    await writeAnswer(terminal, listProfiles());
    return 0;
  }
  const kind = DRAFT_KINDS.find((one) => one === args.text('draft'));
  if (kind) return printDrafts(kind, args, terminal);
  const named = args.text('profile');
  if (named === undefined)
    throw usageError(spec, 'name a profile with --profile; --list-profiles lists the built-in ones');
  const policy = openPolicy(args.list('policy'));
  const profile = await openProfile(named, terminal);
  const request = {
    roots: args.list('root'),
    cache: args.text('cache'),
    guidelines: args.list('guideline'),
    readRoots: true,
  };
  const { view, guidelines } = await openIndex(request, terminal);
  if (guidelines.length === 0)
    throw new ExitError(
      'whatif: there is no guideline under the roots. Name a guideline file or folder with --guideline PATH.',
    );
  const table = view.whatIf(policy.rewrites);
  const paths = new Set(guidelines.map(({ uri }) => uri));
  const input = {
    ...table,
    guidelines: table.guidelines.filter(({ file }) => paths.has(table.files[file]?.uri ?? '')),
  };
  const report = reportWhatIf(evaluatePolicy(input, profile, policy), input);
  const print = PRINTERS[args.text('format') ?? 'text'] ?? printWhatIfText;
  await writeAnswer(terminal, print(report));
  return 0;
}

/** A patch that `git apply` takes; guidelines that cannot be added to are told when there is no other. */
async function printDrafts(kind: DraftKind, args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const request = { roots: args.list('root'), guidelines: args.list('guideline'), readRoots: true };
  const { view, guidelines, places } = await openIndex(request, terminal);
  const refusals: string[] = [];
  const files = guidelines.flatMap(({ uri }) => {
    const edits = makeDraftEdits(view, uri, kind);
    if (typeof edits === 'string') {
      refusals.push(`${places.pathOf(uri)}: ${edits}.`);
      return [];
    }
    const before = view.text(uri) ?? '';
    return [{ path: places.pathOf(uri), before, after: applyEdits(before, edits) }];
  });
  if (files.length === 0)
    throw new ExitError(
      ['whatif: no draft guideline to add to. Name one with --guideline PATH.', ...refusals].join('\n'),
    );
  await writeAnswer(terminal, files.map(({ path, before, after }) => printUnifiedDiff(path, before, after)).join(''));
  return 0;
}

function openPolicy(switches: readonly string[]): Policy {
  if (switches.length === 0) return TODAYS_POLICY;
  try {
    return readPolicy(switches);
  } catch (error) {
    if (error instanceof PolicyError) throw new ExitError(`whatif: --policy: ${error.message}.`.replace(/\?\.$/, '?'));
    throw error;
  }
}

function listProfiles(): string {
  const width = Math.max(...BUILTIN_PROFILES.map(({ key }) => key.length));
  return BUILTIN_PROFILES.map(
    ({ key, profile }) => `${key.padEnd(width)}  ${profile.name}. ${profile.description}\n`,
  ).join('');
}
