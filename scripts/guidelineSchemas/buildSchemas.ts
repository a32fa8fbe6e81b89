import {
  CRITERIA_TAGS,
  FLAG_CODES,
  GUIDELINE_STATUSES,
  HOLDERS,
  type HolderKind,
  SCHEMA_VERSIONS,
  type SchemaLayout,
} from '../../src/guideline/guidelineVocabulary';
import {
  CRITERIA_DESCRIPTIONS,
  GUIDELINE_STATUS_DESCRIPTIONS,
  KEY_DESCRIPTIONS,
} from '../../src/guideline/keyDescriptions';
import { CAPABILITY_STATUSES } from '../../src/model/guideline';

type Schema = { readonly [keyword: string]: unknown };
type SchemaVersion = (typeof SCHEMA_VERSIONS)[number];

const STRING: Schema = { type: 'string' };
const BOOLEAN: Schema = { type: 'boolean' };
const STRINGS: Schema = { type: 'array', items: STRING };
/** The files write "none" as an empty list where an object is meant. */
const NOTHING: Schema = { type: 'array', maxItems: 0 };

/**
 * The JSON Schema (draft 7) of one guideline schema version. What published guidelines hold, slips included, is valid: those
 * are told by the lint rules, each with its own severity; the schema holds the shape, and offers keys and values.
 */
export function buildVersionSchema(version: SchemaVersion): Schema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: `Interoperability guideline, schema ${version}`,
    ...guidelineOf(version),
    definitions: definitionsOf(version),
  };
}

/**
 * The schema for files whose path only says that they may be guidelines: tells the version by content. What has no
 * capabilities is any other JSON, and valid.
 */
export function buildAnySchema(): Schema {
  const versions = SCHEMA_VERSIONS.filter((version) => version !== '2.0');
  const isOld = versions.reduceRight<Schema>(
    (otherwise, version) => ({
      if: { properties: { schema: { const: version } }, required: ['schema'] },
      then: { $ref: `#/definitions/${version}` },
      else: otherwise,
    }),
    { $ref: '#/definitions/1.6' },
  );
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Interoperability guideline',
    if: {
      type: 'object',
      required: ['capabilities'],
      properties: { capabilities: { type: 'object' } },
      anyOf: [{ required: ['metadata'] }, { required: ['schema'] }, { required: ['components'] }],
    },
    then: { if: { required: ['metadata'] }, then: { $ref: '#/definitions/2.0' }, else: isOld },
    definitions: Object.fromEntries(
      SCHEMA_VERSIONS.map((version) => [
        version,
        inside(`#/definitions/${version}/definitions/`, {
          ...guidelineOf(version),
          definitions: definitionsOf(version),
        }),
      ]),
    ),
  };
}

/** Every schema file by its name below `schemas/`. */
export function buildSchemas(): ReadonlyMap<string, Schema> {
  return new Map<string, Schema>([
    ...SCHEMA_VERSIONS.map((version): [string, Schema] => [
      `guideline-${version}.schema.json`,
      buildVersionSchema(version),
    ]),
    ['guideline.schema.json', buildAnySchema()],
  ]);
}

/** The same schema with its references moved below another place. */
function inside(place: string, schema: Schema): Schema {
  const move = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(move);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, one]: [string, unknown]) => [
        key,
        key === '$ref' && typeof one === 'string' ? one.replace('#/definitions/', place) : move(one),
      ]),
    );
  };
  return move(schema) as Schema;
}

function layoutOf(version: SchemaVersion): SchemaLayout {
  return version === '2.0' ? '2' : '1';
}

function guidelineOf(version: SchemaVersion): Schema {
  const required = version === '2.0' ? ['metadata', 'components', 'capabilities'] : ['schema', 'capabilities'];
  return objectOf('guideline', version, { required });
}

const KINDS = Object.keys(HOLDERS) as HolderKind[];

