import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundleCli, runCli, SAMPLES } from '../../support/runCli';

describe('--cache', function () {
  this.timeout(60_000);
  let folder: string;
  before(() => bundleCli());
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'interop-lens-cache-'));
    cpSync(SAMPLES, path.join(folder, 'samples'), { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const cacheFile = (): string => path.join(folder, 'cache', readdirSync(path.join(folder, 'cache'))[0] ?? '');

  async function run(command: string, cached: boolean): Promise<string> {
    const args = [command, '--root', 'samples', '--format', 'json', ...(cached ? ['--cache', 'cache'] : [])];
    const { stdout, stderr } = await runCli(args, { cwd: folder });
    assert.equal(stderr, '');
    return stdout;
  }

  for (const command of ['levels', 'check', 'trace'])
    it(`${command} says the same with an index of an earlier run, and after an edit`, async () => {
      const plain = await run(command, false);
      assert.equal(await run(command, true), plain);
      const kept = readFileSync(cacheFile());
      assert.equal(await run(command, true), plain);
      assert.deepEqual(readFileSync(cacheFile()), kept);

      const edited = path.join(folder, 'samples/tempest/common/utils/linux/remote_client.py');
      writeFileSync(edited, `# moved down\n${readFileSync(edited, 'utf8').replaceAll('/proc/cpuinfo', '/etc/passwd')}`);
      const after = await run(command, false);
      assert.equal(await run(command, true), after);
      assert.notDeepEqual(readFileSync(cacheFile()), kept);
    });

  it('takes no notice of a damaged index', async () => {
    const plain = await run('levels', true);
    writeFileSync(cacheFile(), readFileSync(cacheFile()).subarray(0, 300));
    assert.equal(await run('levels', true), plain);
  });
});
