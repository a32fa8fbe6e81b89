import type { CloudProfile } from '../model/cloudProfile';
import type { Finding } from '../model/finding';
import { findLineStarts } from '../model/text';
import { isProfileName } from '../policy/profile/profileVocabulary';
import { detectProfile, readProfile, type ReadProfile, refuseProfile } from '../policy/profile/readProfile';
import { markSuppressed } from './suppressions';

/** A cloud profile of the workspace as it was last read. */
export interface ProfileFile extends ReadProfile {
  readonly uri: string;
  readonly text: string;
  readonly lineStarts: readonly number[];
  /** As it was when it was last whole, which it is not while it is half typed; null before that. */
  readonly lastWhole: CloudProfile | null;
}

/** Cloud profiles among the YAML and JSON files: by their name, and those whose content is one. */
export class ProfileIndex {
  private readonly filesByUri = new Map<string, ProfileFile>();

  /**
   * Reads a file that may be a profile. One that is known by its content alone stays one while it is half typed.
   * @returns false for a file that is none
   */
  update(uri: string, text: string): boolean {
    const known = this.filesByUri.get(uri);
    if (known?.text === text) return true;
    if (!isProfileName(uri) && !detectProfile(text) && !(known && isBroken(uri, text))) {
      this.filesByUri.delete(uri);
      return false;
    }
    const read = readProfile(uri, text);
    const lastWhole = read.profile ?? known?.lastWhole ?? null;
    this.filesByUri.set(uri, { uri, text, lineStarts: findLineStarts(text), lastWhole, ...read });
    return true;
  }

  /** A file with the name of a profile that is left out: its reader is told where he looks. */
  refuse(uri: string, text: string, at: number, message: string): void {
    const read = refuseProfile(uri, text, at, message);
    this.filesByUri.set(uri, { uri, text, lineStarts: findLineStarts(text), lastWhole: null, ...read });
  }

  remove(uri: string): void {
    this.filesByUri.delete(uri);
  }

  file(uri: string): ProfileFile | undefined {
    return this.filesByUri.get(uri);
  }

  text(uri: string): string | undefined {
    return this.filesByUri.get(uri)?.text;
  }

  lineStarts(uri: string): readonly number[] | undefined {
    return this.filesByUri.get(uri)?.lineStarts;
  }

  /** By address. */
  files(): readonly ProfileFile[] {
    return [...this.filesByUri.values()].sort((a, b) => (a.uri < b.uri ? -1 : 1));
  }

  findings({ findings, suppressions, lineStarts }: ProfileFile): readonly Finding[] {
    return markSuppressed(findings, { suppressions, lineStarts });
  }
}

function isBroken(uri: string, text: string): boolean {
  return readProfile(uri, text).findings.some(({ rule }) => rule === 'IL510');
}
