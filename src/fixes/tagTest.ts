import { findGuestRule } from '../guest/catalogue/rules';
import type { Expr, FunctionFacts } from '../model/facts';
import type { Finding } from '../model/finding';
import { compareLevels, highestLevel } from '../model/guestLevel';
import { bindsName } from './bindsName';
import { decoratorPlace } from './decoratorPlace';
import { findTest } from './dropUnused';
import {
  indentAt,
  MAX_COLUMNS,
  newlineOf,
  NOT_INDEXED,
  openFixFile,
  type FixContext,
  type FixFile,
  type Offer,
} from './fixContext';
import { positionAt, type TextEdit } from '../model/text';

/**
 * `@decorators.attr(type='guest_linux')` on the test in which a finding stands, so that runs can leave it out or ask for it. The level is
 * the test's own, which may be higher than the finding's: of several classes that run it, the highest.
 */
export function tagTest(finding: Finding, context: FixContext): Offer {
  const file = openFixFile(finding.uri, context);
  const level = findGuestRule(finding.rule)?.level ?? null;
  if (file === null) return NOT_INDEXED;
  if (level === null || compareLevels(level, 'login') < 0) return 'the rule by itself asks nothing of the guest';
  const fn = findTest(file, finding.range);
  if (fn === null || !bindsName(file.facts, 'decorators')) return 'the finding stands in no test';
  const tests = context.testsDefinedAt?.({ uri: file.uri, range: fn.nameRange }) ?? [];
  const demanded = tests.flatMap((test) => context.demand?.(test)?.level ?? []);
  const tag = `guest_${demanded.length === 0 ? level : highestLevel(demanded)}`;
  const edit = extendTags(file, fn, tag) ?? addTag(file, fn, tag);
  if (edit === null) return 'the tags of the test are not written plainly';
  return [
    {
      id: 'tag-test',
      title: `Tag ${fn.name} with attr(type='${tag}')`,
      safe: false,
      note: 'Changes nothing of what the test demands; runs can select by it.',
      edits: [edit],
      keepsFinding: true,
      onlyByHand: true,
    },
  ];
}

/** Undefined-like null when the test has no attr decorator yet; a test that has the tag is left alone. */
function extendTags(file: FixFile, fn: FunctionFacts, tag: string): TextEdit | null {
  const value = findTypes(fn);
  if (value === null) return null;
  if (value.k === 'str')
    return fits(file, {
      uri: file.uri,
      range: { start: value.s, end: value.e },
      newText: `[${file.text.slice(value.s, value.e)}, '${tag}']`,
    });
  const last = value.k === 'list' ? value.items[value.items.length - 1] : undefined;
  if (value.k !== 'list' || last === undefined) return null;
  if (value.items.some((item) => item.k === 'str' && item.v === tag)) return null;
  return fits(file, { uri: file.uri, range: { start: last.e, end: last.e }, newText: `, '${tag}'` });
}

function findTypes(fn: FunctionFacts): Expr | null {
  for (const decorator of fn.decorators) {
    if (decorator.k !== 'call' || decorator.fn.k !== 'attr' || decorator.fn.attr !== 'attr') continue;
    const type = decorator.kw.find(({ name }) => name === 'type');
    if (type !== undefined) return type.value;
  }
  return null;
}

function addTag(file: FixFile, fn: FunctionFacts, tag: string): TextEdit | null {
  if (findTypes(fn) !== null) return null;
  const start = decoratorPlace(file, fn);
  const newText = `${indentAt(file, start)}@decorators.attr(type='${tag}')${newlineOf(file)}`;
  return { uri: file.uri, range: { start, end: start }, newText };
}

/** Null when the edited line would be longer than Tempest allows. */
function fits(file: FixFile, edit: TextEdit): TextEdit | null {
  const line = positionAt(file.facts.lineStarts, edit.range.start).line;
  const start = file.facts.lineStarts[line] ?? 0;
  const end = file.facts.lineStarts[line + 1] ?? file.text.length;
  const length =
    file.text.slice(start, end).trimEnd().length + edit.newText.length - (edit.range.end - edit.range.start);
  return length <= MAX_COLUMNS ? edit : null;
}
