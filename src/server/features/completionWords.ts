import { CompletionItemKind } from 'vscode-languageserver';
import type { Guideline } from '../../model/guideline';
import { CAPABILITY_STATUSES } from '../../model/guideline';
import { keysOf } from '../../guideline/guidelineRole';
import {
  CRITERIA_TAGS,
  FLAG_CODES,
  GUIDELINE_STATUSES,
  SCHEMA_VERSIONS,
  type HolderKind,
} from '../../guideline/guidelineVocabulary';
import {
  CRITERIA_DESCRIPTIONS,
  GUIDELINE_STATUS_DESCRIPTIONS,
  KEY_DESCRIPTIONS,
  STATUS_DESCRIPTIONS,
} from '../../guideline/keyDescriptions';
import type { CompletionPlace, Offer, Offered } from './completionPlace';

/** What the vocabulary and the file's head say: keys, criteria, statuses, flag types, dates. Null for places of names. */
export function offerWords(place: CompletionPlace, today: string): Offer | null {
  const guideline = place.view.guideline(place.uri);
  if (!guideline) return null;
  const items = wordsFor(place, guideline, today);
  return items && { items, more: false };
}

function wordsFor(place: CompletionPlace, guideline: Guideline, today: string): Offered[] | null {
  switch (place.role) {
    case 'own-key':
      return place.holder === null ? [] : offerKeys(place, place.holder, guideline);
    case 'achievement':
      return offerCriteria(place, guideline);
    case 'criterion':
      return CRITERIA_TAGS.filter((tag) => !guideline.criteria.some((known) => known.tag.value === tag)).map((tag) => ({
        text: tag,
        kind: CompletionItemKind.EnumMember,
        detail: CRITERIA_DESCRIPTIONS[tag],
        value: '{}',
      }));
    case 'capability-status':
      return CAPABILITY_STATUSES.map((status) => word(status, STATUS_DESCRIPTIONS[status]));
    case 'guideline-status':
      return GUIDELINE_STATUSES.map((status) => word(status, GUIDELINE_STATUS_DESCRIPTIONS[status]));
    case 'schema-version':
      return SCHEMA_VERSIONS.map((version) => word(version, undefined));
    case 'flag-reason':
      return offerFlagCodes(place);
    case 'flag-date':
      return [word(today, 'today')];
    default:
      return null;
  }
}

function word(text: string, detail: string | undefined): Offered {
  return { text, kind: CompletionItemKind.EnumMember, detail };
}

/** Keys of the object that are not there yet. Misspelt ones of other schemas are not offered. */
function offerKeys(place: CompletionPlace, holder: HolderKind, guideline: Guideline): Offered[] {
  const version = guideline.schemaVersion.value;
  const other = version.startsWith('1') ? 'required_since' : 'required-since';
  return keysOf(holder, version)
    .filter((key) => key !== other && !isThere(place, key))
    .map((key) => ({
      text: key,
      kind: CompletionItemKind.Property,
      documentation: KEY_DESCRIPTIONS[holder][key],
      value: emptyValueOf(key),
    }));
}

/** True when the capability or test entry of the place has the key already, as far as the model tells. */
function isThere({ view, uri, json, names }: CompletionPlace, key: string): boolean {
  const [capability, test] = names;
  const guideline = view.guideline(uri);
  const found = guideline?.capabilities.find(({ name }) => name.value === capability);
  if (!found || json.path[0] !== 'capabilities') return false;
  if (json.path.length === 3) return found.keys.some(({ value }) => value === key && value !== json.path[2]);
  const entry = found.tests.find(({ name }) => name.value === test);
  if (!entry || json.path.length !== 5) return false;
  if (key === 'idempotent_id') return entry.idAsWritten !== null;
  if (key === 'aliases') return entry.aliases.length > 0;
  return entry.flag !== null;
}

const LISTS = ['achievements', 'aliases', 'releases', 'required', 'advisory', 'deprecated', 'removed', 'guidelines'];
const OBJECTS = ['tests', 'metadata', 'scoring', 'criteria', 'os_trademark_approval', 'capabilities', 'sections'];
const MORE_OBJECTS = ['platform', 'platforms', 'add-ons', 'components', 'designated_sections', 'designated-sections'];
const FLAGS = ['admin', 'core', 'designated'];

function emptyValueOf(key: string): string {
  if (LISTS.includes(key)) return '[]';
  if (key === 'flagged' || key === 'flag') return '{"reason": "", "action": "", "date": ""}';
  if (FLAGS.includes(key)) return 'false';
  if (key === 'weight') return '0';
  return [...OBJECTS, ...MORE_OBJECTS, 'test-repositories', 'test_repositories'].includes(key) ? '{}' : '""';
}

/** The criteria of the file, with their weights, that the capability does not have yet. */
function offerCriteria({ json, names }: CompletionPlace, guideline: Guideline): Offered[] {
  const capability = guideline.capabilities.find(({ name }) => name.value === names[0]);
  const written = capability?.achievements.filter(({ range }) => range.start !== json.range.start + 1) ?? [];
  const own = guideline.criteria.map(({ tag, weight, description }) => ({ tag: tag.value, weight, description }));
  const tags = own.length > 0 ? own : CRITERIA_TAGS.map((tag) => ({ tag, weight: null, description: null }));
  return tags
    .filter(({ tag }) => !written.some(({ value }) => value === tag))
    .map(({ tag, weight, description }) => ({
      text: tag,
      kind: CompletionItemKind.EnumMember,
      detail: weight === null ? undefined : `weight ${weight}`,
      documentation: description ?? CRITERIA_DESCRIPTIONS[tag],
    }));
}

/** Flag types with their meaning. What follows a type in the reason is kept. */
function offerFlagCodes({ view, uri, json }: CompletionPlace): Offered[] {
  const { start, end } = json.range;
  const written = view.text(uri)?.slice(start, end).replace(/^"|"$/g, '') ?? '';
  const rest = written.replace(/^\s*\[?(?:D\d{0,3})?\]?[:,.]?\s*/, '');
  return Object.entries(FLAG_CODES).map(([code, meaning]) => ({
    text: `[${code}] ${rest === '' ? sentence(meaning) : unescape(rest)}`,
    label: `[${code}] ${meaning}`,
    kind: CompletionItemKind.EnumMember,
  }));
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}

/** What a JSON string stands for; as written when it is cut off in an escape. */
function unescape(written: string): string {
  try {
    return String(JSON.parse(`"${written}"`));
  } catch {
    return written;
  }
}
