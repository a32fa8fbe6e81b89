import type { JSX } from 'preact';
import { LEVEL_MEANING } from '../model/guestLevel';
import { LINK_STATE_MEANING } from '../model/trace';
import type { ReportCapability, ReportCell, ReportEntry, ReportFlag, ReportGuideline } from '../report/reportModel';
import { LevelBadge, SourceLink, StateWord, StatusWord } from './badges';
import { EvidenceOfTest } from './evidencePath';
import { shortName } from './modelIndex';
import { usePage } from './pageContext';

/** One capability in one guideline: status, what it demands, and its tests with their evidence. */
export function CellDetails({
  guideline,
  capability,
  cell,
}: {
  readonly guideline: ReportGuideline;
  readonly capability: ReportCapability;
  readonly cell: ReportCell;
}): JSX.Element {
  const { level, levelWithValidationOff: off } = cell;
  return (
    <>
      {capability.description !== '' && <p>{capability.description}</p>}
      <dl class="facts">
        <dt>Guideline</dt>
        <dd>
          {guideline.id} <SourceLink place={cell.place} />
        </dd>
        <dt>Status</dt>
        <dd>
          {cell.components.length === 0 ? (
            <StatusWord status={cell.status} />
          ) : (
            cell.components.map(({ component, status }) => (
              <div key={component}>
                <StatusWord status={status} /> in {component}
              </div>
            ))
          )}
        </dd>
        <dt>Demands</dt>
        <dd>
          {level === null ? (
            'nothing that is known: no unflagged test of it was found'
          ) : (
            <>
              <LevelBadge level={level} /> {LEVEL_MEANING[level]}
              {off !== null && off !== level && (
                <div>
                  <LevelBadge level={off} /> with validation off
                </div>
              )}
            </>
          )}
        </dd>
      </dl>
      <h3>
        {cell.entries.length} {cell.entries.length === 1 ? 'test' : 'tests'}
      </h3>
      <ul class="entries">
        {cell.entries.map((entry, position) => (
          <li key={position}>
            <EntryDetails entry={entry} isOnly={cell.entries.length === 1} />
          </li>
        ))}
      </ul>
    </>
  );
}

function EntryDetails({ entry, isOnly }: { readonly entry: ReportEntry; readonly isOnly: boolean }): JSX.Element {
  const { model } = usePage();
  const written = model.names[entry.name] ?? '';
  const test = entry.test === null ? null : (model.tests[entry.test] ?? null);
  return (
    <details open={isOnly}>
      <summary title={written}>
        {test && <LevelBadge level={test.level} />} <code>{shortName(written)}</code>{' '}
        {entry.state !== 'ok' && <StateWord state={entry.state} />}
        {entry.flag && <span class="flag">⚑ flagged</span>}
      </summary>
      <dl class="facts">
        <dt>Written</dt>
        <dd>
          <code class="long">{written}</code> <SourceLink place={entry.place} />
        </dd>
        {entry.state !== 'ok' && (
          <>
            <dt>Link</dt>
            <dd>
              {entry.state}: {LINK_STATE_MEANING[entry.state]}
            </dd>
          </>
        )}
        {test && (
          <>
            <dt>Today</dt>
            <dd>
              {test.name !== written && <code class="long">{test.name}</code>} <SourceLink place={test.place} />
            </dd>
          </>
        )}
        {entry.flag && (
          <>
            <dt>Flag</dt>
            <dd>
              <FlagText flag={entry.flag} />
            </dd>
          </>
        )}
      </dl>
      {test && <EvidenceOfTest test={test} />}
    </details>
  );
}

/** Reason, action and date of a flag as the guideline gives them. */
export function FlagText({ flag }: { readonly flag: ReportFlag }): JSX.Element {
  const { reason, action, date } = flag;
  return (
    <>
      {reason === '' ? 'no reason given' : reason}
      {action !== '' && <div>Action: {action}</div>}
      {date !== '' && <div>Since {date}</div>}
    </>
  );
}
