import path from 'node:path';

/**
 * esbuild's options for script and style of the report page and of documents: small, without source maps, because they stand in every page.
 * @param {string} root the checkout
 * @param {string} folder where `report.js`, `report.css`, `document.js` and `document.css` go
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
    {
      ...common,
      entryPoints: ['src/page/documentPage.ts'],
      outfile: path.join(folder, 'document.js'),
      format: 'iife',
      target: 'es2022',
    },
    { ...common, entryPoints: ['src/page/document.css'], outfile: path.join(folder, 'document.css') },
    { ...common, entryPoints: ['src/page/page.css'], outfile: path.join(folder, 'report.css') },
  ];
}
