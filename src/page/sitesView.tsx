import type { JSX } from 'preact';
import { GUEST_LEVELS } from '../model/guestLevel';
import type { ReportSite } from '../report/reportModel';
import { LevelBadge, SourceLink } from './badges';
import { DataTable, type ShownColumn } from './dataTable';
import { keyOfSite, placeText } from './modelIndex';
import { usePage, type Page } from './pageContext';

interface SiteRow {
  readonly site: ReportSite;
  readonly key: string;
  readonly tests: number;
  /** Names of the capabilities whose tests reach it, sorted. */
  readonly capabilities: readonly string[];
  /** True when a guideline requires one of them with an unflagged test. */
  readonly isRequired: boolean;
}

/** Every place where a test of the guidelines makes the guest do or answer something. */
export function SitesView(): JSX.Element {
  const page = usePage();
  const { state, change } = page;
  return (
    <DataTable
      name="sites"
      noun="site"
      caption="Guest sites that tests of the guidelines reach"
      rows={listRows(page)}
      columns={columnsOf(page)}
      keyOf={({ key }) => key}
      isSelected={({ key }) => state.selection?.kind === 'site' && state.selection.key === key}
      table={state.sites}
      onChange={(sites) => change({ sites })}
    />
  );
}

function listRows({ model, index }: Page): readonly SiteRow[] {
  return model.sites.map((site, position) => {
    const tests = index.testsOfSite.get(position) ?? [];
    const entries = tests.flatMap((test) => index.entriesOfTest.get(test) ?? []);
    return {
      site,
      key: keyOfSite(model, site),
      tests: tests.length,
      capabilities: [...new Set(entries.map(({ cell }) => model.capabilities[cell.capability]?.name ?? ''))].sort(),
      isRequired: entries.some(({ cell, entry }) => cell.status === 'required' && !entry.flag),
    };
  });
}

function columnsOf({ model, select }: Page): readonly ShownColumn<SiteRow>[] {
  return [
    {
      key: 'site',
      label: 'What the guest is asked',
      text: ({ site }) => `${site.kind} ${site.command}`.trim(),
      cell: ({ site, key }) => (
        <button type="button" class="row-link" tabIndex={-1} onClick={() => select({ kind: 'site', key })}>
          <span class="kind">{site.kind}</span> {site.command !== '' && <code>{site.command}</code>}
          {site.debugOnly && <span class="hedge"> only while an exception is handled</span>}
        </button>
      ),
    },
    {
      key: 'level',
      label: 'Level',
      text: ({ site }) => site.level,
      rank: ({ site }) => GUEST_LEVELS.indexOf(site.level),
      cell: ({ site }) => <LevelBadge level={site.level} />,
      choices: GUEST_LEVELS,
      highestFirst: true,
    },
    { key: 'confidence', label: 'Confidence', text: ({ site }) => site.confidence, choices: ['certain', 'likely'] },
    { key: 'rules', label: 'Rules', text: ({ site }) => site.rules.join(', ') },
    {
      key: 'tests',
      label: 'Tests',
      text: ({ tests }) => String(tests),
      rank: ({ tests }) => tests,
      isNumber: true,
      highestFirst: true,
    },
    {
      key: 'required',
      label: 'Required',
      text: ({ isRequired }) => (isRequired ? 'yes' : 'no'),
      choices: ['yes', 'no'],
    },
    {
      key: 'capabilities',
      label: 'Capabilities',
      text: ({ capabilities }) => capabilities.join(', '),
      cell: ({ capabilities }) =>
        capabilities.length <= 3 ? (
          capabilities.join(', ')
        ) : (
          <span title={capabilities.join(', ')}>
            {capabilities.slice(0, 2).join(', ')} and {capabilities.length - 2} more
          </span>
        ),
    },
    {
      key: 'source',
      label: 'Source',
      text: ({ site }) => placeText(model, site.place),
      cell: ({ site }) => <SourceLink place={site.place} inGrid />,
    },
  ];
}
