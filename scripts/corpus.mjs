#!/usr/bin/env node
/**
 * Judges the guest analysis on real trees: Tempest and its plugins as Debian packages them.
 *
 *   npm run corpus                     the table of levels for every package, and the comparison with a record of real calls
 *   npm run corpus -- --only neutron   packages whose name has this in it
 *   npm run corpus -- --unconfirmed    also the predicted pairs that no run showed
 *   npm run corpus -- --release trixie the same for Tempest and all plugins of another Debian release, fetched when absent
 *
 * The record comes from test/corpus/oracle/record_guest_calls.py (tests run for real against a cloud in memory, several times each
 * with other options), one process for each processor. It is kept in the corpus folder until the oracles or the packages change,
 * so that a second run takes seconds. It is a lower bound of the truth: recall is judged by it; precision has it as a lower bound.
 * Sites that only explain a failure are not judged, since the record says what tests demand that pass; they are counted apart.
 */
import './bootstrap.mjs';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { register } from 'tsx/cjs/api';
import { ensureCorpus, ensureRelease } from './fetch-corpus.mjs';

// The comparison is TypeScript, shared with the corpus tests.
register();
const load = createRequire(import.meta.url);
const { compareGuestRecord } = load('../test/support/compareGuestRecord.ts');
const { CORPUS, corpusOfRelease, modulePrefixes, presentRoots, recordGuestCalls } = load(
  '../test/support/pythonOracle.ts',
);
const { printTable } = load('../test/support/textTable.ts');
const { GUEST_LEVELS } = load('../src/model/guestLevel.ts');

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    release: { type: 'string' },
    unconfirmed: { type: 'boolean', default: false },
  },
});

const { release } = options;
const fetched = await (release === undefined ? ensureCorpus() : ensureRelease(release));
if ('reason' in fetched) {
  console.error(fetched.reason);
  process.exit(2);
}
const corpus = release === undefined ? CORPUS : corpusOfRelease(release);
if (!existsSync(path.join(root, 'dist/cli.js'))) {
  console.error('dist/cli.js is not there: run `npm run build` first.');
  process.exit(2);
}

const started = Date.now();
const all = JSON.parse(await runLevels(presentRoots(corpus)));
sayProgress(`levels of ${all.tests.length} tests`);
const counts = [];
const scores = [];
const details = [];
for (const name of corpus.packages.filter((one) => one.includes(options.only))) {
  const prefixes = modulePrefixes(name, corpus);
  const tests = all.tests.filter((test) => prefixes.some((prefix) => test.name.startsWith(prefix)));
  const levels = { ...all, tests };
  counts.push(countLevels(name, tests));
  const record = await recordGuestCalls(name, corpus, (line) => sayProgress(`${name}: ${line}`));
  const comparison = compareGuestRecord(record, levels);
  scores.push(printScore(name, record, comparison));
  details.push(...printDetails(name, comparison));
}
const header = ['package', 'tests', ...GUEST_LEVELS, 'sites', 'unresolved calls', 'tests with unresolved'];
console.log(`Tests by level\n\n${printTable(header, counts)}\n`);
const judged = [
  'package',
  'ran to end',
  'died',
  'skipped',
  'recorded pairs',
  'predicted',
  'recall',
  'precision at least',
  'of debugging (recorded)',
];
console.log(`Against a record of real calls (kinds ssh and login)\n\n${printTable(judged, scores)}`);
for (const text of details) console.log(`\n${text}`);

/**
 * @param {readonly string[]} roots
 * @returns {Promise<string>} what `interop-lens levels --format json` prints
 */
function runLevels(roots) {
  const args = ['dist/cli.js', 'levels', ...roots.flatMap((one) => ['--root', one]), '--format', 'json'];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: root, maxBuffer: 1 << 30 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`interop-lens levels failed: ${error.message}\n${stderr.slice(-2000)}`));
      else resolve(stdout);
    });
  });
}

/** A line on standard error, so that a long run can be followed and the tables still be redirected. */
function sayProgress(line) {
  console.error(`[${Math.round((Date.now() - started) / 1000)} s] ${line}`);
}

function countLevels(name, tests) {
  const places = new Set(tests.flatMap((test) => test.sites.map((site) => `${site.file}:${site.line}:${site.kind}`)));
  return [
    name,
    String(tests.length),
    ...GUEST_LEVELS.map((level) => String(tests.filter((test) => test.level === level).length)),
    String(places.size),
    String(tests.reduce((sum, test) => sum + test.unresolvedCalls, 0)),
    String(tests.filter((test) => test.unresolvedCalls > 0).length),
  ];
}

function printScore(name, record, comparison) {
  const outcome = (wanted) => String(record.tests.filter((test) => test.outcome === wanted).length);
  const share = (value, whole) => (whole === 0 ? '-' : value.toFixed(4));
  return [
    name,
    outcome('ended'),
    outcome('died'),
    outcome('skipped'),
    String(comparison.recorded),
    String(comparison.matched),
    share(comparison.recall, comparison.recorded),
    share(comparison.precisionLowerBound, comparison.predictedInEnded),
    `${comparison.debugging.predicted} (${comparison.debugging.confirmed})`,
  ];
}

function printDetails(name, comparison) {
  const texts = [];
  const row = (pair) => [
    pair.test,
    pair.kind,
    `${pair.file}:${pair.line}`,
    pair.command.replace(/\s+/g, ' ').slice(0, 70),
  ];
  if (comparison.missing.length > 0) {
    const rows = comparison.missing.map((pair) => [pair.elsewhere ? 'other line' : 'missing', ...row(pair)]);
    texts.push(`${name}: recorded and not predicted\n\n${printTable(['', 'test', 'kind', 'site', 'command'], rows)}`);
  }
  if (options.unconfirmed && comparison.unconfirmed.length > 0) {
    const rows = comparison.unconfirmed.map(row);
    texts.push(`${name}: predicted and not recorded\n\n${printTable(['test', 'kind', 'site', 'command'], rows)}`);
  }
  return texts;
}
