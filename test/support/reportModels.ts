import type { Finding, RuleInfo } from '../../src/model/finding';
import type { GuestSite, TestDemand } from '../../src/model/guestSite';
import type { TestCase } from '../../src/model/testCase';
import { findLineStarts, positionAt } from '../../src/model/text';
import type { FindingsContext } from '../../src/report/findingsReport';
import type { Places } from '../../src/report/places';

/** Small models for report tests, on the text of real lines so that positions are computed and not assumed. */
export const SOURCE_URI = 'file:///root/pkg/test_a.py';
export const SOURCE_PATH = 'pkg/test_a.py';
export const SOURCE = [
  'class Guests(Base):',
  '',
  "    @idempotent_id('0B1E3A52-0c1e-4f61-9a63-1f4f4f0d0001')",
  '    def test_vcpus(self):',
  "        é = '𝄞'; client.exec_command('cat /proc/cpuinfo')",
  "        client.exec_command('cat /proc/cpuinfo')",
  '',
].join('\n');

export const GUIDELINE_URI = 'file:///guides/2026.01.json';

/** Places over SOURCE and any other texts by uri; the path is what stands behind the root. */
export function placesOver(texts: Readonly<Record<string, string>> = {}): Places {
  const all: Record<string, string> = { [SOURCE_URI]: SOURCE, ...texts };
  return {
    pathOf: (uri) => decodeURIComponent(uri.replace('file:///root/', '').replace('file:///guides/', '')),
    positionAt: (uri, offset) => positionAt(findLineStarts(all[uri] ?? ''), offset),
  };
}

/** The stretch of the n-th occurrence of some words in SOURCE. */
export function rangeOf(words: string, occurrence = 1, text = SOURCE): { start: number; end: number } {
  let start = -1;
  for (let i = 0; i < occurrence; i++) start = text.indexOf(words, start + 1);
  if (start < 0) throw new Error(`the text has no "${words}"`);
  return { start, end: start + words.length };
}

export function makeTest(change: Partial<TestCase> = {}): TestCase {
  return {
    name: 'pkg.test_a.Guests.test_vcpus',
    ids: ['0b1e3a52-0c1e-4f61-9a63-1f4f4f0d0001'],
    attrs: ['compute', 'smoke'],
    module: 'pkg.test_a',
    className: 'Guests',
    method: 'test_vcpus',
    classUri: SOURCE_URI,
    definition: {
      name: 'pkg.test_a.Guests.test_vcpus',
      className: 'Guests',
      uri: SOURCE_URI,
      nameRange: rangeOf('test_vcpus'),
      range: { start: SOURCE.indexOf('@'), end: SOURCE.length },
      idRange: rangeOf('0B1E3A52-0c1e-4f61-9a63-1f4f4f0d0001'),
    },
    ...change,
  };
}

export function makeSite(change: Partial<GuestSite> = {}): GuestSite {
  return {
    uri: SOURCE_URI,
    range: rangeOf('client.exec_command', 1),
    kind: 'ssh',
    command: 'cat /proc/cpuinfo',
    matches: [
      {
        rule: 'IL119',
        subject: '/proc/cpuinfo',
        words: [{ uri: SOURCE_URI, range: rangeOf('/proc/cpuinfo') }],
        level: 'linux',
        intent: 'cpu-count',
      },
      { rule: 'IL101', subject: '/proc/cpuinfo', words: [], level: 'linux', intent: null },
    ],
    level: 'linux',
    guards: [
      { condition: 'validation.run_validation', kind: 'skip' },
      { condition: 'not compute.broken', kind: 'inline' },
    ],
    confidence: 'certain',
    path: [{ function: 'Guests.test_vcpus', uri: SOURCE_URI, range: rangeOf('client.exec_command', 1) }],
    debugOnly: false,
    ...change,
  };
}

export function makeDemand(change: Partial<TestDemand> = {}): TestDemand {
  return {
    test: 'pkg.test_a.Guests.test_vcpus',
    level: 'linux',
    levelWithValidationOff: 'boot',
    guards: [
      { condition: 'validation.run_validation', kind: 'skip' },
      { condition: 'not compute.broken', kind: 'inline' },
    ],
    sites: [makeSite({ range: rangeOf('client.exec_command', 2) }), makeSite()],
    unresolvedCalls: [{ uri: SOURCE_URI, range: rangeOf("exec_command('cat"), text: 'client.exec_command(…)' }],
    ...change,
  };
}

export function makeFinding(change: Partial<Finding> = {}): Finding {
  return {
    uri: SOURCE_URI,
    range: rangeOf('/proc/cpuinfo', 1),
    rule: 'IL101',
    severity: 'error',
    confidence: 'certain',
    message: '`/proc/cpuinfo` is a file of the Linux kernel.',
    related: [{ uri: SOURCE_URI, range: rangeOf('test_vcpus'), message: 'reached from here' }],
    fixes: [
      {
        title: 'Replace by nproc',
        safe: false,
        note: 'BusyBox only',
        edits: [{ uri: SOURCE_URI, range: rangeOf('cat /proc/cpuinfo', 1), newText: 'nproc' }],
      },
    ],
    suppressed: false,
    suppressionReason: null,
    flows: [
      [
        { uri: SOURCE_URI, range: rangeOf('test_vcpus'), message: 'Guests.test_vcpus' },
        { uri: SOURCE_URI, range: rangeOf('client.exec_command', 1), message: 'the command' },
      ],
    ],
    ...change,
  };
}

export const RULES: readonly RuleInfo[] = [
  { id: 'IL401', name: 'unknown-key', severity: 'warning', summary: 'A key.', url: 'https://example.org/IL401.md' },
  {
    id: 'IL101',
    name: 'linux-procfs-sysfs',
    severity: 'error',
    summary: 'A file.',
    url: 'https://example.org/IL101.md',
  },
];

export function findingsOver(texts: Readonly<Record<string, string>> = {}): FindingsContext {
  const all: Record<string, string> = { [SOURCE_URI]: SOURCE, ...texts };
  return { places: placesOver(texts), rules: RULES, textOf: (uri) => all[uri] };
}
