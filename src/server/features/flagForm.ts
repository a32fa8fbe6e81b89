import type { IndexView } from '../../engine/indexView';
import type {
  FlagEditAnswer,
  FlagEditArguments,
  FlagFormAnswer,
  FlagFormArguments,
} from '../../protocol/workbenchMessages';
import { toFileEdits } from './whatIf';

/** What the form for flagging the test at a place starts with. */
export function openFlagForm(view: IndexView, { uri, position }: FlagFormArguments): FlagFormAnswer {
  const form = view.complete ? view.flagForm(uri, view.offsetAt(uri, position)) : 'the index is not complete yet';
  if (typeof form === 'string') return refuse(`This cannot be flagged: ${form}.`);
  const { entry, proposals, date, next, hasReason } = form;
  return {
    problem: null,
    test: entry.entry.name.value,
    capability: entry.capability.name.value,
    proposals,
    date,
    next: next && (next.id.value || 'next'),
    hasReason,
  };
}

/** The edits of a form that was filled in, for the documents as they are now. */
export function makeFlagEdits(
  view: IndexView,
  { uri, position, ...fields }: FlagEditArguments,
  versionOf: (uri: string) => number | null,
): FlagEditAnswer {
  const edits = view.flagEdits(uri, view.offsetAt(uri, position), fields);
  if (typeof edits === 'string') return { problem: `This cannot be flagged: ${edits}.`, files: [] };
  return { problem: null, files: toFileEdits(view, edits, versionOf) };
}

function refuse(problem: string): FlagFormAnswer {
  return { problem, test: '', capability: '', proposals: [], date: '', next: null, hasReason: false };
}
