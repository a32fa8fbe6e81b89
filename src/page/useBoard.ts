import type { VerdictCounts } from '../model/whatIfVerdict';
import { judgeBoard } from './judgeBoard';
import { usePage } from './pageContext';
import type { BoardState } from './pageState';

/** Sets parts of the board's state, and says what came of it. */
export function useBoard(): (part: Partial<BoardState>) => void {
  const { model, state, change, announce } = usePage();
  return (part) => {
    const next = { ...state.board, ...part };
    change({ board: next });
    const judged = judgeBoard(model, next);
    const cell = judged?.judged.chart.find(
      ({ implementation, guests }) => implementation === next.policy.implementation && guests === next.policy.guests,
    );
    if (judged && cell) announce(`${judged.profile.name}, ${judged.guideline.id}: ${wordCounts(cell.capabilities)}`);
  };
}

/** `41 of 44 required capabilities hold, 3 blocked`. */
function wordCounts({ holds, unknown, blocked }: VerdictCounts): string {
  const parts = [`${holds} of ${holds + unknown + blocked} required capabilities hold`];
  if (blocked > 0) parts.push(`${blocked} blocked`);
  if (unknown > 0) parts.push(`${unknown} unknown`);
  return parts.join(', ');
}
