import type { FrameLocator, Locator, Page } from 'playwright-core';

export interface WorkbenchOptions {
  /** The extension's folder. */
  readonly root: string;
  /** A folder or a `.code-workspace` file; null opens none. */
  readonly workspace: string | null;
  /** Of the user. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly size?: { readonly width?: number; readonly height?: number; readonly scale?: number };
}

export type ThemeName = 'Light Modern' | 'Dark Modern' | 'Dark High Contrast' | 'Light High Contrast';

export function openWorkbench(options: WorkbenchOptions): Promise<Workbench>;

export class Workbench {
  readonly page: Page;
  readonly close: () => Promise<void>;
  openFile(file: string, line?: number, column?: number): Promise<void>;
  find(text: string): Promise<void>;
  runCommand(title: string): Promise<void>;
  startCommand(title: string): Promise<void>;
  listCommands(words: string): Promise<string[]>;
  openViews(name: string): Promise<void>;
  pane(name: string): Locator;
  treeItem(name: string, label: string | RegExp): Locator;
  expandItem(name: string, label: string | RegExp): Promise<void>;
  runViewAction(name: string, title: string): Promise<void>;
  runItemAction(item: Locator, title: string): Promise<void>;
  pickItem(label: string): Promise<void>;
  chooseTheme(name: ThemeName): Promise<void>;
  takeInThemes<T extends { readonly theme: ThemeName }>(
    themes: readonly T[],
    take: (theme: T) => Promise<void>,
  ): Promise<void>;
  waitForPlace(file: string, line: number): Promise<void>;
  setSideBarWidth(width: number): Promise<void>;
  hoverAtCursor(text?: string): Promise<void>;
  hoverWord(word: string, text?: string): Promise<void>;
  openFixes(title: string): Promise<void>;
  chooseFix(title: string): Promise<void>;
  waitUntilGone(selector: string, text?: string): Promise<void>;
  waitFor(selector: string, text?: string): Promise<void>;
  webview(extension?: string): FrameLocator;
  waitForStatus(text: string): Promise<void>;
  takePicture(file: string, selector?: string): Promise<void>;
}
