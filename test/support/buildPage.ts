import { build } from 'esbuild';
import path from 'node:path';
import { pageBundles } from '../../scripts/pageBundles.mjs';

const CHECKOUT = path.resolve(__dirname, '../..');

/** Bundles script and style of the report page from today's source into a folder, as scripts/build.mjs does into dist/page. */
export async function buildPage(folder: string): Promise<void> {
  for (const options of pageBundles(CHECKOUT, folder)) await build(options);
}
