import type { FunctionFacts } from '../model/facts';
import type { Finding, Fix } from '../model/finding';
import type { TextRange } from '../model/text';
import { findTest, findValidationSkip, removeLines } from './dropUnused';
import { waysTo } from './evidence';
import { walkNodes } from './findNode';
import { openFixFile, type FixContext, type FixFile, type Offer } from './fixContext';
import { bootsOf, noteOn, planGuard, startsOf } from './guardBlock';

const CLIENT_MAKERS: ReadonlySet<string> = new Set(['RemoteClient', 'get_remote_client']);
/** More tests than this to choose from help nobody. */
const MAX_TESTS = 3;

/**
 * `@testtools.skipUnless(CONF.validation.run_validation, …)` → `if CONF.validation.run_validation:` around what needs the guest: a
 * skipped test is no pass. In the test of the finding, or, for one in a helper, in the tests that come to it. Where no assertion
 * remains outside of the block it is a suggestion; and `testtools` has to stay in use.
 */
export function guardInline(finding: Finding, context: FixContext): Offer {
  const fixes: Fix[] = [];
  const reasons = new Set<string>();
  const seen = new Set<string>();
  const starts = waysTo(finding, context).flatMap(({ path }) => path.slice(0, 1));
  for (const { uri, range } of [finding, ...starts]) {
    const file = openFixFile(uri, context);
    const fn = file === null ? null : findTest(file, range);
    if (file === null || fn === null) continue;
    const key = `${uri} ${fn.range.start}`;
    if (seen.has(key) || fixes.length >= MAX_TESTS) continue;
    seen.add(key);
    const fix = guardIn(file, fn, range, context);
    if (typeof fix === 'string') reasons.add(fix);
    else fixes.push(fix);
  }
  return fixes.length > 0 ? fixes : [...reasons].join('; ') || 'no test is skipped with validation off';
}

function guardIn(file: FixFile, fn: FunctionFacts, range: TextRange, context: FixContext): Fix | string {
  const decorator = findValidationSkip(file, fn);
  if (decorator === null) return 'no decorator skips the test with validation off';
  const places = [range, ...clientPlaces(fn), ...startsOf(file, fn, context)];
  const plan = planGuard(file, fn, places, bootsOf(file, fn, context), context);
  if (typeof plan === 'string') return plan;
  const removal = removeLines(file, decorator);
  if (removal === null) return 'the decorator shares a line';
  if (file.text.split('testtools.').length <= 2) return 'the import of testtools would be left without use';
  return {
    id: 'skip-to-inline',
    title: `Guard the guest part of ${fn.name} instead of skipping it`,
    safe: plan.asserts,
    note: plan.asserts ? null : noteOn(plan),
    edits: [removal, ...plan.edits],
    keepsFinding: true,
  };
}

/** Where the test makes itself a guest client: the guard begins there. */
function clientPlaces(fn: FunctionFacts): TextRange[] {
  return [...walkNodes(fn.body)].flatMap((node) => {
    if (node.k !== 'call') return [];
    const name = node.fn.k === 'attr' ? node.fn.attr : node.fn.k === 'name' ? node.fn.id : '';
    return CLIENT_MAKERS.has(name) ? [{ start: node.s, end: node.e }] : [];
  });
}
