// Times the engine against the bare parse, in one run: `npm run bench [-- TREE [GUIDELINES]]`. Prints a table; asserts nothing.
import './bootstrap.mjs';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const tree = process.argv[2] ?? path.join(root, '.cache/corpus/python3-tempest/usr/lib/python3/dist-packages');
if (!existsSync(tree)) {
  console.error(
    `No tree at ${tree}. Fetch Debian's Tempest with "node scripts/fetch-corpus.mjs", or name a tree: npm run bench -- PATH`,
  );
  process.exit(2);
}
// Verdicts are measured where there are guidelines: a second argument, or those beside the checkout.
const folder = path.resolve(process.argv[3] ?? path.join(root, '../shared/guidelines'));
const guidelines = existsSync(folder) ? [folder] : [];
const bundle = path.join(root, '.cache/bench/bench.cjs');
await build({
  entryPoints: [path.join(root, 'bench/bench.ts')],
  outfile: bundle,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  alias: { 'web-tree-sitter': path.join(root, 'node_modules/web-tree-sitter/web-tree-sitter.cjs') },
  mainFields: ['module', 'main'],
  logLevel: 'warning',
});
const { status } = spawnSync(process.execPath, [bundle, root, path.resolve(tree), ...guidelines], { stdio: 'inherit' });
process.exit(status ?? 1);
