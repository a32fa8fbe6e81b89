import type { DocumentLink, Location } from 'vscode-languageserver';
import type { IndexView } from '../../engine/indexView';
import type { Guideline, GuidelineTest } from '../../model/guideline';
import { toLocation, toRange, uniqueLocations } from '../convert';
import { findJsonPlace } from '../../guideline/jsonPlace';
import { findRole } from '../../guideline/guidelineRole';
import { listedNames, locateInGuideline, testsAt, tracedEntry } from '../locate';
import { linkPlaces } from '../present/places';
import { locateTests } from './codeLens';
import { findListDefinitions, findListLinks, findListReferences } from './testLists';

/** Guideline entry → the test's `def`; listed capability name → the capability; `def` or id of a test → its guideline entries. */
export function findDefinitions(view: IndexView, uri: string, offset: number): Location[] {
  if (!view.complete) return [];
  const list = view.testList(uri);
  if (list) return findListDefinitions(view, list, offset);
  const guideline = view.guideline(uri);
  if (!guideline) return entryLocations(view, namesAt(view, uri, offset));
  const place = locateInGuideline(guideline, offset);
  if (place?.kind === 'entry') {
    const entry = tracedEntry(view, guideline, place.entry);
    const candidates = entry?.candidates.map((candidate) => candidate.name) ?? [];
    return locateTests(view, entry?.target ? [entry.target.name, ...candidates] : candidates);
  }
  if (place?.capability) return [toLocation(view, { uri, range: place.capability.name.range })];
  return findSections(view, guideline, offset);
}

/** Of a test: every guideline entry that names it. Of an entry: those of its test, and the `def`. Of a capability: every mention in every guideline. */
export function findReferences(view: IndexView, uri: string, offset: number, includeDeclaration: boolean): Location[] {
  if (!view.complete) return [];
  const list = view.testList(uri);
  if (list) return findListReferences(view, list, offset, includeDeclaration);
  const guideline = view.guideline(uri);
  if (!guideline) return entryLocations(view, namesAt(view, uri, offset));
  const place = locateInGuideline(guideline, offset);
  if (!place) return [];
  if (place.kind !== 'entry') {
    const name = place.kind === 'listed' ? place.name.value : place.capability.name.value;
    return view.guidelines().flatMap((each) => capabilityMentions(view, each, name));
  }
  const entry = tracedEntry(view, guideline, place.entry);
  if (!entry?.target) return sameEntries(view, place.entry);
  const names = [entry.target.name, ...entry.candidates.map((candidate) => candidate.name)];
  return [...(includeDeclaration ? locateTests(view, names) : []), ...entryLocations(view, names)];
}

/** A link from each entry's name to the `def` of its test. */
export function findDocumentLinks(view: IndexView, uri: string): DocumentLink[] {
  if (!view.complete) return [];
  const list = view.testList(uri);
  if (list) return findListLinks(view, list);
  const linkTo = linkPlaces(view);
  return view.trace(uri).flatMap((entry) => {
    if (!entry.target) return [];
    const { definition, name } = entry.target;
    const range = toRange(view, uri, entry.entry.name.range);
    return [{ range, target: linkTo(definition.uri, definition.nameRange), tooltip: `Open ${name}` }];
  });
}

/** The designated sections of the project that is named at an offset. */
function findSections(view: IndexView, guideline: Guideline, offset: number): Location[] {
  const text = view.text(guideline.uri) ?? '';
  const json = findJsonPlace(text, offset);
  const role = json ? findRole(json)?.role : undefined;
  if (!json || json.isKey || (role !== 'project' && role !== 'listed-project')) return [];
  const name = text.slice(json.range.start + 1, json.range.end - 1);
  return guideline.designatedSections
    .filter(({ project }) => project.value === name)
    .map(({ project }) => toLocation(view, { uri: guideline.uri, range: project.range }));
}

/** A test that is not in the workspace is still followed through the guidelines: by its id, else by its names. */
function sameEntries(view: IndexView, entry: GuidelineTest): Location[] {
  const names = new Set([entry.name, ...entry.aliases].map(({ value }) => value));
  const isSame = (other: GuidelineTest): boolean =>
    entry.id !== null && other.id !== null
      ? other.id === entry.id
      : [other.name, ...other.aliases].some(({ value }) => names.has(value));
  return view
    .guidelines()
    .flatMap(({ uri, capabilities }) =>
      capabilities
        .flatMap(({ tests }) => tests.filter(isSame))
        .map(({ name }) => toLocation(view, { uri, range: name.range })),
    );
}

function namesAt(view: IndexView, uri: string, offset: number): readonly string[] {
  return testsAt(view, uri, offset).map((test) => test.name);
}

function entryLocations(view: IndexView, names: readonly string[]): Location[] {
  const entries = names.flatMap((name) => view.entriesForTest(name));
  return uniqueLocations(
    entries.map((entry) => toLocation(view, { uri: entry.guideline.uri, range: entry.entry.name.range })),
  );
}

function capabilityMentions(view: IndexView, guideline: Guideline, name: string): Location[] {
  const defined = guideline.capabilities.map((capability) => capability.name);
  return [...defined, ...listedNames(guideline)]
    .filter((mention) => mention.value === name)
    .map((mention) => toLocation(view, { uri: guideline.uri, range: mention.range }));
}
