import { indexComponentStatuses, statusOfCapability } from '../guideline/capabilityStatus';
import { editionOf, type GuidelineEdition } from '../guideline/guidelineOrder';
import { compareLevels, highestLevel, type GuestLevel } from '../model/guestLevel';
import type { Capability, ComponentStatus, Guideline, TestFlag } from '../model/guideline';
import type { GuestSite, PathStep, TestDemand } from '../model/guestSite';
import type { TestCase } from '../model/testCase';
import type { TraceEntry } from '../model/trace';
import type { WhatIfInput } from '../model/whatIfInput';
import { BUILTIN_PROFILES } from '../policy/builtinProfiles';
import { compareText, printPlace, sortedUnique, type Places } from './places';
import type {
  ReportCapability,
  ReportCell,
  ReportEntry,
  ReportEvidence,
  ReportFlag,
  ReportGuideline,
  ReportModel,
  ReportPlace,
  ReportProfile,
  ReportSite,
  ReportStep,
  ReportTest,
} from './reportModel';
import type { TracedGuideline } from './traceReport';

/** What a report is made from. */
export interface ReportSource {
  readonly version: string;
  readonly traced: readonly TracedGuideline[];
  readonly demandOf: (testName: string) => TestDemand | undefined;
  readonly places: Places;
  /** Address of a file for links (see ReportFile), or null. */
  readonly linkTo: (uri: string) => string | null;
  /** Of the same index: its files have their addresses. Guidelines that are not in `traced` are left out. */
  readonly whatIf: WhatIfInput;
  /** Clouds to judge besides the built-in ones. */
  readonly profiles: readonly ReportProfile[];
}

/** The model of the report page, and the address of each of its files in the order of `model.files`. */
export interface CollectedReport {
  readonly model: ReportModel;
  readonly uris: readonly string[];
}

/** Everything that the report page shows of these guidelines; the same input gives the same model. */
export function collectReport(source: ReportSource): CollectedReport {
  return new ReportCollector(source).collect();
}

/** Gathers first, numbers last: indexes are places in sorted lists, so that they do not depend on the order of the walk. */
class ReportCollector {
  private readonly traced: readonly TracedGuideline[];
  private readonly tests: readonly TestCase[];
  private readonly files: readonly string[];
  private readonly fileIndex: ReadonlyMap<string, number>;
  private readonly names: readonly string[];
  private readonly nameIndex: ReadonlyMap<string, number>;
  private readonly capabilities: readonly ReportCapability[];
  private readonly capabilityIndex: ReadonlyMap<string, number>;
  private readonly testIndex: ReadonlyMap<string, number>;
  private readonly sites: Interned<ReportSite>;
  private readonly steps: Interned<ReportStep>;

  constructor(private readonly source: ReportSource) {
    this.traced = [...source.traced].sort((a, b) => compareEditions(a.guideline, b.guideline));
    const entries = this.traced.flatMap((traced) => traced.entries);
    this.tests = listTargets(entries);
    const demands = this.tests.flatMap(({ name }) => source.demandOf(name) ?? []);
    this.files = this.listFiles(demands);
    this.fileIndex = indexOf(this.files);
    this.names = sortedUnique(entries.map(({ entry }) => entry.name.value));
    this.nameIndex = indexOf(this.names);
    this.capabilities = listCapabilities(this.traced.map(({ guideline }) => guideline));
    this.capabilityIndex = indexOf(this.capabilities.map(({ name }) => name));
    this.testIndex = indexOf(this.tests.map(({ name }) => name));
    const sites = demands.flatMap((demand) => demand.sites);
    this.sites = intern(sites.map((site) => this.printSite(site)));
    this.steps = intern(sites.flatMap((site) => site.path.map((step) => this.printStep(step))));
  }

  collect(): CollectedReport {
    const { version, places, linkTo } = this.source;
    const model: ReportModel = {
      schema: 'interop-lens/report/1',
      version,
      files: this.files.map((uri) => ({ path: places.pathOf(uri), href: linkTo(uri) })),
      names: this.names,
      guidelines: this.traced.map((traced) => this.printGuideline(traced)),
      capabilities: this.capabilities,
      tests: this.tests.map((test) => this.printTest(test)),
      sites: this.sites.values,
      steps: this.steps.values,
      whatIf: this.printWhatIf(),
      whatIfFiles: this.source.whatIf.files.map(({ uri, path }) => lookUp(this.fileIndex, uri ?? path)),
      profiles: [...BUILTIN_PROFILES, ...this.source.profiles],
    };
    return { model, uris: this.files };
  }

