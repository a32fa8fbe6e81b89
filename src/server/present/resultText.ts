import type { CapabilityResult, EntryResult, PassCount, TargetVerdict } from '../../model/testResults';

/** `compute: NO · required 214 of 215 (99.5 %) · without flagged 197 of 198 (99.4 %)` */
export function printTargetSummary({ target, met, metByNames, required, unflagged }: TargetVerdict): string {
  if (met === null) return `${target}: nothing is required`;
  const parts = [
    `${target}: ${met ? 'YES' : 'NO'}`,
    `required ${printCount(required)}`,
    `without flagged ${printCount(unflagged)}`,
  ];
  if (metByNames !== met) parts.push('NO by names alone, as RefStack judges');
  return parts.join(' · ');
}

/** `3 of 5 passed (60 %) · required`; `no tests` for a capability that has none. */
export function printCapabilityNote({ all, status, flagged }: CapabilityResult): string {
  const parts = [all.percent === null ? 'no tests' : `${all.passed} of ${all.tests} passed (${all.percent} %)`];
  if (status !== null) parts.push(status);
  if (flagged > 0) parts.push(`${flagged} flagged`);
  return parts.join(' · ');
}

/** `✓ passed`, `✓ passed (by id)`, `✗ failed`, `– skipped`, `? not run`; with `flagged: decides nothing` for a flagged test. */
export function printEntryNote({ outcome, matchedBy, entry }: EntryResult): string {
  const by = matchedBy === null || matchedBy === 'key' ? '' : ` (by ${matchedBy})`;
  const words = { passed: `✓ passed${by}`, failed: '✗ failed', skipped: '– skipped' };
  const told = outcome === null ? '? not run' : words[outcome];
  return entry.flag === null ? told : `${told} · flagged: decides nothing`;
}

function printCount({ passed, tests, percent }: PassCount): string {
  return percent === null ? 'none' : `${passed} of ${tests} (${percent} %)`;
}
