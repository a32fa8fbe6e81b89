import type { JSX } from 'preact';
import { LEVEL_MEANING, type GuestLevel } from '../model/guestLevel';
import type { CapabilityStatus } from '../model/guideline';
import { LINK_STATE_MEANING, type LinkState } from '../model/trace';
import type { ReportPlace } from '../report/reportModel';
import { placeText } from './modelIndex';
import { usePage } from './pageContext';

/** A guest level; the word is the sign, the colour only helps. */
export function LevelBadge({ level }: { readonly level: GuestLevel }): JSX.Element {
  return (
    <span class={`level level-${level}`} title={LEVEL_MEANING[level]}>
      {level}
    </span>
  );
}

export function StatusWord({ status }: { readonly status: CapabilityStatus | null }): JSX.Element {
  return status === null ? (
    <span class="status status-none">unlisted</span>
  ) : (
    <span class={`status status-${status}`}>{status}</span>
  );
}

export function StateWord({ state }: { readonly state: LinkState }): JSX.Element {
  return (
    <span class={`state state-${state}`} title={LINK_STATE_MEANING[state]}>
      {state}
    </span>
  );
}

/** How many tests are flagged, as a sign and in words. */
export function FlagCount({ count }: { readonly count: number }): JSX.Element | null {
  if (count === 0) return null;
  return (
    <span class="flag" title={`${count} flagged`}>
      <span aria-hidden="true">⚑{count}</span>
      <span class="unseen"> {count} flagged</span>
    </span>
  );
}

/** A source place: a link in a browser, a button that asks the editor in a webview, plain text where no address is known. */
export function SourceLink({
  place,
  text,
  inGrid = false,
}: {
  readonly place: ReportPlace;
  /** Default: `path:line`. */
  readonly text?: string;
  /** In a grid the arrow keys lead here, not the Tab key. */
  readonly inGrid?: boolean;
}): JSX.Element {
  const { model, host } = usePage();
  const label = text ?? placeText(model, place);
  const title = text === undefined ? undefined : placeText(model, place);
  const tabIndex = inGrid ? -1 : undefined;
  const { open } = host;
  if (open) {
    return (
      <button type="button" class="source" title={title} tabIndex={tabIndex} onClick={() => open(place)}>
        {label}
      </button>
    );
  }
  const href = model.files[place[0]]?.href ?? null;
  if (href === null)
    return (
      <span class="source" title={title}>
        {label}
      </span>
    );
  return (
    <a class="source" title={title} tabIndex={tabIndex} href={href.replaceAll('{line}', String(place[1]))}>
      {label}
    </a>
  );
}
