import type { HolderKind } from './guidelineVocabulary';

/**
 * What each key of a guideline means, as a sentence or two for hovers, completion and the JSON Schemas in `schemas/`. One
 * source for all three; a test holds it against `HOLDERS`.
 */
export const KEY_DESCRIPTIONS: Readonly<Record<HolderKind, Readonly<Record<string, string>>>> = {
  guideline: {
    id: 'Edition of the guideline: `2016.08`, or `next` for the working draft. It is the name of the file too.',
    release: 'Schema 1.0: the OpenStack release that the guideline is for, as in `havana`.',
    schema: 'Version of the schema that the file follows.',
    reference: 'Where the guideline is explained to readers.',
    source: 'Address at which this very file is published.',
    status: 'How far the guideline is: draft, advisory or review, approved, superseded.',
    replaces: 'Edition that this guideline takes the place of.',
    cutoff_score: 'Sum of weights that a capability needs before it may become required.',
    target_approval: 'Day on which the guideline is meant to be approved, as in `2016-08-23`.',
    releases: 'OpenStack releases that the guideline covers, oldest first, each following on the one before.',
    platform: 'Components that make up the whole platform, by status.',
    components: 'Groups of capabilities that are used together: each lists its capabilities by status.',
    'test-repositories': 'Repositories that the tests live in, each pinned to a commit.',
    capabilities: 'Every capability by name, with the tests that prove it.',
    'designated-sections': 'By status and project: upstream code that a product has to ship.',
    criteria: 'The criteria that capabilities are scored by, each with its weight.',
    metadata: 'Identity, scoring and approval of the guideline.',
    platforms: 'Trademark programs, each made of components.',
    'add-ons': 'Add-on programs: components that come on top of those of a platform.',
    designated_sections: 'By project and status: upstream code that a product has to ship.',
    test_repositories: 'Repositories that the tests live in, each pinned to a commit or branch.',
  },
  metadata: {
    id: 'Edition of the guideline: `2020.06`, `dns.2020.06`, or `next` for the working draft. It is the name of the file too.',
    schema: 'Version of the schema that the file follows.',
    reference: 'Where the guideline is explained to readers.',
    source: 'Address at which this very file is published.',
    scoring: 'How capabilities are scored: criteria, their weights, and the cutoff.',
    os_trademark_approval: 'Approval of the guideline for the trademark program.',
  },
  approval: {
    target_approval: 'When the guideline is meant to be approved, as in `2020.06`.',
    replaces: 'Edition that this guideline takes the place of.',
    releases: 'OpenStack releases that the guideline covers, oldest first, each following on the one before.',
    status: 'How far the guideline is: draft, advisory or review, approved, superseded.',
  },
  scoring: {
    cutoff_score: 'Sum of weights that a capability needs before it may become required.',
    criteria: 'The criteria that capabilities are scored by, each with its weight.',
  },
  criterion: {
    Description: 'What a capability does to meet the criterion.',
    description: 'What a capability does to meet the criterion.',
    name: 'Name of the criterion for readers.',
    weight: 'What meeting the criterion adds to the score of a capability.',
  },
  program: {
    required: 'Components that the platform must have.',
    advisory: 'Components that are suggested for the next guideline.',
    deprecated: 'Components that the next guideline will remove.',
    removed: 'Components that were required or deprecated and are gone.',
    description: 'What the program stands for.',
    components: 'Components that belong to the program.',
    required_platform_components: 'Platform components that a product must have before the add-on counts.',
    optional_platform_components: 'Platform components that the add-on works with and does not need.',
  },
  programComponent: {
    name: 'Name of the component.',
    source: 'Address of the guideline that defines the component, when it is not this one.',
  },
  component: {
    required: 'Capabilities that must be there, with every test that is not flagged passing.',
    advisory: 'Capabilities that are suggested for the next guideline.',
    deprecated: 'Capabilities that the next guideline will remove.',
    removed: 'Capabilities that were required or deprecated and are gone.',
    capabilities: 'Capabilities of the component by status.',
    designated_sections: 'Projects whose designated sections belong to the component, by status.',
  },
  statusLists: {
    required: 'Must be there.',
    advisory: 'Suggested for the next guideline. Nothing becomes required without having been advisory.',
    deprecated: 'The next guideline will remove it. Nothing required is removed without having been deprecated.',
    removed: 'Was required or deprecated and is gone.',
    informational: 'Commentary on designated sections; required of nobody.',
  },
  capability: {
    achievements: 'Criteria that the capability meets; their weights sum up to its score.',
    admin: 'True when the API is for administrators alone. Such a capability scores nothing.',
    core: 'Schema 1.0: true when the capability belongs to the core.',
    description: 'What a user can do with it, in a sentence.',
    flagged: 'Schemas 1.0 and 1.2: tests of the list that need not pass.',
    guidelines: 'Schema 1.2: editions in which the capability was required.',
    name: 'Name for readers.',
    project: 'OpenStack project that provides the capability; leads to its designated sections.',
    'required-since': 'Edition in which the capability became required; empty when it is not required.',
    required_since: 'Edition in which the capability became required.',
    status: 'Schemas 1.2 and 1.3: status of the capability, whatever its components say.',
    tests: 'Tests that prove the capability.',
  },
  test: {
    idempotent_id: 'UUID that the test keeps over renames: `id-<uuid>` in main guidelines, the bare UUID in add-ons.',
    aliases:
      'Other names of the same test. An approved guideline takes new names here; in a draft the new name becomes the key and the old one an alias.',
    flagged: 'The test stays listed and need not pass; says why, what is to be done, and since when.',
    flag: 'As `flagged`, which is the key that RefStack reads.',
  },
  flag: {
    reason: 'Why the test need not pass. Starts with the type of the flag in brackets, as in `[D401]`.',
    action: 'What has to happen for the flag to go.',
    date: 'Day on which the flag was proposed, as in `2018-06-13`.',
  },
  designated: {
    guidance: 'How to read the sections of the project.',
    comment: 'Remarks for reviewers.',
    required: 'Schemas up to 1.5: true when the project is required.',
    sections: 'Parts of the code of the project.',
  },
  section: {
    description: 'What the part of the code does.',
    designated: 'True when a product has to ship this upstream code; false when it may replace it.',
    comment: 'Remarks for reviewers.',
  },
  repository: {
    'git-sha': 'Commit of the repository that the test names were taken from.',
    url: 'Address of the repository.',
    repository: 'Address of the repository.',
    reference: 'Commit or branch that the test names were taken from.',
    description: 'What the repository holds.',
  },
};

