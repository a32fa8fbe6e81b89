#!/usr/bin/env node
/**
 * Bundles the extension (client and server, each for Node and for the web) and the command line into `dist/`,
 * and copies the grammars beside them.
 *
 *   node scripts/build.mjs            one build
 *   node scripts/build.mjs --watch    rebuild on change, until Ctrl-C
 *   node scripts/build.mjs --tests    also the VS Code test suites (test/vscode → dist/test/vscode)
 *   node scripts/build.mjs --minify   smaller bundles, without source maps (for a package)
 */
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import { pageBundles } from './pageBundles.mjs';
import { SUITES } from './vscode-host/suites.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Where each grammar comes from; the bytes are loaded at run time, never at build time. */
const GRAMMARS = [
  'node_modules/web-tree-sitter/web-tree-sitter.wasm',
  'node_modules/tree-sitter-python/tree-sitter-python.wasm',
  'node_modules/tree-sitter-bash/tree-sitter-bash.wasm',
];

/**
 * web-tree-sitter's ESM entry asks for `import.meta.url`, which is undefined in a CommonJS or worker bundle: its
 * CommonJS twin does not.
 */
const ALIASES = { 'web-tree-sitter': path.join(root, 'node_modules/web-tree-sitter/web-tree-sitter.cjs') };

/** @type {Record<string, import('esbuild').BuildOptions>} */
const PLATFORMS = {
  node: { platform: 'node', format: 'cjs', target: 'node20', mainFields: ['module', 'main'] },
  /** The web extension host evaluates CommonJS; a few packages look for `process`, which it does not have. */
  webHost: { platform: 'browser', format: 'cjs', target: 'es2022', mainFields: ['browser', 'module', 'main'] },
  webWorker: { platform: 'browser', format: 'iife', target: 'es2022', mainFields: ['browser', 'module', 'main'] },
};

const BUNDLES = [
  { from: 'src/client/node.ts', to: 'dist/client/node.js', platform: 'node' },
  { from: 'src/client/browser.ts', to: 'dist/client/browser.js', platform: 'webHost' },
  { from: 'src/server/node.ts', to: 'dist/server/node.js', platform: 'node' },
  { from: 'src/server/browser.ts', to: 'dist/server/browser.js', platform: 'webWorker' },
  { from: 'src/cli/main.ts', to: 'dist/cli.js', platform: 'node', executable: true },
];

/** mocha's browser build is one UMD file; its `main` would drag in the command line and dynamic imports. */
const TEST_ALIASES = { mocha: path.join(root, 'node_modules/mocha/mocha.js') };

/** Test files say `node:assert/strict` in both hosts; the web has no such module, a package of the same name serves. */
const assertForTheWeb = {
  name: 'assert-for-the-web',
  /** @param {import('esbuild').PluginBuild} context */
  setup(context) {
    context.onResolve({ filter: /^node:assert\/strict$/ }, () => ({ path: 'assert/strict', namespace: 'web-assert' }));
    context.onLoad({ filter: /.*/, namespace: 'web-assert' }, () => ({
      contents: `module.exports = require('assert/').strict;`,
      resolveDir: root,
    }));
    // The packages ask for Node's `process` when they word a failure; a test must still see that there is none.
    context.onLoad({ filter: /node_modules\/(assert|util)\/.*\.js$/ }, ({ path: file }) => ({
      contents: `var process = { env: {} };\n${readFileSync(file, 'utf8')}`,
    }));
  },
};

/**
 * Builds once, or watches.
 * @param {{ tests?: boolean, watch?: boolean, minify?: boolean, quiet?: boolean }} options
 * @returns {Promise<void>}
 * @throws when a bundle does not build; esbuild has printed where.
 */
export async function build({ tests = false, watch = false, minify = false, quiet = false } = {}) {
  const started = Date.now();
  const options = [
    ...BUNDLES.map((bundle) => optionsOf(bundle, { minify })),
    // Read by the command line and the client, which put them into the report page.
    ...pageBundles(root, path.join(root, 'dist/page')),
    ...(tests ? SUITES.map((suite) => optionsOfSuite(suite)) : []),
  ];
  copyGrammars();
  if (watch) {
    const contexts = await Promise.all(options.map((option) => esbuild.context(option)));
    await Promise.all(contexts.map((context) => context.watch()));
    console.log('build: watching, Ctrl-C ends');
    return;
  }
  // Every bundle is tried, so that one run shows all that is wrong.
  const results = await Promise.allSettled(options.map((option) => esbuild.build(option)));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  for (const bundle of BUNDLES) if (bundle.executable) chmodSync(path.join(root, bundle.to), 0o755);
  if (!quiet) report(BUNDLES, Date.now() - started);
}

