import type { Node } from 'jsonc-parser';
import type { Criterion, Guideline, Ranged, ReadProblem, TestRepository } from '../model/guideline';
import { classifyRoot, type GuidelineShape } from './detectGuideline';
import { type JsonError, parseJson, rangeOfNode, stringOf } from './jsonTree';
import { type ObjectReader, openNamedObject, openObject, readStrings, type ReadContext, report } from './objectReader';
import { readCapabilities } from './readCapabilities';
import { readDesignatedSections } from './readDesignatedSections';
import { readComponents, readPrograms } from './readPrograms';

/** More syntax errors than this in one file help nobody. */
const MAX_SYNTAX_PROBLEMS = 50;

export interface ReadGuidelineResult {
  /** Null when the text is no guideline, or is too broken to tell. */
  readonly guideline: Guideline | null;
  /** By place. Without `severity: 'warning'` a problem is an error: the text is no JSON there. */
  readonly problems: readonly ReadProblem[];
  /**
   * False when the JSON is broken: parts of the guideline may be missing, so a caller that holds a complete model of an
   * earlier state of the file keeps that one and shows the problems.
   */
  readonly complete: boolean;
}

/**
 * Reads a guideline of any schema (1.0 to 2.0, add-ons, verticals, legacy and draft core files), each part by its shape
 * rather than by the version number, so that mixed and future files are read as far as they go. Offsets count in UTF-16
 * code units of `text`, a byte order mark included. Comments are skipped and reported. Never throws.
 */
export function readGuideline(uri: string, text: string): ReadGuidelineResult {
  const { root, errors } = parseJson(text);
  const syntaxProblems = errors.slice(0, MAX_SYNTAX_PROBLEMS).map((error) => toProblem(uri, error));
  const complete = errors.every((error) => error.harmless);
  const shape = classifyRoot(text, root);
  if (root === undefined || shape === null) {
    const range = root === undefined ? { start: 0, end: 0 } : { start: root.offset, end: root.offset + 1 };
    const message = 'This is no interoperability guideline: a schema version and capabilities with tests are missing.';
    return {
      guideline: null,
      problems: complete ? [...syntaxProblems, { uri, range, message }] : syntaxProblems,
      complete,
    };
  }
  const problems: ReadProblem[] = [...syntaxProblems];
  const context: ReadContext = { uri, text, layout: shape.layout, problems, unknownKeys: [], duplicateKeys: [] };
  const guideline = readRoot(context, root, shape);
  problems.sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
  return { guideline, problems, complete };
}

function toProblem(uri: string, error: JsonError): ReadProblem {
  const { range, message } = error;
  return { uri, range, message, severity: error.harmless ? 'warning' : 'error' };
}

function readRoot(context: ReadContext, rootNode: Node, shape: GuidelineShape): Guideline {
  const root = openObject(context, rootNode, 'guideline');
  checkVersion(context, rootNode, shape);
  return {
    uri: context.uri,
    kind: shape.kind,
    schemaVersion: shape.schemaVersion ?? emptyAt(rootNode),
    ...(shape.layout === '2' ? readMetadata(context, root) : readIdentity(context, root)),
    programs: readPrograms(context, root),
    components: readComponents(context, root.get('components')),
    capabilities: readCapabilities(context, root.get('capabilities')),
    designatedSections: readDesignatedSections(context, root),
    testRepositories: readRepositories(context, root),
    unknownKeys: context.unknownKeys,
    duplicateKeys: context.duplicateKeys,
  };
}

function checkVersion(context: ReadContext, root: Node, { schemaVersion, readAs }: GuidelineShape): void {
  if (schemaVersion === null) {
    report(context, emptyAt(root).range, `No schema version is given; the file is read as schema ${readAs}.`);
  } else if (schemaVersion.value !== readAs) {
    report(context, schemaVersion.range, `Schema ${schemaVersion.value} is not known; it is read as ${readAs}.`);
  }
}

/** Where a missing value would stand: the opening brace. */
function emptyAt(root: Node): Ranged<string> {
  return { value: '', range: { start: root.offset, end: root.offset + 1 } };
}

type Identity = Pick<
  Guideline,
  'id' | 'status' | 'replaces' | 'targetApproval' | 'source' | 'releases' | 'criteria' | 'cutoffScore'
>;

/** 1.0 (`release` is id and only release) and 1.2 to 1.6: all at the top level. */
function readIdentity(context: ReadContext, root: ObjectReader): Identity {
  const release = root.string('release');
  const missing = { value: '', range: { start: 0, end: 0 } };
  const releases = readStrings(context, root.get('releases'), 'releases');
  return {
    id: root.string('id') ?? release ?? missing,
    status: root.string('status'),
    replaces: root.string('replaces'),
    targetApproval: root.string('target_approval'),
    source: root.string('source'),
    releases: releases.length === 0 && release !== null ? [release] : releases,
    criteria: readCriteria(context, root.get('criteria')),
    cutoffScore: readNumber(context, root.get('cutoff_score')),
  };
}

/** 2.0: `metadata` with its parts. */
function readMetadata(context: ReadContext, root: ObjectReader): Identity {
  const metadata = openObject(context, root.get('metadata'), 'metadata');
  const approval = openObject(context, metadata.get('os_trademark_approval'), 'approval');
  const scoring = openObject(context, metadata.get('scoring'), 'scoring');
  return {
    id: metadata.string('id') ?? { value: '', range: { start: 0, end: 0 } },
    status: approval.string('status'),
    replaces: approval.string('replaces'),
    targetApproval: approval.string('target_approval'),
    source: metadata.string('source'),
    releases: readStrings(context, approval.get('releases'), 'releases'),
    criteria: readCriteria(context, scoring.get('criteria')),
    cutoffScore: readNumber(context, scoring.get('cutoff_score')),
  };
}

function readCriteria(context: ReadContext, node: Node | null): Criterion[] {
  return openNamedObject(context, node, 'criteria').properties.map(({ key, value }) => {
    const body = openObject(context, value, 'criterion');
    return {
      tag: key,
      name: body.text('name'),
      description: body.text('description') ?? body.text('Description'),
      weight: readNumber(context, body.get('weight'))?.value ?? null,
    };
  });
}

/** A number, or a string that holds one (`"74"` in 1.4 to 1.6). */
function readNumber(context: ReadContext, node: Node | null): Ranged<number> | null {
  if (node === null || node.type === 'null') return null;
  if (node.type === 'number') return { value: Number(node.value), range: rangeOfNode(node) };
  const written = stringOf(context.text, node);
  const value = written === null || written.value.trim() === '' ? NaN : Number(written.value);
  if (written !== null && Number.isFinite(value)) return { value, range: written.range };
  report(context, rangeOfNode(node), 'Here a number is expected.');
  return null;
}

/** 1.3 and later: `test-repositories` with `url` and `git-sha`, 2.0: `test_repositories` with `repository`, `reference`. */
function readRepositories(context: ReadContext, root: ObjectReader): TestRepository[] {
  const node = root.get('test_repositories') ?? root.get('test-repositories');
  return openNamedObject(context, node, 'test repositories').properties.map(({ key, value }) => {
    const body = openObject(context, value, 'repository');
    return {
      name: key,
      url: body.text('repository') ?? body.text('url'),
      reference: body.text('reference') ?? body.text('git-sha'),
    };
  });
}
