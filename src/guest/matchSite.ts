import type { Parser } from 'web-tree-sitter';
import type { EvaluatedText } from '../model/commandText';
import { highestLevel } from '../model/guestLevel';
import type { WordRange } from '../model/guestSite';
import type { SiteKind } from '../model/siteKind';
import { parseShell } from '../syntax/shell';
import { takeApartUserData } from './userData/takeApart';
import {
  matchAccess,
  matchCirrosName,
  matchCommand,
  matchDeviceName,
  matchKernelImage,
  matchUserData,
  type SiteMatch,
} from './matchRules';

/** What is known of a site before the catalogue is asked. */
export interface SiteText {
  readonly kind: SiteKind;
  /** What goes to the guest; null where nothing does, or where nothing is known of it. */
  readonly text: EvaluatedText | null;
  /** Where the site stands: what a match without words points to. */
  readonly place: WordRange;
  /** How a message names the access (`wait_until='SSHABLE'`); null for the usual words. */
  readonly subject: string | null;
  /** The rule for a site without text, where it is not the usual one of its kind. */
  readonly rule?: string | null;
}

/** The usual rule for each way of reaching the guest that has no text to look at. */
const USUAL_RULES: Partial<Readonly<Record<SiteKind, string>>> = {
  login: 'IL201',
  ping: 'IL219',
  personality: 'IL212',
  console: 'IL216',
  reboot: 'IL218',
};

/** How a message names the access. */
const SUBJECTS: Readonly<Record<string, string>> = {
  IL201: 'SSH login',
  IL202: 'Login with a password',
  IL212: 'File injection',
  IL216: 'Console log',
  IL217: 'Typing on the serial console',
  IL218: 'Soft reboot',
  IL219: 'Ping from the test host',
  IL221: 'Console log',
};

/**
 * The rules that apply to a site and the guest level that it takes, whatever its kind.
 * @param parser one for shell text (`Grammars.newParser('bash')`).
 */
export function matchSite(site: SiteText, parser: Parser): SiteMatch {
  const text = site.text ?? [];
  switch (site.kind) {
    case 'upload':
      return matchUpload(site, parser);
    case 'ssh':
      return matchCommand(parseShell(site.text ?? [{ kind: 'hole', option: '' }], parser));
    case 'user-data':
      return takeApartUserData(text)
        .map((part) => matchUserData(parseShell(part, parser)))
        .reduce(joinMatches, { matches: [], level: 'boot' });
    case 'device':
      return matchDeviceName(text);
    case 'image':
      return joinMatches(matchKernelImage(text), matchCirrosName(text));
    case 'boot':
      return { matches: [], level: 'boot' };
    case 'connect':
      return { matches: [], level: 'reach' };
    default:
      return matchWithoutText(site);
  }
}

/** A file on its way into the guest: a script is read, of anything else only the way is known. */
function matchUpload(site: SiteText, parser: Parser): SiteMatch {
  const script = site.text === null ? null : parseShell(site.text, parser);
  const interpreter = script?.interpreter ?? null;
  const upload =
    interpreter === null
      ? matchAccess('IL114', site.subject ?? 'Upload to the guest', [site.place])
      : matchAccess('IL114', interpreter.written, interpreter.ranges);
  return interpreter === null || script === null ? upload : joinMatches(upload, matchCommand(script));
}

function matchWithoutText(site: SiteText): SiteMatch {
  const rule = site.rule ?? USUAL_RULES[site.kind] ?? 'IL201';
  return matchAccess(rule, site.subject ?? SUBJECTS[rule] ?? rule, [site.place]);
}

/** What two looks at the same site have found, together. */
export function joinMatches(a: SiteMatch, b: SiteMatch): SiteMatch {
  return { matches: [...a.matches, ...b.matches], level: highestLevel([a.level, b.level]) };
}
