/**
 * The suites that run inside a real VS Code. Each is bundled from the `*.test.ts` files of its folders below test/vscode
 * into `dist/test/vscode/<name>.js` and runs in an editor of its own, opened on a copy of its workspace: a folder, or a
 * `.code-workspace` file (whose folder is copied). `null` is a folder with nothing in it. `packaged`: the extension is not the
 * checkout but what a package of it holds.
 * @type {readonly { name: string, host: 'node' | 'web', folders: readonly string[], workspace: string | null, packaged?: true }[]}
 */
export const SUITES = [
  { name: 'node', host: 'node', folders: ['both', 'node'], workspace: 'test/fixtures/workspace' },
  { name: 'packaged', host: 'node', folders: ['packaged'], workspace: 'samples', packaged: true },
  { name: 'empty', host: 'node', folders: ['empty'], workspace: null },
  { name: 'web', host: 'web', folders: ['both', 'web'], workspace: 'test/fixtures/workspace' },
];
