import type { CloudProfile, ProfileGuest, ProfileRegion } from '../../src/model/cloudProfile';
import { GUEST_OSES, highestLevel, type GuestLevel, type GuestOs } from '../../src/model/guestLevel';
import type { CapabilityStatus } from '../../src/model/guideline';
import type { SiteKind } from '../../src/model/siteKind';
import type { Support } from '../../src/model/portability';
import type { UploadChain } from '../../src/model/uploadChain';
import type {
  WhatIfGuard,
  WhatIfInput,
  WhatIfRewritten,
  WhatIfSite,
  WhatIfTest,
  WhatIfUse,
  WhatIfWord,
} from '../../src/model/whatIfInput';

const LETTERS: Readonly<Record<string, Support>> = { y: 'yes', n: 'no', m: 'may', d: 'differs', u: 'unknown' };

/** One letter per guest system, in the order of GUEST_OSES: y(es) n(o) m(ay) d(iffers) u(nknown). */
export function support(letters: string): Record<GuestOs, Support> {
  return Object.fromEntries(GUEST_OSES.map((os, i) => [os, LETTERS[letters.charAt(i)] ?? 'unknown'])) as Record<
    GuestOs,
    Support
  >;
}

/** A word of a command with its row. */
export function word(subject: string, letters: string, rest: Partial<WhatIfWord> = {}): WhatIfWord {
  return {
    rule: 'IL111',
    subject,
    level: 'posix',
    tool: subject,
    support: support(letters),
    inContainer: null,
    alternatives: {},
    ...rest,
  };
}

interface SiteSpec {
  readonly kind: SiteKind;
  readonly level: GuestLevel;
  readonly words?: readonly WhatIfWord[];
  readonly guards?: readonly WhatIfGuard[];
}

export interface TestSpec {
  readonly sites?: readonly SiteSpec[];
  readonly safe?: readonly SiteSpec[];
  readonly upload?: UploadChain;
  readonly unresolvedCalls?: number;
}

export interface EntrySpec {
  /** Null: the tree has no such test. */
  readonly test: string | null;
  readonly flagged?: boolean;
}

export const GUARDED = { option: 'validation.run_validation', holds: true } as const;
export const BOOT: SiteSpec = { kind: 'boot', level: 'boot' };
export const LOGIN: SiteSpec = { kind: 'login', level: 'login' };

/** A table of one guideline with the component `compute`: capabilities by name with status and entries. */
export function table(
  tests: Readonly<Record<string, TestSpec>>,
  capabilities: Readonly<Record<string, { status?: CapabilityStatus; entries: readonly (string | EntrySpec)[] }>>,
): WhatIfInput {
  const sites: WhatIfSite[] = [];
  const uses: WhatIfUse[] = [];
  const names = Object.keys(tests).sort();
  const addUses = (specs: readonly SiteSpec[]): number[] =>
    specs.map(({ kind, level, words = [], guards = [] }) => {
      const command = words.map(({ subject }) => subject).join(' ');
      const at = sites.push({ file: 1, line: sites.length + 1, column: 1, kind, level, command, words }) - 1;
      return (
        uses.push({ site: at, guards, confidence: 'certain', path: [{ function: 'T.test', file: 1, line: 1 }] }) - 1
      );
    });
  const describe = (specs: readonly SiteSpec[]): Omit<WhatIfRewritten, 'fixes'> => ({
    level: highestLevel(specs.map(({ level }) => level)),
    levelWithValidationOff: highestLevel(
      specs
        .filter(({ guards = [] }) => !guards.some(({ option }) => option === GUARDED.option))
        .map(({ level }) => level),
    ),
    uses: addUses(specs),
  });
  const described = names.map((name, i): WhatIfTest => {
    const { sites: own = [], safe, upload = 'none', unresolvedCalls = 0 } = tests[name] ?? {};
    const afterSafe = safe ? { ...describe(safe), fixes: ['a rewrite'] } : null;
    return {
      name,
      file: 1,
      line: i + 1,
      column: 1,
      ...describe(own),
      upload,
      unresolvedCalls,
      afterSafe,
      afterAll: afterSafe,
    };
  });
  const list = Object.entries(capabilities);
  return {
    schema: 'interop-lens/whatif-input/1',
    rewrites: 'all',
    files: [
      { path: '2099.01.json', uri: null },
      { path: 'pkg/test_it.py', uri: null },
    ],
    sites,
    uses,
    tests: described,
    guidelines: [
      {
        file: 0,
        id: '2099.01',
        schemaVersion: '2.0',
        status: 'approved',
        components: [{ name: 'compute', statuses: list.map(([, { status = 'required' }], i) => [i, status] as const) }],
        programs: [{ name: 'Powered Compute', components: ['compute'] }],
        capabilities: list.map(([name, { entries }], i) => ({
          name,
          file: 0,
          line: i + 1,
          column: 1,
          project: 'nova',
          entries: entries.map((entry) => {
            const { test, flagged = false } = typeof entry === 'string' ? { test: entry } : entry;
            const at = test === null ? -1 : names.indexOf(test);
            return {
              name: test ?? 'pkg.Gone.test_gone',
              file: 0,
              line: i + 1,
              column: 1,
              test: at < 0 ? null : at,
              state: at < 0 ? ('removed' as const) : ('ok' as const),
              flagged,
            };
          }),
        })),
        designated: [
          {
            project: 'nova',
            status: 'required',
            file: 0,
            line: 9,
            column: 1,
            sections: [
              { name: 'API', designated: true },
              { name: 'drivers', designated: false },
            ],
          },
        ],
      },
    ],
  };
}

/** A region that boots one system and answers ping and SSH, unless told otherwise. */
export function region(
  name: string,
  guests: readonly (GuestOs | ProfileGuest)[],
  rest: Partial<ProfileRegion> = {},
): ProfileRegion {
  return {
    name,
    virtualization: 'vm',
    guests: guests.map((guest) => (typeof guest === 'string' ? { os: guest, tools: [] } : guest)),
    imageUpload: 'image',
    reachability: ['ping', 'ssh'],
    options: {},
    ...rest,
  };
}

export function profile(...regions: readonly ProfileRegion[]): CloudProfile {
  return { name: 'A cloud', description: '', regions };
}
