import type { ComponentStatus, TestFlag } from '../../model/guideline';
import type { LinkState, TraceEntry } from '../../model/trace';
import { CAPABILITY_STATUSES } from '../../model/guideline';
import { LINK_STATE_MEANING } from '../../model/trace';

/** What a link state says, as half a sentence. */
export function describeState(state: LinkState): string {
  return LINK_STATE_MEANING[state];
}

/** `required in compute, advisory in object`; `in no component` when nothing lists the capability. */
export function describeStatuses(components: readonly ComponentStatus[]): string {
  if (components.length === 0) return 'in no component';
  return CAPABILITY_STATUSES.flatMap((status) => {
    const names = components.filter((entry) => entry.status === status).map((entry) => entry.component);
    return names.length === 0 ? [] : [`${status} in ${names.join(', ')}`];
  }).join(', ');
}

/** `flagged D401 (2016-06-13)`: code and date where the file gives them. */
export function describeFlag(flag: TestFlag): string {
  const code = flag.code === null ? '' : ` ${flag.code}`;
  const date = flag.date === null || flag.date.value === '' ? '' : ` (${flag.date.value})`;
  return `flagged${code}${date}`;
}

/** True when some component requires the capability of the entry. */
export function isRequired(entry: Pick<TraceEntry, 'components'>): boolean {
  return entry.components.some((component) => component.status === 'required');
}
