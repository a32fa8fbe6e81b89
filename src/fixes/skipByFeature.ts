import type { FunctionFacts } from '../model/facts';
import type { Finding, Fix } from '../model/finding';
import type { TextLocation } from '../model/text';
import { bindsName } from './bindsName';
import { decoratorPlace } from './decoratorPlace';
import { findTest } from './dropUnused';
import { pathsOf } from './evidence';
import { walkNodes } from './findNode';
import {
  indentAt,
  newlineOf,
  openFixFile,
  type FixContext,
  type FixFile,
  type Offer,
  type ReachedBy,
} from './fixContext';
import { addImport } from './importLines';

/** The option of Tempest that says whether a cloud has a feature, in Tempest's words. */
interface Feature {
  readonly option: string;
  readonly reason: string;
  /** The request by which a test shows that this is its feature. */
  readonly request: string;
}

const CONSOLE_OUTPUT: Feature = {
  option: 'console_output',
  reason: 'Console output is not supported.',
  request: 'get_console_output',
};

const FEATURES: Readonly<Record<string, Feature>> = {
  IL202: { option: 'change_password', reason: 'Change password is not available.', request: 'change_password' },
  IL216: CONSOLE_OUTPUT,
  IL217: { option: 'serial_console', reason: 'Serial console is not supported.', request: 'get_remote_console' },
  IL221: CONSOLE_OUTPUT,
};
/** More tests than this to choose from help nobody. */
const MAX_TESTS = 3;

/** A decorator that skips the test on clouds without the feature, where nothing on the way asks for it yet. */
export function skipByFeature(finding: Finding, context: FixContext): Offer {
  const feature = FEATURES[finding.rule];
  if (feature === undefined) return [];
  const option = `compute_feature_enabled.${feature.option}`;
  const sites = context.sitesAt?.(finding) ?? [];
  const open = sites.filter(({ site }) => !site.guards.some(({ condition }) => condition.includes(option)));
  if (sites.length > 0 && open.length === 0) return `CONF.${option} switches it off already`;
  const fixes: Fix[] = [];
  const reasons = new Set<string>();
  const seen = new Set<string>();
  for (const { uri, range } of [finding, ...startsOf(open)]) {
    const file = openFixFile(uri, context);
    const fn = file === null ? null : findTest(file, range);
    if (file === null || fn === null || seen.has(`${uri} ${fn.range.start}`)) continue;
    seen.add(`${uri} ${fn.range.start}`);
    const fix = skipTest(file, fn, feature);
    if (typeof fix === 'string') reasons.add(fix);
    else fixes.push(fix);
  }
  if (fixes.length > MAX_TESTS) return `${fixes.length} tests come here, each with a decorator of its own`;
  return fixes.length > 0
    ? fixes
    : [...reasons].join('; ') || 'no test stands on the way to it, only helpers and fixtures';
}

function startsOf(sites: readonly ReachedBy[]): TextLocation[] {
  return sites.flatMap(({ site }) => pathsOf(site).flatMap((path) => path.slice(0, 1)));
}

function skipTest(file: FixFile, fn: FunctionFacts, { option, reason, request }: Feature): Fix | string {
  const asks = [...walkNodes(fn.body)].some(
    (node) => node.k === 'call' && node.fn.k === 'attr' && node.fn.attr === request,
  );
  if (!asks) return `no test asks for ${request} itself, so that the feature may be another one`;
  if (!bindsName(file.facts, 'CONF')) return 'the module has no CONF';
  const imported = addImport(file, { name: 'testtools', line: 'import testtools' });
  if (imported === null) return 'testtools means something else in this module';
  const start = decoratorPlace(file, fn);
  const indent = indentAt(file, start);
  const newline = newlineOf(file);
  const decorator =
    `${indent}@testtools.skipUnless(CONF.compute_feature_enabled.${option},${newline}` +
    `${indent}                      '${reason}')${newline}`;
  return {
    id: 'skip-by-feature',
    title: `Skip ${fn.name} where the cloud has no ${option}`,
    safe: false,
    note: 'A skipped test is no pass; the option has to say what the cloud and its image can do.',
    edits: [...imported, { uri: file.uri, range: { start, end: start }, newText: decorator }],
    keepsFinding: true,
  };
}
