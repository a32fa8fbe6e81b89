import { indexComponentStatuses, listProgramComponents } from '../guideline/capabilityStatus';
import { describeSiteWords } from '../guest/catalogue/siteWords';
import type { Guideline } from '../model/guideline';
import type { GuestSite, Guard, TestDemand } from '../model/guestSite';
import type { TestCase } from '../model/testCase';
import type { TextPosition } from '../model/text';
import type { TraceEntry } from '../model/trace';
import type { UploadChain } from '../model/uploadChain';
import type {
  WhatIfCapability,
  WhatIfEntry,
  WhatIfFile,
  WhatIfGuard,
  WhatIfGuideline,
  WhatIfInput,
  WhatIfPlace,
  WhatIfRewritten,
  WhatIfSite,
  WhatIfTest,
  WhatIfUse,
} from '../model/whatIfInput';
import type { Rewrites } from '../model/whatIfPolicy';
import type { RewrittenDemand } from './rewriteTrial';

/** What the table is made of. */
export interface WhatIfSource {
  guidelines(): readonly Guideline[];
  trace(guidelineUri: string): readonly TraceEntry[];
  test(name: string): TestCase | undefined;
  demand(testName: string): TestDemand | undefined;
  uploadOf(testName: string): UploadChain;
  /** Tests outside of the guidelines that are wanted in the table. */
  moreTests(): readonly string[];
  pathOf(uri: string): string;
  positionAt(uri: string, offset: number): TextPosition;
}

/** Demands once rewrites are made, by test; tests that are not in it demand what they did. */
export interface RewrittenDemands {
  readonly safe: ReadonlyMap<string, RewrittenDemand>;
  readonly all: ReadonlyMap<string, RewrittenDemand>;
}

/**
 * Builds the table for verdicts: each site, way and test once, in the order of guidelines and test names.
 * @param tried which rewrites were tried at all
 */
export function buildWhatIf(source: WhatIfSource, rewritten: RewrittenDemands, tried: Rewrites): WhatIfInput {
  return new TableBuilder(source, rewritten).build(tried);
}

class TableBuilder {
  private readonly files: WhatIfFile[] = [];
  private readonly fileAt = new Map<string, number>();
  private readonly sites: WhatIfSite[] = [];
  private readonly siteAt = new Map<string, number>();
  private readonly uses: WhatIfUse[] = [];
  private readonly testAt = new Map<string, number>();

  constructor(
    private readonly source: WhatIfSource,
    private readonly rewritten: RewrittenDemands,
  ) {}

  build(tried: Rewrites): WhatIfInput {
    const traces = this.source.guidelines().map((guideline) => this.source.trace(guideline.uri));
    const named = traces.flatMap((entries) => entries.flatMap(({ target }) => (target ? [target.name] : [])));
    const names = [...new Set([...named, ...this.source.moreTests()])].sort();
    names.forEach((name, index) => this.testAt.set(name, index));
    const tests = names.flatMap((name) => {
      const test = this.source.test(name);
      return test ? [this.describeTest(test)] : [];
    });
    const guidelines = this.source
      .guidelines()
      .map((guideline, i) => this.describeGuideline(guideline, traces[i] ?? []));
    const { files, sites, uses } = this;
    return { schema: 'interop-lens/whatif-input/1', rewrites: tried, files, sites, uses, tests, guidelines };
  }

  private fileOf(uri: string): number {
    let index = this.fileAt.get(uri);
    if (index === undefined) {
      this.fileAt.set(uri, (index = this.files.length));
      this.files.push({ path: this.source.pathOf(uri), uri });
    }
    return index;
  }

  private placeOf(uri: string, offset: number): WhatIfPlace {
    const { line, character } = this.source.positionAt(uri, offset);
    return { file: this.fileOf(uri), line: line + 1, column: character + 1 };
  }

