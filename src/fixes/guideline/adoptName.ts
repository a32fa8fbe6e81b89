import type { Fix } from '../../model/finding';
import type { GuidelineTest } from '../../model/guideline';
import type { TextEdit } from '../../model/text';
import { findEntryBody, findTracedEntry, type GuidelineFile, isDraft, type MakeGuidelineFixes } from './guidelineFile';
import { findValue, insertElement, insertProperty, replaceString } from './jsonEdits';

/**
 * A test that is called otherwise today. In a draft today's name becomes the key and the old one an alias; an approved
 * guideline keeps its keys, so there today's name becomes an alias (interop: names in approved guidelines are history).
 */
export const adoptName: MakeGuidelineFixes = (file, finding, context) => {
  const traced = findTracedEntry(file, finding, context);
  const today = traced?.target?.name;
  if (!traced || today === undefined) return 'no live test is known for this entry';
  const { entry, capability, candidates } = traced;
  const siblings = capability.tests.filter((other) => other !== entry);
  // One name of several classes that inherit the test: which one is meant is the reviewer's to say.
  const safe = candidates.length <= 1;
  const fixes: Fix[] = [];
  if (isDraft(file) && !siblings.some(({ name }) => name.value === today)) {
    const edits = takeNewKey(file, entry, today);
    if (edits) fixes.push({ title: `Adopt ${shorten(today)}, keep the old name as alias`, safe, note: null, edits });
  }
  if (![entry.name, ...entry.aliases].some(({ value }) => value === today)) {
    const edit = addAlias(file, entry, today);
    const title = `Add ${shorten(today)} as alias`;
    if (edit) fixes.push({ title, safe: safe && !isDraft(file), note: 'The key stays as it is.', edits: [edit] });
  }
  return fixes.length > 0 ? fixes : 'the entry already has every name';
};

/** Where today's name is an alias already, key and alias change places. */
function takeNewKey(file: GuidelineFile, entry: GuidelineTest, today: string): TextEdit[] | null {
  const key = replaceString(file, entry.name.range, today);
  const alias = entry.aliases.find(({ value }) => value === today);
  if (alias) return [key, replaceString(file, alias.range, entry.name.value)];
  if (entry.aliases.some(({ value }) => value === entry.name.value)) return [key];
  const added = addAlias(file, entry, entry.name.value);
  return added && [key, added];
}

/** Adds an alias at the end of the entry's list, which is made when there is none; null for schemas without aliases. */
export function addAlias(file: GuidelineFile, entry: GuidelineTest, name: string): TextEdit | null {
  const body = findEntryBody(file, entry);
  if (body === null) return null;
  const list = findValue(body, 'aliases');
  if (list === undefined) return insertProperty(file, body, 'aliases', [name]);
  return list.type === 'array' ? insertElement(file, list, name) : null;
}

/** `Class.test_x` of a runtime name. */
function shorten(name: string): string {
  return name.split('.').slice(-2).join('.');
}