  private listFiles(demands: readonly TestDemand[]): string[] {
    const { places, whatIf } = this.source;
    const uris = new Set<string>();
    for (const { guideline } of this.traced) uris.add(guideline.uri);
    for (const test of this.tests) uris.add(test.definition.uri);
    for (const { sites } of demands) {
      for (const site of sites) for (const { uri } of [site, ...site.path]) uris.add(uri);
    }
    for (const { uri, path } of whatIf.files) uris.add(uri ?? path);
    return [...uris].sort((a, b) => compareText(places.pathOf(a), places.pathOf(b)) || compareText(a, b));
  }

  /** The table without addresses, which are the machine's own. */
  private printWhatIf(): WhatIfInput {
    const { whatIf } = this.source;
    const byUri = new Map(whatIf.guidelines.map((guideline) => [whatIf.files[guideline.file]?.uri, guideline]));
    return {
      ...whatIf,
      files: whatIf.files.map(({ path }) => ({ path, uri: null })),
      guidelines: this.traced.flatMap(({ guideline }) => byUri.get(guideline.uri) ?? []),
    };
  }

  private place(uri: string, offset: number): ReportPlace {
    const { line, column } = printPlace(this.source.places, uri, offset);
    return [lookUp(this.fileIndex, uri), line, column];
  }

  private printGuideline({ guideline, entries }: TracedGuideline): ReportGuideline {
    const statuses = indexComponentStatuses(guideline);
    const cells = guideline.capabilities.map((capability) =>
      this.printCell(
        guideline,
        capability,
        statuses,
        entries.filter((entry) => entry.capability === capability),
      ),
    );
    return {
      id: guideline.id.value,
      kind: guideline.kind,
      family: editionOf(guideline).family,
      status: guideline.status?.value ?? '',
      releases: guideline.releases.map(({ value }) => value),
      place: this.place(guideline.uri, guideline.id.range.start),
      cells: cells.sort((a, b) => a.capability - b.capability || a.place[1] - b.place[1]),
    };
  }

  private printCell(
    guideline: Guideline,
    capability: Capability,
    statuses: ReadonlyMap<string, readonly ComponentStatus[]>,
    entries: readonly TraceEntry[],
  ): ReportCell {
    const counting = entries.filter(({ entry }) => entry.flag === null);
    const demands = counting.flatMap(({ target }) => (target ? (this.source.demandOf(target.name) ?? []) : []));
    return {
      capability: lookUp(this.capabilityIndex, capability.name.value),
      status: statusOfCapability(capability, statuses),
      components: statuses.get(capability.name.value) ?? [],
      level: highestOf(demands.map(({ level }) => level)),
      levelWithValidationOff: highestOf(demands.map(({ levelWithValidationOff }) => levelWithValidationOff)),
      place: this.place(guideline.uri, capability.name.range.start),
      entries: entries
        .map((entry) => this.printEntry(entry))
        .sort((a, b) => a.name - b.name || a.place[1] - b.place[1]),
    };
  }

  private printEntry({ guideline, entry, state, target }: TraceEntry): ReportEntry {
    return {
      name: lookUp(this.nameIndex, entry.name.value),
      state,
      test: target ? lookUp(this.testIndex, target.name) : null,
      flag: entry.flag ? printFlag(entry.flag) : null,
      place: this.place(guideline.uri, entry.name.range.start),
    };
  }

  private printTest(test: TestCase): ReportTest {
    const demand = this.source.demandOf(test.name);
    const { uri, nameRange } = test.definition;
    return {
      name: test.name,
      place: this.place(uri, nameRange.start),
      level: demand?.level ?? 'api',
      levelWithValidationOff: demand?.levelWithValidationOff ?? 'api',
      guards: demand?.guards ?? [],
      unresolvedCalls: demand?.unresolvedCalls.length ?? 0,
      evidence: (demand?.sites ?? [])
        .map((site) => this.printEvidence(site))
        .sort((a, b) => this.compareEvidence(a, b)),
    };
  }

