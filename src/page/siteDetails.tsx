import type { JSX } from 'preact';
import { LEVEL_MEANING } from '../model/guestLevel';
import type { ReportSite } from '../report/reportModel';
import { LevelBadge, SourceLink } from './badges';
import { SitePath } from './evidencePath';
import { shortName } from './modelIndex';
import { usePage } from './pageContext';

/** One guest site: what is asked there, and each test that comes to it with its way. */
export function SiteDetails({
  site,
  tests,
}: {
  readonly site: ReportSite;
  /** Positions in `model.tests`. */
  readonly tests: readonly number[];
}): JSX.Element {
  const { model } = usePage();
  const position = model.sites.indexOf(site);
  return (
    <>
      <dl class="facts">
        <dt>Source</dt>
        <dd>
          <SourceLink place={site.place} />
        </dd>
        <dt>Kind</dt>
        <dd>{site.kind}</dd>
        <dt>Demands</dt>
        <dd>
          <LevelBadge level={site.level} /> {LEVEL_MEANING[site.level]}
        </dd>
        {site.rules.length > 0 && (
          <>
            <dt>Rules</dt>
            <dd>{site.rules.join(', ')}</dd>
          </>
        )}
      </dl>
      <h3>
        Reached by {tests.length} {tests.length === 1 ? 'test' : 'tests'}
      </h3>
      <ul class="entries">
        {tests.map((at) => {
          const test = model.tests[at];
          if (!test) return null;
          return (
            <li key={test.name}>
              <h4 title={test.name}>{shortName(test.name)}</h4>
              {test.evidence
                .filter((evidence) => evidence.site === position)
                .map((evidence, way) => (
                  <SitePath key={way} evidence={evidence} isOpen={tests.length === 1} />
                ))}
            </li>
          );
        })}
      </ul>
    </>
  );
}
