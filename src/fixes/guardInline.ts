import type { FunctionFacts } from '../model/facts';
import type { Finding } from '../model/finding';
import type { TextRange } from '../model/text';
import { findTest, findValidationSkip, removeLines } from './dropUnused';
import { walkNodes } from './findNode';
import { NOT_INDEXED, openFixFile, type FixContext, type Offer } from './fixContext';
import { planGuard } from './guardBlock';

const CLIENT_MAKERS: ReadonlySet<string> = new Set(['RemoteClient', 'get_remote_client']);

/**
 * `@testtools.skipUnless(CONF.validation.run_validation, …)` → `if CONF.validation.run_validation:` around what needs the guest: a
 * skipped test is no pass. Only where assertions remain outside of the block, and where `testtools` stays in use.
 */
export function guardInline(finding: Finding, context: FixContext): Offer {
  const file = openFixFile(finding.uri, context);
  if (file === null) return NOT_INDEXED;
  const fn = findTest(file, finding.range);
  const decorator = fn === null ? null : findValidationSkip(file, fn);
  if (fn === null || decorator === null) return 'no decorator skips the test with validation off';
  const plan = planGuard(file, fn, [finding.range, ...clientPlaces(fn)]);
  if (typeof plan === 'string') return plan;
  const removal = removeLines(file, decorator);
  if (removal === null) return 'the decorator shares a line';
  if (file.text.split('testtools.').length <= 2) return 'the import of testtools would be left without use';
  return [
    {
      id: 'skip-to-inline',
      title: `Guard the guest part of ${fn.name} instead of skipping it`,
      safe: true,
      note: null,
      edits: [removal, ...plan.edits],
      keepsFinding: true,
    },
  ];
}

/** Where the test makes itself a guest client: the guard begins there. */
function clientPlaces(fn: FunctionFacts): TextRange[] {
  return [...walkNodes(fn.body)].flatMap((node) => {
    if (node.k !== 'call') return [];
    const name = node.fn.k === 'attr' ? node.fn.attr : node.fn.k === 'name' ? node.fn.id : '';
    return CLIENT_MAKERS.has(name) ? [{ start: node.s, end: node.e }] : [];
  });
}
