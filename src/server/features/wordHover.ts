import type { Hover } from 'vscode-languageserver';
import type { IndexView } from '../../engine/indexView';
import { findRole } from '../../guideline/guidelineRole';
import {
  CRITERIA_DESCRIPTIONS,
  GUIDELINE_STATUS_DESCRIPTIONS,
  KEY_DESCRIPTIONS,
} from '../../guideline/keyDescriptions';
import { findJsonPlace } from '../../guideline/jsonPlace';
import type { Guideline } from '../../model/guideline';
import { toRange } from '../convert';
import { escapeMarkdown, inlineCode } from '../present/markdown';
import { linkPlaces } from '../present/places';
import { renderSections } from '../present/sectionsCard';

/**
 * The card of a word of a guideline: a criterion with its weight, a project with its designated sections, a status; and of a
 * key, unless the editor shows what our JSON Schema says of it. Null for names of capabilities and tests, which have cards of their own.
 */
export function hoverWord(view: IndexView, guideline: Guideline, offset: number, schemaIsKnown: boolean): Hover | null {
  const text = view.text(guideline.uri) ?? '';
  const json = findJsonPlace(text, offset);
  const found = json?.quoted === true ? findRole(json) : null;
  if (!json || !found) return null;
  const word = String(json.isKey ? (json.path.at(-1) ?? '') : readString(text, json.range));
  const value = describe(view, guideline, found.role, word);
  const key =
    found.role === 'own-key' && found.holder !== null && !schemaIsKnown
      ? KEY_DESCRIPTIONS[found.holder][word]
      : undefined;
  const card = value === '' ? (key ?? '') : value;
  if (card === '') return null;
  return { contents: { kind: 'markdown', value: card }, range: toRange(view, guideline.uri, json.range) };
}

function describe(view: IndexView, guideline: Guideline, role: string, word: string): string {
  switch (role) {
    case 'achievement':
    case 'criterion':
      return describeCriterion(guideline, word);
    case 'project':
    case 'listed-project':
      return (
        renderSections(guideline, word, linkPlaces(view)) || `${inlineCode(word)} has no designated sections here.`
      );
    case 'guideline-status':
      return GUIDELINE_STATUS_DESCRIPTIONS[word] ?? '';
    default:
      return '';
  }
}

function describeCriterion({ criteria, cutoffScore, capabilities }: Guideline, word: string): string {
  const own = criteria.find(({ tag }) => tag.value === word);
  const meaning = own?.description ?? CRITERIA_DESCRIPTIONS[word];
  if (meaning === undefined) return '';
  const weight = own?.weight === null || own === undefined ? '' : ` weighs ${own.weight}`;
  const cutoff = cutoffScore === null || weight === '' ? '' : ` of a cutoff of ${cutoffScore.value}`;
  const met = capabilities.filter(({ achievements }) => achievements.some(({ value }) => value === word)).length;
  return `**${escapeMarkdown(own?.name ?? word)}**${weight}${cutoff}\n\n${escapeMarkdown(meaning)}\n\nMet by ${met} of ${capabilities.length} capabilities.`;
}

function readString(text: string, { start, end }: { readonly start: number; readonly end: number }): string {
  try {
    return String(JSON.parse(text.slice(start, end)));
  } catch {
    return '';
  }
}
