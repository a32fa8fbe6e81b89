import { compareLevels, GUEST_OSES, type GuestOs } from '../../model/guestLevel';
import type { GuestSite, RuleMatch } from '../../model/guestSite';
import type { Support } from '../../model/portability';
import type { WhatIfWord } from '../../model/whatIfInput';
import { readSupport } from './commands';
import { commandOf } from './describeMatch';
import { INTENTS } from './intents';

/** Systems whose kernel is Linux: what only Linux has is theirs. */
const LINUX_KERNELS: ReadonlySet<GuestOs> = new Set(['linux', 'busybox']);

/**
 * Rules whose words are no commands (paths, scripts, the shell itself, agents and devices), by guest system in the order of GUEST_OSES.
 * From the rows of their pages: y(es) n(o) d(iffers) m(ay).
 */
const RULE_SUPPORT: Readonly<Record<string, string>> = {
  IL101: 'yynnn',
  IL102: 'yynnn',
  IL105: 'mmnnn',
  IL109: 'yynnn',
  IL113: 'yyyyn',
  IL114: 'yyyyn',
  IL115: 'yyddn',
  IL116: 'mmnnn',
  IL118: 'yyddd',
  IL119: 'yynnn',
  IL125: 'yydmn',
  IL202: 'mmmmy',
  IL212: 'yymmy',
  IL213: 'yynnn',
  IL214: 'yynnn',
  IL215: 'mmnnn',
  IL216: 'yymmm',
  IL217: 'yymmm',
};

/** Rules that raise no level, or only to a login, and still ask something that not every guest has. */
const BESIDE_LEVELS: ReadonlySet<string> = new Set(['IL202', 'IL212', 'IL214', 'IL216', 'IL217']);

/**
 * What a container, which runs on the kernel of its host, makes of a rule's words: what the kernel tells may be the host's, block devices
 * and mounts may be refused, modules cannot be loaded. From knowledge of LXC and zones, not from runs.
 */
const IN_CONTAINER: Readonly<Record<string, Support>> = {
  IL101: 'differs',
  IL102: 'differs',
  IL103: 'may',
  IL109: 'may',
  IL115: 'may',
  IL119: 'differs',
  IL121: 'may',
  IL122: 'no',
  IL214: 'no',
};

/** The words of a site that ask more of a guest than to boot and to let somebody in, each with the guest systems that have them. */
export function describeSiteWords(site: GuestSite): readonly WhatIfWord[] {
  const isText = site.kind === 'ssh' || site.kind === 'upload' || site.kind === 'user-data';
  return site.matches
    .filter(({ rule, level }) => BESIDE_LEVELS.has(rule) || (isText && compareLevels(level, 'boot') > 0))
    .map(describeWord);
}

function describeWord(match: RuleMatch): WhatIfWord {
  const command = commandOf(match);
  const row = command?.support ?? readSupport(RULE_SUPPORT[match.rule] ?? '');
  const support = Object.fromEntries(GUEST_OSES.map((os) => [os, supportOf(match, row[os], os)])) as Record<
    GuestOs,
    Support
  >;
  return {
    rule: match.rule,
    subject: match.subject,
    level: match.level,
    tool: command?.name ?? null,
    support,
    inContainer: IN_CONTAINER[match.rule] ?? null,
    alternatives: match.intent === null ? {} : (INTENTS.get(match.intent)?.guest ?? {}),
  };
}

/**
 * The rule and the command's own row together. A rule that takes Linux speaks of options, devices and formats as well: a command of the
 * same name elsewhere does not do the same, and where the row has it all the same, nobody can tell.
 */
function supportOf({ level }: RuleMatch, row: Support, os: GuestOs): Support {
  if (compareLevels(level, 'posix') <= 0) return row;
  if (LINUX_KERNELS.has(os)) return level === 'image' && row === 'yes' ? 'may' : row;
  if (row === 'yes') return 'differs';
  return row === 'differs' || row === 'unknown' ? 'no' : row;
}
