import type { RuleInfo } from '../../model/finding';

export type ProfileRule = Omit<RuleInfo, 'url'>;

/** Every rule of cloud profiles, by id. */
export const PROFILE_RULES = [
  {
    id: 'IL510',
    name: 'profile-not-readable',
    severity: 'error',
    summary: 'A profile that is no YAML or JSON mapping',
  },
  { id: 'IL511', name: 'profile-key-unknown', severity: 'warning', summary: 'A key that profiles do not have' },
  {
    id: 'IL512',
    name: 'profile-value-wrong',
    severity: 'error',
    summary: 'A value of the wrong kind, or none of the known words',
  },
  {
    id: 'IL513',
    name: 'profile-key-missing',
    severity: 'error',
    summary: 'A profile or region without what a verdict needs',
  },
  {
    id: 'IL514',
    name: 'profile-said-twice',
    severity: 'warning',
    summary: 'The same key, region or guest system twice',
  },
  {
    id: 'IL515',
    name: 'profile-contradiction',
    severity: 'warning',
    summary: 'Declarations of a region that do not go together',
  },
] as const satisfies readonly ProfileRule[];

export type ProfileRuleId = (typeof PROFILE_RULES)[number]['id'];
