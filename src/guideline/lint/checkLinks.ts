import type { Guideline, GuidelineTest } from '../../model/guideline';
import type { TestCase } from '../../model/testCase';
import type { TraceEntry } from '../../model/trace';
import type { LintDraft } from './lintDraft';

/** What the link states of a file's entries mean for its reader. `ok`, `duplicate` (IL411) and `external` say nothing here. */
export function checkLinks(guideline: Guideline, traced: readonly TraceEntry[]): LintDraft[] {
  const isDraft = guideline.status?.value !== 'approved' && guideline.status?.value !== 'superseded';
  return traced.flatMap((trace) => [
    ...checkState(trace, isDraft),
    ...checkConflicts(trace),
    ...checkDeadAliases(trace),
    ...checkRemovedFlag(trace),
  ]);
}

function checkState(trace: TraceEntry, isDraft: boolean): LintDraft[] {
  const { entry, target, state } = trace;
  const key = entry.name;
  const today = target?.name ?? '';
  const related = target === null ? [] : [locate(target)];
  switch (state) {
    case 'removed': {
      const message = `The test is gone: no test carries ${entry.id}, and no name of this entry is live.`;
      // A flag says that it is known; what remains is history.
      return [{ rule: 'IL430', range: key.range, message, atMost: entry.flag === null ? 'error' : 'info' }];
    }
    case 'id-mismatch':
      return [
        { rule: 'IL431', range: entry.idAsWritten?.range ?? key.range, message: explainMismatch(trace), related },
      ];
    case 'renamed':
      return [{ rule: 'IL432', range: key.range, message: `The test is called ${today} today.`, related }];
    case 'moved':
      return [{ rule: 'IL433', range: key.range, message: `The test moved to ${target?.module ?? ''}.`, related }];
    case 'placeholder':
      return [{ rule: 'IL436', range: key.range, message: `"${key.value}" stands in for a test and names none.` }];
    case 'alias-live':
      // Approved guidelines keep the key and take new names as aliases: there it is as it should be.
      if (!isDraft) return [];
      return [{ rule: 'IL437', range: key.range, message: `Only an alias has the name of today, ${today}.`, related }];
    case 'no-id':
      return [
        { rule: 'IL438', range: key.range, message: `No test is called "${key.value}", and there is no id to follow.` },
      ];
    default:
      return [];
  }
}

function explainMismatch({ entry, target, resolvedBy, candidates }: TraceEntry): string {
  const idIsLive = entry.id !== null && candidates.some((test) => test.ids.includes(entry.id ?? ''));
  if (idIsLive) return `This id belongs to ${target?.name ?? ''}, but the key names another live test.`;
  const name = resolvedBy === 'alias' ? `its alias ${target?.name ?? ''}` : `"${entry.name.value}"`;
  const carried = target?.ids.join(', ') ?? '';
  return `No test carries this id; ${name} is live ${carried === '' ? 'without an id' : `with ${carried}`}.`;
}

function checkConflicts({ entry, conflictingAliases, state }: TraceEntry): LintDraft[] {
  if (state === 'id-mismatch') return [];
  return findAliases(entry, conflictingAliases).map(({ value, range }) => ({
    rule: 'IL434',
    range,
    message: `The alias ${value} is another live test, with another id.`,
  }));
}

/**
 * An old name as alias is how guidelines keep old results comparable, so an alias may well be dead. It is only worth a
 * word when no name of the entry leads to the test any more.
 */
function checkDeadAliases({ entry, state }: TraceEntry): LintDraft[] {
  if (state !== 'renamed' && state !== 'moved') return [];
  return entry.aliases.map(({ value, range }) => ({
    rule: 'IL435',
    range,
    message: `No test is called ${value} any more, and none is called like the key either.`,
  }));
}

/** A flag that says that the test is gone, while its id is live. */
function checkRemovedFlag({ entry, target, candidates }: TraceEntry): LintDraft[] {
  const isLive = entry.id !== null && candidates.some(({ ids }) => ids.includes(entry.id ?? ''));
  if (entry.flag?.code !== 'D406' || target === null || !isLive) return [];
  const message = `The flag says that the test was removed, but it is there: ${target.name}.`;
  return [{ rule: 'IL444', range: entry.flag.reason?.range ?? entry.name.range, message, related: [locate(target)] }];
}

function findAliases(entry: GuidelineTest, values: readonly string[]): GuidelineTest['aliases'] {
  return entry.aliases.filter(({ value }) => values.includes(value));
}

function locate(target: TestCase): { uri: string; range: TestCase['definition']['nameRange']; message: string } {
  const { uri, nameRange } = target.definition;
  return { uri, range: nameRange, message: `The test: ${target.name}.` };
}
