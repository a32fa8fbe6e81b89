import type { BuildOptions } from 'esbuild';

/** esbuild's options for script and style of the report page, into a folder. */
export function pageBundles(root: string, folder: string): BuildOptions[];
