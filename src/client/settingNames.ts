/** Every setting that `package.json` contributes, by its name below `interopLens.`. Free of `vscode`, so that a test can compare them. */
export const SETTINGS = {
  guidelinePaths: 'guidelines.paths',
  guidelineBaseUrl: 'guidelines.baseUrl',
  maxFileSize: 'maxFileSize',
  testLenses: 'codeLens.tests',
  helperLenses: 'codeLens.helpers',
  guidelineLenses: 'codeLens.guidelines',
  languageModelTools: 'languageModelTools.enabled',
  testListLenses: 'codeLens.testLists',
} as const;
