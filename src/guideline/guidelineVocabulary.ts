/**
 * The keys and values that the guideline schemas know (interop repository, doc/source/schema; 1.0 and 1.2–1.6 share one
 * layout, 2.0 has its own).
 */
export type SchemaLayout = '1' | '2';

/** Every schema version in use, oldest first. */
export const SCHEMA_VERSIONS = ['1.0', '1.2', '1.3', '1.4', '1.5', '1.6', '2.0'] as const;

/** The kinds of objects whose keys are fixed. */
export type HolderKind =
  | 'guideline'
  | 'metadata'
  | 'approval'
  | 'scoring'
  | 'criterion'
  | 'program'
  | 'programComponent'
  | 'component'
  | 'statusLists'
  | 'capability'
  | 'test'
  | 'flag'
  | 'designated'
  | 'section'
  | 'repository';

export interface Holder {
  /** As messages name it. */
  readonly name: string;
  readonly keys: Readonly<Record<SchemaLayout, readonly string[]>>;
}

const STATUSES = ['required', 'advisory', 'deprecated', 'removed'];

export const HOLDERS: Readonly<Record<HolderKind, Holder>> = {
  guideline: {
    name: 'guideline',
    keys: {
      '1': [
        'id',
        'release',
        'schema',
        'reference',
        'source',
        'status',
        'replaces',
        'cutoff_score',
        'target_approval',
        'releases',
        'platform',
        'components',
        'test-repositories',
        'capabilities',
        'designated-sections',
        'criteria',
      ],
      '2': [
        'metadata',
        'platforms',
        'add-ons',
        'components',
        'capabilities',
        'designated_sections',
        'test_repositories',
      ],
    },
  },
  metadata: {
    name: 'metadata',
    keys: { '1': [], '2': ['id', 'schema', 'reference', 'source', 'scoring', 'os_trademark_approval'] },
  },
  approval: {
    name: 'trademark approval',
    keys: { '1': [], '2': ['target_approval', 'replaces', 'releases', 'status'] },
  },
  scoring: { name: 'scoring', keys: { '1': [], '2': ['cutoff_score', 'criteria'] } },
  criterion: {
    name: 'criterion',
    keys: { '1': ['Description', 'name', 'weight'], '2': ['description', 'name', 'weight'] },
  },
  program: {
    name: 'program',
    keys: {
      '1': STATUSES,
      '2': ['description', 'components', 'required_platform_components', 'optional_platform_components'],
    },
  },
  programComponent: { name: 'component reference', keys: { '1': [], '2': ['name', 'source'] } },
  component: { name: 'component', keys: { '1': STATUSES, '2': ['capabilities', 'designated_sections'] } },
  statusLists: {
    name: 'status lists',
    keys: { '1': [...STATUSES, 'informational'], '2': [...STATUSES, 'informational'] },
  },
  capability: {
    name: 'capability',
    keys: {
      '1': [
        'achievements',
        'admin',
        'core',
        'description',
        'flagged',
        'guidelines',
        'name',
        'project',
        'required-since',
        'required_since',
        'status',
        'tests',
      ],
      '2': ['achievements', 'admin', 'description', 'project', 'required_since', 'required-since', 'tests'],
    },
  },
  test: {
    name: 'test entry',
    keys: {
      '1': ['idempotent_id', 'aliases', 'flagged', 'flag'],
      '2': ['idempotent_id', 'aliases', 'flag', 'flagged'],
    },
  },
  flag: {
    name: 'flag',
    keys: { '1': ['reason', 'action', 'date'], '2': ['reason', 'action', 'date'] },
  },
  designated: {
    name: 'designated project',
    keys: { '1': ['guidance', 'comment', 'required', 'sections'], '2': ['guidance', 'comment', 'sections'] },
  },
  section: {
    name: 'designated section',
    keys: { '1': ['description', 'designated', 'comment'], '2': ['description', 'designated', 'comment'] },
  },
  repository: {
    name: 'test repository',
    keys: { '1': ['git-sha', 'url', 'description'], '2': ['repository', 'reference', 'description'] },
  },
};

/** The twelve tags of the Core Criteria. */
export const CRITERIA_TAGS = [
  'atomic',
  'clients',
  'complete',
  'deployed',
  'discover',
  'doc',
  'foundation',
  'future',
  'proximity',
  'stable',
  'sticky',
  'tools',
] as const;

/** What a flag's code stands for (interop HACKING rules, flag types). */
export const FLAG_CODES: Readonly<Record<string, string>> = {
  D400: 'the test fails the Core Criteria',
  D401: 'accepted bug in the test',
  D402: 'accepted bug in the tested code',
  D403: 'the test also needs capabilities that are not required',
  D404: 'other, to be discussed',
  D405: 'the way it is implemented is not widely deployed',
  D406: 'the test was removed from its suite for good',
};

/** Statuses of a guideline that the documents and schemas know. */
export const GUIDELINE_STATUSES = ['draft', 'advisory', 'review', 'approved', 'superseded'] as const;
