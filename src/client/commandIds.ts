/** Every command of the extension; `package.json` contributes exactly these. Free of `vscode`, so that a test can compare them. */
export const COMMAND_IDS = [
  'interopLens.fetchGuidelines',
  'interopLens.selectGuidelineFolder',
  'interopLens.showEvidence',
  'interopLens.showReferences',
  'interopLens.openRulePage',
  'interopLens.reindex',
  'interopLens.showLog',
] as const;
export type CommandId = (typeof COMMAND_IDS)[number];
