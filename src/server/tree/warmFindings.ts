import type { IndexView } from '../../engine/indexView';
import { letOthersRun } from '../letOthersRun';

/** Longest stretch without a rest, in milliseconds. */
const SLICE = 15;

/**
 * Has the findings of every file found (the index keeps them until it changes), with rests in between: a tree of all findings must
 * not hold up typing. An index that changes meanwhile is begun anew.
 * @param current the index to look at, asked again after every rest; null when there is none
 */
export async function warmFindings(current: () => IndexView | null): Promise<void> {
  for (;;) {
    const view = current();
    if (!view?.complete) return;
    const { version } = view;
    let isSame = true;
    let since = Date.now();
    for (const { uri, path } of view.files()) {
      if (!path.endsWith('.py')) continue;
      view.findings(uri);
      if (Date.now() - since < SLICE) continue;
      await letOthersRun();
      const now = current();
      isSame = now === view && now.version === version;
      if (!isSame) break;
      since = Date.now();
    }
    if (isSame) return;
  }
}
