import type { ServerSettings } from '../protocol/messages';
import { DEFAULT_SERVER_SETTINGS } from '../protocol/messages';

/**
 * Settings out of whatever an editor sends: `{interopLens: {…}}`, the inner object, or anything else. A field of another type than
 * expected gets its default.
 */
export function readServerSettings(sent: unknown): ServerSettings {
  const outer = asRecord(sent);
  const given = asRecord(outer['interopLens'] ?? outer);
  const guidelines = asRecord(given['guidelines']);
  const codeLens = asRecord(given['codeLens']);
  const defaults = DEFAULT_SERVER_SETTINGS;
  const paths = guidelines['paths'];
  const maxFileSize = given['maxFileSize'];
  return {
    guidelines: {
      paths: Array.isArray(paths) ? paths.filter((path) => typeof path === 'string') : defaults.guidelines.paths,
    },
    maxFileSize: typeof maxFileSize === 'number' && maxFileSize > 0 ? maxFileSize : defaults.maxFileSize,
    codeLens: {
      tests: asBoolean(codeLens['tests'], defaults.codeLens.tests),
      helpers: asBoolean(codeLens['helpers'], defaults.codeLens.helpers),
      guidelines: asBoolean(codeLens['guidelines'], defaults.codeLens.guidelines),
      testLists: asBoolean(codeLens['testLists'], defaults.codeLens.testLists),
    },
  };
}

/** True when a change needs the index built anew; the rest only changes what is shown. */
export function needsReindex(before: ServerSettings, after: ServerSettings): boolean {
  return (
    before.maxFileSize !== after.maxFileSize || JSON.stringify(before.guidelines) !== JSON.stringify(after.guidelines)
  );
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function asBoolean(value: unknown, otherwise: boolean): boolean {
  return typeof value === 'boolean' ? value : otherwise;
}
