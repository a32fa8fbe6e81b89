import type { CloudProfile } from '../model/cloudProfile';
import type { GuestLevel, GuestOs } from '../model/guestLevel';
import type { CapabilityStatus } from '../model/guideline';
import type { SiteKind } from '../model/siteKind';
import type { WhatIfGuideline, WhatIfInput, WhatIfPlace } from '../model/whatIfInput';
import type { Policy } from '../model/whatIfPolicy';
import type {
  CapabilityVerdict,
  ChartCell,
  FlavorVerdict,
  GuestCapabilityVerdict,
  GuidelineVerdict,
  MustRunVerdict,
  OverallVerdict,
  ProgramVerdict,
  Reason,
  ReasonKind,
  ResolutionVerdict,
  TestCounts,
  TestVerdict,
  Verdict,
  VerdictCounts,
  WhatIfVerdict,
} from '../model/whatIfVerdict';
import { sortedUnique, type PrintedPlace } from './places';

/** `interop-lens/whatif/1`, see schemas/whatif-1.schema.json. Positions of the table are resolved: it stands for itself. */
export interface WhatIfReport {
  readonly schema: 'interop-lens/whatif/1';
  readonly profile: CloudProfile;
  readonly policy: Policy;
  readonly resolution: readonly ResolutionVerdict[];
  readonly guidelines: readonly PrintedGuidelineVerdict[];
}

export interface PrintedGuidelineVerdict {
  readonly file: string;
  readonly id: string;
  readonly schemaVersion: string;
  readonly status: string | null;
  readonly chart: readonly ChartCell[];
  readonly overall: OverallVerdict;
  readonly regions: readonly PrintedRun[];
  readonly upload: PrintedUpload | null;
  readonly mustRun: readonly MustRunVerdict[];
  readonly guestCapabilities: readonly GuestCapabilityVerdict[];
  readonly flavors: readonly FlavorVerdict[];
}

export interface PrintedRun {
  readonly region: string;
  readonly guest: GuestOs | null;
  readonly components: readonly PrintedComponentVerdict[];
  readonly programs: readonly ProgramVerdict[];
}

export interface PrintedComponentVerdict {
  readonly component: string;
  readonly verdict: Verdict;
  readonly capabilities: VerdictCounts;
  readonly tests: TestCounts;
  readonly list: readonly PrintedCapabilityVerdict[];
}

export interface PrintedCapabilityVerdict extends PrintedPlace {
  readonly capability: string;
  readonly status: CapabilityStatus;
  readonly project: string | null;
  readonly level: GuestLevel;
  readonly verdict: Verdict;
  readonly tests: TestCounts;
  readonly against: readonly PrintedTestVerdict[];
  /** Designated sections of its project; empty unless the policy asks for them. */
  readonly designated: readonly PrintedDesignated[];
}

export interface PrintedDesignated extends PrintedPlace {
  readonly project: string;
  readonly status: string;
  /** `designated` null: the file does not say. */
  readonly sections: readonly { readonly name: string; readonly designated: boolean | null }[];
}

export interface PrintedTestVerdict extends PrintedPlace {
  /** As written in the guideline. */
  readonly test: string;
  /** The runtime test that it names, with the place of its `def`; null when the tree has none. */
  readonly target: (PrintedPlace & { readonly name: string; readonly level: GuestLevel }) | null;
  readonly verdict: Verdict;
  readonly reasons: readonly PrintedReason[];
}

export interface PrintedReason {
  readonly kind: ReasonKind;
  readonly verdict: Verdict;
  readonly os: GuestOs | null;
  readonly text: string;
  readonly site: PrintedWhatIfSite | null;
}

export interface PrintedWhatIfSite extends PrintedPlace {
  readonly kind: SiteKind;
  readonly command: string;
  readonly level: GuestLevel;
  readonly rules: readonly string[];
  /** Conditions, sorted. */
  readonly guards: readonly string[];
  readonly path: readonly { readonly function: string; readonly file: string; readonly line: number }[];
  /** What answers the same question on the guest system of the run, or null. */
  readonly alternative: string | null;
}

export interface PrintedUpload {
  readonly verdict: Verdict;
  readonly text: string;
  readonly candidates: readonly (PrintedPlace & { readonly name: string })[];
  readonly proved: readonly string[];
  readonly unproved: readonly string[];
}

