import {
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  type DocumentSymbol,
  type Hover,
  InsertTextFormat,
  SymbolKind,
} from 'vscode-languageserver';
import type { IndexView } from '../../engine/indexView';
import type { ProfileFile } from '../../engine/profileIndex';
import { COMMAND_ROWS, findCommandRow } from '../../guest/catalogue/commands';
import { findJsonPlace } from '../../guideline/jsonPlace';
import {
  findProfileRole,
  findTyped,
  findWritten,
  listKeys,
  type ProfilePlace,
} from '../../policy/profile/profilePlace';
import { PROFILE_KEYS, WORD_MEANINGS } from '../../policy/profile/profileVocabulary';
import { toRange } from '../convert';
import { describeKey, describeOption, describeTool, describeWord } from '../present/profileText';

/** A place to complete, in YAML or JSON. */
interface TypedPlace extends ProfilePlace {
  readonly isJson: boolean;
  /** A colon stands behind the key already. */
  readonly hasValue: boolean;
  /** Nothing but blanks stands before it on its line. */
  readonly isFirst: boolean;
}

interface Offered {
  readonly word: string;
  readonly kind: CompletionItemKind;
  readonly about: string;
  /** What is written, when it is not the word alone. */
  readonly written?: string;
}

const NOTHING: CompletionList = { isIncomplete: false, items: [] };

/**
 * What may stand at an offset of a cloud profile, whole or half typed: keys that are not there yet, words, tools of the catalogue, options
 * that tests of the workspace hang on.
 * @param schemaIsKnown the editor offers by itself what our JSON Schema says
 */
export function completeProfile(
  view: IndexView,
  file: ProfileFile,
  offset: number,
  schemaIsKnown: boolean,
): CompletionList {
  const place = findPlace(file, offset);
  const role = place && findProfileRole(place);
  if (!place || !role) return NOTHING;
  const isInSchema = role.kind === 'key' || role.kind === 'word' || role.kind === 'switch';
  if (schemaIsKnown && isInSchema) return NOTHING;
  const items = offer(view, file, place).map((offered, rank): CompletionItem =>
    toItem(view, file, place, offered, rank),
  );
  return { isIncomplete: false, items };
}

function findPlace({ uri, text }: ProfileFile, offset: number): TypedPlace | null {
  const lineStart = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  if (!/\.json$/i.test(uri)) {
    const typed = findTyped(text, offset);
    if (!typed) return null;
    const isFirst = text.slice(lineStart, typed.range.start).trim() === '';
    return { ...typed, isJson: false, hasValue: /^[ \t]*:/.test(text.slice(typed.range.end)), isFirst };
  }
  const json = findJsonPlace(text, offset);
  if (!json) return null;
  const { path, isKey, range, typed, hasValue } = json;
  return { path: isKey ? path.slice(0, -1) : path, isKey, range, word: typed, isJson: true, hasValue, isFirst: false };
}

function offer(view: IndexView, { text }: ProfileFile, place: TypedPlace): readonly Offered[] {
  const role = findProfileRole(place);
  switch (role?.kind) {
    case 'key':
      return offerKeys(text, place, role.object);
    case 'option': {
      const there = new Set(listKeys(text, place.path));
      return view
        .options()
        .filter(({ name }) => !there.has(name) || name === place.word)
        .map((use) => ({
          word: use.name,
          kind: CompletionItemKind.Property,
          about: describeOption(use),
          written: printPair(place, use.name, use.holds === null ? '' : String(!use.holds)),
        }));
    }
    case 'switch':
      return ['true', 'false'].map((word) => ({ word, kind: CompletionItemKind.Value, about: '', written: word }));
    case 'word':
      return offerWords(place, role.key, role.isItem);
    case 'tool':
      return offerTools(place, role.isItem);
    default:
      return [];
  }
}

function offerKeys(text: string, place: TypedPlace, object: keyof typeof PROFILE_KEYS): readonly Offered[] {
  const there = new Set(listKeys(text, place.path));
  return PROFILE_KEYS[object]
    .filter(({ name }) => name !== '$schema' && (!there.has(name) || name === place.word))
    .map(({ name, about }) => ({
      word: name,
      kind: CompletionItemKind.Property,
      about,
      written: printPair(place, name, place.isJson ? (EMPTY_VALUES[name] ?? '""') : ''),
    }));
}

