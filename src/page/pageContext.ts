import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ReportModel } from '../report/reportModel';
import type { ModelIndex } from './modelIndex';
import type { PageHost } from './pageHost';
import type { PageState, Selection } from './pageState';

/** What every part of the page works with. */
export interface Page {
  readonly model: ReportModel;
  readonly index: ModelIndex;
  readonly host: PageHost;
  readonly state: PageState;
  /** Sets parts of the state and draws the page anew. */
  readonly change: (part: Partial<PageState>) => void;
  /** Opens the drawer, or closes it (null), which gives the focus back. */
  readonly select: (selection: Selection | null) => void;
  /** True once after a person opened the drawer: then it takes the focus, and not when the page is drawn anew. */
  readonly takesFocus: () => boolean;
  /** Says something in the live region. */
  readonly announce: (text: string) => void;
}

export const PageContext = createContext<Page | null>(null);

/** @throws Error outside of the page, which would be a fault of ours. */
export function usePage(): Page {
  const page = useContext(PageContext);
  if (page === null) throw new Error('no page');
  return page;
}
