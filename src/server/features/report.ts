import { version } from '../../../package.json';
import type { IndexView } from '../../engine/indexView';
import { placesOf } from '../../engine/placesOf';
import type { ReportAnswer, ReportArguments } from '../../protocol/reportMessages';
import { collectReport } from '../../report/collectReport';

/** The model of the report page; nothing before the index is complete. */
export function reportIndex(view: IndexView, { rewrites }: ReportArguments): ReportAnswer {
  if (!view.complete) return { model: null, uris: [] };
  return collectReport({
    version,
    traced: view.guidelines().map((guideline) => ({ guideline, entries: view.trace(guideline.uri) })),
    demandOf: (name) => view.demand(name),
    places: placesOf(view),
    // The editor opens places by itself.
    linkTo: () => null,
    whatIf: view.whatIf(rewrites),
    profiles: view.profiles().flatMap(({ uri, lastWhole }) => {
      const key = view.file(uri)?.path ?? uri;
      return lastWhole ? [{ key, profile: lastWhole }] : [];
    }),
  });
}
