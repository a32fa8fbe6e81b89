import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { SourceFile } from '../engine/fileSource';
import { ExitError } from './exitError';

/** Where links of a report lead; templates as given on the command line. */
export interface LinkPlan {
  /** For Python files, with `{file}`, `{line}` and `{root}`; undefined: the files themselves. */
  readonly sourceUrl: string | undefined;
  /** For guideline files. */
  readonly guidelineUrl: string | undefined;
  /** The folder that relative links start from. */
  readonly from: string;
}

/**
 * Makes the addresses of a report's files; `{line}` is left in them.
 * @throws ExitError for a template that makes no address of a file
 */
export function planLinks(plan: LinkPlan): (file: SourceFile) => string {
  checkTemplate('source-url', plan.sourceUrl);
  checkTemplate('guideline-url', plan.guidelineUrl);
  return (file) => {
    const template = file.path.endsWith('.json') ? plan.guidelineUrl : plan.sourceUrl;
    if (template === undefined) return relativeLink(plan.from, fileURLToPath(file.uri));
    const root = decodeURIComponent(file.rootUri.slice(file.rootUri.lastIndexOf('/') + 1));
    return template.replaceAll('{file}', encodePath(file.path)).replaceAll('{root}', encodeURIComponent(root));
  };
}

function checkTemplate(option: string, template: string | undefined): void {
  if (template === undefined) return;
  if (!template.includes('{file}'))
    throw new ExitError(
      `report: --${option} needs {file} where the path of a file belongs, and may have {line} and {root}.`,
    );
  const filled = template.replaceAll(/\{(?:file|line|root)\}/g, '1');
  if (!URL.canParse(filled) || !['http:', 'https:'].includes(new URL(filled).protocol))
    throw new ExitError(`report: --${option} takes an http or https address, and ${template} is none.`);
}

/** A file on another drive cannot be reached by a relative path. */
function relativeLink(from: string, file: string): string {
  const relative = path.relative(from, file);
  if (path.isAbsolute(relative)) return `${pathToFileURL(file).href}#L{line}`;
  return `${encodePath(relative.split(path.sep).join('/'))}#L{line}`;
}

function encodePath(file: string): string {
  return file.split('/').map(encodeURIComponent).join('/');
}
