import { parseTestId } from '../../guideline/testId';
import type { Fix } from '../../model/finding';
import type { GuidelineTest } from '../../model/guideline';
import type { TextEdit } from '../../model/text';
import {
  findEntryAt,
  findEntryBody,
  findTracedEntry,
  type GuidelineFile,
  type MakeGuidelineFixes,
} from './guidelineFile';
import { insertProperty, replaceString } from './jsonEdits';

/** Drops what stands behind an id (IL413), or puts `id-` before it (IL415): the id itself stays. */
export const writeIdPlainly: MakeGuidelineFixes = (file, finding) => {
  const written = findEntryAt(file.guideline, finding.range.start)?.entry.idAsWritten;
  const parsed = parseTestId(written?.value ?? '');
  if (!written || parsed.id === null) return 'there is no id to keep';
  const id = finding.rule === 'IL415' || parsed.prefixed ? `id-${parsed.id}` : parsed.id;
  return [{ title: `Write ${id}`, safe: true, note: null, edits: [replaceString(file, written.range, id)] }];
};

/** Takes the id of the live test that the key names, or else an alias (IL412, IL414, IL431). */
export const takeLiveId: MakeGuidelineFixes = (file, finding, context) => {
  const traced = findTracedEntry(file, finding, context);
  if (!traced) return 'links are not known yet';
  const { entry } = traced;
  const named = [entry.name, ...entry.aliases].map(({ value }) => context.test?.(value)).find((test) => test);
  const id = named?.ids[0];
  if (!named || id === undefined || id === entry.id) return 'no live test of this name has another id';
  const edit = setId(file, entry, id);
  if (edit === null) return 'the schema has no ids';
  const byKey = named.name === entry.name.value;
  // Without an id there is nothing to lose; where one stands, name and id contradict each other and either may be wrong.
  const safe = byKey && entry.id === null && named.ids.length === 1;
  const note = safe ? null : `The id of ${named.name}.`;
  const fix: Fix = { title: `${entry.id === null ? 'Add' : 'Change to'} id-${id}`, safe, note, edits: [edit] };
  return [fix];
};

/** Bare in add-ons, with `id-` elsewhere. */
function setId(file: GuidelineFile, entry: GuidelineTest, id: string): TextEdit | null {
  const text = file.guideline.kind === 'add-on' ? id : `id-${id}`;
  if (entry.idAsWritten) return replaceString(file, entry.idAsWritten.range, text);
  const body = findEntryBody(file, entry);
  return body && insertProperty(file, body, 'idempotent_id', text);
}
