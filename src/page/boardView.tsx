import type { JSX } from 'preact';
import { GUEST_CHOICES, IMPLEMENTATIONS, type GuestChoice, type Implementation } from '../model/whatIfPolicy';
import type { ChartCell } from '../model/whatIfVerdict';
import { BoardOutcomes } from './boardOutcomes';
import { BoardReasons } from './boardReasons';
import { BoardSwitches } from './boardSwitches';
import { Grid, ScrollArea } from './dataTable';
import { judgeBoard, type JudgedBoard } from './judgeBoard';
import { keyOfGuideline } from './modelIndex';
import { usePage } from './pageContext';
import { useBoard } from './useBoard';
import { VerdictBar, VerdictWord } from './verdictParts';

/** Head of each row of the chart. */
const ROWS: Readonly<Record<Implementation, { readonly title: string; readonly means: string }>> = {
  linux: { title: 'APIs and a Linux implementation', means: 'tests as they run by default' },
  api: { title: 'APIs only', means: 'validation of guests switched off' },
};

const COLUMNS: Readonly<Record<GuestChoice, { readonly title: string; readonly means: string }>> = {
  one: { title: 'One guest OS is enough', means: 'a test passes with one of the systems' },
  several: { title: 'The user chooses among several', means: 'a test passes with two kinds of systems' },
};

/** What the document of 2015 wrote into each cell. */
const THEN: Readonly<Record<Implementation, Readonly<Record<GuestChoice, string>>>> = {
  linux: { one: 'Linux containers would do', several: 'hypervisors: what the guidelines imply' },
  api: { one: 'Solaris zones would do', several: 'an API that tells which OS is supported is missing' },
};

/** The debate of 2015 as a computation: a cloud, a policy, and what stands or falls. */
export function BoardView(): JSX.Element {
  const { model, state } = usePage();
  const board = judgeBoard(model, state.board);
  if (!board) return <p class="empty">There is no guideline to judge.</p>;
  return (
    <>
      <BoardBar board={board} />
      <ScrollArea label="What-if board">
        <div class="board">
          <div class="board-top">
            <section aria-labelledby="chart-title">
              <h3 id="chart-title">
                What would {board.guideline.id} require? <small>the chart of 2015</small>
              </h3>
              <Chart board={board} />
              <BoardReasons board={board} />
            </section>
            <BoardSwitches board={board} />
          </div>
          <BoardOutcomes board={board} />
          <AllGuidelines board={board} />
        </div>
      </ScrollArea>
    </>
  );
}

