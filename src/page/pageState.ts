import { GUEST_LEVELS, GUEST_OSES, type GuestLevel } from '../model/guestLevel';
import {
  CONTAINER_RULES,
  GUEST_CHOICES,
  IMPLEMENTATIONS,
  REGION_RULES,
  REWRITES,
  TODAYS_POLICY,
  type Policy,
} from '../model/whatIfPolicy';

export const VIEWS = ['board', 'matrix', 'levels', 'tests', 'sites', 'summary', 'words'] as const;
export type View = (typeof VIEWS)[number];

/** What the drawer shows, by names that outlive a new model. */
export type Selection =
  | { readonly kind: 'cell'; readonly guideline: string; readonly capability: string }
  | { readonly kind: 'test'; readonly name: string }
  | { readonly kind: 'site'; readonly key: string };

export interface SortOrder {
  readonly column: string;
  readonly descending: boolean;
}

/** What a person has set on one table. */
export interface TableState {
  readonly text: string;
  readonly sort: SortOrder | null;
  /** Chosen value by column; a column that is not here is not filtered. */
  readonly chosen: Readonly<Record<string, string>>;
}

export interface MatrixState {
  readonly text: string;
  readonly project: string;
  readonly status: string;
  readonly level: GuestLevel;
  readonly flaggedOnly: boolean;
  /** `column` is a guideline's key, or `capability`. */
  readonly sort: SortOrder | null;
}

export interface LevelsState {
  readonly counted: 'required' | 'all';
  readonly validation: 'on' | 'off';
}

/** H: what required capabilities are grouped by. */
export const FLAVOR_CHOICES = ['level', 'project'] as const;
export type FlavorChoice = (typeof FLAVOR_CHOICES)[number];

export interface BoardState {
  /** Key of a profile; one that is not there: the first. */
  readonly profile: string;
  /** Key of a guideline; one that is not there: the newest dated main one. */
  readonly guideline: string;
  /** Without its flavors, which `flavors` says. */
  readonly policy: Policy;
  readonly flavors: FlavorChoice;
}

/** Everything that a person can set on the page; plain data, kept over reloads. */
export interface PageState {
  readonly view: View;
  readonly selection: Selection | null;
  readonly board: BoardState;
  readonly matrix: MatrixState;
  readonly levels: LevelsState;
  readonly tests: TableState;
  readonly sites: TableState;
}

/** The heaviest demands first. */
const FRESH_TABLE: TableState = { text: '', sort: { column: 'level', descending: true }, chosen: {} };

export const FRESH_STATE: PageState = {
  view: 'board',
  selection: null,
  board: { profile: '', guideline: '', policy: TODAYS_POLICY, flavors: 'level' },
  matrix: { text: '', project: '', status: '', level: 'api', flaggedOnly: false, sort: null },
  levels: { counted: 'required', validation: 'on' },
  tests: FRESH_TABLE,
  sites: FRESH_TABLE,
};

/** A remembered state as far as it makes sense: what an older page wrote differently is as on a fresh page. */
export function readState(remembered: unknown): PageState {
  const given = recordOf(remembered);
  const matrix = recordOf(given['matrix']);
  const levels = recordOf(given['levels']);
  return {
    view: pick(VIEWS, given['view']) ?? FRESH_STATE.view,
    selection: readSelection(given['selection']),
    board: readBoard(given['board']),
    matrix: {
      text: textOf(matrix['text']),
      project: textOf(matrix['project']),
      status: textOf(matrix['status']),
      level: pick(GUEST_LEVELS, matrix['level']) ?? 'api',
      flaggedOnly: matrix['flaggedOnly'] === true,
      sort: readSort(matrix['sort']),
    },
    levels: {
      counted: pick(['required', 'all'] as const, levels['counted']) ?? 'required',
      validation: pick(['on', 'off'] as const, levels['validation']) ?? 'on',
    },
    tests: 'tests' in given ? readTable(given['tests']) : FRESH_TABLE,
    sites: 'sites' in given ? readTable(given['sites']) : FRESH_TABLE,
  };
}

function readBoard(value: unknown): BoardState {
  const given = recordOf(value);
  const policy = recordOf(given['policy']);
  const systems: unknown = policy['mustRunOs'];
  return {
    profile: textOf(given['profile']),
    guideline: textOf(given['guideline']),
    policy: {
      implementation: pick(IMPLEMENTATIONS, policy['implementation']) ?? TODAYS_POLICY.implementation,
      guests: pick(GUEST_CHOICES, policy['guests']) ?? TODAYS_POLICY.guests,
      rewrites: pick(REWRITES, policy['rewrites']) ?? TODAYS_POLICY.rewrites,
      osBranch: policy['osBranch'] === true,
      uploadTest: policy['uploadTest'] === true,
      mustRunOs: GUEST_OSES.filter((os) => Array.isArray(systems) && systems.includes(os)),
      guestCapabilities: policy['guestCapabilities'] === true,
      containers: pick(CONTAINER_RULES, policy['containers']) ?? TODAYS_POLICY.containers,
      regions: pick(REGION_RULES, policy['regions']) ?? TODAYS_POLICY.regions,
      flavors: [],
      designatedSections: policy['designatedSections'] === true,
    },
    flavors: pick(FLAVOR_CHOICES, given['flavors']) ?? 'level',
  };
}

function readSelection(value: unknown): Selection | null {
  const given = recordOf(value);
  const { kind, guideline, capability, name, key } = given;
  if (kind === 'cell' && typeof guideline === 'string' && typeof capability === 'string')
    return { kind, guideline, capability };
  if (kind === 'test' && typeof name === 'string') return { kind, name };
  if (kind === 'site' && typeof key === 'string') return { kind, key };
  return null;
}

function readTable(value: unknown): TableState {
  const given = recordOf(value);
  const chosen = Object.entries(recordOf(given['chosen'])).filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string',
  );
  return { text: textOf(given['text']), sort: readSort(given['sort']), chosen: Object.fromEntries(chosen) };
}

function readSort(value: unknown): SortOrder | null {
  const { column, descending } = recordOf(value);
  return typeof column === 'string' ? { column, descending: descending === true } : null;
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function pick<T extends string>(allowed: readonly T[], value: unknown): T | null {
  return allowed.find((one) => one === value) ?? null;
}
