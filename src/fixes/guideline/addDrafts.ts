import { makeCapabilityStub, type StubValue } from '../../guideline/capabilityStub';
import type { TextEdit } from '../../model/text';
import type { FixContext } from '../fixContext';
import { findStatusLists } from './listCapability';
import { type GuidelineFile, isDraft, openGuidelineFile } from './guidelineFile';
import { findValue, insertElements, insertProperties, insertProperty, type JsonValue } from './jsonEdits';

/** A capability to be added, with its tests. */
export interface DraftCapability {
  readonly name: string;
  readonly description: string;
  readonly project: string;
  readonly tests: readonly { readonly name: string; readonly id: string | null }[];
}

/**
 * Adds capabilities to a draft guideline in the file's own form, advisory in one component, with criteria left to be filled in.
 * @returns the edits, or why there are none (a sentence without a full stop)
 */
export function addDrafts(
  uri: string,
  drafts: readonly DraftCapability[],
  context: Pick<FixContext, 'text' | 'guideline'>,
): readonly TextEdit[] | string {
  const file = openGuidelineFile(uri, context);
  if (file === null) return 'the file is no guideline that can be read whole';
  if (!isDraft(file)) return 'it is no draft: what is approved is not added to';
  const capabilities = findValue(file.root, 'capabilities');
  if (capabilities?.type !== 'object') return 'it has no capabilities that could be added to';
  const fresh = drafts.filter(({ name }) => findValue(capabilities, name) === undefined);
  if (fresh.length === 0) return drafts.length === 0 ? 'no test is one for such a capability' : 'it has them already';
  const stubs = fresh.map((draft): [string, JsonValue] => [draft.name, fillStub(file, draft)]);
  const added = insertProperties(file, capabilities, stubs);
  const listed = listAsAdvisory(file, fresh);
  return added === null || listed === null ? 'something stands in it that is no JSON' : [...listed, added];
}

function fillStub({ guideline }: GuidelineFile, { description, project, tests }: DraftCapability): JsonValue {
  const stub: Readonly<Record<string, StubValue>> = makeCapabilityStub(guideline.schemaVersion.value);
  const entries: JsonValue = Array.isArray(stub['tests'])
    ? tests.map(({ name }) => name)
    : Object.fromEntries(
        tests.map(({ name, id }): [string, JsonValue] => [name, id === null ? {} : { idempotent_id: `id-${id}` }]),
      );
  const filled = { ...(stub as Readonly<Record<string, JsonValue>>), description, tests: entries };
  return 'project' in stub ? { ...filled, project } : filled;
}

/** In the component that lists most capabilities of the drafts' project; nowhere in schemas without components. */
function listAsAdvisory(file: GuidelineFile, drafts: readonly DraftCapability[]): readonly TextEdit[] | null {
  const { components, capabilities } = file.guideline;
  const projects = new Set(drafts.map(({ project }) => project));
  const own = new Set(
    capabilities.filter(({ project }) => projects.has(project?.value ?? '')).map(({ name }) => name.value),
  );
  const counted = components.map(({ name, capabilities: lists }) => ({
    name: name.value,
    count: Object.values(lists)
      .flat()
      .filter(({ value }) => own.has(value)).length,
  }));
  const [most] = counted.sort((a, b) => b.count - a.count);
  if (!most) return [];
  const lists = findStatusLists(file, most.name);
  if (lists === null) return null;
  const names = drafts.map(({ name }) => name);
  const list = findValue(lists, 'advisory');
  const edit = list === undefined ? insertProperty(file, lists, 'advisory', names) : insertElements(file, list, names);
  return edit && [edit];
}
