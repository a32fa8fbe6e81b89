import type { JSX } from 'preact';
import { GUEST_LEVELS, LEVEL_MEANING } from '../model/guestLevel';
import { CAPABILITY_STATUSES, type CapabilityStatus } from '../model/guideline';
import { LINK_STATES, LINK_STATE_MEANING } from '../model/trace';
import { LevelBadge, StateWord, StatusWord } from './badges';
import { ScrollArea } from './dataTable';

const STATUS_MEANING: Readonly<Record<CapabilityStatus, string>> = {
  required: 'must be there, and all its tests without a flag must pass',
  advisory: 'proposed for the next guideline',
  deprecated: 'to be removed from the next guideline',
  removed: 'was required or deprecated, and is gone',
};

/** What the words on this page mean. */
export function WordsView(): JSX.Element {
  return (
    <ScrollArea label="Words">
      <div class="words">
        <section>
          <h3>Guest level: what a test demands of a guest</h3>
          <dl>
            {GUEST_LEVELS.map((level) => [
              <dt key={level}>
                <LevelBadge level={level} />
              </dt>,
              <dd key={`${level} means`}>{LEVEL_MEANING[level]}</dd>,
            ])}
          </dl>
          <p>
            A test has the highest level that it can reach in any configuration. Conditions on the way are its guards;
            what is left with <code>CONF.validation.run_validation</code> switched off is a second number.
          </p>
        </section>
        <section>
          <h3>Status of a capability</h3>
          <dl>
            {CAPABILITY_STATUSES.map((status) => [
              <dt key={status}>
                <StatusWord status={status} />
              </dt>,
              <dd key={`${status} means`}>{STATUS_MEANING[status]}</dd>,
            ])}
            <dt>
              <StatusWord status={null} />
            </dt>
            <dd>defined, and listed in no component</dd>
            <dt>
              <span class="flag">⚑</span>
            </dt>
            <dd>flagged: still listed, need not pass, and does not count for the level of its capability</dd>
          </dl>
        </section>
        <section>
          <h3>Link: how an entry finds its test</h3>
          <dl>
            {LINK_STATES.map((state) => [
              <dt key={state}>
                <StateWord state={state} />
              </dt>,
              <dd key={`${state} means`}>{LINK_STATE_MEANING[state]}</dd>,
            ])}
          </dl>
        </section>
      </div>
    </ScrollArea>
  );
}
