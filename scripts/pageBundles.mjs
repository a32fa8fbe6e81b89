import path from 'node:path';

/**
 * esbuild's options for script and style of the report page: small, without source maps, because they stand in every page.
 * @param {string} root the checkout
 * @param {string} folder where `report.js` and `report.css` go
 * @returns {import('esbuild').BuildOptions[]}
 */
export function pageBundles(root, folder) {
  const common = /** @type {const} */ ({
    absWorkingDir: root,
    bundle: true,
    minify: true,
    platform: 'browser',
    legalComments: 'none',
    logLevel: 'warning',
  });
  return [
    {
      ...common,
      entryPoints: ['src/page/main.tsx'],
      outfile: path.join(folder, 'report.js'),
      format: 'iife',
      target: 'es2022',
      jsx: 'automatic',
      jsxImportSource: 'preact',
    },
    { ...common, entryPoints: ['src/page/page.css'], outfile: path.join(folder, 'report.css') },
  ];
}