function definitionsOf(version: SchemaVersion): Schema {
  const used = KINDS.filter((kind) => kind !== 'guideline' && HOLDERS[kind].keys[layoutOf(version)].length > 0);
  return Object.fromEntries(used.map((kind) => [kind, objectOf(kind, version, {})]));
}

/** An object with fixed keys: those of the vocabulary, described by the one table of descriptions. Other keys are rule IL401. */
function objectOf(kind: HolderKind, version: SchemaVersion, more: Schema): Schema {
  const keys = HOLDERS[kind].keys[layoutOf(version)].filter((key) => isKeyOf(kind, key, version));
  const properties = keys.map((key) => [
    key,
    { description: KEY_DESCRIPTIONS[kind][key], ...valueOf(kind, key, version) },
  ]);
  return { type: 'object', properties: Object.fromEntries(properties) as Schema, ...more };
}

/** Keys that some versions of a layout do not have. The other schema's spelling of required-since is rule IL403. */
function isKeyOf(kind: HolderKind, key: string, version: SchemaVersion): boolean {
  const only = ONLY_IN[`${kind}.${key}`];
  return only === undefined || only.includes(version);
}

/** Versions whose tests are lists of names. */
const LISTED: readonly SchemaVersion[] = ['1.0', '1.2'];
const ONLY_IN: Readonly<Record<string, readonly SchemaVersion[]>> = {
  'guideline.release': ['1.0'],
  'guideline.id': ['1.2', '1.3', '1.4', '1.5', '1.6'],
  'guideline.reference': ['1.3', '1.4', '1.5', '1.6'],
  'guideline.cutoff_score': ['1.4', '1.5', '1.6'],
  'guideline.target_approval': ['1.4', '1.5', '1.6'],
  'guideline.test-repositories': ['1.3', '1.4', '1.5', '1.6'],
  'capability.core': ['1.0'],
  'capability.flagged': LISTED,
  'capability.guidelines': ['1.2'],
  'capability.name': ['1.0', '1.2', '1.3'],
  'capability.status': ['1.2', '1.3'],
  'capability.required-since': ['1.3', '1.4', '1.5', '1.6'],
  'capability.required_since': ['2.0'],
  'test.aliases': ['1.4', '1.5', '1.6', '2.0'],
  'test.flag': ['2.0'],
  'designated.required': ['1.2', '1.3', '1.4', '1.5'],
};

const ref = (kind: HolderKind): Schema => ({ $ref: `#/definitions/${kind}` });
const mapOf = (schema: Schema): Schema => ({ type: 'object', additionalProperties: schema });
const listOf = (schema: Schema): Schema => ({ type: 'array', items: schema });
/** Offers words, and takes others: published files hold slips, which are rules of their own. */
const offering = (words: readonly string[], meanings: Readonly<Record<string, string>>): Schema => ({
  anyOf: [{ enum: words, enumDescriptions: words.map((word) => meanings[word] ?? '') }, STRING],
});
const oneOfWords = (words: readonly string[], meanings: Readonly<Record<string, string>>): Schema => ({
  enum: words,
  enumDescriptions: words.map((word) => meanings[word] ?? ''),
});

function valueOf(kind: HolderKind, key: string, version: SchemaVersion): Schema {
  const special = SPECIAL[`${kind}.${key}`];
  return special === undefined ? STRING : special(version);
}

const statusSchema = (version: SchemaVersion): Schema =>
  version === '1.0' ? STRING : oneOfWords(GUIDELINE_STATUSES, GUIDELINE_STATUS_DESCRIPTIONS);
const schemaSchema = (version: SchemaVersion): Schema => ({ type: 'string', examples: [version] });
const cutoffSchema = (): Schema => ({ anyOf: [{ type: 'integer' }, { type: 'string', pattern: '^\\d+$' }] });
const statusLists = (): Schema => ({ anyOf: [ref('statusLists'), NOTHING] });

