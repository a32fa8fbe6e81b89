import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { CellDetails } from './cellDetails';
import { keyOfGuideline, keyOfSite } from './modelIndex';
import { usePage, type Page } from './pageContext';
import type { Selection } from './pageState';
import { SiteDetails } from './siteDetails';
import { TestDetails } from './testDetails';

/** The evidence behind what is selected, beside the view. */
export function Drawer(): JSX.Element | null {
  const page = usePage();
  const heading = useRef<HTMLHeadingElement>(null);
  const { selection } = page.state;
  const content = selection ? findContent(page, selection) : null;
  const key = JSON.stringify(selection);
  const shown = content !== null;
  useLayoutEffect(() => {
    if (shown && page.takesFocus()) heading.current?.focus();
  }, [key, shown]);
  if (!content) return null;
  return (
    <aside
      class="drawer"
      aria-labelledby="drawer-title"
      onKeyDown={(event) => {
        if (event.key === 'Escape') page.select(null);
      }}
    >
      <header>
        <h2 id="drawer-title" ref={heading} tabIndex={-1}>
          {content.title}
        </h2>
        <button type="button" class="close" onClick={() => page.select(null)}>
          <span aria-hidden="true">✕</span>
          <span class="unseen">Close evidence</span>
        </button>
      </header>
      <div class="drawer-body">{content.body}</div>
    </aside>
  );
}

interface DrawerContent {
  readonly title: ComponentChildren;
  readonly body: ComponentChildren;
}

/** What a selection shows, or null when a new model no longer has it. */
function findContent({ model, index }: Page, selection: Selection): DrawerContent | null {
  if (selection.kind === 'cell') {
    const guideline = model.guidelines.find((one) => keyOfGuideline(model, one) === selection.guideline);
    const capability = model.capabilities.find(({ name }) => name === selection.capability);
    const cell = guideline?.cells.find((one) => model.capabilities[one.capability] === capability);
    if (!guideline || !capability || !cell) return null;
    return {
      title: capability.name,
      body: <CellDetails guideline={guideline} capability={capability} cell={cell} />,
    };
  }
  if (selection.kind === 'test') {
    const position = model.tests.findIndex(({ name }) => name === selection.name);
    const test = model.tests[position];
    return test ? { title: test.name.split('.').at(-1), body: <TestDetails test={test} position={position} /> } : null;
  }
  const position = model.sites.findIndex((site) => keyOfSite(model, site) === selection.key);
  const site = model.sites[position];
  if (!site) return null;
  return {
    title: site.command === '' ? `${site.kind} site` : <code>{site.command}</code>,
    body: <SiteDetails site={site} tests={index.testsOfSite.get(position) ?? []} />,
  };
}
