import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { globSync } from 'fast-glob';
import { readGuideline } from '../../src/guideline/readGuideline';
import { selectTests } from '../../src/guideline/selectTests';
import { CAPABILITY_STATUSES, type CapabilityStatus } from '../../src/model/guideline';
import { listRefstackLines } from '../../src/report/refstackList';
import { GUIDELINE_FOLDER, whyNoGuidelines } from '../support/findGuidelineFiles';

const ORACLE = path.join(__dirname, 'oracle/list_refstack_tests.py');
/** Small, whole files of the schemas of which no published file is left (1.3 and 1.4 were migrated), and of 1.0 and 1.2. */
const HAND_MADE = path.resolve(__dirname, '../fixtures/schemas');

type Answers = Readonly<Record<string, readonly string[] | null>>;

/** What a second program, in another language and written from RefStack's documentation alone, gives. */
function askOracle(files: readonly string[]): Readonly<Record<string, Answers>> {
  const stdout = execFileSync('python3', ['-I', ORACLE, ...files], { encoding: 'utf8', maxBuffer: 1 << 30 });
  return JSON.parse(stdout) as Readonly<Record<string, Answers>>;
}

function isStatus(word: string): word is CapabilityStatus {
  return CAPABILITY_STATUSES.some((status) => status === word);
}

/** @returns how many lines were compared */
function compare(file: string, answers: Answers): number {
  const { guideline } = readGuideline(`file://${file}`, readFileSync(file, 'utf8'));
  assert.ok(guideline);
  let lines = 0;
  for (const [question, expected] of Object.entries(answers)) {
    const [target = '', types = '', alias, flag] = question.split('|');
    const statuses = types.split(',').filter(isStatus);
    const selected = selectTests(guideline, {
      target,
      types: statuses.length > 0 ? statuses : null,
      alias: alias === 'true',
      flag: flag === 'true',
    });
    assert.deepEqual(
      selected && listRefstackLines(guideline, selected),
      expected,
      `${path.basename(file)}: ${question}`,
    );
    lines += expected?.length ?? 0;
  }
  return lines;
}

describe("test lists against a second program that follows RefStack's documentation", function () {
  this.timeout(120_000);

  it('every schema from 1.0 to 1.4, by hand: every target, type, alias and flag', () => {
    const files = globSync('*.json', { cwd: HAND_MADE, absolute: true }).sort();
    const schemas = files.map((file) => (JSON.parse(readFileSync(file, 'utf8')) as { schema: string }).schema);
    assert.deepEqual(schemas, ['1.0', '1.2', '1.3', '1.4']);
    const answers = askOracle(files);
    for (const [index, file] of files.entries()) {
      const questions = Object.keys(answers[file] ?? {});
      assert.equal(questions.length, 5 * 16 * 4);
      // 1.0 has no components, so RefStack has no target for it.
      assert.equal(compare(file, answers[file] ?? {}) > 0, schemas[index] !== '1.0');
    }
  });

  it('every published file', function () {
    const reason = whyNoGuidelines();
    if (reason !== null || !existsSync(GUIDELINE_FOLDER)) {
      console.log(`      skipped: ${reason}`);
      return this.skip();
    }
    const files = globSync('**/*.json', { cwd: GUIDELINE_FOLDER, absolute: true }).sort();
    const answers = askOracle(files);
    assert.ok(files.length >= 8);
    for (const file of files) compare(file, answers[file] ?? {});
  });
});
