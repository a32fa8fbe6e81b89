import type { ComponentChildren, JSX } from 'preact';
import { GUEST_OSES } from '../model/guestLevel';
import { REWRITES, TODAYS_POLICY, type Policy, type Rewrites } from '../model/whatIfPolicy';
import type { JudgedBoard } from './judgeBoard';
import { usePage } from './pageContext';
import { FRESH_STATE } from './pageState';
import { useBoard } from './useBoard';

/** The actions of the document of 2015 as switches; each says what it does here. */
export function BoardSwitches({ board }: { readonly board: JudgedBoard }): JSX.Element {
  const { state } = usePage();
  const setBoard = useBoard();
  const { policy, flavors } = state.board;
  const set = (part: Partial<Policy>): void => setBoard({ policy: { ...policy, ...part } });
  const isTodays =
    JSON.stringify({ ...policy, implementation: '', guests: '' }) ===
      JSON.stringify({ ...TODAYS_POLICY, implementation: '', guests: '' }) && flavors === FRESH_STATE.board.flavors;
  return (
    <section class="switches" aria-labelledby="switches-title">
      <div class="switches-head">
        <h3 id="switches-title">Policy</h3>
        <button
          type="button"
          class="action"
          disabled={isTodays}
          onClick={() => setBoard({ policy: TODAYS_POLICY, flavors: 'level' })}
        >
          Back to today
        </button>
      </div>
      <Rewriting value={policy.rewrites} onChoose={(rewrites) => set({ rewrites })} />
      <Switch
        letter="B"
        label="Tests ask which OS runs"
        isOn={policy.osBranch}
        onFlip={(osBranch) => set({ osBranch })}
      >
        They use the command of that system where the catalogue knows one.
      </Switch>
      <Switch
        letter="C"
        label="An uploaded image must run"
        isOn={policy.uploadTest}
        onFlip={(uploadTest) => set({ uploadTest })}
      >
        A capability for “upload, boot, check” is asked for.
      </Switch>
      <fieldset class="switch">
        <legend class="switch-title">
          <Letter letter="D" />
          Systems that must run
        </legend>
        <div class="systems">
          {GUEST_OSES.map((os) => (
            <label key={os}>
              <input
                type="checkbox"
                checked={policy.mustRunOs.includes(os)}
                onChange={({ currentTarget }) =>
                  set({
                    mustRunOs: GUEST_OSES.filter((one) =>
                      one === os ? currentTarget.checked : policy.mustRunOs.includes(one),
                    ),
                  })
                }
              />{' '}
              {os}
            </label>
          ))}
        </div>
      </fieldset>
      <Switch
        letter="E"
        label="A capability per guest OS"
        isOn={policy.guestCapabilities}
        onFlip={(guestCapabilities) => set({ guestCapabilities })}
      >
        Tests that ask something of a guest are judged once per system.
      </Switch>
      <Switch
        letter="F"
        label="Containers count elsewhere"
        isOn={policy.containers === 'elsewhere'}
        onFlip={(isOn) => set({ containers: isOn ? 'elsewhere' : 'count' })}
      >
        Regions of containers are no compute regions.
      </Switch>
      <Switch
        letter="G"
        label="One region that complies is enough"
        isOn={policy.regions === 'any'}
        onFlip={(isOn) => set({ regions: isOn ? 'any' : 'each' })}
      >
        Off: each region has to comply.
      </Switch>
      <label class="switch">
        <span class="switch-title">
          <Letter letter="H" />
          Flavors beside a base
        </span>
        <select
          value={flavors}
          onChange={({ currentTarget }) =>
            setBoard({ flavors: currentTarget.value === 'project' ? 'project' : 'level' })
          }
        >
          <option value="level">by what tests demand of a guest</option>
          <option value="project">by project</option>
        </select>
      </label>
      <Switch
        letter="I"
        label="Show designated sections"
        isOn={policy.designatedSections}
        onFlip={(designatedSections) => set({ designatedSections })}
      >
        Code that a product must contain, by project.
      </Switch>
      <div class="switch">
        <p class="switch-title">
          <Letter letter="J" />
          Vendors declare: {board.profile.name}
        </p>
        <small>The cloud chosen above is the declaration.</small>
      </div>
    </section>
  );
}

function Rewriting({
  value,
  onChoose,
}: {
  readonly value: Rewrites;
  readonly onChoose: (rewrites: Rewrites) => void;
}): JSX.Element {
  const { model } = usePage();
  const { rewrites: tried } = model.whatIf;
  const choices: readonly (readonly [Rewrites, string])[] = [
    ['none', 'as they are'],
    ['safe', 'with every safe fix'],
    ['all', 'with suggestions too'],
  ];
  return (
    <label class="switch">
      <span class="switch-title">
        <Letter letter="A" />
        Tests
      </span>
      <select
        value={value}
        onChange={({ currentTarget }) => {
          const chosen = choices.find(([key]) => key === currentTarget.value);
          if (chosen) onChoose(chosen[0]);
        }}
      >
        {choices.map(([key, label]) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
      </select>
      {REWRITES.indexOf(tried) < REWRITES.indexOf(value) && <small>The fixes are being tried …</small>}
    </label>
  );
}

function Switch({
  letter,
  label,
  isOn,
  onFlip,
  children,
}: {
  readonly letter: string;
  readonly label: string;
  readonly isOn: boolean;
  readonly onFlip: (isOn: boolean) => void;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <label class="switch">
      <span class="switch-title">
        <Letter letter={letter} />
        <input
          type="checkbox"
          role="switch"
          checked={isOn}
          onChange={({ currentTarget }) => onFlip(currentTarget.checked)}
        />
        {label}
      </span>
      <small>{children}</small>
    </label>
  );
}

/** The action's letter in the document. */
function Letter({ letter }: { readonly letter: string }): JSX.Element {
  return <span class="letter">{letter}</span>;
}
