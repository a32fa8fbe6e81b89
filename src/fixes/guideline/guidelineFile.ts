import type { Node } from 'jsonc-parser';
import { parseJson } from '../../guideline/jsonTree';
import type { Finding } from '../../model/finding';
import type { Capability, Guideline, GuidelineTest } from '../../model/guideline';
import type { TraceEntry } from '../../model/trace';
import type { FixContext, Offer } from '../fixContext';
import { findPropertyPath, type JsonFile } from './jsonEdits';

/** A guideline file as a fix sees it: text, tree and model of the same state. */
export interface GuidelineFile extends JsonFile {
  readonly guideline: Guideline;
}

/** Makes the ways out of one rule's findings. */
export type MakeGuidelineFixes = (file: GuidelineFile, finding: Finding, context: FixContext) => Offer;

/** One tree per model: fixes of a whole file are asked for finding by finding. */
const trees = new WeakMap<Guideline, { readonly text: string; readonly root: Node | null }>();

/** The file, or null when it is no guideline or its JSON is broken (the model then is of an earlier state). */
export function openGuidelineFile(uri: string, context: Pick<FixContext, 'text' | 'guideline'>): GuidelineFile | null {
  const guideline = context.guideline?.(uri);
  const text = context.text(uri);
  if (guideline === undefined || text === undefined) return null;
  let tree = trees.get(guideline);
  if (tree?.text !== text) {
    const { root, errors } = parseJson(text);
    tree = { text, root: root !== undefined && errors.every(({ harmless }) => harmless) ? root : null };
    trees.set(guideline, tree);
  }
  return tree.root === null ? null : { uri, text, root: tree.root, guideline };
}

/** A test entry with its capability. */
export interface PlacedEntry {
  readonly capability: Capability;
  readonly entry: GuidelineTest;
}

/** The entry in whose stretch an offset lies. */
export function findEntryAt(guideline: Guideline, offset: number): PlacedEntry | null {
  for (const capability of guideline.capabilities) {
    if (offset < capability.range.start || offset > capability.range.end) continue;
    const entry = capability.tests.find(({ range }) => range.start <= offset && offset <= range.end);
    if (entry !== undefined) return { capability, entry };
  }
  return null;
}

/** The entry that a finding is about, joined to the tests; null while links are not known. */
export function findTracedEntry(file: GuidelineFile, finding: Finding, context: FixContext): TraceEntry | null {
  const placed = findEntryAt(file.guideline, finding.range.start);
  return context.entriesOf?.(file.uri).find(({ entry }) => entry === placed?.entry) ?? null;
}

/** The object that describes an entry; null for schemas that list names only. */
export function findEntryBody(file: GuidelineFile, entry: GuidelineTest): Node | null {
  const body = findPropertyPath(file.root, entry.range.start).at(-1)?.children?.[1];
  return body?.type === 'object' ? body : null;
}

/** True for what may still be changed freely. */
export function isDraft({ guideline }: GuidelineFile): boolean {
  return guideline.kind !== 'legacy' && !['approved', 'superseded'].includes(guideline.status?.value ?? '');
}
