import { listTargets, selectTests, type SelectedTest } from '../../guideline/selectTests';
import { CAPABILITY_STATUSES, type CapabilityStatus, type Guideline } from '../../model/guideline';
import { findCurrentTests, listLoadLines, listRefstackLines } from '../../report/refstackList';
import { ExitError } from '../exitError';
import { openIndex, type OpenedIndex } from '../openIndex';
import { complain, writeAnswer, type Terminal } from '../output';
import { usageError } from '../readArguments';
import type { ExitCode, Invocation } from './command';

/** `interop-lens tests` */
export async function printTestList(invocation: Invocation): Promise<ExitCode> {
  const { spec, args, terminal } = invocation;
  const current = args.flag('current') === true;
  const loadList = args.flag('load-list') === true;
  if (current && loadList) throw usageError(spec, '--current and --load-list exclude each other');
  const types = readStatuses(invocation);
  const named = args.list('guideline');
  const readRoots = current || loadList || named.length === 0;
  const index = await openIndex(
    { roots: args.list('root'), cache: args.text('cache'), guidelines: named, readRoots },
    terminal,
  );
  const guideline = pickGuideline(index);
  const selected = select(guideline, types, invocation);
  // RefStack joins the lines, so that the last one has no line feed.
  const text =
    current || loadList
      ? printCurrent(index, guideline, selected, loadList, terminal)
      : listRefstackLines(guideline, selected).join('\n');
  await writeAnswer(terminal, text);
  return 0;
}

function readStatuses({ spec, args }: Invocation): readonly CapabilityStatus[] | null {
  const text = args.text('type');
  if (text === undefined) return null;
  return text.split(',').map((word) => {
    const status = CAPABILITY_STATUSES.find((candidate) => candidate === word.trim());
    if (!status)
      throw usageError(
        spec,
        `--type cannot be "${word}"; it takes ${CAPABILITY_STATUSES.join(', ')}, separated by commas`,
      );
    return status;
  });
}

function pickGuideline({ guidelines, places }: OpenedIndex): Guideline {
  const [first, ...others] = guidelines;
  if (!first) throw new ExitError('tests: there is no guideline under the roots. Name one with --guideline FILE.');
  if (others.length > 0) {
    const found = guidelines.map(({ uri }) => places.pathOf(uri)).join(', ');
    throw new ExitError(
      `tests: a list is made of one guideline, and there are ${guidelines.length} (${found}). Name one with --guideline FILE.`,
    );
  }
  return first;
}

function select(
  guideline: Guideline,
  types: readonly CapabilityStatus[] | null,
  { args }: Invocation,
): readonly SelectedTest[] {
  const target = args.text('target') ?? 'platform';
  const selected = selectTests(guideline, {
    target,
    types,
    alias: args.flag('alias') ?? true,
    flag: args.flag('flag') ?? true,
  });
  if (selected !== null) return selected;
  const targets = listTargets(guideline);
  const known = targets.length > 0 ? `it has ${targets.join(', ')}` : 'it has none';
  throw new ExitError(`tests: guideline ${guideline.id.value} has no target "${target}"; ${known}.`);
}

function printCurrent(
  { view }: OpenedIndex,
  guideline: Guideline,
  selected: readonly SelectedTest[],
  loadList: boolean,
  terminal: Terminal,
): string {
  const { tests, missing } = findCurrentTests(view.trace(guideline.uri), selected);
  for (const name of missing) complain(terminal, `no test of the roots answers ${name}`);
  const lines = loadList ? listLoadLines(tests) : tests.map((test) => test.name);
  return lines.map((line) => `${line}\n`).join('');
}
