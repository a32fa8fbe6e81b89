import type { RuleInfo } from '../../model/finding';

export type TestListRule = Omit<RuleInfo, 'url'>;

/** Every rule of plain test lists, by id. */
export const TEST_LIST_RULES = [
  {
    id: 'IL501',
    name: 'list-name-without-attributes',
    severity: 'warning',
    summary: 'A name without the attributes in brackets that --load-list needs',
  },
  {
    id: 'IL502',
    name: 'list-attributes-differ',
    severity: 'info',
    summary: 'Attributes in brackets that the test does not have in this form today',
  },
  { id: 'IL503', name: 'list-name-dead', severity: 'warning', summary: 'No test has the name, and none the id' },
  {
    id: 'IL504',
    name: 'list-name-renamed',
    severity: 'warning',
    summary: 'The test of this id has another name today',
  },
  { id: 'IL505', name: 'list-id-mismatch', severity: 'error', summary: 'Name and id of a line are of different tests' },
  { id: 'IL506', name: 'list-duplicate', severity: 'warning', summary: 'The same test or expression twice in a list' },
  { id: 'IL507', name: 'list-pattern-dead', severity: 'info', summary: 'An expression that matches no test' },
  { id: 'IL508', name: 'list-pattern-invalid', severity: 'error', summary: 'A line that is no regular expression' },
  {
    id: 'IL509',
    name: 'list-brackets-in-pattern',
    severity: 'warning',
    summary: 'Attributes in brackets where a regular expression is read: they are a set of letters there',
  },
] as const satisfies readonly TestListRule[];

export type TestListRuleId = (typeof TEST_LIST_RULES)[number]['id'];
