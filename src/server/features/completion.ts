import type { CompletionItem, CompletionList } from 'vscode-languageserver';
import { InsertTextFormat, InsertTextMode } from 'vscode-languageserver';
import type { IndexView } from '../../engine/indexView';
import { findRole, type Role } from '../../guideline/guidelineRole';
import { findJsonPlace, type JsonPlace } from '../../guideline/jsonPlace';
import { toRange } from '../convert';
import { offerNames } from './completionNames';
import type { CompletionPlace, Offered } from './completionPlace';
import { offerWords } from './completionWords';
import { completeProfile } from './profiles';

export interface CompletionOptions {
  /** The editor knows our JSON Schema for this file by its path, and offers what the schema says by itself. */
  readonly schemaIsKnown: boolean;
  /** The editor shows parts of an item beside its label. */
  readonly labelDetails: boolean;
  /** yyyy-mm-dd */
  readonly today: string;
}

/** What the JSON Schema offers as well. */
const IN_SCHEMA: readonly Role[] = [
  'achievement',
  'capability-status',
  'guideline-status',
  'own-key',
  'schema-version',
];

const NOTHING: CompletionList = { isIncomplete: false, items: [] };

/**
 * What may stand at an offset of a guideline file or cloud profile, whole or half typed. The index need not be complete: names of tests are
 * offered as far as they are known. Work is linear in the text up to the offset and in the names of tests.
 */
export function findCompletions(
  view: IndexView,
  uri: string,
  offset: number,
  { schemaIsKnown, labelDetails, today }: CompletionOptions,
): CompletionList {
  const text = view.text(uri);
  const profile = view.profile(uri);
  if (profile) return completeProfile(view, profile, offset, schemaIsKnown);
  if (text === undefined || !view.guideline(uri)) return NOTHING;
  const json = findJsonPlace(text, offset);
  const found = json && findRole(json);
  if (!json || !found || (schemaIsKnown && IN_SCHEMA.includes(found.role))) return NOTHING;
  const place: CompletionPlace = { ...found, view, uri, json };
  const { items, more } = offerWords(place, today) ?? offerNames(place);
  return { isIncomplete: more, items: items.map((offered, rank) => toItem(place, text, offered, rank, labelDetails)) };
}

function toItem(
  { view, uri, json }: CompletionPlace,
  text: string,
  offered: Offered,
  rank: number,
  labelDetails: boolean,
): CompletionItem {
  const written = JSON.stringify(offered.text);
  const isNewKey = json.isKey && !json.hasValue;
  const newText = isNewKey ? `${written}: ${offered.value ?? '""'}` : written;
  return {
    ...makeLabel(offered, labelDetails),
    kind: offered.kind,
    detail: offered.detail,
    // The editor filters by what stands in the range: the quote that opens the string, then what is typed.
    filterText: json.quoted ? `"${offered.text}` : offered.text,
    sortText: String(rank).padStart(5, '0'),
    insertTextFormat: InsertTextFormat.PlainText,
    insertTextMode: InsertTextMode.adjustIndentation,
    textEdit: {
      range: toRange(view, uri, json.range),
      newText: newText + (needsComma(text, json, isNewKey) ? ',' : ''),
    },
  };
}

/**
 * The method of a test first: names differ at their end, which a list cuts off. Beside it only the class, since what stands there takes the
 * room of the label; the whole name is in the documentation.
 */
function makeLabel(
  { label, text, isDotted, documentation }: Offered,
  labelDetails: boolean,
): Pick<CompletionItem, 'label' | 'labelDetails' | 'documentation'> {
  const [method = text, className] = text.split('.').reverse();
  const isSplit = labelDetails && isDotted === true && className !== undefined;
  const told = [isSplit ? `\`${text}\`` : '', documentation ?? ''].filter((part) => part !== '').join('\n\n');
  return {
    label: isSplit ? method : (label ?? text),
    ...(isSplit && { labelDetails: { description: className } }),
    ...(told !== '' && { documentation: { kind: 'markdown', value: told } }),
  };
}

/** True when another element or property follows without a comma between. */
function needsComma(text: string, json: JsonPlace, isNewKey: boolean): boolean {
  if (json.isKey && !isNewKey) return false;
  let at = json.range.end;
  while (at < text.length && ' \t\r\n'.includes(text[at] ?? '')) at++;
  return '"{[-0123456789tfn'.includes(text[at] ?? ' ');
}
