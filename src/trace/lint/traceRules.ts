import type { RuleInfo } from '../../model/finding';

/** A rule of tests that guidelines name. `severity` holds for drafts and approved guidelines; what only a superseded one says is information. */
export type TraceRule = Omit<RuleInfo, 'url'>;

/** Every rule of traceability in tests, by id. */
export const TRACE_RULES = [
  {
    id: 'IL301',
    name: 'test-listed-under-old-name',
    severity: 'info',
    summary: 'A guideline lists the test under a name that it no longer has',
  },
  {
    id: 'IL302',
    name: 'id-differs-from-guideline',
    severity: 'warning',
    summary: 'A guideline names the test with another idempotent id',
  },
  {
    id: 'IL303',
    name: 'listed-test-without-id',
    severity: 'warning',
    summary: 'A guideline lists the test, and the test has no idempotent id',
  },
  {
    id: 'IL304',
    name: 'id-on-several-tests',
    severity: 'warning',
    summary: 'The same idempotent id stands on several tests',
  },
  {
    id: 'IL305',
    name: 'malformed-id',
    severity: 'error',
    summary: 'The argument of idempotent_id is no UUID',
  },
  {
    id: 'IL306',
    name: 'name-is-alias-of-another',
    severity: 'info',
    summary: 'A guideline has the name of the test as an alias of another test',
  },
  {
    id: 'IL307',
    name: 'listed-test-always-skipped',
    severity: 'warning',
    summary: 'A decorator always skips a test that a current guideline lists without a flag',
  },
  {
    id: 'IL308',
    name: 'required-test-gone',
    severity: 'warning',
    summary: 'A test that a current guideline requires is gone from its class',
  },
] as const satisfies readonly TraceRule[];

export type TraceRuleId = (typeof TRACE_RULES)[number]['id'];

/** The rule of an id. */
export function findTraceRule(id: TraceRuleId): TraceRule {
  const found = TRACE_RULES.find((rule) => rule.id === id);
  if (found === undefined) throw new Error(`no rule ${id}`);
  return found;
}
