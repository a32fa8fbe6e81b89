#!/usr/bin/env node
/**
 * Proves the quick fixes on real trees: Tempest and its plugins as Debian packages them, read by the real engine.
 *
 *   npm run corpus:fixes                     every fix alone, then all safe ones together; the table goes into docs/fixes.md
 *   npm run corpus:fixes -- --only tempest   packages whose name has this in it (the table is printed only)
 *   npm run corpus:fixes -- --fix QF10       this kind of fix alone (the table is printed only)
 *   npm run corpus:fixes -- --show QF10      also a diff of every fix of this kind
 *
 * INTEROP_LENS_CORPUS=.cache/corpus-forky reads the packages of another release; its table has a place of its own.
 * Needs Python 3, flake8 with hacking (Debian: python3-hacking), dash and busybox; what is missing is said.
 */
import './bootstrap.mjs';
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { register } from 'tsx/cjs/api';
import { ensureCorpus } from './fetch-corpus.mjs';

register();
const load = createRequire(import.meta.url);
const { proveFixes } = load('./corpusFixes/proveFixes.ts');

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    show: { type: 'string', default: '' },
    fix: { type: 'string', default: '' },
    'no-suppress': { type: 'boolean', default: false },
  },
});

const corpus = await ensureCorpus();
if ('reason' in corpus) {
  console.error(corpus.reason);
  process.exit(2);
}
process.exitCode = await proveFixes({
  only: options.only,
  show: options.show,
  fix: options.fix,
  suppress: !options['no-suppress'],
});
