import type { JSX } from 'preact';
import type { WhatIfUse } from '../model/whatIfInput';
import type { CapabilityVerdict, Reason, RunVerdict, TestVerdict } from '../model/whatIfVerdict';
import type { ReportModel, ReportPlace } from '../report/reportModel';
import { LevelBadge, SourceLink } from './badges';
import type { JudgedBoard } from './judgeBoard';
import { keyOfGuideline, shortName } from './modelIndex';
import { usePage } from './pageContext';
import { VerdictWord } from './verdictParts';

/** What stands against the chosen cell: each required capability that does not hold, its tests, and the site that blocks. */
export function BoardReasons({ board }: { readonly board: JudgedBoard }): JSX.Element {
  const { regions } = board.judged;
  return (
    <>
      {regions.map((run) => (
        <RunReasons key={run.region} run={run} board={board} isOnly={regions.length === 1} />
      ))}
    </>
  );
}

function RunReasons({
  run,
  board,
  isOnly,
}: {
  readonly run: RunVerdict;
  readonly board: JudgedBoard;
  readonly isOnly: boolean;
}): JSX.Element {
  const where = `${isOnly ? '' : `region ${run.region}, `}${run.guest === null ? 'no guest' : `${run.guest} guest`}`;
  const against = run.components.flatMap(({ component, list }) =>
    list
      .filter(({ status, verdict }) => status === 'required' && verdict !== 'holds')
      .map((capability) => ({ component, capability })),
  );
  return (
    <div class="reasons">
      <h4>
        {against.length === 0 ? 'Nothing stands against it' : 'What stands against it'} <small>({where})</small>
      </h4>
      {against.length === 0 && <p class="muted">Every required capability holds.</p>}
      {against.length > 0 && (
        <ul class="against">
          {against.map(({ component, capability }) => (
            <li key={`${component} ${capability.name}`}>
              <CapabilityReasons capability={capability} component={component} board={board} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function CapabilityReasons({
  capability,
  component,
  board,
}: {
  readonly capability: CapabilityVerdict;
  readonly component: string;
  readonly board: JudgedBoard;
}): JSX.Element {
  const { model, select } = usePage();
  const { name, verdict, level, against, tests } = capability;
  const all = tests.holds + tests.unknown + tests.blocked;
  return (
    <details>
      <summary>
        <VerdictWord verdict={verdict} /> <strong>{name}</strong> <LevelBadge level={level} />{' '}
        <span class="muted">
          {against.length} of {all} {all === 1 ? 'test' : 'tests'} in {component}
        </span>
      </summary>
      <ul class="against-tests">
        {against.map((test) => (
          <li key={test.entry}>
            <TestReasons test={test} />
          </li>
        ))}
      </ul>
      <button
        type="button"
        class="text-button more"
        onClick={() => select({ kind: 'cell', guideline: keyOfGuideline(model, board.guideline), capability: name })}
      >
        All tests of this capability
      </button>
    </details>
  );
}

function TestReasons({ test }: { readonly test: TestVerdict }): JSX.Element {
  const { model, select } = usePage();
  const found = test.test === null ? null : (model.whatIf.tests[test.test] ?? null);
  return (
    <>
      <div class="against-test">
        <VerdictWord verdict={test.verdict} />{' '}
        {found ? (
          <button
            type="button"
            class="text-button mono"
            title={found.name}
            onClick={() => select({ kind: 'test', name: found.name })}
          >
            {shortName(found.name)}
          </button>
        ) : (
          <code title={test.entry}>{shortName(test.entry)}</code>
        )}
      </div>
      <ul class="reason-list">
        {test.reasons.map((reason, position) => (
          <li key={position}>
            <ReasonText reason={reason} />
          </li>
        ))}
      </ul>
    </>
  );
}

function ReasonText({ reason }: { readonly reason: Reason }): JSX.Element {
  const { model } = usePage();
  const use = reason.use === null ? undefined : model.whatIf.uses[reason.use];
  const site = use && model.whatIf.sites[use.site];
  return (
    <>
      <p>
        <Sentence text={reason.text} />
      </p>
      {use && site && (
        <>
          <p class="site">
            <span class="kind">{site.kind}</span> {site.command !== '' && <code>{site.command}</code>}{' '}
            <SourceLink place={placeOf(model, site.file, site.line, site.column)} />
          </p>
          <details class="way">
            <summary>Call path</summary>
            <UsePath use={use} />
          </details>
        </>
      )}
    </>
  );
}

/** The call path of a use, each step with its source. */
function UsePath({ use }: { readonly use: WhatIfUse }): JSX.Element {
  const { model } = usePage();
  return (
    <ol class="steps">
      {use.path.map((step, position) => (
        <li key={position}>
          <code>{step.function}</code>
          <SourceLink place={placeOf(model, step.file, step.line, 1)} />
        </li>
      ))}
    </ol>
  );
}

/** A place of the what-if table in the files of the report. */
function placeOf(model: ReportModel, file: number, line: number, column: number): ReportPlace {
  return [model.whatIfFiles[file] ?? -1, line, column];
}

/** A reason as a sentence; what stands between backticks is code. */
function Sentence({ text }: { readonly text: string }): JSX.Element {
  const parts = text.split('`');
  return (
    <>
      {parts.map((part, position) =>
        position % 2 === 1 ? <code key={position}>{part}</code> : position === 0 ? capitalise(part) : part,
      )}
      .
    </>
  );
}

function capitalise(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
