import { isUtf8 } from 'node:buffer';
import { promises as files } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ExitError } from './exitError';
import type { PlannedFile } from './planFixes';

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** A file that may be written: it still holds what the plan was made from. */
interface CheckedFile {
  /** Links followed. */
  readonly target: string;
  readonly mode: number;
  readonly bytes: Uint8Array;
}

/**
 * Writes planned files, each by a rename, so that no reader ever sees half of one. All are looked at before the first is written.
 * @throws ExitError when a file has changed since it was read (then nothing is written) or cannot be written
 */
export async function writeFixes(planned: readonly PlannedFile[]): Promise<void> {
  const checked: CheckedFile[] = [];
  for (const file of planned) checked.push(await checkFile(file));
  for (const file of checked) await replaceFile(file);
}

async function checkFile({ uri, path: shown, before, after }: PlannedFile): Promise<CheckedFile> {
  try {
    const target = await files.realpath(fileURLToPath(uri));
    const bytes = await files.readFile(target);
    const hasMark = BYTE_ORDER_MARK.every((byte, i) => bytes[i] === byte);
    const mark = hasMark ? Uint8Array.from(BYTE_ORDER_MARK) : new Uint8Array();
    if (!isUtf8(bytes)) throw new ExitError(`${shown} is not UTF-8; nothing was written. Save it as UTF-8 first.`);
    if (!bytes.equals(encode(mark, before)))
      throw new ExitError(`${shown} has changed since it was read; nothing was written. Run the command again.`);
    const { mode } = await files.stat(target);
    return { target, mode, bytes: encode(mark, after) };
  } catch (error) {
    if (error instanceof ExitError) throw error;
    throw new ExitError(`Cannot read ${shown} again: ${describe(error)}. Nothing was written.`);
  }
}

function encode(mark: Uint8Array, text: string): Uint8Array {
  return Buffer.concat([mark, Buffer.from(text, 'utf8')]);
}

async function replaceFile({ target, mode, bytes }: CheckedFile): Promise<void> {
  const temporary = path.join(path.dirname(target), `.${path.basename(target)}.${process.pid}.tmp`);
  try {
    // A rename needs no permission on the file itself, but a file that its owner made read-only is to stay as it is.
    await files.access(target, files.constants.W_OK);
    const handle = await files.open(temporary, 'wx', mode);
    try {
      await handle.writeFile(bytes);
      await handle.chmod(mode & 0o7777);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await files.rename(temporary, target);
  } catch (error) {
    await files.rm(temporary, { force: true });
    throw new ExitError(`Cannot write ${target}: ${describe(error)}. The file is as it was.`);
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
