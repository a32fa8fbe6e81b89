import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Engine } from '../src/engine/engine';
import { DiskSource } from '../src/engine/node';
import { DEFAULT_SETTINGS } from '../src/engine/settings';
import { DiskIndexStore } from '../src/engine/store/node';
import { TODAYS_POLICY } from '../src/model/whatIfPolicy';
import { BUILTIN_PROFILES } from '../src/policy/builtinProfiles';
import { evaluatePolicy } from '../src/policy/evaluatePolicy';
import { loadGrammars, type Grammars } from '../src/syntax/grammars';
import { readPython } from '../src/syntax/readPython';

/** Rounds of each measurement; the median is printed. Rounds of all take turns, so that a noisy moment hits them alike. */
const ROUNDS = 5;
const EDITS = 200;

const PYTHON_AST = `
import ast, sys, time
texts = [open(name, encoding='utf-8').read() for name in sys.stdin.read().split('\\n') if name]
start = time.process_time()
for text in texts:
    ast.parse(text)
print(time.process_time() - start)
`;

async function main(): Promise<void> {
  const [, , project = '.', tree = '.', guidelines] = process.argv;
  const grammars = await readGrammars(project);
  const source = new DiskSource(tree);
  const files = (await source.list(() => false)).filter((file) => file.path.endsWith('.py'));
  const names = files.map((file) => fileURLToPath(file.uri)).sort();
  const texts = names.map((name) => readFileSync(name, 'utf8'));
  console.log(
    `${names.length} files, ${texts.reduce((sum, text) => sum + text.split('\n').length, 0)} lines of ${tree}\n`,
  );
  const folder = mkdtempSync(path.join(tmpdir(), 'interop-lens-bench-'));
  const store = new DiskIndexStore(folder, __filename);
  await (await openEngine(grammars, [tree])).keep(store);
  const rounds = {
    parse: [] as number[],
    facts: [] as number[],
    index: [] as number[],
    again: [] as number[],
    python: [] as number[],
  };
  for (let round = 0; round < ROUNDS; round++) {
    rounds.parse.push(await timeCpu(() => parseAll(grammars, texts)));
    rounds.facts.push(await timeCpu(() => readAll(grammars, names, texts)));
    rounds.index.push(await timeCpu(() => openEngine(grammars, [tree]).then(() => undefined)));
    rounds.again.push(await timeCpu(() => openEngine(grammars, [tree], store).then(() => undefined)));
    rounds.python.push(timePython(names));
  }
  rmSync(folder, { recursive: true });
  const parse = median(rounds.parse);
  printRow('bare tree-sitter parse', parse, parse);
  printRow('facts of every file (parse included)', median(rounds.facts), parse);
  printRow('whole index (files, facts, tests, levels)', median(rounds.index), parse);
  printRow('the same with the index of an earlier session', median(rounds.again), parse);
  printRow("CPython's ast.parse", median(rounds.python), parse);
  benchEdits(await openEngine(grammars, [tree]));
  await benchWhatIf(await openEngine(grammars, guidelines === undefined ? [tree] : [tree, guidelines]));
}

async function readGrammars(project: string): Promise<Grammars> {
  const read = (name: string): Uint8Array => readFileSync(path.join(project, 'node_modules', name));
  return loadGrammars({
    runtimeWasm: read('web-tree-sitter/web-tree-sitter.wasm'),
    pythonWasm: read('tree-sitter-python/tree-sitter-python.wasm'),
    bashWasm: read('tree-sitter-bash/tree-sitter-bash.wasm'),
  });
}

function parseAll(grammars: Grammars, texts: readonly string[]): void {
  const parser = grammars.newParser('python');
  for (const text of texts) parser.parse(text)?.delete();
  parser.delete();
}

function readAll(grammars: Grammars, names: readonly string[], texts: readonly string[]): void {
  const parser = grammars.newParser('python');
  texts.forEach((text, i) => readPython(names[i] ?? '', text, '', parser));
  parser.delete();
}

async function openEngine(grammars: Grammars, roots: readonly string[], store?: DiskIndexStore): Promise<Engine> {
  const engine = new Engine(grammars, DEFAULT_SETTINGS);
  const sources = roots.map((root) => new DiskSource(root));
  await engine.open(sources, undefined, undefined, store);
  return engine;
}

