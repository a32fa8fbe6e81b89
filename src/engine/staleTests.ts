import type { DiscoveredTest } from '../project/discoverTests';
import type { GuestIndex } from './guestIndex';
import { findModuleChange, makeKeyTest } from './moduleChange';
import type { PythonIndex } from './pythonIndex';

/** What linking anew starts from. */
export interface LinkChange {
  /** Dotted names of the modules by file, as they were. */
  readonly before: ReadonlyMap<string, string>;
  /** Files whose content is another one now, that are new, or gone. */
  readonly edited: ReadonlySet<string>;
  /** Keys of functions whose calls are followed now and were not before, or the other way round. */
  readonly flipped: ReadonlySet<string>;
  /** Tests whose classes, as they were, had to do with the edited files. */
  readonly related: readonly string[];
}

/** Forgets the tests that are gone. @returns those that have to be run again after linking anew, or were never run */
export function takeStaleTests(python: PythonIndex, guest: GuestIndex, link: LinkChange): DiscoveredTest[] {
  const stale = findStaleTests(python, guest, link);
  for (const name of [...guest.names()]) if (!python.discovered(name)) guest.drop(name);
  return python.discoveredOf(stale);
}

function findStaleTests(python: PythonIndex, guest: GuestIndex, link: LinkChange): Set<string> {
  const stale = new Set(link.related);
  const known = new Set(guest.names());
  const change = findModuleChange(link.before, python.moduleNames(), link.edited);
  for (const name of guest.testsDependingOn(makeKeyTest(change, (uri) => python.project.moduleAt(uri))))
    stale.add(name);
  for (const name of guest.testsVisiting(link.flipped)) stale.add(name);
  for (const name of python.testsOfClassesIn(change.uris)) stale.add(name);
  for (const { test } of python.tests) if (!known.has(test.name)) stale.add(test.name);
  return stale;
}
