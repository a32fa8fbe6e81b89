import assert from 'node:assert/strict';
import { globSync } from 'fast-glob';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readGuideline } from '../../src/guideline/readGuideline';
import { CAPABILITY_STATUSES, type CapabilityStatus } from '../../src/model/guideline';
import { listRefstackLines } from '../../src/report/refstackList';
import { selectTests } from '../../src/guideline/selectTests';
import { GUIDELINE_FOLDER, whyNoGuidelines } from '../support/findGuidelineFiles';

/** What RefStack's server reads of a guideline, straight from the JSON. */
interface RawGuideline {
  schema?: string;
  metadata?: { schema: string };
  platform?: { required: string[] };
  platforms?: Record<string, { components: { name: string }[] }>;
  components: Record<string, RawStatuses | { capabilities: RawStatuses }>;
  capabilities: Record<string, { tests: string[] | Record<string, RawTest>; flagged?: string[] }>;
}
type RawStatuses = Record<string, string[]>;
interface RawTest {
  idempotent_id?: string;
  flagged?: object;
  aliases?: string[];
}

const LIST_TARGETS = ['platform', 'compute', 'object', 'dns', 'orchestration'] as const;
type ListTarget = (typeof LIST_TARGETS)[number];

const PROGRAM: Partial<Record<ListTarget, string>> = {
  platform: 'OpenStack Powered Platform',
  compute: 'OpenStack Powered Compute',
  object: 'OpenStack Powered Storage',
};

/** The list by RefStack's rules, on the raw JSON; null where RefStack answers "Invalid target". */
function expectList(
  raw: RawGuideline,
  target: ListTarget,
  types: readonly string[] | null,
  alias: boolean,
  flag: boolean,
): string[] | null {
  const schema = raw.metadata?.schema ?? raw.schema ?? '';
  const components = schema < '2.0' ? expectOldComponents(raw, target) : expectNewComponents(raw, target);
  if (components === null || components.some((name) => !(name in raw.components))) return null;
  const chosen = new Set<string>();
  for (const name of components) {
    const component = raw.components[name];
    assert.ok(component);
    const statuses = (
      schema < '2.0' ? component : (component as { capabilities: RawStatuses }).capabilities
    ) as RawStatuses;
    for (const [status, names] of Object.entries(statuses))
      if (types === null || types.includes(status)) names.forEach((one) => chosen.add(one));
  }
  const lines: string[] = [];
  for (const [name, capability] of Object.entries(raw.capabilities)) {
    if (!chosen.has(name)) continue;
    if (Array.isArray(capability.tests)) {
      lines.push(...capability.tests.filter((test) => flag || !capability.flagged?.includes(test)));
      continue;
    }
    for (const [test, details] of Object.entries(capability.tests)) {
      if (details.flagged && Object.keys(details.flagged).length > 0 && !flag) continue;
      const names = [test, ...(alias ? (details.aliases ?? []) : [])];
      lines.push(...names.map((one) => `${one}[${details.idempotent_id ?? ''}]`));
    }
  }
  return lines.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

function expectOldComponents(raw: RawGuideline, target: ListTarget): string[] | null {
  return target === 'platform' ? (raw.platform?.required ?? null) : [target];
}

function expectNewComponents(raw: RawGuideline, target: ListTarget): string[] | null {
  const program = PROGRAM[target];
  if (program === undefined) return [`os_powered_${target}`];
  return raw.platforms?.[program]?.components.map(({ name }) => name) ?? null;
}

describe("RefStack's test lists of the published guidelines", () => {
  const reason = whyNoGuidelines();
  if (reason !== null) {
    it.skip(`needs the guideline files: ${reason}`);
    return;
  }
  for (const file of globSync('**/*.json', { cwd: GUIDELINE_FOLDER, absolute: true }).sort()) {
    it(`${path.basename(file)}: every target, type, alias and flag`, () => {
      const text = readFileSync(file, 'utf8');
      const { guideline } = readGuideline(`file://${file}`, text);
      assert.ok(guideline);
      const raw = JSON.parse(text) as RawGuideline;
      const typeChoices: (readonly CapabilityStatus[] | null)[] = [
        null,
        ...CAPABILITY_STATUSES.map((status) => [status]),
        ['required', 'advisory'],
      ];
      let lines = 0;
      for (const target of LIST_TARGETS)
        for (const statuses of typeChoices)
          for (const alias of [true, false])
            for (const flag of [true, false]) {
              const expected = expectList(raw, target, statuses, alias, flag);
              const selected = selectTests(guideline, { target, types: statuses, alias, flag });
              const list: readonly string[] | null = selected && listRefstackLines(guideline, selected);
              assert.deepEqual(list, expected, `${target} ${statuses?.join()} alias=${alias} flag=${flag}`);
              lines += expected?.length ?? 0;
            }
      // The nfv vertical has a program of its own, which RefStack's targets do not know.
      assert.equal(lines > 0, !file.includes('nfv'));
    });
  }
});