function BoardBar({ board }: { readonly board: JudgedBoard }): JSX.Element {
  const { model } = usePage();
  const set = useBoard();
  return (
    <div class="bar">
      <label class="field">
        <span>Cloud</span>
        <select value={board.profileKey} onChange={({ currentTarget }) => set({ profile: currentTarget.value })}>
          {model.profiles.map(({ key, profile }) => (
            <option key={key} value={key}>
              {profile.name}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span>Guideline</span>
        <select
          value={keyOfGuideline(model, board.guideline)}
          onChange={({ currentTarget }) => set({ guideline: currentTarget.value })}
        >
          {model.guidelines.map((guideline) => (
            <option key={keyOfGuideline(model, guideline)} value={keyOfGuideline(model, guideline)}>
              {guideline.id} {guideline.status}
            </option>
          ))}
        </select>
      </label>
      <p class="bar-note">{board.profile.description}</p>
    </div>
  );
}

function Chart({ board }: { readonly board: JudgedBoard }): JSX.Element {
  return (
    <Grid class="chart">
      <caption class="unseen">
        Required capabilities of {board.guideline.id} that {board.profile.name} would have. Enter on a cell shows what
        stands against it.
      </caption>
      <thead>
        <tr>
          <td />
          {GUEST_CHOICES.map((guests) => (
            <th key={guests} scope="col" tabIndex={-1}>
              {COLUMNS[guests].title}
              <small>{COLUMNS[guests].means}</small>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {IMPLEMENTATIONS.map((implementation) => (
          <tr key={implementation}>
            <th scope="row" tabIndex={-1}>
              {ROWS[implementation].title}
              <small>{ROWS[implementation].means}</small>
            </th>
            {board.judged.chart
              .filter((cell) => cell.implementation === implementation)
              .map((cell) => (
                <Cell key={cell.guests} cell={cell} />
              ))}
          </tr>
        ))}
      </tbody>
    </Grid>
  );
}

function Cell({ cell }: { readonly cell: ChartCell }): JSX.Element {
  const { state } = usePage();
  const set = useBoard();
  const { implementation, guests, verdict, capabilities, tests } = cell;
  const { policy } = state.board;
  const isChosen = policy.implementation === implementation && policy.guests === guests;
  const all = capabilities.holds + capabilities.unknown + capabilities.blocked;
  const allTests = tests.holds + tests.unknown + tests.blocked;
  return (
    <td class={isChosen ? 'open' : ''}>
      <button
        type="button"
        class="chart-cell"
        tabIndex={-1}
        aria-pressed={isChosen}
        onClick={() => set({ policy: { ...policy, implementation, guests } })}
      >
        <span class="then">2015: {THEN[implementation][guests]}</span>
        <span class="chart-number">
          <strong>{capabilities.holds}</strong> of {all} required capabilities hold
        </span>
        <VerdictBar counts={capabilities} />
        <span class="chart-line">
          <VerdictWord verdict={verdict} />
          {capabilities.blocked > 0 && <span>{capabilities.blocked} blocked</span>}
          {capabilities.unknown > 0 && <span>{capabilities.unknown} unknown</span>}
        </span>
        <span class="chart-line muted">
          tests: {tests.holds} of {allTests} hold
          {tests.blocked > 0 && `, ${tests.blocked} fall`}
          {tests.unknown > 0 && `, ${tests.unknown} unknown`}
        </span>
      </button>
    </td>
  );
}

/** The chart's numbers for every guideline, to see how it came about. */
function AllGuidelines({ board }: { readonly board: JudgedBoard }): JSX.Element {
  const { model } = usePage();
  const set = useBoard();
  const columns = IMPLEMENTATIONS.flatMap((implementation) =>
    GUEST_CHOICES.map((guests) => ({ implementation, guests })),
  );
  return (
    <section aria-labelledby="all-title">
      <h3 id="all-title">The same cloud and policy in every guideline</h3>
      <Grid class="data all-guidelines">
        <caption class="unseen">Required capabilities that hold, by guideline and cell of the chart</caption>
        <thead>
          <tr>
            <th scope="col" tabIndex={-1}>
              Guideline
            </th>
            {columns.map(({ implementation, guests }) => (
              <th key={`${implementation} ${guests}`} scope="col" tabIndex={-1}>
                {ROWS[implementation].title}, {guests === 'one' ? 'one OS' : 'several'}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {board.verdict.guidelines.map(({ guideline: position, chart }) => {
            const guideline = model.guidelines[position];
            if (!guideline) return null;
            const key = keyOfGuideline(model, guideline);
            return (
              <tr key={key} class={guideline === board.guideline ? 'selected' : ''}>
                <th scope="row">
                  <button type="button" class="row-link" tabIndex={-1} onClick={() => set({ guideline: key })}>
                    {guideline.id}
                  </button>
                </th>
                {chart.map(({ implementation, guests, verdict, capabilities }) => (
                  <td key={`${implementation} ${guests}`} tabIndex={-1}>
                    <VerdictWord verdict={verdict} />{' '}
                    <span class="muted">
                      {capabilities.holds} of {capabilities.holds + capabilities.unknown + capabilities.blocked}
                    </span>
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </Grid>
    </section>
  );
}
