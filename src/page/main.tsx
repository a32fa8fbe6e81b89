import { render } from 'preact';
import { REWRITES, type Rewrites } from '../model/whatIfPolicy';
import type { ReportModel } from '../report/reportModel';
import { DATA_ELEMENT, ROOT_ELEMENT } from '../report/reportPage';
import { App } from './app';
import { indexModel, type ModelIndex } from './modelIndex';
import { PageContext, type Page } from './pageContext';
import { findHost } from './pageHost';
import { readState, VIEWS, type PageState, type Selection } from './pageState';

/** The page as it stands: one model, one state, drawn anew as a whole when either changes. */
class ReportPage {
  private readonly host = findHost();
  private readonly root: HTMLElement;
  private model: ReportModel | null;
  private index: ModelIndex | null;
  private state: PageState;
  private said = '';
  private asked: Rewrites = 'none';
  private isPrinting = false;
  private wantsFocus = false;
  /** What had the focus when the drawer was opened. */
  private opener: Element | null = null;

  constructor(root: HTMLElement, model: ReportModel | null) {
    this.root = root;
    this.model = model;
    this.index = model && indexModel(model);
    this.state = readState(this.host.recall());
    const view = VIEWS.find((one) => location.hash === `#${one}`);
    if (view) this.state = { ...this.state, view };
  }

  start(): void {
    this.host.onModel((model) => {
      this.model = model;
      this.index = indexModel(model);
      this.draw();
    });
    const print = matchMedia('print');
    print.addEventListener('change', () => this.setPrinting(print.matches));
    // Some browsers print without a change of media that scripts see.
    window.addEventListener('beforeprint', () => this.setPrinting(true));
    window.addEventListener('afterprint', () => this.setPrinting(false));
    this.draw();
  }

  private setPrinting(isPrinting: boolean): void {
    this.isPrinting = isPrinting;
    this.draw();
  }

  private readonly change = (part: Partial<PageState>): void => {
    const view = part.view ?? this.state.view;
    // An address that leads back to the view; a webview keeps its own state.
    if (view !== this.state.view && this.host.open === null) history.replaceState(null, '', `#${view}`);
    this.state = { ...this.state, ...part };
    this.host.remember(this.state);
    this.draw();
  };

  private readonly select = (selection: Selection | null): void => {
    const { opener } = this;
    if (selection) {
      this.wantsFocus = true;
      if (!document.activeElement?.closest('.drawer')) this.opener = document.activeElement;
    }
    this.change({ selection });
    if (!selection && opener instanceof HTMLElement && opener.isConnected) opener.focus();
  };

  private readonly announce = (text: string): void => {
    this.said = text;
    this.draw();
  };

  /** The editor tries fixes when the board wants them: that takes a while. */
  private askForRewrites({ whatIf }: ReportModel): void {
    const { rewrites } = this.state.board.policy;
    if (REWRITES.indexOf(rewrites) <= REWRITES.indexOf(whatIf.rewrites) || this.asked === rewrites) return;
    this.asked = rewrites;
    this.host.tryRewrites?.(rewrites);
  }

  private draw(): void {
    const { model, index } = this;
    if (!model || !index) {
      render(<p class="waiting">Waiting for the index …</p>, this.root);
      return;
    }
    this.askForRewrites(model);
    const page: Page = {
      model,
      index,
      host: this.host,
      state: this.state,
      change: this.change,
      select: this.select,
      takesFocus: () => {
        const wanted = this.wantsFocus;
        this.wantsFocus = false;
        return wanted;
      },
      announce: this.announce,
    };
    render(
      <PageContext.Provider value={page}>
        <App isPrinting={this.isPrinting} said={this.said} />
      </PageContext.Provider>,
      this.root,
    );
  }
}

function readModel(): ReportModel | null {
  const text = document.getElementById(DATA_ELEMENT)?.textContent ?? '';
  return text === '' ? null : (JSON.parse(text) as ReportModel);
}

const root = document.getElementById(ROOT_ELEMENT);
if (root) new ReportPage(root, readModel()).start();
