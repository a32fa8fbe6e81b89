import type { JSX } from 'preact';
import { GUEST_LEVELS } from '../model/guestLevel';
import { CAPABILITY_STATUSES } from '../model/guideline';
import { LINK_STATES } from '../model/trace';
import type { ReportModel, ReportTest } from '../report/reportModel';
import { FlagCount, LevelBadge, SourceLink, StateWord } from './badges';
import { DataTable, type ShownColumn } from './dataTable';
import { moduleOf, placeText, shortName, type LocatedEntry, type ModelIndex } from './modelIndex';
import { usePage, type Page } from './pageContext';

/** A test that guidelines name: one that was found, or a name that leads to none. */
interface TestRow {
  readonly name: string;
  readonly test: ReportTest | null;
  readonly entries: readonly LocatedEntry[];
}

/** Every test that the guidelines name. */
export function TestsView(): JSX.Element {
  const page = usePage();
  const { model, index, state, change } = page;
  return (
    <DataTable
      name="tests"
      noun="test"
      caption="Tests that the guidelines name"
      rows={listRows(model, index)}
      columns={columnsOf(page)}
      keyOf={({ name, test }) => `${test ? 'test' : 'lost'} ${name}`}
      isSelected={({ name }) => state.selection?.kind === 'test' && state.selection.name === name}
      table={state.tests}
      onChange={(tests) => change({ tests })}
    />
  );
}

function listRows(model: ReportModel, index: ModelIndex): readonly TestRow[] {
  const found = model.tests.map((test, position) => ({
    name: test.name,
    test,
    entries: index.entriesOfTest.get(position) ?? [],
  }));
  const lost = [...index.lostEntries].map(([name, entries]) => ({
    name: model.names[name] ?? '',
    test: null,
    entries,
  }));
  return [...found, ...lost.sort((a, b) => (a.name < b.name ? -1 : 1))];
}

function columnsOf({ model, select }: Page): readonly ShownColumn<TestRow>[] {
  return [
    {
      key: 'test',
      label: 'Test',
      text: ({ name }) => name,
      cell: ({ name, test }) =>
        test ? (
          <button type="button" class="row-link" tabIndex={-1} onClick={() => select({ kind: 'test', name })}>
            <span class="test-name">{shortName(name)}</span>
            <span class="test-module">{moduleOf(name)}</span>
          </button>
        ) : (
          <>
            <span class="test-name">{shortName(name)}</span>
            <span class="test-module">{moduleOf(name)}</span>
          </>
        ),
    },
    {
      key: 'level',
      label: 'Level',
      text: ({ test }) => test?.level ?? '',
      rank: ({ test }) => (test ? GUEST_LEVELS.indexOf(test.level) : -1),
      cell: ({ test }) => test && <LevelBadge level={test.level} />,
      choices: GUEST_LEVELS,
      highestFirst: true,
    },
    {
      key: 'off',
      label: 'Validation off',
      text: ({ test }) => test?.levelWithValidationOff ?? '',
      rank: ({ test }) => (test ? GUEST_LEVELS.indexOf(test.levelWithValidationOff) : -1),
      cell: ({ test }) => test && <LevelBadge level={test.levelWithValidationOff} />,
      highestFirst: true,
    },
    {
      key: 'status',
      label: 'Status',
      text: (row) => statusesOf(row).join(', '),
      choices: CAPABILITY_STATUSES,
      matches: (row, choice) => statusesOf(row).includes(choice),
    },
    {
      key: 'capability',
      label: 'Capabilities',
      text: (row) =>
        distinct(row.entries.map(({ cell }) => model.capabilities[cell.capability]?.name ?? '')).join(', '),
    },
    {
      key: 'guidelines',
      label: 'Guidelines',
      text: (row) => distinct(row.entries.map(({ guideline }) => guideline.id)).join(', '),
      cell: (row) => <GuidelineMarks row={row} />,
      choices: model.guidelines.map(({ id }) => id),
      matches: (row, choice) => row.entries.some(({ guideline }) => guideline.id === choice),
    },
    {
      key: 'state',
      label: 'Link',
      text: (row) => statesOf(row).join(', '),
      cell: (row) => statesOf(row).map((state) => <StateWord key={state} state={state} />),
      choices: LINK_STATES,
      matches: (row, choice) => row.entries.some(({ entry }) => entry.state === choice),
    },
    {
      key: 'flagged',
      label: 'Flags',
      text: (row) =>
        distinct(row.entries.filter(({ entry }) => entry.flag).map(({ guideline }) => guideline.id)).join(', '),
      rank: ({ entries }) => entries.filter(({ entry }) => entry.flag).length,
      cell: ({ entries }) => <FlagCount count={entries.filter(({ entry }) => entry.flag).length} />,
      highestFirst: true,
    },
    {
      key: 'source',
      label: 'Source',
      text: ({ test, entries }) => placeText(model, test?.place ?? entries[0]?.entry.place ?? [-1, 0, 0]),
      cell: ({ test, entries }) => {
        const place = test?.place ?? entries[0]?.entry.place;
        return place && <SourceLink place={place} text={fileAndLine(placeText(model, place))} inGrid />;
      },
    },
  ];
}

/** A mark per guideline, full where it names the test, with a flag where it flags it; the names for those who do not see it. */
function GuidelineMarks({ row }: { readonly row: TestRow }): JSX.Element {
  const { model } = usePage();
  return (
    <span class="marks">
      {model.guidelines.map((guideline) => {
        const entries = row.entries.filter((one) => one.guideline === guideline);
        const flagged = entries.some(({ entry }) => entry.flag !== null);
        if (entries.length === 0)
          return (
            <span key={guideline.id} class="mark-cell" title={`not in ${guideline.id}`} aria-hidden="true">
              ·
            </span>
          );
        return (
          <span key={guideline.id} class="mark-cell full" title={`${guideline.id}${flagged ? ', flagged' : ''}`}>
            <span aria-hidden="true">{flagged ? '⚑' : '■'}</span>
            <span class="unseen">
              {guideline.id}
              {flagged ? ' flagged' : ''}{' '}
            </span>
          </span>
        );
      })}
    </span>
  );
}

function fileAndLine(place: string): string {
  return place.slice(place.lastIndexOf('/') + 1);
}

function statusesOf({ entries }: TestRow): readonly string[] {
  const found = new Set<string>(entries.map(({ cell }) => cell.status ?? ''));
  return CAPABILITY_STATUSES.filter((status) => found.has(status));
}

function statesOf({ entries }: TestRow): readonly (typeof LINK_STATES)[number][] {
  return LINK_STATES.filter((state) => entries.some(({ entry }) => entry.state === state));
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