  private printEvidence(site: GuestSite): ReportEvidence {
    return {
      site: this.sites.indexOf(this.printSite(site)),
      guards: site.guards,
      path: site.path.map((step) => this.steps.indexOf(this.printStep(step))),
    };
  }

  /** What proves the level comes first: certain before likely, the shorter path first. */
  private compareEvidence(a: ReportEvidence, b: ReportEvidence): number {
    const [left, right] = [this.sites.values[a.site], this.sites.values[b.site]];
    if (!left || !right) return 0;
    return (
      Number(left.debugOnly) - Number(right.debugOnly) ||
      compareLevels(right.level, left.level) ||
      compareText(left.confidence, right.confidence) ||
      a.path.length - b.path.length ||
      a.site - b.site ||
      compareText(a.path.join(), b.path.join())
    );
  }

  private printSite(site: GuestSite): ReportSite {
    return {
      place: this.place(site.uri, site.range.start),
      kind: site.kind,
      command: site.command,
      rules: sortedUnique(site.matches.map(({ rule }) => rule)),
      level: site.level,
      confidence: site.confidence,
      debugOnly: site.debugOnly,
    };
  }

  private printStep(step: PathStep): ReportStep {
    return { function: step.function, place: this.place(step.uri, step.range.start) };
  }
}

interface Interned<T> {
  readonly values: readonly T[];
  readonly indexOf: (value: T) => number;
}

/** Each value once, by place; values are equal when they print alike. */
function intern<T extends { readonly place: ReportPlace }>(values: readonly T[]): Interned<T> {
  const byText = new Map(values.map((value) => [JSON.stringify(value), value]));
  const sorted = [...byText].sort(
    ([left, a], [right, b]) =>
      a.place[0] - b.place[0] || a.place[1] - b.place[1] || a.place[2] - b.place[2] || compareText(left, right),
  );
  const indexes = indexOf(sorted.map(([text]) => text));
  return { values: sorted.map(([, value]) => value), indexOf: (value) => lookUp(indexes, JSON.stringify(value)) };
}

function indexOf(texts: readonly string[]): ReadonlyMap<string, number> {
  return new Map(texts.map((text, index) => [text, index]));
}

/** @throws Error for a text that was not gathered, which would be a fault of this file. */
function lookUp(indexes: ReadonlyMap<string, number>, text: string): number {
  const index = indexes.get(text);
  if (index === undefined) throw new Error(`not gathered: ${text}`);
  return index;
}

function listTargets(entries: readonly TraceEntry[]): TestCase[] {
  const tests = new Map<string, TestCase>();
  for (const { target } of entries) if (target) tests.set(target.name, target);
  return [...tests.values()].sort((a, b) => compareText(a.name, b.name));
}

/** What the newest guideline that defines a capability says of it, by project and name. */
function listCapabilities(guidelines: readonly Guideline[]): ReportCapability[] {
  const byName = new Map<string, ReportCapability>();
  for (const { capabilities } of guidelines) {
    for (const { name, project, description } of capabilities) {
      const earlier = byName.get(name.value);
      byName.set(name.value, {
        name: name.value,
        project: project?.value ?? earlier?.project ?? '',
        description: description?.value ?? earlier?.description ?? '',
      });
    }
  }
  return [...byName.values()].sort((a, b) => compareText(a.project, b.project) || compareText(a.name, b.name));
}

const KIND_ORDER: readonly GuidelineEdition['kind'][] = ['other', 'dated', 'next'];

/** Main guidelines first; in each family legacy files, dated ones from the oldest on, `next`. */
function compareEditions(a: Guideline, b: Guideline): number {
  const [left, right] = [editionOf(a), editionOf(b)];
  return (
    compareText(left.family, right.family) ||
    KIND_ORDER.indexOf(left.kind) - KIND_ORDER.indexOf(right.kind) ||
    compareText(left.edition, right.edition) ||
    compareText(a.uri, b.uri)
  );
}

function highestOf(levels: readonly GuestLevel[]): GuestLevel | null {
  return levels.length === 0 ? null : highestLevel(levels);
}

function printFlag({ code, reason, action, date }: TestFlag): ReportFlag {
  return { code, reason: reason?.value ?? '', action: action?.value ?? '', date: date?.value ?? '' };
}
