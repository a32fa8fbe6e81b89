import type { JSX } from 'preact';
import { LEVEL_MEANING } from '../model/guestLevel';
import type { ReportTest } from '../report/reportModel';
import { LevelBadge, SourceLink, StateWord, StatusWord } from './badges';
import { FlagText } from './cellDetails';
import { EvidenceOfTest, Guards } from './evidencePath';
import { moduleOf } from './modelIndex';
import { usePage } from './pageContext';

/** One test: what it demands, by which sites, and which capabilities rest on it. */
export function TestDetails({
  test,
  position,
}: {
  readonly test: ReportTest;
  /** In `model.tests`. */
  readonly position: number;
}): JSX.Element {
  const { model, index } = usePage();
  const { level, levelWithValidationOff: off } = test;
  const entries = index.entriesOfTest.get(position) ?? [];
  return (
    <>
      <p class="module">{moduleOf(test.name)}</p>
      <dl class="facts">
        <dt>Source</dt>
        <dd>
          <SourceLink place={test.place} />
        </dd>
        <dt>Demands</dt>
        <dd>
          <LevelBadge level={level} /> {LEVEL_MEANING[level]}
          {off !== level && (
            <div>
              <LevelBadge level={off} /> with validation off
            </div>
          )}
        </dd>
        {test.unresolvedCalls > 0 && (
          <>
            <dt>Unresolved</dt>
            <dd>
              {test.unresolvedCalls} {test.unresolvedCalls === 1 ? 'call' : 'calls'} that could lead to the guest
            </dd>
          </>
        )}
      </dl>
      <Guards guards={test.guards} />
      <h3>Evidence</h3>
      <EvidenceOfTest test={test} />
      <h3>In guidelines</h3>
      <ul class="uses">
        {entries.map(({ guideline, cell, entry }, at) => (
          <li key={at}>
            <strong>{guideline.id}</strong> <StatusWord status={cell.status} />{' '}
            <span>{model.capabilities[cell.capability]?.name}</span>{' '}
            {entry.state !== 'ok' && <StateWord state={entry.state} />} <SourceLink place={entry.place} />
            {entry.flag && (
              <div class="flag-text">
                ⚑ <FlagText flag={entry.flag} />
              </div>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