/**
 * esbuild's options of one bundle.
 * @param {typeof BUNDLES[number]} bundle
 * @param {{ minify: boolean }} choice
 * @returns {import('esbuild').BuildOptions}
 */
function optionsOf(bundle, { minify }) {
  return {
    ...commonOptions(bundle.platform),
    entryPoints: [bundle.from],
    outfile: bundle.to,
    minify,
    sourcemap: minify ? false : 'linked',
    banner: bundle.executable ? { js: '#!/usr/bin/env node' } : {},
  };
}

/**
 * esbuild's options of one suite: a bundle that exports `run()`.
 * @param {typeof SUITES[number]} suite
 * @returns {import('esbuild').BuildOptions}
 */
function optionsOfSuite({ name, host, folders }) {
  const files = folders.flatMap((folder) => listTestFiles(path.join('test/vscode', folder)));
  const lines = [
    `import { createRun } from './test/vscode/hostRunner';`,
    // Required late: the files call mocha's globals, which the runner sets up first.
    `export const run = createRun(() => {${files.map((file) => `require('./${file}');`).join('')}});`,
  ];
  const common = commonOptions(host === 'node' ? 'node' : 'webHost');
  return {
    ...common,
    stdin: { contents: lines.join('\n'), resolveDir: root, sourcefile: `${name}.ts`, loader: 'ts' },
    alias: { ...common.alias, ...TEST_ALIASES },
    outfile: `dist/test/vscode/${name}.js`,
    sourcemap: 'inline',
    plugins: host === 'web' ? [assertForTheWeb] : [],
  };
}

/**
 * @param {keyof typeof PLATFORMS} platform
 * @returns {import('esbuild').BuildOptions}
 */
function commonOptions(platform) {
  return {
    ...PLATFORMS[platform],
    absWorkingDir: root,
    bundle: true,
    external: ['vscode'],
    alias: ALIASES,
    loader: { '.md': 'text', '.html': 'text', '.css': 'text' },
    sourcesContent: false,
    logLevel: 'warning',
    legalComments: 'none',
    // A few packages look for what only Node has.
    define:
      platform === 'node'
        ? {}
        : { 'process.env.NODE_ENV': '"production"', 'process.env.NODE_DEBUG': 'false', global: 'globalThis' },
  };
}

/**
 * The test files of a folder, sorted; none when it is not there.
 * @param {string} folder relative to the root
 * @returns {string[]} paths relative to the root, with `/`
 */
function listTestFiles(folder) {
  if (!existsSync(path.join(root, folder))) return [];
  return readdirSync(path.join(root, folder), { recursive: true })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => path.posix.join(folder, name.split(path.sep).join('/')))
    .sort();
}

/** Puts the grammars into `dist/grammars`, skipping those that are already there and no older. */
function copyGrammars() {
  const target = path.join(root, 'dist/grammars');
  mkdirSync(target, { recursive: true });
  for (const grammar of GRAMMARS) {
    const from = path.join(root, grammar);
    const to = path.join(target, path.basename(grammar));
    if (existsSync(to) && readFileSync(to).equals(readFileSync(from))) continue;
    copyFileSync(from, to);
    chmodSync(to, 0o644);
  }
}

/**
 * One line per bundle with its size.
 * @param {readonly { to: string }[]} bundles
 * @param {number} milliseconds
 */
function report(bundles, milliseconds) {
  for (const { to } of bundles) {
    const kilobytes = Math.round(statSync(path.join(root, to)).size / 1024);
    console.log(`build: ${to} ${kilobytes} kB`);
  }
  console.log(
    `build: dist/grammars ${readdirSync(path.join(root, 'dist/grammars')).length} files; ${milliseconds} ms in all`,
  );
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const flags = new Set(process.argv.slice(2));
  const known = ['--watch', '--tests', '--minify'];
  const unknown = [...flags].filter((flag) => !known.includes(flag));
  if (unknown.length > 0) {
    console.error(`build: unknown option ${unknown.join(' ')}; known are ${known.join(' ')}`);
    process.exit(2);
  }
  try {
    await build({ watch: flags.has('--watch'), tests: flags.has('--tests'), minify: flags.has('--minify') });
  } catch {
    console.error('build: failed, see the messages above');
    process.exit(1);
  }
}
