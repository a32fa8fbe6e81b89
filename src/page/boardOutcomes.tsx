import type { ComponentChildren, JSX } from 'preact';
import type { CloudProfile } from '../model/cloudProfile';
import type { JudgedBoard } from './judgeBoard';
import { usePage } from './pageContext';
import { VerdictWord } from './verdictParts';

/** What the switches make of the chosen guideline, one small card each. */
export function BoardOutcomes({ board }: { readonly board: JudgedBoard }): JSX.Element {
  const { state } = usePage();
  const { policy } = state.board;
  return (
    <div class="outcomes">
      <Regions board={board} />
      <Flavors board={board} />
      {board.judged.upload && <Upload board={board} />}
      {policy.mustRunOs.length > 0 && <MustRun board={board} />}
      {policy.guestCapabilities && <GuestCapabilities board={board} />}
      {policy.designatedSections && <DesignatedSections board={board} />}
      <Resolution board={board} />
      <Declaration profile={board.profile} />
    </div>
  );
}

function Card({
  title,
  letter,
  children,
}: {
  readonly title: string;
  readonly letter?: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <section class="card">
      <h3>
        {letter !== undefined && <span class="letter">{letter}</span>}
        {title}
      </h3>
      {children}
    </section>
  );
}

function Regions({ board }: { readonly board: JudgedBoard }): JSX.Element {
  const { overall } = board.judged;
  const rule =
    board.verdict.policy.regions === 'any' ? 'one region that complies is enough' : 'each region has to comply';
  return (
    <Card title="Programs and components" letter="G">
      <p class="muted">By the rule that {rule}.</p>
      <ul class="plain">
        {overall.programs.map(({ program, verdict }) => (
          <li key={program}>
            <VerdictWord verdict={verdict} /> <strong>{program}</strong>
          </li>
        ))}
        {overall.components.map(({ component, verdict, capabilities, decidedBy }) => (
          <li key={component}>
            <VerdictWord verdict={verdict} /> {component}{' '}
            <span class="muted">
              {capabilities.holds} of {capabilities.holds + capabilities.unknown + capabilities.blocked}
              {board.profile.regions.length > 1 && `, decided by ${decidedBy}`}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Flavors({ board }: { readonly board: JudgedBoard }): JSX.Element {
  return (
    <Card title="Base and flavors" letter="H">
      <ul class="plain">
        {board.judged.flavors
          .filter(({ members }) => members.length > 0)
          .map(({ flavor, verdict, capabilities, members, against }) => (
            <li key={flavor} title={members.join(', ')}>
              <VerdictWord verdict={verdict} /> <strong>{flavor}</strong>{' '}
              <span class="muted">
                {capabilities.holds} of {members.length}
              </span>
              {against.length > 0 && <div class="names">{against.join(', ')}</div>}
            </li>
          ))}
      </ul>
    </Card>
  );
}

function Upload({ board }: { readonly board: JudgedBoard }): JSX.Element | null {
  const { upload } = board.judged;
  if (!upload) return null;
  return (
    <Card title="An uploaded image must run" letter="C">
      <p>
        <VerdictWord verdict={upload.verdict} /> {upload.text}.
      </p>
      <p class="muted">
        {upload.candidates.length} tests of the tree upload an image, boot it and check the guest;{' '}
        {upload.proved.length} capabilities of the guideline rest on one, {upload.unproved.length} that boot a server do
        not.
      </p>
      <DraftButton board={board} kind="C" />
    </Card>
  );
}

/** In the editor, for a draft guideline: what was computed becomes entries of the file, after a preview. */
function DraftButton({ board, kind }: { readonly board: JudgedBoard; readonly kind: 'C' | 'E' }): JSX.Element | null {
  const { host } = usePage();
  const { draft } = host;
  const { place, status, id } = board.guideline;
  if (draft === null || status === 'approved' || status === 'superseded') return null;
  return (
    <button type="button" onClick={() => draft(place, kind)}>
      {kind === 'C' ? 'Draft this capability' : 'Draft these capabilities'} in {id}…
    </button>
  );
}

function MustRun({ board }: { readonly board: JudgedBoard }): JSX.Element {
  return (
    <Card title="Systems that must run" letter="D">
      <ul class="plain">
        {board.judged.mustRun.map(({ os, verdict, region, against }) => (
          <li key={os}>
            <VerdictWord verdict={verdict} /> <strong>{os}</strong>{' '}
            <span class="muted">{region === null ? 'no region declares it' : `in region ${region}`}</span>
            {against.length > 0 && <div class="names">{against.join(', ')}</div>}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function GuestCapabilities({ board }: { readonly board: JudgedBoard }): JSX.Element {
  return (
    <Card title="A capability per guest OS" letter="E">
      <ul class="plain">
        {board.judged.guestCapabilities.map(({ os, name, verdict, region, tests }) => (
          <li key={os}>
            <VerdictWord verdict={verdict} /> <strong>{name}</strong>{' '}
            <span class="muted">
              {region === null
                ? 'no region declares it'
                : `${tests.holds} of ${tests.holds + tests.unknown + tests.blocked} tests hold in ${region}`}
            </span>
          </li>
        ))}
      </ul>
      <DraftButton board={board} kind="E" />
    </Card>
  );
}

function DesignatedSections({ board }: { readonly board: JudgedBoard }): JSX.Element {
  const { model } = usePage();
  const designated = model.whatIf.guidelines[board.judged.guideline]?.designated ?? [];
  return (
    <Card title="Designated sections" letter="I">
      {designated.length === 0 && <p class="muted">The guideline lists none.</p>}
      <ul class="plain">
        {designated.map(({ project, status, sections }) => (
          <li key={`${project} ${status}`}>
            <strong>{project}</strong> <span class="muted">{status}</span>
            <div class="names">
              {sections
                .map(
                  ({ name, designated: isDesignated }) => `${name}${isDesignated === false ? ' (not designated)' : ''}`,
                )
                .join(', ')}
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** Point by point, as the resolution has them; what it says stands beside each region. */
function Resolution({ board }: { readonly board: JudgedBoard }): JSX.Element {
  const points = [
    ['imageUpload', 'users may upload images'],
    ['linuxGuest', 'a Linux guest can be booted'],
    ['anyKernel', 'uploaded kernels of the architecture boot'],
    ['virtualMachines', 'servers are virtual machines'],
  ] as const;
  return (
    <Card title="Technical Committee, 2015-12-11">
      <p class="muted">“Compute Requirements for Images and Kernels”, against what the cloud declares:</p>
      {board.verdict.resolution.map((region) => (
        <div key={region.region}>
          {board.verdict.resolution.length > 1 && <h4>{region.region}</h4>}
          <ul class="plain">
            {points.map(([key, text]) => (
              <li key={key}>
                <span class={`verdict verdict-${region[key] ? 'holds' : 'blocked'}`}>
                  <span aria-hidden="true">{region[key] ? '✓ ' : '✕ '}</span>
                  {region[key] ? 'yes' : 'no'}
                </span>{' '}
                {text}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </Card>
  );
}

/** J: what was declared, so that the verdict can be read without the file. */
function Declaration({ profile }: { readonly profile: CloudProfile }): JSX.Element {
  return (
    <Card title="Declared by the vendor" letter="J">
      {profile.regions.map(({ name, virtualization, guests, imageUpload, reachability, options }) => (
        <dl key={name} class="facts">
          <dt>Region</dt>
          <dd>
            {name}, {virtualization}
          </dd>
          <dt>Guests</dt>
          <dd>
            {guests.length === 0
              ? 'none'
              : guests
                  .map(({ os, tools }) =>
                    tools === 'any'
                      ? os
                      : tools.length === 0
                        ? `${os} (base system)`
                        : `${os} with ${tools.join(', ')}`,
                  )
                  .join('; ')}
          </dd>
          <dt>Upload</dt>
          <dd>{imageUpload}</dd>
          <dt>Reach</dt>
          <dd>{reachability.length === 0 ? 'none' : reachability.join(', ')}</dd>
          {Object.keys(options).length > 0 && (
            <>
              <dt>Options</dt>
              <dd>
                {Object.entries(options)
                  .map(([option, value]) => `${option} = ${value}`)
                  .join(', ')}
              </dd>
            </>
          )}
        </dl>
      ))}
    </Card>
  );
}