/** What each criterion asks, for completion, hovers and schemas; a guideline's own wording goes before it. */
export const CRITERIA_DESCRIPTIONS: Readonly<Record<string, string>> = {
  atomic: 'It stands on its own: nothing else can be built from less.',
  clients: 'Client libraries and tools use it.',
  complete: 'It is fully implemented: nothing in it is a stub.',
  deployed: 'Clouds in production offer it.',
  discover: 'A client can find out whether it is there.',
  doc: 'It is documented.',
  foundation: 'Other capabilities are built on it.',
  future: 'It is where its project is going.',
  proximity: 'It stands close to capabilities that are required already.',
  stable: 'It has not changed for some releases.',
  sticky: 'The guideline before this one required it.',
  tools: 'Third-party tools rely on it.',
};

/** What the statuses of a capability in a component mean. */
export const STATUS_DESCRIPTIONS: Readonly<Record<string, string>> = KEY_DESCRIPTIONS.statusLists;

/** What the statuses of a guideline mean. */
export const GUIDELINE_STATUS_DESCRIPTIONS: Readonly<Record<string, string>> = {
  draft: 'Everything may still change.',
  advisory: 'Published as advice.',
  review: 'Under review, before approval.',
  approved: 'In force. Test lists stay as they are; tests are flagged, not removed.',
  superseded: 'Replaced by a later guideline.',
};
