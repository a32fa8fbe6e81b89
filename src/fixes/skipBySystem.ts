import { findGuestRule } from '../guest/catalogue/rules';
import type { FunctionFacts, Stmt } from '../model/facts';
import type { Finding, Fix } from '../model/finding';
import { compareLevels } from '../model/guestLevel';
import type { TextRange } from '../model/text';
import { TOO_LONG } from './askInstead';
import { findTest } from './dropUnused';
import { waysTo } from './evidence';
import { walkNodes } from './findNode';
import {
  indentAt,
  MAX_COLUMNS,
  newlineOf,
  openFixFile,
  textBefore,
  type FixContext,
  type FixFile,
  type Offer,
} from './fixContext';
import { findServerId } from './serverId';

/** More tests than this to choose from help nobody. */
const MAX_TESTS = 3;

/** What the inserted lines bind. */
const NAMES: readonly string[] = ['image', 'os_type'];

/** Why a rule is no matter of Linux alone, or null when it is. */
export function whyNotLinuxAlone(rule: string): string | null {
  const level = findGuestRule(rule)?.level ?? null;
  return level === null || compareLevels(level, 'linux') < 0 ? 'other systems answer this as well' : null;
}

/**
 * A test that assumes Linux → one that asks: it reads `os_type` of the image from which its server was booted, and skips with the reason
 * where that is another system. In the test of the finding, or, for one in a helper, in the tests that come to it.
 * `os_type` is one of Glance's common image properties; an image that does not say is taken for Linux, as today.
 */
export function skipBySystem(finding: Finding, context: FixContext): Offer {
  const reason = whyNotLinuxAlone(finding.rule);
  if (reason !== null) return reason;
  const starts = waysTo(finding, context).flatMap(({ path }) => path.slice(0, 1));
  const fixes = new Map<string, Fix>();
  const reasons = new Set<string>();
  for (const { uri, range } of [finding, ...starts]) {
    const file = openFixFile(uri, context);
    const fn = file === null ? null : findTest(file, range);
    if (file === null || fn === null) continue;
    const key = `${uri} ${fn.range.start}`;
    if (fixes.has(key) || fixes.size >= MAX_TESTS) continue;
    const fix = skipIn(file, fn, range, context);
    if (typeof fix === 'string') reasons.add(fix);
    else fixes.set(key, fix);
  }
  return fixes.size > 0 ? [...fixes.values()] : [...reasons].join('; ') || 'no test leads here directly';
}

function skipIn(file: FixFile, fn: FunctionFacts, range: TextRange, context: FixContext): Fix | string {
  const cls = file.facts.classes[fn.classIndex];
  // What Tempest's base class of tests has, and a unit test has not.
  if (!cls || context.findMethod?.(file.uri, cls.qualname, 'setup_credentials') === undefined)
    return 'the test has no clients of a user';
  const statement = fn.body.find(({ s, e }) => s <= range.start && range.end <= e);
  if (statement === undefined) return 'the guest is reached by a fixture';
  const server = findServerId(fn, file);
  if (server === null) return 'which server is asked is not written plainly';
  if (!isBoundBefore(server, fn, statement)) return 'the server is made by the very statement that asks it';
  if (usesNames(fn)) return 'the test has an image or os_type of its own';
  if (textBefore(file, statement.s).trim() !== '') return 'the statement shares its line';
  const indent = indentAt(file, statement.s);
  const lines = writeLines(server).map((line) => `${indent}${line}`);
  if (lines.some((line) => line.length > MAX_COLUMNS)) return TOO_LONG;
  const at = statement.s;
  const newline = newlineOf(file);
  return {
    id: 'skip-by-system',
    title: `Ask the image what its guests run, in ${fn.name}`,
    safe: false,
    note: 'Skips where it is not Linux, which is no pass; the server has to be booted from an image, not from a volume.',
    edits: [
      {
        uri: file.uri,
        range: { start: at, end: at },
        newText: `${lines.join(newline).trimStart()}${newline}${indent}`,
      },
    ],
    keepsFinding: true,
    onlyByHand: true,
  };
}

function writeLines(server: string): readonly string[] {
  return [
    'image = self.os_primary.servers_client.show_server(',
    `    ${server})['server']['image']`,
    'os_type = self.os_primary.image_client_v2.show_image(',
    "    image['id']).get('os_type', 'linux')",
    "if os_type != 'linux':",
    '    raise self.skipException(',
    "        'The guest is asked as Linux, the image has %s' % os_type)",
  ];
}

/** What hangs on `self` is there; a local `server` has to be assigned by an earlier statement, or be a parameter. */
function isBoundBefore(server: string, fn: FunctionFacts, statement: Stmt): boolean {
  if (server.startsWith('self.')) return true;
  const name = /^\w+/.exec(server)?.[0] ?? '';
  const earlier = fn.body.slice(0, fn.body.indexOf(statement));
  return (
    fn.params.some((param) => param.name === name) ||
    earlier.some((one) => one.k === 'assign' && one.targets.some((target) => target.k === 'name' && target.id === name))
  );
}

function usesNames(fn: FunctionFacts): boolean {
  return [...walkNodes(fn.body)].some((node) => node.k === 'name' && NAMES.includes(node.id));
}
