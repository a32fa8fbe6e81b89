import type { Guideline, GuidelineTest } from '../../model/guideline';
import type { TraceEntry } from '../../model/trace';
import { parseTestId } from '../testId';
import type { LintDraft } from './lintDraft';

/** What the test entries of a file say by themselves: names, ids, aliases, repetitions. */
export function checkEntries(guideline: Guideline, traced: readonly TraceEntry[]): LintDraft[] {
  const entries = guideline.capabilities.flatMap((capability) => capability.tests);
  return [
    ...entries.flatMap((entry) => [...checkName(entry), ...checkId(guideline, entry), ...checkAliases(entry)]),
    ...checkRepeatedTests(guideline),
    ...checkRepeatedIds(guideline, entries, traced),
  ];
}

const DOTTED_NAME = /^[A-Za-z_]\w*(\.[A-Za-z_]\w*){3,}$/;

function checkName({ name }: GuidelineTest): LintDraft[] {
  const parts = name.value.split('.');
  const lacksClass = !/^_*[A-Z]/.test(parts.at(-2) ?? '') && parts.at(-1)?.startsWith('test') === true;
  if (DOTTED_NAME.test(name.value) && !lacksClass) return [];
  // Gabbi makes its classes from file names, in lower case: such a name only may lack its class.
  const message = DOTTED_NAME.test(name.value)
    ? `"${name.value}" may lack its class: a test is named package.module.Class.test_name.`
    : `"${name.value}" is not the name of a test: package.module.Class.test_name is expected.`;
  const likely = DOTTED_NAME.test(name.value);
  return [{ rule: 'IL425', range: name.range, message, likely, atMost: likely ? 'info' : 'error' }];
}

function checkId(guideline: Guideline, entry: GuidelineTest): LintDraft[] {
  const written = entry.idAsWritten;
  if (written === null || written.value.trim() === '') {
    if (['1.0', '1.2'].includes(guideline.schemaVersion.value)) return [];
    const message = `"${entry.name.value}" has no idempotent id: after a rename nothing leads to the test.`;
    return [{ rule: 'IL414', range: written?.range ?? entry.name.range, message }];
  }
  const { id, tags, prefixed } = parseTestId(written.value);
  const range = written.range;
  if (id === null) return [{ rule: 'IL412', range, message: `"${written.value}" holds no UUID.` }];
  const result: LintDraft[] = [];
  if (tags.length > 0) {
    const message = `Only the id belongs here; "${tags.join(', ')}" comes from the attributes of a test list.`;
    result.push({ rule: 'IL413', range, message });
  }
  // Add-ons write bare UUIDs throughout.
  if (!prefixed && guideline.kind === 'main') {
    result.push({ rule: 'IL415', range, message: `Main guidelines write the id as "id-${id}".` });
  }
  return result;
}

function checkAliases({ name, aliases }: GuidelineTest): LintDraft[] {
  const seen = new Set([name.value]);
  const result: LintDraft[] = [];
  for (const { value, range } of aliases) {
    if (seen.has(value)) {
      const what = value === name.value ? 'the key itself' : 'an earlier alias';
      result.push({ rule: 'IL424', range, message: `This alias repeats ${what}.` });
    }
    seen.add(value);
  }
  return result;
}

function checkRepeatedTests(guideline: Guideline): LintDraft[] {
  const first = new Map<string, { capability: string; entry: GuidelineTest }>();
  const result: LintDraft[] = [];
  for (const { name, tests } of guideline.capabilities) {
    const here = new Set<string>();
    for (const entry of tests) {
      const key = entry.name.value;
      const earlier = first.get(key);
      if (earlier === undefined) first.set(key, { capability: name.value, entry });
      else {
        const twice = here.has(key);
        const message = twice
          ? `"${name.value}" lists this test twice.`
          : `This test also proves "${earlier.capability}".`;
        const related = [
          { uri: guideline.uri, range: earlier.entry.name.range, message: `In "${earlier.capability}".` },
        ];
        result.push({ rule: twice ? 'IL409' : 'IL410', range: entry.name.range, message, related });
      }
      here.add(key);
    }
  }
  return result;
}

/** The same id under two keys, unless both are classes that inherit the test. */
function checkRepeatedIds(
  guideline: Guideline,
  entries: readonly GuidelineTest[],
  traced: readonly TraceEntry[],
): LintDraft[] {
  const states = new Map(traced.map(({ entry, state }) => [entry, state]));
  const first = new Map<string, GuidelineTest>();
  const result: LintDraft[] = [];
  for (const entry of entries) {
    if (entry.id === null) continue;
    const earlier = first.get(entry.id);
    if (earlier === undefined) first.set(entry.id, entry);
    else if (earlier.name.value !== entry.name.value && !areVariants(earlier, entry, states)) {
      const message = `The id ${entry.id} stands under two names: "${earlier.name.value}" too.`;
      const related = [{ uri: guideline.uri, range: earlier.name.range, message: 'The other name.' }];
      result.push({ rule: 'IL411', range: entry.idAsWritten?.range ?? entry.name.range, message, related });
    }
  }
  return result;
}

function areVariants(
  a: GuidelineTest,
  b: GuidelineTest,
  states: ReadonlyMap<GuidelineTest, TraceEntry['state']>,
): boolean {
  const found = ['ok', 'alias-conflict'];
  if (states.has(a) && states.has(b)) return [a, b].every((entry) => found.includes(states.get(entry) ?? ''));
  // Without the sources: one module and method under two classes is what inheritance looks like.
  const [left, right] = [a.name.value.split('.'), b.name.value.split('.')];
  return left.length === right.length && left.every((part, i) => part === right[i] || i === left.length - 2);
}
