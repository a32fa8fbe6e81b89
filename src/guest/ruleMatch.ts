import type { GuestLevel } from '../model/guestLevel';
import type { RuleMatch } from '../model/guestSite';
import type { ShellWord } from '../syntax/shellModel';
import { findGuestRule } from './catalogue/rules';

/**
 * A match of `rule` on words of a shell text. The level is the rule's own unless given; a rule without one (an assumption
 * that raises nothing) counts as `posix`, since its words run in the guest's shell.
 */
export function makeMatch(
  rule: string,
  subject: string,
  words: readonly ShellWord[],
  more: { readonly intent?: string | null; readonly level?: GuestLevel; readonly isProbe?: boolean } = {},
): RuleMatch {
  return {
    rule,
    subject,
    words: words.flatMap((word) => word.ranges),
    level: more.level ?? findGuestRule(rule)?.level ?? 'posix',
    intent: more.intent ?? null,
    ...(more.isProbe === true && { isProbe: true }),
  };
}
