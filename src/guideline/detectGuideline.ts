import type { Node } from 'jsonc-parser';
import type { GuidelineKind, Ranged } from '../model/guideline';
import { SCHEMA_VERSIONS, type SchemaLayout } from './guidelineVocabulary';
import { parseJson, propertiesOf, stringOf, valueOf } from './jsonTree';

/** What a file says about itself as a guideline. */
export interface GuidelineShape {
  readonly kind: GuidelineKind;
  /** `metadata.schema` or `schema` as written; null when missing. */
  readonly schemaVersion: Ranged<string> | null;
  /** The version that it is read as: its own when known, else the nearest that is. */
  readonly readAs: (typeof SCHEMA_VERSIONS)[number];
  readonly layout: SchemaLayout;
}

/**
 * First check without parsing: false for nearly every JSON file that is no guideline. Any guideline, an add-on, a vertical
 * and the 1.0 core files included, has the key `capabilities`, and `schema` or `components` beside it.
 */
export function mayBeGuideline(text: string): boolean {
  return text.includes('"capabilities"') && (text.includes('"schema"') || text.includes('"components"'));
}

/** Keys that stand in guidelines of some schema and hardly anywhere else. */
const TELLING_KEYS = [
  'achievements',
  'add-ons',
  'capabilities',
  'cutoff_score',
  'designated-sections',
  'designated_sections',
  'idempotent_id',
  'os_trademark_approval',
  'required-since',
  'required_since',
  'test-repositories',
  'test_repositories',
];

/**
 * True for a text that has several keys of guidelines, whatever else it is: a guideline that is cut off, is no JSON any more
 * or has lost its capabilities is still told for one, so that its reader hears where it is broken.
 */
export function soundsLikeGuideline(text: string): boolean {
  return TELLING_KEYS.filter((key) => text.includes(`"${key}"`)).length >= 2;
}

/** True when the root describes JSON rather than being a guideline: schemas have all of a guideline's keys. */
export function isSchemaText(text: string): boolean {
  const { root } = parseJson(text);
  return root?.type === 'object' && isJsonSchema(text, root);
}

/**
 * Decides by content alone whether a JSON text is a guideline (any schema, add-on, vertical, legacy or draft core file).
 * JSON Schemas, other JSON and files of designated sections only are none. Broken JSON is judged by what can be read of
 * it. Never throws.
 */
export function detectGuideline(text: string): GuidelineShape | null {
  return mayBeGuideline(text) ? classifyRoot(text, parseJson(text).root) : null;
}

/** The same decision on a parsed root. */
export function classifyRoot(text: string, root: Node | undefined): GuidelineShape | null {
  if (root?.type !== 'object' || isJsonSchema(text, root)) return null;
  const capabilities = valueOf(text, root, 'capabilities');
  if (capabilities?.type !== 'object') return null;
  const metadata = valueOf(text, root, 'metadata');
  const schemaVersion =
    stringOf(text, valueOf(text, metadata, 'schema')) ?? stringOf(text, valueOf(text, root, 'schema'));
  const versioned = schemaVersion !== null && isVersionNumber(schemaVersion.value);
  if (!versioned && !looksLikeCapabilities(text, capabilities)) return null;
  // Other formats with a version and capabilities exist: ours has components, or names tests in its capabilities.
  const hasComponents = valueOf(text, root, 'components')?.type === 'object';
  if (!hasComponents && !looksLikeCapabilities(text, capabilities)) return null;
  const layout: SchemaLayout = metadata?.type === 'object' ? '2' : '1';
  const readAs = findNearestVersion(schemaVersion?.value ?? null, layout);
  return { kind: classifyKind(text, root, readAs), schemaVersion, readAs, layout };
}

function isJsonSchema(text: string, root: Node): boolean {
  return valueOf(text, root, '$schema') !== null || valueOf(text, root, 'properties') !== null;
}

/** True when a capability in it has tests and one more of the keys that capabilities of every schema have. */
function looksLikeCapabilities(text: string, capabilities: Node): boolean {
  return propertiesOf(text, capabilities).some(({ value }) => {
    const tests = valueOf(text, value, 'tests');
    if (tests?.type !== 'object' && tests?.type !== 'array') return false;
    return ['achievements', 'admin', 'project', 'description'].some((key) => valueOf(text, value, key) !== null);
  });
}

function isVersionNumber(version: string): boolean {
  return /^\d+\.\d+$/.test(version);
}

/** The version itself when known; else the newest known one that is older; without a number, the newest of the layout. */
function findNearestVersion(version: string | null, layout: SchemaLayout): (typeof SCHEMA_VERSIONS)[number] {
  if (version === null || !isVersionNumber(version)) return layout === '2' ? '2.0' : '1.6';
  const wanted = toNumbers(version);
  let nearest: (typeof SCHEMA_VERSIONS)[number] = SCHEMA_VERSIONS[0];
  for (const known of SCHEMA_VERSIONS) {
    const [major, minor] = toNumbers(known);
    if (major < wanted[0] || (major === wanted[0] && minor <= wanted[1])) nearest = known;
  }
  return nearest;
}

function toNumbers(version: string): [number, number] {
  const [major, minor] = version.split('.');
  return [Number(major), Number(minor)];
}

function classifyKind(text: string, root: Node, readAs: string): GuidelineKind {
  if (readAs === '1.0') return 'legacy';
  const hasPlatforms = propertiesOf(text, valueOf(text, root, 'platforms')).length > 0;
  if (valueOf(text, root, 'add-ons') !== null && !hasPlatforms) return 'add-on';
  const id = stringOf(text, valueOf(text, valueOf(text, root, 'metadata'), 'id'))?.value ?? '';
  // A vertical's id has a name before the edition (`nfv.next`), a main guideline's is the edition alone.
  return /^[a-z]\w*\.(next|\d{4}\.\d{2})$/.test(id) ? 'vertical' : 'main';
}
