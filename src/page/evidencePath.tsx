import type { JSX } from 'preact';
import type { Guard } from '../model/guestSite';
import type { ReportEvidence, ReportTest } from '../report/reportModel';
import { LevelBadge, SourceLink } from './badges';
import { usePage } from './pageContext';

/** How many sites are open at first; the others stand behind a summary. */
const OPEN_SITES = 1;

/** Every site that a test reaches, the heaviest first, each with its call path. */
export function EvidenceOfTest({ test }: { readonly test: ReportTest }): JSX.Element {
  if (test.evidence.length === 0) return <p class="none">Reaches no guest.</p>;
  return (
    <ul class="evidence">
      {test.evidence.map((evidence, position) => (
        <li key={position}>
          <SitePath evidence={evidence} isOpen={position < OPEN_SITES} />
        </li>
      ))}
    </ul>
  );
}

/** One way from a test to a site: what is asked there, and each call on the way as a link. */
export function SitePath({
  evidence,
  isOpen,
}: {
  readonly evidence: ReportEvidence;
  readonly isOpen: boolean;
}): JSX.Element | null {
  const { model } = usePage();
  const site = model.sites[evidence.site];
  if (!site) return null;
  const steps = evidence.path.flatMap((position) => model.steps[position] ?? []);
  return (
    <details class="path" open={isOpen}>
      <summary>
        <LevelBadge level={site.level} /> <span class="kind">{site.kind}</span>{' '}
        {site.command !== '' && <code>{site.command}</code>}
        {site.confidence === 'likely' && <span class="hedge"> likely</span>}
        {site.debugOnly && <span class="hedge"> only while an exception is handled</span>}
      </summary>
      <ol class="steps">
        {steps.map((step, position) => (
          <li key={position}>
            <code>{step.function}</code>
            <SourceLink place={step.place} />
          </li>
        ))}
        {steps.length === 0 && (
          <li>
            <SourceLink place={site.place} />
          </li>
        )}
      </ol>
      {site.rules.length > 0 && <p class="rules">Rules: {site.rules.join(', ')}</p>}
      <Guards guards={evidence.guards} />
    </details>
  );
}

/** Conditions that switch something off, with what that means for the test. */
export function Guards({ guards }: { readonly guards: readonly Guard[] }): JSX.Element | null {
  if (guards.length === 0) return null;
  return (
    <ul class="guards" aria-label="Guards">
      {guards.map(({ condition, kind }) => (
        <li key={`${condition} ${kind}`}>
          <code>{condition}</code>{' '}
          {kind === 'skip' ? 'else the test is skipped, which is no pass' : 'else this part is left out'}
        </li>
      ))}
    </ul>
  );
}