const EMPTY_VALUES: Readonly<Record<string, string>> = {
  regions: '[]',
  guests: '[]',
  reachability: '[]',
  options: '{}',
  tools: '[]',
};

function printPair({ isJson, hasValue }: TypedPlace, key: string, value: string): string {
  const written = isJson ? JSON.stringify(key) : key;
  if (hasValue) return written;
  // What holds more on lines of its own has no blank behind it.
  const opensBlock = !isJson && (key === 'regions' || key === 'options');
  return opensBlock ? `${written}:` : `${written}: ${value}`;
}

function offerWords(place: TypedPlace, key: string, isItem: boolean): readonly Offered[] {
  const known = Object.values(PROFILE_KEYS)
    .flat()
    .find(({ name }) => name === key);
  if (!known || key === 'tools') return [];
  const isList = key === 'guests' || key === 'reachability';
  if (isItem && !isList) return [];
  return known.words.map((word) => ({
    word,
    kind: CompletionItemKind.EnumMember,
    about: WORD_MEANINGS[word] ?? '',
    written: printWord(place, word, isList && !isItem),
  }));
}

function offerTools(place: TypedPlace, isItem: boolean): readonly Offered[] {
  const any: Offered = {
    word: 'any',
    kind: CompletionItemKind.Keyword,
    about: WORD_MEANINGS['any'] ?? '',
    written: printWord(place, 'any', false),
  };
  const tools = [...COMMAND_ROWS.values()]
    // What every system has, or one system alone knows, is no matter of an image.
    .filter(({ support }) => Object.values(support).includes('may'))
    .map(({ name }): Offered => ({
      word: name,
      kind: CompletionItemKind.Value,
      about: describeTool(findCommandRow(name)),
      written: printWord(place, name, !isItem),
    }))
    .sort((a, b) => (a.word < b.word ? -1 : 1));
  return isItem ? tools : [any, ...tools];
}

/** @param opensList the word is the first of a list that is not there yet */
function printWord({ isJson, isFirst }: TypedPlace, word: string, opensList: boolean): string {
  const written = isJson ? JSON.stringify(word) : word;
  if (!opensList) return written;
  return isFirst ? `- ${written}` : `[${written}]`;
}

function toItem(
  view: IndexView,
  { uri }: ProfileFile,
  { range }: TypedPlace,
  { word, kind, about, written = word }: Offered,
  rank: number,
): CompletionItem {
  return {
    label: word,
    kind,
    documentation: about === '' ? undefined : { kind: 'markdown', value: about },
    filterText: written.startsWith('"') ? `"${word}` : word,
    sortText: String(rank).padStart(5, '0'),
    insertTextFormat: InsertTextFormat.PlainText,
    textEdit: { range: toRange(view, uri, range), newText: written },
  };
}

/** What a key, word, tool or option of a profile means. */
export function hoverProfile(view: IndexView, file: ProfileFile, offset: number, schemaIsKnown: boolean): Hover | null {
  const place = findWritten(file.text, offset);
  const role = place && findProfileRole(place);
  if (!place || !role) return null;
  const value = describe(view, place, schemaIsKnown);
  return value === '' ? null : { contents: { kind: 'markdown', value }, range: toRange(view, file.uri, place.range) };
}

function describe(view: IndexView, place: ProfilePlace, schemaIsKnown: boolean): string {
  const role = findProfileRole(place);
  switch (role?.kind) {
    case 'key':
      return schemaIsKnown ? '' : describeKey(PROFILE_KEYS[role.object].find(({ name }) => name === place.word));
    case 'option':
    case 'switch': {
      const name = role.kind === 'option' ? place.word : role.option;
      const use = view.options().find((one) => one.name === name);
      return use ? describeOption(use) : 'No test that the index knows asks more or less of a guest by this option.';
    }
    case 'word':
      return describeWord(place.word);
    case 'tool':
      return place.word === 'any' ? describeWord('any') : describeTool(findCommandRow(place.word));
    default:
      return '';
  }
}

/** The outline of a profile: its regions. */
export function outlineProfile(view: IndexView, { uri, outline }: ProfileFile): DocumentSymbol[] {
  return outline.map(({ name, detail, range, nameRange }) => ({
    name,
    detail,
    kind: SymbolKind.Namespace,
    range: toRange(view, uri, range),
    selectionRange: toRange(view, uri, nameRange),
  }));
}
