import assert from 'node:assert/strict';
import path from 'node:path';
import { TestEditor, textIn, toUri } from './testEditor';
import { readFileSync } from 'node:fs';

const FOLDER = path.resolve(__dirname, '../fixtures/guest/stacks_alone');
const TEMPLATE = path.join(FOLDER, 'plugin/tests/templates/server.yaml');

describe('protocol: templates that tests use', function () {
  this.timeout(60_000);

  it('have diagnostics without being open', async () => {
    const editor = await TestEditor.startReady({ folders: [FOLDER] });
    const found = await editor.waitForDiagnostics(toUri(TEMPLATE), (diagnostics) => diagnostics.length > 0);
    const text = readFileSync(TEMPLATE, 'utf8');
    assert.deepEqual(
      found.map(({ code, range }) => `${String(code)} ${textIn(text, range)}`),
      ['IL211 #!/bin/sh', 'IL102 lsblk'],
    );
    await editor.stop();
  });
});
