import type { Guideline } from '../../model/guideline';
import { nameOfFile, parseEdition } from '../guidelineOrder';
import { GUIDELINE_STATUSES } from '../guidelineVocabulary';
import type { LintDraft } from './lintDraft';

/** Keys of the whole file, and what the head says against the file's name. */
export function checkMetadata(guideline: Guideline): LintDraft[] {
  return [...checkKeys(guideline), ...checkName(guideline), ...checkSource(guideline), ...checkStatus(guideline)];
}

function checkKeys(guideline: Guideline): LintDraft[] {
  const unknown = (guideline.unknownKeys ?? []).map(({ key, holder, meant }): LintDraft => {
    const hint = meant === null ? '' : ` Did you mean "${meant}"?`;
    return { rule: 'IL401', range: key.range, message: `"${key.value}" is not a key of a ${holder}.${hint}` };
  });
  const twice = (guideline.duplicateKeys ?? []).map(({ key, first }): LintDraft => {
    const message = `"${key.value}" stands twice in this object; JSON readers drop the first one without a word.`;
    const related = [{ uri: guideline.uri, range: first, message: 'The first one, which is lost.' }];
    return { rule: 'IL402', range: key.range, message, related };
  });
  return [...unknown, ...twice];
}

function checkName(guideline: Guideline): LintDraft[] {
  const file = nameOfFile(guideline.uri);
  const { value, range } = guideline.id;
  // A copy or an export may have any name: only a name that is itself an edition can be contradicted.
  if (value === file || parseEdition(file) === null || guideline.kind === 'legacy') return [];
  const message =
    value === ''
      ? `The guideline has no id; the file is named ${file}.`
      : `The id "${value}" contradicts the file name ${file}.`;
  return [{ rule: 'IL420', range, message }];
}

function checkSource(guideline: Guideline): LintDraft[] {
  const source = guideline.source;
  const file = nameOfFile(guideline.uri);
  if (source === null || !source.value.endsWith('.json') || parseEdition(file) === null) return [];
  const named = nameOfFile(source.value);
  if (named === file) return [];
  return [{ rule: 'IL421', range: source.range, message: `The source names ${named}.json, but this is ${file}.json.` }];
}

function checkStatus(guideline: Guideline): LintDraft[] {
  const status = guideline.status;
  const known: readonly string[] = GUIDELINE_STATUSES;
  if (status === null || guideline.kind === 'legacy' || known.includes(status.value)) return [];
  const message = `"${status.value}" is not a status of a guideline (${GUIDELINE_STATUSES.join(', ')}).`;
  return [{ rule: 'IL422', range: status.range, message }];
}
