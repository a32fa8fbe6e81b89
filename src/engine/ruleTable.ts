import { DEFAULT_SETTINGS } from './settings';
import { findGuestRule, listRuleInfo } from '../guest/catalogue/rules';
import { GUIDELINE_RULES } from '../guideline/lint/guidelineRules';
import { TEST_LIST_RULES } from '../guideline/testList/testListRules';
import { describeMatch } from '../guest/catalogue/describeMatch';
import { PROFILE_RULES } from '../policy/profile/profileRules';
import type { RuleInfo } from '../model/finding';
import type { RuleMatch } from '../model/guestSite';
import { TRACE_RULES } from '../trace/lint/traceRules';
import type { ExplainedAlternative, RuleDetail } from '../report/explainReport';

/** Every rule that `check` may report, by id. */
export function listRules(): readonly RuleInfo[] {
  const base = DEFAULT_SETTINGS.rulePageBase;
  const ofGuidelines = [...TRACE_RULES, ...GUIDELINE_RULES, ...TEST_LIST_RULES, ...PROFILE_RULES].map(
    ({ id, name, severity, summary }) => ({
      id,
      name,
      severity,
      summary,
      url: `${base}${id}.md`,
    }),
  );
  return [...listRuleInfo(base), ...ofGuidelines].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

/** What is known of one rule, with its portability row where it has one. */
export function findRule(id: string): RuleDetail | undefined {
  const info = listRules().find((rule) => rule.id === id);
  if (!info) return undefined;
  const guest = findGuestRule(id);
  return { info, rows: guest?.rows ?? null, api: guest?.api ?? null };
}

/** What to use instead of the words of one match: by what the command is for where that is known, else by its rule. */
export function findAlternatives(match: RuleMatch): readonly ExplainedAlternative[] {
  const described = describeMatch(match);
  if (!described) return [];
  const guests = described.guests.map(({ os, alternative, isCommand }) => ({
    on: os,
    use: isCommand ? `\`${alternative}\`` : alternative,
  }));
  return described.api === null ? guests : [...guests, { on: 'api', use: described.api }];
}
