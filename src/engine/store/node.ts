import { createHash } from 'node:crypto';
import { promises as files } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { IndexStore } from '../indexStore';

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** So many indexes are kept in one folder; those not used for longest go first. */
const MAX_KEPT = 8;
const SUFFIX = '.index.gz';

/**
 * Indexes in a folder of the disk, one file each, compressed. A file says which program wrote it and what its content is, so that
 * an index of another version, or a damaged one, is as good as none.
 */
export class DiskIndexStore implements IndexStore {
  private seal: Promise<string> | null = null;

  /**
   * @param folder made when something is kept
   * @param program file of the running program: an index is good for this very program alone
   */
  constructor(
    private readonly folder: string,
    private readonly program: string,
  ) {}

  async read(name: string): Promise<string | null> {
    const file = this.fileOf(name);
    try {
      const [seal, digest, bytes] = split(await files.readFile(file));
      if (seal !== (await this.sealOf()) || digest !== hash(bytes)) return null;
      const now = new Date();
      await files.utimes(file, now, now);
      return (await decompress(bytes)).toString('utf8');
    } catch {
      return null;
    }
  }

  async write(name: string, text: string): Promise<void> {
    try {
      // Reading is what somebody waits for; a better compression would take longer to make than it saves.
      const bytes = await compress(text, { level: 1 });
      const header = Buffer.from(`${await this.sealOf()} ${hash(bytes)}\n`);
      const file = this.fileOf(name);
      // Named like the others, so that one left over goes in its turn.
      const draft = file.replace(SUFFIX, `.${String(process.pid)}${SUFFIX}`);
      await files.mkdir(this.folder, { recursive: true });
      await files.writeFile(draft, Buffer.concat([header, bytes]));
      await files.rename(draft, file);
      await this.removeOldest();
    } catch {
      // A full or read-only disk: the next session indexes anew.
    }
  }

  private fileOf(name: string): string {
    return path.join(this.folder, `${hash(Buffer.from(name)).slice(0, 32)}${SUFFIX}`);
  }

  private sealOf(): Promise<string> {
    return (this.seal ??= files.readFile(this.program).then(hash));
  }

  private async removeOldest(): Promise<void> {
    const names = (await files.readdir(this.folder)).filter((name) => name.endsWith(SUFFIX));
    const dated = await Promise.all(
      names.map(async (name) => {
        const file = path.join(this.folder, name);
        return { file, time: (await files.stat(file)).mtimeMs };
      }),
    );
    const oldest = dated.sort((a, b) => b.time - a.time).slice(MAX_KEPT);
    for (const { file } of oldest) await files.rm(file, { force: true });
  }
}

function split(content: Buffer): [seal: string, digest: string, bytes: Buffer] {
  const end = content.indexOf('\n');
  const [seal = '', digest = ''] = content.subarray(0, Math.max(end, 0)).toString('latin1').split(' ');
  return [seal, digest, content.subarray(end + 1)];
}

function hash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
