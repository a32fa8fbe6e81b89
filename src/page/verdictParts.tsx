import type { JSX } from 'preact';
import type { Verdict, VerdictCounts } from '../model/whatIfVerdict';

const SIGNS: Readonly<Record<Verdict, string>> = { holds: '✓', unknown: '?', blocked: '✕' };

/** A verdict; the word is the sign, mark and colour only help. */
export function VerdictWord({ verdict }: { readonly verdict: Verdict }): JSX.Element {
  return (
    <span class={`verdict verdict-${verdict}`}>
      <span aria-hidden="true">{SIGNS[verdict]} </span>
      {verdict}
    </span>
  );
}

/** Shares of the three verdicts as a bar; the numbers stand beside it. */
export function VerdictBar({ counts }: { readonly counts: VerdictCounts }): JSX.Element | null {
  const all = counts.holds + counts.unknown + counts.blocked;
  if (all === 0) return null;
  const parts = (['holds', 'unknown', 'blocked'] as const).map((verdict) => ({
    verdict,
    share: counts[verdict] / all,
  }));
  let from = 0;
  return (
    <svg class="verdict-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
      {parts.map(({ verdict, share }) => {
        const x = from * 100;
        from += share;
        return <rect key={verdict} x={x} y={0} width={share * 100} height={6} class={`share-${verdict}`} />;
      })}
    </svg>
  );
}
