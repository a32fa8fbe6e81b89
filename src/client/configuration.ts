import * as vscode from 'vscode';
import type { ServerSettings } from '../protocol/messages';
import { SETTINGS } from './settingNames';

/** The one place that reads and writes settings of the extension. */
const SECTION = 'interopLens';

/** What the language server is told. */
export function readServerSettings(): ServerSettings {
  const configuration = vscode.workspace.getConfiguration(SECTION);
  return {
    guidelines: { paths: configuration.get<string[]>(SETTINGS.guidelinePaths, []) },
    maxFileSize: configuration.get<number>(SETTINGS.maxFileSize, 5),
    codeLens: {
      tests: configuration.get<boolean>(SETTINGS.testLenses, true),
      helpers: configuration.get<boolean>(SETTINGS.helperLenses, true),
      guidelines: configuration.get<boolean>(SETTINGS.guidelineLenses, true),
      testLists: configuration.get<boolean>(SETTINGS.testListLenses, true),
    },
  };
}

/** Where published guidelines are fetched from; "" when the setting is empty. */
export function readBaseUrl(): string {
  return vscode.workspace.getConfiguration(SECTION).get<string>(SETTINGS.guidelineBaseUrl, '').trim();
}

/** Whether language models may ask the index. */
export function readToolsEnabled(): boolean {
  return vscode.workspace.getConfiguration(SECTION).get<boolean>(SETTINGS.languageModelTools, true);
}

/** Calls back when that setting changes. */
export function onDidChangeToolSetting(listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(`${SECTION}.${SETTINGS.languageModelTools}`)) listener();
  });
}

/**
 * Adds a guideline folder to the settings: of the workspace where one is open, else of the user.
 * @returns false when it was there already
 */
export async function addGuidelinePath(path: string): Promise<boolean> {
  const configuration = vscode.workspace.getConfiguration(SECTION);
  const paths = configuration.get<string[]>(SETTINGS.guidelinePaths, []);
  if (paths.includes(path)) return false;
  const inWorkspace = vscode.workspace.workspaceFolders !== undefined;
  const target = inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
  await configuration.update(SETTINGS.guidelinePaths, [...paths, path], target);
  return true;
}

/** Calls back with the new server settings whenever one of our settings changes. */
export function onDidChangeSettings(listener: (settings: ServerSettings) => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(SECTION)) listener(readServerSettings());
  });
}
