import assert from 'node:assert/strict';
import type { AnswerHead, LevelAnswer } from '../../src/agents/answerShapes';
import { answerTool } from '../../src/agents/answerTool';
import { ANSWER_SIZE } from '../../src/agents/fitAnswer';
import type { Engine } from '../../src/engine/engine';
import { placesOf } from '../../src/engine/placesOf';
import type { AgentToolName } from '../../src/protocol/agentTools';
import { openTempestIndex } from '../support/openTempestIndex';

describe('real Tempest: answers for language models', function () {
  this.timeout(300_000);
  let engine: Engine;

  before(async function () {
    engine = await openTempestIndex(this);
  });

  function ask<T extends AnswerHead = AnswerHead>(name: AgentToolName, input: Readonly<Record<string, string>>): T {
    return answerTool(name, input, { view: engine, places: placesOf(engine), indexedAt: null }) as T;
  }

  function* questions(): Generator<readonly [AgentToolName, Readonly<Record<string, string>>]> {
    // The short name of a test is what many have.
    const short = new Set(engine.tests().map(({ name }) => name.slice(name.lastIndexOf('.') + 1)));
    for (const test of short) {
      yield ['interopLens_explainGuestLevel', { test }];
      yield ['interopLens_findCapabilities', { test }];
    }
    const capabilities = engine.guidelines().flatMap((guideline) => guideline.capabilities);
    for (const capability of new Set(capabilities.map(({ name }) => name.value)))
      yield ['interopLens_findTests', { capability }];
    const ids = engine.guidelines().map(({ id }) => id.value);
    for (const before of ids) for (const after of ids) yield ['interopLens_explainGuidelineChange', { before, after }];
  }

  it('are never longer than a model can read, and say what they leave out and how to ask for it', () => {
    let cut = 0;
    for (const [name, input] of questions()) {
      const answer = ask(name, input);
      const asked = `${name} ${JSON.stringify(input)}`;
      assert.equal(answer.problem, null, asked);
      const { length } = JSON.stringify(answer);
      assert.ok(length <= ANSWER_SIZE, `${asked}: ${String(length)} characters`);
      assert.equal(answer.narrow !== null, Object.keys(answer.omitted).length > 0, asked);
      if (answer.narrow !== null) cut++;
    }
    assert.ok(cut > 10, 'some are cut, else nothing was shown');
  });

  it('show the evidence of the level of every test, however many sites it has', () => {
    for (const { name } of engine.tests()) {
      const [test] = ask<LevelAnswer>('interopLens_explainGuestLevel', { test: name }).tests;
      assert.ok(test);
      if (test.siteCount > 0)
        assert.ok(
          test.sites.some(({ level, debugOnly }) => debugOnly || level === test.level),
          name,
        );
    }
  });
});