/** CPU seconds of this process, all threads: other processes on a shared machine do not count. */
async function timeCpu(run: () => void | Promise<void>): Promise<number> {
  const start = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

function timePython(names: readonly string[]): number {
  const { stdout } = spawnSync('python3', ['-c', PYTHON_AST], {
    input: names.join('\n'),
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  return Number(stdout);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

function printRow(what: string, seconds: number, base: number): void {
  console.log(
    `${what.padEnd(44)} ${seconds.toFixed(2).padStart(6)} s CPU  ${(seconds / base).toFixed(2).padStart(5)} x the parse`,
  );
}

/** Edits of the largest test file that reaches a guest: a line inside of function bodies all over the file, then new tests. */
function benchEdits(engine: Engine): void {
  const uris = [
    ...new Set(
      engine
        .tests()
        .filter((test) => (engine.demand(test.name)?.sites.length ?? 0) > 0)
        .map((test) => test.classUri),
    ),
  ];
  const largest = uris
    .map((uri) => ({ uri, text: engine.text(uri) ?? '' }))
    .sort((a, b) => b.text.length - a.text.length)[0];
  if (!largest) return;
  console.log(
    `\nedit to diagnostics, ${EDITS} edits each of ${path.basename(largest.uri)} (${largest.text.split('\n').length} lines):`,
  );
  const ends = [...largest.text.matchAll(/^ {8}self\.assert\w+\(.*\)$/gm)].map(
    (match) => match.index + match[0].length,
  );
  typeInto(engine, largest, ends, "\n        self.assertTrue(self.server['id'])", 'a line in a body');
  const starts = [...largest.text.matchAll(/^ {4}@decorators\.idempotent_id/gm)].map((match) => match.index);
  typeInto(
    engine,
    largest,
    starts,
    "    def test_typed(self):\n        self.assertTrue(self.server['id'])\n\n",
    'a new test',
  );
}

/** Types a text, character by character, at one place after the other; an edit ends with its diagnostics. */
function typeInto(
  engine: Engine,
  { uri, text }: { readonly uri: string; readonly text: string },
  places: readonly number[],
  typed: string,
  what: string,
): void {
  const times: number[] = [];
  const cpu: number[] = [];
  for (let edit = 0; edit < EDITS; edit++) {
    const at = places[Math.floor(edit / typed.length) % Math.max(places.length, 1)] ?? 0;
    const edited = text.slice(0, at) + typed.slice(0, (edit % typed.length) + 1) + text.slice(at);
    const before = process.cpuUsage();
    const start = performance.now();
    engine.setText(uri, edited);
    engine.findings(uri);
    times.push(performance.now() - start);
    const { user, system } = process.cpuUsage(before);
    cpu.push((user + system) / 1000);
  }
  engine.setText(uri, text);
  console.log(`${what.padEnd(18)} ${quantiles(times)} (wall clock); ${quantiles(cpu)} (CPU)`);
}

function quantiles(milliseconds: readonly number[]): string {
  const sorted = [...milliseconds].sort((a, b) => a - b);
  const at = (share: number): string => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(0);
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms`;
}

/** Flips policies over the built-in profiles on the table of a tree with its guidelines, as the board does. */
async function benchWhatIf(engine: Engine): Promise<void> {
  if (engine.guidelines().length === 0) return;
  const start = performance.now();
  const input = engine.whatIf();
  console.log(`\nwhat-if table: ${(performance.now() - start).toFixed(0)} ms, ${input.tests.length} tests`);
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const { profile } of BUILTIN_PROFILES) {
      times.push(
        1000 *
          (await timeCpu(() => void evaluatePolicy(input, profile, { ...TODAYS_POLICY, osBranch: round % 2 === 0 }))),
      );
    }
  }
  times.sort((a, b) => a - b);
  console.log(
    `verdict on ${input.guidelines.length} guidelines: median ${median(times).toFixed(1)} ms, slowest ${(times.at(-1) ?? 0).toFixed(1)} ms CPU`,
  );
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
