import type { JSX } from 'preact';
import { BoardView } from './boardView';
import { Drawer } from './drawer';
import { LevelsView } from './levelsView';
import { MatrixView } from './matrixView';
import { usePage } from './pageContext';
import { VIEWS, type View } from './pageState';
import { SitesView } from './sitesView';
import { SummaryView } from './summaryView';
import { TestsView } from './testsView';
import { WordsView } from './wordsView';

interface ViewSpec {
  readonly title: string;
  readonly show: () => JSX.Element;
}

const VIEW_SPECS: Readonly<Record<View, ViewSpec>> = {
  board: { title: 'What-if', show: () => <BoardView /> },
  matrix: { title: 'Capabilities', show: () => <MatrixView /> },
  levels: { title: 'Levels over time', show: () => <LevelsView /> },
  tests: { title: 'Tests', show: () => <TestsView /> },
  sites: { title: 'Guest sites', show: () => <SitesView /> },
  summary: { title: 'Summary', show: () => <SummaryView /> },
  words: { title: 'Words', show: () => <WordsView /> },
};

/** The whole page. When it is printed every view is there, one below the other. */
export function App({ isPrinting, said }: { readonly isPrinting: boolean; readonly said: string }): JSX.Element {
  const { state } = usePage();
  const shown = isPrinting ? VIEWS : [state.view];
  return (
    <>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <PageHeader />
      <main id="main" tabIndex={-1} class={state.selection ? 'with-drawer' : ''}>
        <div class="views">
          {shown.map((view) => (
            <section
              key={view}
              class={`view view-${view}`}
              role="tabpanel"
              id={`view-${view}`}
              aria-labelledby={`tab-${view}`}
            >
              <h2 class="print-only">{VIEW_SPECS[view].title}</h2>
              {VIEW_SPECS[view].show()}
            </section>
          ))}
        </div>
        <Drawer />
      </main>
      <div class="unseen" role="status" aria-live="polite">
        {said}
      </div>
    </>
  );
}

function PageHeader(): JSX.Element {
  const { model, state, change } = usePage();
  const facts = [
    count(model.guidelines.length, 'guideline', 'guidelines'),
    count(model.capabilities.length, 'capability', 'capabilities'),
    count(model.tests.length, 'test', 'tests'),
    count(model.sites.length, 'guest site', 'guest sites'),
  ];
  return (
    <header class="top">
      <div class="title">
        <h1>Interop Lens</h1>
        <p>{facts.join(' · ')}</p>
      </div>
      <div class="tabs" role="tablist" aria-label="Views" onKeyDown={moveInTabs}>
        {VIEWS.map((view) => (
          <button
            key={view}
            type="button"
            role="tab"
            id={`tab-${view}`}
            aria-selected={state.view === view}
            aria-controls={state.view === view ? `view-${view}` : undefined}
            tabIndex={state.view === view ? 0 : -1}
            onClick={() => change({ view })}
          >
            {VIEW_SPECS[view].title}
          </button>
        ))}
      </div>
    </header>
  );
}

/** Left and right go from tab to tab and open it. */
function moveInTabs(event: KeyboardEvent): void {
  if (!(event.currentTarget instanceof HTMLElement)) return;
  const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="tab"]')];
  const at = tabs.findIndex((tab) => tab === document.activeElement);
  const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
  if (next === undefined || at < 0) return;
  event.preventDefault();
  const tab = tabs[(next + tabs.length) % tabs.length];
  tab?.focus();
  tab?.click();
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
