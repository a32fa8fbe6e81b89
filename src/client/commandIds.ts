/** Every command of the extension; `package.json` contributes exactly these. Free of `vscode`, so that a test can compare them. */
export const COMMAND_IDS = [
  'interopLens.fetchGuidelines',
  'interopLens.selectGuidelineFolder',
  'interopLens.showEvidence',
  'interopLens.showReferences',
  'interopLens.openRulePage',
  'interopLens.revealInTree',
  'interopLens.filterGuidelines',
  'interopLens.searchGuidelines',
  'interopLens.clearGuidelineFilter',
  'interopLens.filterFindings',
  'interopLens.searchFindings',
  'interopLens.clearFindingFilter',
  'interopLens.groupFindingsByRule',
  'interopLens.groupFindingsByCapability',
  'interopLens.openTreeItem',
  'interopLens.openEntry',
  'interopLens.copyName',
  'interopLens.copyId',
  'interopLens.reindex',
  'interopLens.showLog',
] as const;
export type CommandId = (typeof COMMAND_IDS)[number];
