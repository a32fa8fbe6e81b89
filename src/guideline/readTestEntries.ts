import type { Node } from 'jsonc-parser';
import type { GuidelineTest, Ranged, TestFlag } from '../model/guideline';
import { elementsOf, type JsonProperty, rangeOfNode } from './jsonTree';
import { openNamedObject, openObject, readString, readStrings, type ReadContext, report } from './objectReader';
import { parseTestId } from './testId';

/**
 * The tests of one capability: an object keyed by name (1.3 and later), or a list of names (1.0, 1.2) whose flags stand in
 * the parallel list `flagged` of the capability.
 */
export function readTestEntries(context: ReadContext, tests: Node | null, flaggedList: Node | null): GuidelineTest[] {
  if (tests?.type === 'array') return readListedTests(context, tests, flaggedList);
  return openNamedObject(context, tests, 'tests').properties.map((property) => readTestEntry(context, property));
}

function readListedTests(context: ReadContext, tests: Node, flaggedList: Node | null): GuidelineTest[] {
  const flags = new Map<string, TestFlag>();
  const unused = new Map<string, Ranged<string>>();
  for (const name of readStrings(context, flaggedList, 'flagged')) {
    flags.set(name.value, { key: 'list', range: name.range, reason: null, action: null, date: null, code: null });
    unused.set(name.value, name);
  }
  const result: GuidelineTest[] = [];
  for (const element of elementsOf(tests)) {
    const name = readString(context, element, 'each test of the list');
    if (name === null) continue;
    const flag = flags.get(name.value) ?? null;
    unused.delete(name.value);
    const range = rangeOfNode(element);
    result.push({ name, range, idAsWritten: null, id: null, idTags: [], aliases: [], flag });
  }
  for (const name of unused.values()) {
    report(context, name.range, `"${name.value}" is flagged but is not in the capability's list of tests.`);
  }
  return result;
}

function readTestEntry(context: ReadContext, { key, value, range }: JsonProperty): GuidelineTest {
  const body = openObject(context, value, 'test');
  const idAsWritten = body.string('idempotent_id');
  const { id, tags } = parseTestId(idAsWritten?.value ?? '');
  const aliases = readStrings(context, body.get('aliases'), 'aliases');
  const flag = readFlag(context, 'flagged', body.get('flagged')) ?? readFlag(context, 'flag', body.get('flag'));
  return { name: key, range, idAsWritten, id, idTags: tags, aliases, flag };
}

/** A flag is an object; anything else but null and false still counts as a flag, because its author meant one. */
function readFlag(context: ReadContext, key: 'flagged' | 'flag', node: Node | null): TestFlag | null {
  if (node === null || node.type === 'null' || (node.type === 'boolean' && node.value === false)) return null;
  const body = openObject(context, node, 'flag');
  const reason = body.string('reason');
  return {
    key,
    range: rangeOfNode(node),
    reason,
    action: body.string('action'),
    date: body.string('date'),
    code: reason === null ? null : parseFlagCode(reason.value),
  };
}

/** The flag type that a reason starts with: `[D400] …`, `D400 …`, `D400: …`; null when there is none. */
export function parseFlagCode(reason: string): string | null {
  return /^\s*\[?(D\d{3})\b/.exec(reason)?.[1] ?? null;
}
