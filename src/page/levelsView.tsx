import type { JSX } from 'preact';
import { GUEST_LEVELS, LEVEL_MEANING, type GuestLevel } from '../model/guestLevel';
import { LevelBadge } from './badges';
import { Grid, ScrollArea } from './dataTable';
import { countLevels, type LevelCounts } from './levelCounts';
import { keyOfGuideline } from './modelIndex';
import { usePage } from './pageContext';
import type { LevelsState } from './pageState';

/** Width of one guideline's column and height of a level's strip, in CSS pixels. */
const COLUMN = 92;
const STRIP = 76;
/** Room above the highest bar for its number. */
const HEAD = 20;
const BAR = 44;

/** What guidelines demanded of guests over time: a small chart per level, and the numbers as a table. */
export function LevelsView(): JSX.Element {
  const { model, state, change } = usePage();
  const { levels } = state;
  const counts = countLevels(model, levels);
  const set = (part: Partial<LevelsState>): void => change({ levels: { ...levels, ...part } });
  return (
    <>
      <div class="bar">
        <label class="field">
          <span>Tests</span>
          <select
            value={levels.counted}
            onChange={({ currentTarget }) => set({ counted: currentTarget.value === 'all' ? 'all' : 'required' })}
          >
            <option value="required">that must pass (required, not flagged)</option>
            <option value="all">all that are named</option>
          </select>
        </label>
        <label class="field">
          <span>Validation</span>
          <select
            value={levels.validation}
            onChange={({ currentTarget }) => set({ validation: currentTarget.value === 'off' ? 'off' : 'on' })}
          >
            <option value="on">on (the default)</option>
            <option value="off">off (run_validation = False)</option>
          </select>
        </label>
      </div>
      <ScrollArea label="Guest levels by guideline">
        <div class="levels">
          <p class="note">
            Distinct tests at each guest level, guideline by guideline. Each strip has a scale of its own; the numbers
            are what counts.
          </p>
          {[...GUEST_LEVELS].reverse().map((level) => (
            <LevelStrip key={level} level={level} counts={counts} />
          ))}
          <div class="strip axis" aria-hidden="true">
            <span />
            <svg width={counts.length * COLUMN} height={24}>
              {counts.map(({ guideline }, position) => (
                <text key={keyOfGuideline(model, guideline)} x={(position + 0.5) * COLUMN} y={16} class="axis-text">
                  {guideline.id}
                </text>
              ))}
            </svg>
          </div>
          <h3>The same as numbers</h3>
          <CountTable counts={counts} />
        </div>
      </ScrollArea>
    </>
  );
}

function LevelStrip({
  level,
  counts,
}: {
  readonly level: GuestLevel;
  readonly counts: readonly LevelCounts[];
}): JSX.Element {
  const { model } = usePage();
  const highest = Math.max(1, ...counts.map((one) => one.counts[level]));
  const said = counts.map((one) => `${one.guideline.id} ${one.counts[level]}`).join(', ');
  return (
    <div class="strip">
      <div class="strip-label">
        <LevelBadge level={level} />
        <small>{LEVEL_MEANING[level]}</small>
      </div>
      <svg width={counts.length * COLUMN} height={STRIP} role="img" aria-label={`${level}: ${said}`}>
        <line x1={0} x2={counts.length * COLUMN} y1={STRIP - 0.5} y2={STRIP - 0.5} class="baseline" />
        {counts.map((one, position) => {
          const count = one.counts[level];
          const height = Math.round(((STRIP - HEAD) * count) / highest);
          const x = (position + 0.5) * COLUMN;
          return (
            <g key={keyOfGuideline(model, one.guideline)}>
              <rect x={x - BAR / 2} y={STRIP - height} width={BAR} height={height} class={`mark mark-${level}`} />
              <text x={x} y={STRIP - height - 6} class={count === 0 ? 'bar-text zero' : 'bar-text'}>
                {count}
              </text>
            </g>
          );
        })}
      </svg>
    </div>
  );
}

function CountTable({ counts }: { readonly counts: readonly LevelCounts[] }): JSX.Element {
  const { model } = usePage();
  return (
    <Grid class="data counts">
      <caption class="unseen">Tests at each guest level by guideline</caption>
      <thead>
        <tr>
          <th scope="col" tabIndex={-1}>
            Level
          </th>
          {counts.map(({ guideline }) => (
            <th key={keyOfGuideline(model, guideline)} scope="col" class="number" tabIndex={-1}>
              {guideline.id}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {[...GUEST_LEVELS].reverse().map((level) => (
          <tr key={level}>
            <th scope="row" tabIndex={-1}>
              <LevelBadge level={level} />
            </th>
            {counts.map((one) => (
              <td key={keyOfGuideline(model, one.guideline)} class="number" tabIndex={-1}>
                {one.counts[level]}
              </td>
            ))}
          </tr>
        ))}
        <tr>
          <th scope="row" tabIndex={-1}>
            no test found
          </th>
          {counts.map((one) => (
            <td key={keyOfGuideline(model, one.guideline)} class="number" tabIndex={-1}>
              {one.lost}
            </td>
          ))}
        </tr>
      </tbody>
    </Grid>
  );
}
