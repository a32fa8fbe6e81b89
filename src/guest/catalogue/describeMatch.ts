import { GUEST_OSES, type GuestOs } from '../../model/guestLevel';
import type { RuleMatch } from '../../model/guestSite';
import type { Support } from '../../model/portability';
import { findCommandRow, type CommandRow } from './commands';
import { INTENTS } from './intents';
import { fitsPath, PATH_RECOGNIZERS } from './recognizers';
import { findGuestRule } from './rules';

/** What a hover shows about a match: how portable its words are and what else answers the same question. */
export interface MatchDescription {
  readonly rule: string;
  readonly name: string;
  readonly summary: string;
  /** The command's own row, when the match is about a command. */
  readonly command: CommandRow | null;
  /** What the command is for, as a question; null when its purpose is not known. */
  readonly question: string | null;
  /** By guest OS: whether the command is there, and what to use instead. */
  readonly guests: readonly GuestDescription[];
  /** The way through the OpenStack API, or null where there is none. */
  readonly api: string | null;
}

export interface GuestDescription {
  readonly os: GuestOs;
  readonly support: Support | null;
  /** Code when it comes from an intent, a hint of the rule otherwise. */
  readonly alternative: string;
  readonly isCommand: boolean;
}

/** Null for a rule that the guest catalogue does not have. */
export function describeMatch(match: RuleMatch): MatchDescription | null {
  const rule = findGuestRule(match.rule);
  if (rule === undefined) return null;
  const intent = match.intent === null ? undefined : INTENTS.get(match.intent);
  const command = commandOf(match);
  return {
    rule: rule.id,
    name: rule.name,
    summary: rule.summary,
    command,
    question: intent?.question ?? null,
    guests: GUEST_OSES.map((os): GuestDescription => {
      const alternative = intent?.guest[os];
      return {
        os,
        support: command?.support[os] ?? null,
        alternative: alternative ?? rule.rows[os],
        isCommand: alternative !== undefined,
      };
    }),
    api: intent?.api ?? rule.api,
  };
}

/** The row of the command that a match is about, with which its subject begins; null for a path or an access. */
export function commandOf(match: RuleMatch): CommandRow | null {
  const isCommand = match.rule.startsWith('IL1') && match.rule !== 'IL118' && match.rule !== 'IL125';
  const first = match.subject.split(' ', 1)[0] ?? '';
  const name = first.slice(first.lastIndexOf('/') + 1);
  if (!isCommand || name === '' || name.includes('{}') || isPathOf(match.rule, first)) return null;
  const row = findCommandRow(name);
  const isPath = first.includes('/') && row.support.linux === 'unknown';
  return isPath ? null : row;
}

/** True for a path that the rule itself speaks of (`/proc/uptime`), however much its last part looks like a command. */
function isPathOf(rule: string, text: string): boolean {
  return PATH_RECOGNIZERS.some((recognizer) => recognizer.rule === rule && fitsPath(recognizer, text));
}
