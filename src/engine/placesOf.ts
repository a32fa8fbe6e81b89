import type { Places } from '../report/places';
import type { IndexView } from './indexView';

/** Paths and positions out of the index, as reports ask for them. A file that the index does not have is called by its address. */
export function placesOf(view: IndexView): Places {
  return {
    pathOf: (uri) => view.file(uri)?.path ?? uri,
    positionAt: (uri, offset) => view.positionAt(uri, offset),
  };
}
