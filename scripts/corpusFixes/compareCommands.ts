import { spawnSync } from 'node:child_process';

/** What came out of running two commands in one shell. */
export type Comparison = 'same' | 'different' | 'not run';

const SHELLS: readonly (readonly [name: string, ...args: string[]])[] = [
  ['dash', '-c'],
  ['busybox', 'sh', '-c'],
];

/** Runs both commands in dash and in BusyBox's shell. `not run` where one of them is not there or does not end well. */
export function compareCommands(
  before: string,
  after: string,
): { shell: string; outcome: Comparison; detail: string }[] {
  return SHELLS.map(([program, ...args]) => {
    const old = run(program, [...args, before]);
    const fresh = run(program, [...args, after]);
    const detail = `${before} → ${after}`;
    if (old === null || fresh === null) return { shell: program, outcome: 'not run', detail };
    return { shell: program, outcome: old === fresh ? 'same' : 'different', detail };
  });
}

function run(program: string, args: readonly string[]): string | null {
  const { status, stdout, error } = spawnSync(program, [...args], { encoding: 'utf8', timeout: 10_000 });
  return error === undefined && status === 0 ? stdout : null;
}
