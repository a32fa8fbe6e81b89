import { isPythonUuid } from '../../trace/lint/lintTests';
import type { Finding, Fix } from '../../model/finding';
import type { FunctionFacts } from '../../model/facts';
import type { TextEdit } from '../../model/text';
import {
  indentAt,
  newlineOf,
  NOT_INDEXED,
  openFixFile,
  type FixContext,
  type FixFile,
  type Offer,
} from '../fixContext';
import { fixGuideline } from '../guideline/guidelineFixes';
import { addImport } from '../importLines';

/** Makers by rule of traceability in tests, best first. */
const MAKERS: Readonly<Record<string, readonly ((finding: Finding, context: FixContext) => Offer)[]>> = {
  IL301: [adoptNameInGuidelines],
  IL302: [takeGuidelineId, takeIdIntoGuidelines],
  IL303: [addGuidelineId],
  IL305: [dropPrefix],
  IL306: [removeAliasInGuidelines],
  IL308: [flagInGuidelines],
};

/** Rules of traceability in tests that have fixes. */
export const FIXED_TRACE_RULES: readonly string[] = Object.keys(MAKERS);

/** The ways out of a finding at a test that guidelines name; nothing for other rules. */
export function fixTraced(finding: Finding, context: FixContext): Offer {
  return (MAKERS[finding.rule] ?? []).flatMap((make) => {
    const offer = make(finding, context);
    return typeof offer === 'string' ? [] : [...offer];
  });
}

function adoptNameInGuidelines(finding: Finding, context: FixContext): Offer {
  return fixInGuidelines(finding, 'IL432', context);
}

function takeIdIntoGuidelines(finding: Finding, context: FixContext): Offer {
  return fixInGuidelines(finding, 'IL431', context);
}

function removeAliasInGuidelines(finding: Finding, context: FixContext): Offer {
  return fixInGuidelines(finding, 'IL434', context);
}

function flagInGuidelines(finding: Finding, context: FixContext): Offer {
  return fixInGuidelines(finding, 'IL430', context);
}

/** What the guideline's own rule would offer at the entries that the finding names; each title says in which guideline. */
function fixInGuidelines(finding: Finding, rule: string, context: FixContext): Fix[] {
  return finding.related.flatMap(({ uri, range }): Fix[] => {
    const id = context.guideline?.(uri)?.id.value;
    if (id === undefined) return [];
    const offer = fixGuideline({ ...finding, rule, uri, range, related: [] }, context);
    if (typeof offer === 'string') return [];
    // From a test a guideline is changed on purpose, never along with other fixes.
    return offer.map((fix) => ({ ...fix, title: `${fix.title} in ${id}`, safe: false, onlyByHand: true }));
  });
}

/** The id that the guidelines of a finding agree on, when no test carries it. */
function findGuidelineId(finding: Finding, context: FixContext): string | null {
  const ids = finding.related.flatMap(({ uri, range }) => {
    const traced = context.entriesOf?.(uri).find(({ entry }) => entry.name.range.start === range.start);
    return traced?.entry.id ?? [];
  });
  const [id, ...others] = new Set(ids);
  if (id === undefined || others.length > 0) return null;
  return (context.listedTests?.().byId.get(id)?.length ?? 0) === 0 ? id : null;
}

/** IL302: the id that the guideline gives comes back into the decorator. */
function takeGuidelineId(finding: Finding, context: FixContext): Offer {
  const file = openFixFile(finding.uri, context);
  if (file === null) return NOT_INDEXED;
  const id = findGuidelineId(finding, context);
  const written = file.text.slice(finding.range.start, finding.range.end);
  if (id === null || !isPythonUuid(written))
    return 'the guideline’s id is on another test, or the id is not written here';
  const note = 'For a test that is the same as before; a new test keeps its own id.';
  return [
    suggest(`Write ${id}, as the guideline has it`, note, [{ uri: file.uri, range: finding.range, newText: id }]),
  ];
}

/** IL303: the decorator with the guideline's id, first of all as Tempest has it. */
function addGuidelineId(finding: Finding, context: FixContext): Offer {
  const file = openFixFile(finding.uri, context);
  if (file === null) return NOT_INDEXED;
  const id = findGuidelineId(finding, context);
  const fn = file.facts.functions.find(({ nameRange }) => nameRange.start === finding.range.start);
  if (id === null || fn === undefined) return 'the guideline gives no id that is free';
  const imported = addImport(file, { name: 'decorators', line: 'from tempest.lib import decorators' });
  if (imported === null) return 'decorators means something else in this module';
  const note = 'The id that the guideline gives.';
  return [suggest(`Add idempotent_id('${id}')`, note, [...imported, decorate(file, fn, id)])];
}

function decorate(file: FixFile, fn: FunctionFacts, id: string): TextEdit {
  const indent = indentAt(file, fn.range.start);
  const at = fn.range.start;
  return {
    uri: file.uri,
    range: { start: at, end: at },
    newText: `@decorators.idempotent_id('${id}')${newlineOf(file)}${indent}`,
  };
}

/** IL305: `id-…` is how test lists write ids; the decorator takes the UUID alone. */
function dropPrefix(finding: Finding, context: FixContext): Offer {
  const file = openFixFile(finding.uri, context);
  if (file === null) return NOT_INDEXED;
  const written = file.text.slice(finding.range.start, finding.range.end);
  const bare = written.trim().replace(/^id-/, '');
  if (!isPythonUuid(bare)) return 'no UUID is in it';
  const edits = [{ uri: file.uri, range: finding.range, newText: bare }];
  return [{ title: `Write ${bare}`, safe: true, note: null, edits }];
}

function suggest(title: string, note: string, edits: readonly TextEdit[]): Fix {
  return { title, safe: false, note, edits, onlyByHand: true };
}
