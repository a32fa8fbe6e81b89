import path from 'node:path';
import { toFileUri } from '../engine/node';
import type { TestCase } from '../model/testCase';
import type { RuleDetail } from '../report/explainReport';
import { findNamedTests } from '../trace/findNamedTests';
import type { OpenedIndex } from './openIndex';
import { findRule } from '../engine/ruleTable';

/** What a question is about. `line` is 0-based. */
export type Subject =
  | { readonly kind: 'rule'; readonly rule: RuleDetail }
  | { readonly kind: 'place'; readonly uri: string; readonly line: number }
  | { readonly kind: 'test'; readonly tests: readonly TestCase[] }
  | { readonly kind: 'capability'; readonly name: string };

/** Names offered when nothing is called so. */
const SUGGESTIONS = 3;

/** Finds what a question names: a rule, FILE:LINE, a test, a capability, in this order. A text is the reason why nothing is found. */
export function findSubject(question: string, index: OpenedIndex): Subject | string {
  if (/^IL\d{3}$/i.test(question)) return findRuleSubject(question);
  const place = /^(.+?):(\d+)(?::\d+)?$/.exec(question);
  if (place?.[1] !== undefined && place[2] !== undefined) return findPlace(place[1], Number(place[2]), index);
  const { view, guidelines } = index;
  const tests = findNamedTests(question, {
    test: (name) => view.test(name),
    tests: () => view.tests(),
    entries: () => guidelines.flatMap(({ uri }) => view.trace(uri)),
  });
  if (tests.length > 0) return { kind: 'test', tests };
  if (capabilityNames(index).includes(question)) return { kind: 'capability', name: question };
  return explainNothing(question, index);
}

function findRuleSubject(question: string): Subject | string {
  const rule = findRule(question.toUpperCase());
  return rule ? { kind: 'rule', rule } : `there is no rule ${question.toUpperCase()}.`;
}

function findPlace(file: string, line: number, { view }: OpenedIndex): Subject | string {
  const written = file.split(path.sep).join('/').replace(/^\.\//, '');
  const byUri = view.file(toFileUri(path.resolve(file)));
  const byPath = view
    .files()
    .filter((candidate) => candidate.path === written || candidate.path.endsWith(`/${written}`));
  const exact = byPath.filter((candidate) => candidate.path === written);
  const candidates = byUri ? [byUri] : exact.length > 0 ? exact : byPath;
  const [first, ...others] = candidates;
  if (!first) return `${file} is no Python or JSON file under the roots.`;
  if (others.length > 0)
    return `${file} may be ${candidates.map((candidate) => candidate.path).join(', ')}: write more of the path.`;
  const text = view.text(first.uri) ?? '';
  const lines = view.positionAt(first.uri, text.length).line + 1;
  if (line < 1 || line > lines) return `${first.path} has ${lines} lines, there is no line ${line}.`;
  return { kind: 'place', uri: first.uri, line: line - 1 };
}

function capabilityNames({ guidelines }: OpenedIndex): readonly string[] {
  return guidelines.flatMap((guideline) => guideline.capabilities.map((capability) => capability.name.value));
}

function explainNothing(question: string, index: OpenedIndex): string {
  const wanted = question.toLowerCase();
  const names = [...index.view.tests().map((test) => test.name), ...new Set(capabilityNames(index))];
  const near = names.filter((name) => name.toLowerCase().includes(wanted)).slice(0, SUGGESTIONS);
  const hint = near.length > 0 ? ` Did you mean ${near.join(', ')}?` : '';
  return `no test, capability or rule of the roots is called "${question}".${hint}`;
}
