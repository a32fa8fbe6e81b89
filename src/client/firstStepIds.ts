/**
 * The steps of the walkthrough. Each has `onContext:interopLens.firstSteps.<step>` among its completion events in `package.json`. Free of
 * `vscode`, so that a test can compare them.
 */
export const FIRST_STEPS = ['folder', 'guidelines', 'trees', 'test', 'evidence'] as const;
export type FirstStep = (typeof FIRST_STEPS)[number];
