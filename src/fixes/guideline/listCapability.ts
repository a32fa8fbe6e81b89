import type { Node } from 'jsonc-parser';
import { indexComponentStatuses } from '../../guideline/capabilityStatus';
import { makeCapabilityStub } from '../../guideline/capabilityStub';
import type { Fix } from '../../model/finding';
import type { FixContext } from '../fixContext';
import { CAPABILITY_STATUSES, type CapabilityStatus } from '../../model/guideline';
import type { TextEdit, TextRange } from '../../model/text';
import { type GuidelineFile, isDraft, type MakeGuidelineFixes, openGuidelineFile } from './guidelineFile';
import { findValue, insertElement, insertProperty, removeChild } from './jsonEdits';

/**
 * Moves a capability of one component to another status; from nowhere when the component does not list it. Null when the
 * component is not there, has it under that status already, or cannot be edited.
 */
export function moveCapability(
  file: GuidelineFile,
  component: string,
  capability: string,
  to: CapabilityStatus,
): readonly TextEdit[] | null {
  const lists = findStatusLists(file, component);
  if (lists === null || findListed(findValue(lists, to), capability) !== undefined) return null;
  const edits: (TextEdit | null)[] = [];
  for (const status of CAPABILITY_STATUSES) {
    const list = findValue(lists, status);
    const listed = findListed(list, capability);
    if (list !== undefined && listed !== undefined) edits.push(removeChild(file, list, listed));
  }
  const target = findValue(lists, to);
  if (target === undefined) edits.push(insertProperty(file, lists, to, [capability]));
  else edits.push(target.type === 'array' ? insertElement(file, target, capability) : null);
  return edits.every((edit) => edit !== null) ? edits : null;
}

/**
 * Every move of a capability of a draft to another status, in each component that lists it: for whoever edits and not for a
 * finding. Nothing in settled guidelines, whose statuses nobody moves.
 */
export function offerMoves(uri: string, capability: string, context: FixContext): readonly Fix[] {
  const file = openGuidelineFile(uri, context);
  if (file === null || !isDraft(file)) return [];
  return (indexComponentStatuses(file.guideline).get(capability) ?? []).flatMap(({ component, status }) =>
    CAPABILITY_STATUSES.filter((other) => other !== status).flatMap((to): Fix[] => {
      const edits = moveCapability(file, component, capability, to);
      const title = `Move "${capability}" from ${status} to ${to} in ${component}`;
      return edits ? [{ title, safe: false, note: null, edits }] : [];
    }),
  );
}

/** The object with `required`, `advisory` …: the component itself (1.x) or its `capabilities` (2.0). */
export function findStatusLists(file: GuidelineFile, component: string): Node | null {
  const body = findValue(file.root, 'components', component);
  const lists = findValue(body, 'capabilities') ?? body;
  return lists?.type === 'object' ? lists : null;
}

function findListed(list: Node | undefined, capability: string): Node | undefined {
  return list?.children?.find(({ value }) => value === capability);
}

/** Required without having been advisory (IL426), or gone without having been deprecated (IL427). */
export const moveBack: MakeGuidelineFixes = (file, finding) => {
  const to = finding.rule === 'IL426' ? 'advisory' : 'deprecated';
  const from = finding.rule === 'IL426' ? 'required' : 'removed';
  const name = textAt(file, finding.range);
  const listed = indexComponentStatuses(file.guideline).get(name) ?? [];
  const components = listed.filter(({ status }) => status === from).map(({ component }) => component);
  const edits = components.map((component) => moveCapability(file, component, name, to));
  if (edits.length === 0 || edits.some((edit) => edit === null)) return 'no component lists the capability there';
  const all = edits.flatMap((edit) => edit ?? []);
  return [{ title: `Move "${name}" to ${to}`, safe: false, note: `In ${components.join(', ')}.`, edits: all }];
};

/** A capability that no component lists (IL406): advisory in one of them. */
export const listAsAdvisory: MakeGuidelineFixes = (file, finding) => {
  const name = textAt(file, finding.range);
  return file.guideline.components.flatMap((component): Fix[] => {
    const edits = moveCapability(file, component.name.value, name, 'advisory');
    return edits ? [{ title: `List it as advisory in ${component.name.value}`, safe: false, note: null, edits }] : [];
  });
};

/** A listed capability that the file does not define (IL405): an empty one, or out of the list. */
export const defineCapability: MakeGuidelineFixes = (file, finding) => {
  const name = textAt(file, finding.range);
  const stub = addCapabilityStub(file, name);
  const fixes: Fix[] = [];
  if (stub) {
    fixes.push({
      title: `Add an empty capability "${name}"`,
      safe: false,
      note: 'Its tests are still to be named.',
      edits: [stub],
    });
  }
  return [...fixes, ...unlist(file, finding.range, false)];
};

/** A capability that a component lists twice (IL408): the later place goes, the first one counts. */
export const unlistRepeated: MakeGuidelineFixes = (file, finding) => unlist(file, finding.range, false);

function unlist(file: GuidelineFile, range: TextRange, safe: boolean): Fix[] {
  for (const component of file.guideline.components) {
    const lists = findStatusLists(file, component.name.value);
    for (const status of CAPABILITY_STATUSES) {
      const list = lists ? findValue(lists, status) : undefined;
      // A range between quotes starts one behind its string.
      const listed = list?.children?.find(({ offset }) => offset === range.start - 1);
      const edit = list && listed ? removeChild(file, list, listed) : null;
      if (edit)
        return [{ title: `Remove it from ${status} in ${component.name.value}`, safe, note: null, edits: [edit] }];
    }
  }
  return [];
}

/** A capability with every key that its schema wants, behind the last one. Null when it is defined, or cannot be added. */
export function addCapabilityStub(file: GuidelineFile, name: string): TextEdit | null {
  const capabilities = findValue(file.root, 'capabilities');
  if (capabilities?.type !== 'object' || findValue(capabilities, name) !== undefined) return null;
  return insertProperty(file, capabilities, name, makeCapabilityStub(file.guideline.schemaVersion.value));
}

function textAt(file: GuidelineFile, range: TextRange): string {
  // Names of capabilities hold no escapes; one that does is found nowhere, and nothing is offered.
  return file.text.slice(range.start, range.end);
}
