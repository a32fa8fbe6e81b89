import assert from 'node:assert/strict';
import path from 'node:path';
import { REPORT_REQUEST, type ReportAnswer } from '../../src/protocol/reportMessages';
import { FIXTURE_FOLDER, GUIDELINE_FILE, TEST_FILE, TestEditor, toUri } from './testEditor';

describe('protocol: the report', function () {
  this.timeout(60_000);
  let editor: TestEditor;

  beforeEach(async () => {
    editor = await TestEditor.startReady({ folders: [FIXTURE_FOLDER] });
  });
  afterEach(() => editor.stop());

  const ask = (): Promise<ReportAnswer> => editor.request<ReportAnswer>(REPORT_REQUEST, { rewrites: 'none' });

  it('has every guideline and test, with the address of each file', async () => {
    const { model, uris } = await ask();
    assert.ok(model);
    assert.deepEqual(
      model.guidelines.map(({ id }) => id),
      ['2099.01'],
    );
    const place = model.tests.find(({ name }) => name.endsWith('.test_verify_created_server_vcpus'))?.place;
    assert.ok(place);
    assert.equal(uris[place[0]], toUri(path.join(FIXTURE_FOLDER, TEST_FILE)));
    assert.equal(uris[model.guidelines[0]?.place[0] ?? -1], toUri(path.join(FIXTURE_FOLDER, GUIDELINE_FILE)));
    assert.ok(model.files.every(({ href }) => href === null));
  });

  it('follows an edit', async () => {
    const before = await ask();
    const { uri, text } = await editor.openFile(path.join(FIXTURE_FOLDER, TEST_FILE));
    await editor.changeText(uri, [{ text: `# moved\n${text}` }]);
    const after = await ask();
    const lineOf = ({ model }: ReportAnswer): number => model?.tests[0]?.place[1] ?? 0;
    assert.equal(lineOf(after), lineOf(before) + 1);
  });
});
