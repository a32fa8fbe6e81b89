import { CAPABILITY_STATUSES } from '../model/guideline';
import { type HolderKind, HOLDERS } from './guidelineVocabulary';
import type { JsonPlace } from './jsonPlace';

/** What a place of a guideline file is for. */
export type Role =
  | 'achievement'
  | 'alias'
  | 'capability-name'
  | 'capability-status'
  | 'component-name'
  | 'criterion'
  | 'flag-date'
  | 'flag-reason'
  | 'flagged-test'
  | 'guideline-status'
  | 'listed-capability'
  | 'listed-project'
  | 'project'
  | 'release'
  | 'replaces'
  | 'required-since'
  | 'schema-version'
  | 'test-id'
  | 'test-name'
  | 'own-key';

export interface RoleAt {
  readonly role: Role;
  /** The free names on the way, outermost first: of a test id the capability and the test, of a listed name the component. */
  readonly names: readonly string[];
  /** For `own-key`: which kind of object holds the key. */
  readonly holder: HolderKind | null;
}

/** A free name, and a place in a list. */
const NAME = Symbol('name');
const INDEX = Symbol('index');
const STATUS = Symbol('status');
type Step = string | typeof NAME | typeof INDEX | typeof STATUS;
type Way = readonly Step[];

const CAPABILITY: Way = ['capabilities', NAME];
const TEST: Way = [...CAPABILITY, 'tests', NAME];
const APPROVAL: Way = ['metadata', 'os_trademark_approval'];

/** Values by the way from the root, in 1.x and in 2.0. */
const VALUES: readonly (readonly [Role, Way])[] = [
  ['achievement', [...CAPABILITY, 'achievements', INDEX]],
  ['alias', [...TEST, 'aliases', INDEX]],
  ['capability-status', [...CAPABILITY, 'status']],
  ['component-name', ['platform', STATUS, INDEX]],
  ['component-name', ['platforms', NAME, 'components', INDEX, 'name']],
  ['component-name', ['add-ons', NAME, 'components', INDEX, 'name']],
  ['component-name', ['add-ons', NAME, 'required_platform_components', INDEX, 'name']],
  ['component-name', ['add-ons', NAME, 'optional_platform_components', INDEX, 'name']],
  ['flag-date', [...TEST, 'flagged', 'date']],
  ['flag-date', [...TEST, 'flag', 'date']],
  ['flag-reason', [...TEST, 'flagged', 'reason']],
  ['flag-reason', [...TEST, 'flag', 'reason']],
  ['flagged-test', [...CAPABILITY, 'flagged', INDEX]],
  ['guideline-status', [...APPROVAL, 'status']],
  ['guideline-status', ['status']],
  ['listed-capability', ['components', NAME, STATUS, INDEX]],
  ['listed-capability', ['components', NAME, 'capabilities', STATUS, INDEX]],
  ['listed-project', ['components', NAME, 'designated_sections', STATUS, INDEX]],
  ['project', [...CAPABILITY, 'project']],
  ['release', [...APPROVAL, 'releases', INDEX]],
  ['release', ['releases', INDEX]],
  ['replaces', [...APPROVAL, 'replaces']],
  ['replaces', ['replaces']],
  ['required-since', [...CAPABILITY, 'required_since']],
  ['required-since', [...CAPABILITY, 'required-since']],
  ['schema-version', ['metadata', 'schema']],
  ['schema-version', ['schema']],
  ['test-id', [...TEST, 'idempotent_id']],
  ['test-name', [...CAPABILITY, 'tests', INDEX]],
];

/** Keys that are names. */
const NAMES: readonly (readonly [Role, Way])[] = [
  ['capability-name', CAPABILITY],
  ['criterion', ['criteria', NAME]],
  ['criterion', ['metadata', 'scoring', 'criteria', NAME]],
  ['listed-project', ['designated_sections', NAME]],
  ['listed-project', ['designated-sections', STATUS, NAME]],
  ['test-name', TEST],
];

/** Objects with fixed keys. */
const OBJECTS: readonly (readonly [HolderKind, Way])[] = [
  ['guideline', []],
  ['metadata', ['metadata']],
  ['approval', APPROVAL],
  ['scoring', ['metadata', 'scoring']],
  ['criterion', ['metadata', 'scoring', 'criteria', NAME]],
  ['criterion', ['criteria', NAME]],
  ['program', ['platform']],
  ['program', ['platforms', NAME]],
  ['program', ['add-ons', NAME]],
  ['programComponent', ['platforms', NAME, 'components', INDEX]],
  ['programComponent', ['add-ons', NAME, NAME, INDEX]],
  ['component', ['components', NAME]],
  ['statusLists', ['components', NAME, 'capabilities']],
  ['statusLists', ['components', NAME, 'designated_sections']],
  ['statusLists', ['designated_sections', NAME]],
  ['statusLists', ['designated-sections']],
  ['capability', CAPABILITY],
  ['test', TEST],
  ['flag', [...TEST, 'flagged']],
  ['flag', [...TEST, 'flag']],
  ['designated', ['designated_sections', NAME, STATUS]],
  ['designated', ['designated-sections', STATUS, NAME]],
  ['section', ['designated_sections', NAME, STATUS, 'sections', NAME]],
  ['section', ['designated-sections', STATUS, NAME, 'sections', NAME]],
  ['repository', ['test-repositories', NAME]],
  ['repository', ['test_repositories', NAME]],
];

/** What a guideline has at a place, by the way there alone; null where the schemas know nothing. */
export function findRole({ path, isKey }: Pick<JsonPlace, 'path' | 'isKey'>): RoleAt | null {
  for (const [role, way] of isKey ? NAMES : VALUES) {
    const names = matchWay(path, way);
    if (names !== null) return { role, names, holder: null };
  }
  if (!isKey) return null;
  for (const [holder, way] of OBJECTS) {
    const names = matchWay(path.slice(0, -1), way);
    if (names !== null) return { role: 'own-key', names, holder };
  }
  return null;
}

/** Every kind of object that some way leads to, for tests of the table. */
export function listHolders(): readonly HolderKind[] {
  return [...new Set(OBJECTS.map(([kind]) => kind))];
}

/** The free names of a path that goes the way, or null. */
function matchWay(path: JsonPlace['path'], way: Way): readonly string[] | null {
  if (path.length !== way.length) return null;
  const names: string[] = [];
  for (const [i, step] of way.entries()) {
    const given = path[i];
    if (step === INDEX ? typeof given !== 'number' : typeof given !== 'string') return null;
    if (step === NAME) names.push(String(given));
    else if (step === STATUS ? !isStatus(given) : step !== INDEX && step !== given) return null;
  }
  return names;
}

function isStatus(word: string | number | undefined): boolean {
  return word === 'informational' || CAPABILITY_STATUSES.some((status) => status === word);
}

/** Keys of a kind of object in a schema version. */
export function keysOf(holder: HolderKind, schemaVersion: string): readonly string[] {
  return HOLDERS[holder].keys[schemaVersion.startsWith('1') ? '1' : '2'];
}