/** Values that are no plain text, by holder and key. */
const SPECIAL: Readonly<Record<string, (version: SchemaVersion) => Schema>> = {
  'guideline.schema': schemaSchema,
  'guideline.status': statusSchema,
  'guideline.cutoff_score': cutoffSchema,
  'guideline.target_approval': () => ({ type: 'string', pattern: '^(\\d{4}-\\d{2}-\\d{2})?$' }),
  'guideline.releases': () => STRINGS,
  'guideline.platform': () => ref('program'),
  'guideline.components': () => mapOf(ref('component')),
  'guideline.test-repositories': () => mapOf(ref('repository')),
  'guideline.test_repositories': () => mapOf(ref('repository')),
  'guideline.capabilities': () => mapOf(ref('capability')),
  'guideline.criteria': () => mapOf(ref('criterion')),
  'guideline.designated-sections': () => ({
    type: 'object',
    properties: Object.fromEntries(
      [...CAPABILITY_STATUSES, 'informational'].map((status) => [
        status,
        {
          description: KEY_DESCRIPTIONS.statusLists[status],
          anyOf: [mapOf(ref('designated')), NOTHING],
        },
      ]),
    ),
  }),
  'guideline.metadata': () => ({ ...ref('metadata') }),
  'guideline.platforms': () => mapOf(ref('program')),
  'guideline.add-ons': () => mapOf(ref('program')),
  'guideline.designated_sections': () =>
    mapOf({
      type: 'object',
      properties: Object.fromEntries(
        [...CAPABILITY_STATUSES, 'informational'].map((status) => [
          status,
          { description: KEY_DESCRIPTIONS.statusLists[status], anyOf: [ref('designated'), NOTHING] },
        ]),
      ),
    }),
  'metadata.schema': schemaSchema,
  'metadata.scoring': () => ref('scoring'),
  'metadata.os_trademark_approval': () => ref('approval'),
  'approval.releases': () => STRINGS,
  'approval.status': statusSchema,
  'approval.target_approval': () => ({ type: 'string', pattern: '^(\\d{4}\\.\\d{2})?$' }),
  'scoring.cutoff_score': cutoffSchema,
  'scoring.criteria': () => mapOf(ref('criterion')),
  'criterion.weight': () => ({ type: 'number', minimum: 0 }),
  ...Object.fromEntries(
    CAPABILITY_STATUSES.flatMap((status) => [
      [`program.${status}`, () => STRINGS],
      [`component.${status}`, () => STRINGS],
      [`statusLists.${status}`, () => STRINGS],
    ]),
  ),
  'statusLists.informational': () => STRINGS,
  'program.components': () => listOf(ref('programComponent')),
  'program.required_platform_components': () => listOf(ref('programComponent')),
  'program.optional_platform_components': () => listOf(ref('programComponent')),
  'component.capabilities': statusLists,
  'component.designated_sections': statusLists,
  'capability.achievements': () => listOf(offering(CRITERIA_TAGS, CRITERIA_DESCRIPTIONS)),
  'capability.admin': () => BOOLEAN,
  'capability.core': () => BOOLEAN,
  'capability.flagged': () => STRINGS,
  'capability.guidelines': () => STRINGS,
  'capability.status': () => oneOfWords(CAPABILITY_STATUSES, KEY_DESCRIPTIONS.statusLists),
  'capability.tests': (version) => (LISTED.includes(version) ? STRINGS : mapOf(ref('test'))),
  'test.aliases': () => STRINGS,
  'test.flagged': () => ref('flag'),
  'test.flag': () => ref('flag'),
  'flag.reason': () => ({
    type: 'string',
    examples: Object.entries(FLAG_CODES).map(([code, meaning]) => `[${code}] ${meaning}`),
  }),
  'flag.date': () => ({ type: 'string', pattern: '^(\\d{4}-\\d{2}-\\d{2})?$' }),
  'designated.required': () => BOOLEAN,
  'designated.sections': () => ({ anyOf: [mapOf(ref('section')), NOTHING] }),
  'section.designated': () => BOOLEAN,
};