  private describeTest(test: TestCase): WhatIfTest {
    const demand = this.source.demand(test.name);
    return {
      name: test.name,
      ...this.placeOf(test.definition.uri, test.definition.nameRange.start),
      level: demand?.level ?? 'api',
      levelWithValidationOff: demand?.levelWithValidationOff ?? 'api',
      upload: this.source.uploadOf(test.name),
      unresolvedCalls: demand?.unresolvedCalls.length ?? 0,
      uses: demand ? this.describeUses(demand) : [],
      afterSafe: this.describeRewritten(this.rewritten.safe.get(test.name)),
      afterAll: this.describeRewritten(this.rewritten.all.get(test.name)),
    };
  }

  private describeRewritten(rewritten: RewrittenDemand | undefined): WhatIfRewritten | null {
    if (!rewritten) return null;
    const { demand, fixes } = rewritten;
    const { level, levelWithValidationOff } = demand;
    return { level, levelWithValidationOff, uses: this.describeUses(demand), fixes };
  }

  private describeUses(demand: TestDemand): number[] {
    return demand.sites.filter(({ debugOnly }) => !debugOnly).map((site) => this.describeUse(site));
  }

  private describeUse(site: GuestSite): number {
    const path = site.path.map((step) => {
      const { file, line } = this.placeOf(step.uri, step.range.start);
      return { function: step.function, file, line };
    });
    const use = {
      site: this.describeSite(site),
      guards: site.guards.map(readGuard),
      confidence: site.confidence,
      path,
    };
    return this.uses.push(use) - 1;
  }

  private describeSite(site: GuestSite): number {
    const { kind, level, command } = site;
    const described = {
      ...this.placeOf(site.uri, site.range.start),
      kind,
      level,
      command,
      words: describeSiteWords(site),
    };
    const key = JSON.stringify(described);
    let index = this.siteAt.get(key);
    if (index === undefined) {
      this.siteAt.set(key, (index = this.sites.length));
      this.sites.push(described);
    }
    return index;
  }

  private describeGuideline(guideline: Guideline, entries: readonly TraceEntry[]): WhatIfGuideline {
    const { uri } = guideline;
    const positions = new Map(guideline.capabilities.map(({ name }, index) => [name.value, index]));
    const byEntry = new Map(entries.map((entry) => [entry.entry, entry]));
    const statuses = indexComponentStatuses(guideline);
    return {
      file: this.fileOf(uri),
      id: guideline.id.value,
      schemaVersion: guideline.schemaVersion.value,
      status: guideline.status?.value ?? null,
      components: guideline.components.map(({ name }) => ({
        name: name.value,
        statuses: [...positions].flatMap(([capability, index]) => {
          const found = statuses.get(capability)?.find(({ component }) => component === name.value);
          return found ? [[index, found.status] as const] : [];
        }),
      })),
      programs: guideline.programs.map((program) => ({
        name: program.name.value,
        components: listProgramComponents(guideline, program).map(({ name }) => name.value),
      })),
      capabilities: guideline.capabilities.map((capability): WhatIfCapability => ({
        name: capability.name.value,
        ...this.placeOf(uri, capability.name.range.start),
        project: capability.project?.value ?? null,
        entries: capability.tests.map((test): WhatIfEntry => {
          const traced = byEntry.get(test);
          return {
            name: test.name.value,
            ...this.placeOf(uri, test.name.range.start),
            test: (traced?.target && this.testAt.get(traced.target.name)) ?? null,
            state: traced?.state ?? 'removed',
            flagged: test.flag !== null,
          };
        }),
      })),
      designated: guideline.designatedSections.map(({ project, status, sections }) => ({
        project: project.value,
        status,
        ...this.placeOf(uri, project.range.start),
        sections: sections.map(({ name, designated }) => ({ name: name.value, designated })),
      })),
    };
  }
}

/** `not group.option` asks for the option to be off. */
function readGuard({ condition, kind }: Guard): WhatIfGuard {
  const negated = condition.startsWith('not ');
  return { option: negated ? condition.slice('not '.length) : condition, holds: !negated, kind };
}
