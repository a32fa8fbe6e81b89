import type { Connection } from 'vscode-languageserver';
import type { FileSource, SourceFile } from '../engine/fileSource';
import type { ListedFile, ListFilesArguments, ReadFileAnswer, ReadFileArguments } from '../protocol/messages';
import { SourceError } from '../engine/fileSource';
import { decodeBase64 } from '../protocol/base64';
import { LIST_FILES_REQUEST, READ_FILE_REQUEST } from '../protocol/messages';

/** Files of a folder that only the client can read: virtual workspaces and the web. */
export class ClientFileSource implements FileSource {
  constructor(
    readonly rootUri: string,
    private readonly connection: Connection,
  ) {}

  async list(isCancelled: () => boolean): Promise<readonly SourceFile[]> {
    if (isCancelled()) return [];
    const parameters: ListFilesArguments = { root: this.rootUri };
    try {
      const files = await this.connection.sendRequest<readonly ListedFile[]>(LIST_FILES_REQUEST, parameters);
      return files.map((file) => ({ uri: file.uri, rootUri: this.rootUri, path: file.path, size: file.size }));
    } catch (error) {
      throw new SourceError(`Cannot list ${this.rootUri}: ${messageOf(error)}`, this.rootUri);
    }
  }

  async read(uri: string): Promise<Uint8Array> {
    return readThroughClient(this.connection, uri);
  }
}

/**
 * The bytes of one file, read by the client.
 * @throws SourceError when the client cannot read it.
 */
export async function readThroughClient(connection: Connection, uri: string): Promise<Uint8Array> {
  const parameters: ReadFileArguments = { uri };
  try {
    return decodeBase64((await connection.sendRequest<ReadFileAnswer>(READ_FILE_REQUEST, parameters)).base64);
  } catch (error) {
    throw new SourceError(`Cannot read ${uri}: ${messageOf(error)}`, uri);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
