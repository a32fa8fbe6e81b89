import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openWorkbench, type Workbench } from '../../scripts/vscode-host/workbench.mjs';
import { keepPicture } from './openSamples';

const root = path.resolve(__dirname, '../..');
const TEMPEST = path.join(root, '.cache/corpus/python3-tempest/usr/lib/python3/dist-packages');
const GUIDELINES = process.env['INTEROP_LENS_GUIDELINES'] ?? path.resolve(root, '../shared/guidelines');

describe('the trees on real Tempest', function () {
  this.timeout(300_000);
  let folder: string;
  let workbench: Workbench;

  before(async function () {
    const absent = [TEMPEST, GUIDELINES].find((one) => !existsSync(one));
    if (absent !== undefined) {
      console.log(`      skipped: there is no ${absent}`);
      this.skip();
    }
    folder = mkdtempSync(path.join(tmpdir(), 'interop-lens-tempest-'));
    const workspace = path.join(folder, 'tempest.code-workspace');
    writeFileSync(workspace, JSON.stringify({ folders: [{ path: TEMPEST }, { path: GUIDELINES }] }));
    workbench = await openWorkbench({ root, workspace, size: { width: 1400, height: 900 } });
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await keepPicture(workbench, this.currentTest.title);
  });
  after(async () => {
    await workbench?.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  it('say that the workspace is being read, and then what is in it', async () => {
    await workbench.openViews('Interop Lens');
    await workbench.pane('Guidelines').locator('.welcome-view', { hasText: 'Reading the workspace' }).waitFor();
    await workbench.treeItem('Guidelines', '2016.01').waitFor({ timeout: 200_000 });
  });

  it('are filtered over all guidelines', async () => {
    await workbench.runViewAction('Guidelines', 'Filter Guidelines…');
    await workbench.pickItem('linux');
    await workbench.page.keyboard.press('Enter');
    await workbench
      .pane('Guidelines')
      .locator('.message', { hasText: /\d+ of \d{3,} entries; \d+ demand Linux/ })
      .waitFor();
    for (const label of ['2016.01', 'compute', 'required', 'compute-servers-verify'])
      await workbench.expandItem('Guidelines', label);
    await workbench.treeItem('Guidelines', 'test_verify_created_server_vcpus').waitFor();
  });
});
