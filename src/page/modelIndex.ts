import type {
  ReportCell,
  ReportEntry,
  ReportGuideline,
  ReportModel,
  ReportPlace,
  ReportSite,
  ReportTest,
} from '../report/reportModel';

/** An entry with where it stands. */
export interface LocatedEntry {
  readonly guideline: ReportGuideline;
  readonly cell: ReportCell;
  readonly entry: ReportEntry;
}

/** Look-ups over a model, made once. */
export interface ModelIndex {
  /** The cells of each guideline by capability, in the order of the model. */
  readonly cells: readonly ReadonlyMap<number, ReportCell>[];
  /** Entries that lead to each test, by position in `model.tests`, guidelines in order. */
  readonly entriesOfTest: ReadonlyMap<number, readonly LocatedEntry[]>;
  /** Entries that lead to no test, by position in `model.names`. */
  readonly lostEntries: ReadonlyMap<number, readonly LocatedEntry[]>;
  /** Tests that reach each site, as positions in `model.tests`. */
  readonly testsOfSite: ReadonlyMap<number, readonly number[]>;
}

export function indexModel(model: ReportModel): ModelIndex {
  const entriesOfTest = new Map<number, LocatedEntry[]>();
  const lostEntries = new Map<number, LocatedEntry[]>();
  for (const guideline of model.guidelines) {
    for (const cell of guideline.cells) {
      for (const entry of cell.entries) {
        const located = { guideline, cell, entry };
        if (entry.test === null) append(lostEntries, entry.name, located);
        else append(entriesOfTest, entry.test, located);
      }
    }
  }
  return {
    cells: model.guidelines.map(({ cells }) => new Map(cells.map((cell) => [cell.capability, cell]))),
    entriesOfTest,
    lostEntries,
    testsOfSite: indexSites(model.tests),
  };
}

function indexSites(tests: readonly ReportTest[]): ReadonlyMap<number, readonly number[]> {
  const testsOfSite = new Map<number, number[]>();
  tests.forEach(({ evidence }, test) => {
    for (const site of new Set(evidence.map((one) => one.site))) append(testsOfSite, site, test);
  });
  return testsOfSite;
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/** A name of a guideline that outlives a new model. */
export function keyOfGuideline(model: ReportModel, guideline: ReportGuideline): string {
  return `${guideline.id} ${pathOf(model, guideline.place)}`;
}

/** A name of a site that outlives a new model, as long as the lines above it stay. */
export function keyOfSite(model: ReportModel, site: ReportSite): string {
  return `${placeText(model, site.place)} ${site.kind} ${site.command}`;
}

/** `path:line` */
export function placeText(model: ReportModel, place: ReportPlace): string {
  return `${pathOf(model, place)}:${place[1]}`;
}

function pathOf(model: ReportModel, [file]: ReportPlace): string {
  return model.files[file]?.path ?? '';
}

/** `Class.test_x`: what tells tests apart in a list. */
export function shortName(name: string): string {
  return name.split('.').slice(-2).join('.');
}

/** The dotted module in front of the short name; "" when there is none. */
export function moduleOf(name: string): string {
  return name.split('.').slice(0, -2).join('.');
}
