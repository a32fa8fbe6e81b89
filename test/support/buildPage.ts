import { build } from 'esbuild';
import path from 'node:path';

const CHECKOUT = path.resolve(__dirname, '../..');

/** Bundles script and style of the report page from today's source into a folder, as scripts/build.mjs does into dist/page. */
export async function buildPage(folder: string): Promise<void> {
  const common = { absWorkingDir: CHECKOUT, bundle: true, minify: true, logLevel: 'warning' } as const;
  await build({
    ...common,
    entryPoints: ['src/page/main.tsx'],
    outfile: path.join(folder, 'report.js'),
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
  });
  await build({ ...common, entryPoints: ['src/page/page.css'], outfile: path.join(folder, 'report.css') });
}
