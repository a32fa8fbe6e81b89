/** Everything an adapter may set. Defaults are those of the extension's settings. */
export interface EngineSettings {
  /** Files larger than this (bytes) are skipped and listed. */
  readonly maxFileSize: number;
  /** Base of rule page addresses: `<base><id>.md`. */
  readonly rulePageBase: string;
  /** The date of today (yyyy-mm-dd), asked of whoever has a clock; null: what would have to date something is not offered. */
  readonly today: (() => string) | null;
}

export const DEFAULT_SETTINGS: EngineSettings = {
  maxFileSize: 5 * 1024 * 1024,
  rulePageBase: 'https://opendev.org/openinfra/interop-lens/src/branch/main/docs/rules/',
  today: null,
};
