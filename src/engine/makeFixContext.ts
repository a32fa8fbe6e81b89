import type { FixContext } from '../fixes/fixContext';
import { pickCurrentGuidelines } from '../guideline/guidelineOrder';
import { coversPlace, type GuestIndex } from './guestIndex';
import type { GuidelineIndex } from './guidelineIndex';
import type { IndexView } from './indexView';
import type { PythonIndex } from './pythonIndex';

/** What fixes may look at, out of an engine's parts. @param today see EngineSettings */
export function makeFixContext(
  view: IndexView,
  python: PythonIndex,
  guest: GuestIndex,
  guidelines: GuidelineIndex,
  today: (() => string) | null,
): FixContext {
  const { project } = python;
  return {
    text: (uri) => view.text(uri),
    facts: (uri) => python.facts(uri),
    guideline: (uri) => view.guideline(uri),
    committed: (uri) => guidelines.committedOf(uri),
    profile: (uri) => view.profile(uri),
    testList: (uri) => view.testList(uri),
    listedTests: () => view.listedTests(),
    entriesOf: (uri) => (view.complete ? view.trace(uri) : []),
    currentEntriesOf: (test) => {
      const current = new Set(view.complete ? pickCurrentGuidelines(view.guidelines()) : []);
      return view.entriesForTest(test).filter(({ guideline }) => current.has(guideline));
    },
    test: (name) => view.test(name),
    ...(today && { today }),
    uriOfModule: (name) => project.moduleNamed(name)?.uri,
    findMethod: (uri, className, method) => {
      const module = project.moduleAt(uri);
      const cls = module && project.classNamed(`${module.name}.${className}`);
      if (cls === undefined) return undefined;
      const [found] = project.attributeOf({ k: 'class', cls }, method);
      return found?.k === 'function' ? found.fn.facts : undefined;
    },
    sitesAt: (place) => guest.sitesTouching(place.uri).filter(({ site }) => coversPlace(site, place)),
    testsDefinedAt: ({ uri, range }) =>
      view
        .testsDefinedIn(uri)
        .filter(({ definition }) => definition.nameRange.start === range.start)
        .map(({ name }) => name),
    demand: (name) => view.demand(name),
  };
}