/** The verdict with places and names in the place of positions. */
export function reportWhatIf(verdict: WhatIfVerdict, input: WhatIfInput): WhatIfReport {
  const printer = new VerdictPrinter(input, verdict.policy);
  return {
    schema: 'interop-lens/whatif/1',
    profile: verdict.profile,
    policy: verdict.policy,
    resolution: verdict.resolution,
    guidelines: verdict.guidelines.flatMap((one) => {
      const guideline = input.guidelines[one.guideline];
      return guideline ? [printer.printGuideline(one, guideline)] : [];
    }),
  };
}

class VerdictPrinter {
  constructor(
    private readonly input: WhatIfInput,
    private readonly policy: Policy,
  ) {}

  printGuideline(verdict: GuidelineVerdict, guideline: WhatIfGuideline): PrintedGuidelineVerdict {
    const { chart, overall, regions, upload, mustRun, guestCapabilities, flavors } = verdict;
    return {
      file: this.fileOf(guideline.file),
      id: guideline.id,
      schemaVersion: guideline.schemaVersion,
      status: guideline.status,
      chart,
      overall,
      regions: regions.map(({ region, guest, components, programs }) => ({
        region,
        guest,
        components: components.map((component) => ({
          ...component,
          list: component.list.map((capability) => this.printCapability(capability, guideline)),
        })),
        programs,
      })),
      upload: upload && {
        verdict: upload.verdict,
        text: upload.text,
        candidates: upload.candidates.flatMap((index) => this.printTarget(index) ?? []),
        proved: upload.proved,
        unproved: upload.unproved,
      },
      mustRun,
      guestCapabilities,
      flavors,
    };
  }

  private fileOf(file: number): string {
    return this.input.files[file]?.path ?? '';
  }

  private placeOf({ file, line, column }: WhatIfPlace): PrintedPlace {
    return { file: this.fileOf(file), line, column };
  }

  private printTarget(index: number | null): (PrintedPlace & { name: string; level: GuestLevel }) | null {
    const test = index === null ? undefined : this.input.tests[index];
    return test ? { name: test.name, ...this.placeOf(test), level: test.level } : null;
  }

  private printCapability(verdict: CapabilityVerdict, guideline: WhatIfGuideline): PrintedCapabilityVerdict {
    const capability = guideline.capabilities[verdict.capability];
    const { name, status, level, tests, against } = verdict;
    const project = capability?.project ?? null;
    return {
      capability: name,
      ...this.placeOf(capability ?? { file: guideline.file, line: 1, column: 1 }),
      status,
      project,
      level,
      verdict: verdict.verdict,
      tests,
      against: against.map((test) => this.printTest(test, guideline, verdict.capability)),
      designated: this.policy.designatedSections ? this.printDesignated(guideline, project) : [],
    };
  }

  private printDesignated(guideline: WhatIfGuideline, project: string | null): readonly PrintedDesignated[] {
    return guideline.designated
      .filter((one) => one.project === project)
      .map((one) => ({
        project: one.project,
        status: one.status,
        ...this.placeOf(one),
        sections: one.sections,
      }));
  }

  private printTest(verdict: TestVerdict, guideline: WhatIfGuideline, capability: number): PrintedTestVerdict {
    const entry = guideline.capabilities[capability]?.entries.find(({ name }) => name === verdict.entry);
    return {
      test: verdict.entry,
      ...this.placeOf(entry ?? { file: guideline.file, line: 1, column: 1 }),
      target: this.printTarget(verdict.test),
      verdict: verdict.verdict,
      reasons: verdict.reasons.map((reason) => this.printReason(reason)),
    };
  }

  private printReason(reason: Reason): PrintedReason {
    const { kind, verdict, os, text } = reason;
    return { kind, verdict, os, text, site: this.printSite(reason) };
  }

  private printSite({ use: index, word, os }: Reason): PrintedWhatIfSite | null {
    const use = index === null ? undefined : this.input.uses[index];
    const site = use && this.input.sites[use.site];
    if (!use || !site) return null;
    const alternatives = word === null ? undefined : site.words[word]?.alternatives;
    return {
      ...this.placeOf(site),
      kind: site.kind,
      command: site.command,
      level: site.level,
      rules: sortedUnique(site.words.map(({ rule }) => rule)),
      guards: sortedUnique(use.guards.map(({ option, holds }) => (holds ? option : `not ${option}`))),
      path: use.path.map(({ function: name, file, line }) => ({ function: name, file: this.fileOf(file), line })),
      alternative: (os !== null && alternatives?.[os]) || null,
    };
  }
}
