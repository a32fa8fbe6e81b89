import type { RuleInfo } from '../../model/finding';
import { ACCESS_RULES } from './accessRules';
import { COMMAND_RULES } from './commandRules';
import type { GuestRule } from './guestRule';
import { SPELLING_RULES } from './spellingRules';

/** Every guest rule, in order of id. */
export const GUEST_RULES: readonly GuestRule[] = [...COMMAND_RULES, ...SPELLING_RULES, ...ACCESS_RULES];

const byId: ReadonlyMap<string, GuestRule> = new Map(GUEST_RULES.map((rule) => [rule.id, rule]));

/** The rule with this id, or undefined when it is none of the guest rules. */
export function findGuestRule(id: string): GuestRule | undefined {
  return byId.get(id);
}

/** What lists and SARIF show of each rule. @param pageBase address before `<id>.md`. */
export function listRuleInfo(pageBase: string): RuleInfo[] {
  return GUEST_RULES.map(({ id, name, severity, summary }) => ({
    id,
    name,
    severity,
    summary,
    url: `${pageBase}${id}.md`,
  }));
}
