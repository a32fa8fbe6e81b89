import type { SiteKind } from '../../model/siteKind';
import { furtherChain, type UploadChain } from '../../model/uploadChain';

const ANSWERS: ReadonlySet<SiteKind> = new Set<SiteKind>(['ssh', 'login', 'ping', 'connect']);

/** How far the test in progress has come with an image of its own. */
export class UploadWatch {
  chain: UploadChain = 'none';

  note(chain: UploadChain): void {
    this.chain = furtherChain(this.chain, chain);
  }

  /** A guest that answers, and not only to explain a failure, shows that the image came up. @returns the event */
  see<T extends { readonly kind: SiteKind; readonly debugOnly: boolean }>(event: T): T {
    if (this.chain === 'boots' && ANSWERS.has(event.kind) && !event.debugOnly) this.chain = 'checks';
    return event;
  }
}
