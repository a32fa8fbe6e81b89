/** Commands that run another command given in their arguments. */
interface WrapperSyntax {
  /** Options that take the next word as their value when they stand alone (`-u root`; `-uroot` holds its own). */
  readonly valued: readonly string[];
  /** Words before the command proper that are neither options nor assignments (`timeout 5`, `chroot /mnt`). */
  readonly operands: number;
  /** True when `NAME=value` words may stand before the command. */
  readonly assignments: boolean;
  /** Options with which it runs no command. */
  readonly inert?: readonly string[];
}

const plain: WrapperSyntax = { valued: [], operands: 0, assignments: false };

const WRAPPERS: Readonly<Record<string, WrapperSyntax>> = {
  sudo: {
    valued: [
      '-u',
      '-g',
      '-p',
      '-C',
      '-h',
      '-r',
      '-t',
      '-U',
      '-D',
      '-R',
      '-T',
      '--user',
      '--group',
      '--prompt',
      '--host',
      '--chdir',
    ],
    operands: 0,
    assignments: true,
    inert: ['-l', '-v', '-V', '-e', '--list', '--validate', '--version', '--edit'],
  },
  doas: { valued: ['-u', '-C'], operands: 0, assignments: false },
  env: { valued: ['-u', '--unset', '-C', '--chdir'], operands: 0, assignments: true },
  nohup: plain,
  setsid: plain,
  exec: { valued: ['-a'], operands: 0, assignments: false },
  command: { valued: [], operands: 0, assignments: false, inert: ['-v', '-V'] },
  builtin: plain,
  busybox: { valued: [], operands: 0, assignments: false, inert: ['--list', '--help', '--install'] },
  time: { valued: ['-f', '-o'], operands: 0, assignments: false },
  nice: { valued: ['-n'], operands: 0, assignments: false },
  ionice: { valued: ['-c', '-n', '-p'], operands: 0, assignments: false },
  stdbuf: { valued: ['-i', '-o', '-e'], operands: 0, assignments: false },
  timeout: { valued: ['-s', '-k', '--signal', '--kill-after'], operands: 1, assignments: false },
  chroot: { valued: [], operands: 1, assignments: false },
  flock: { valued: ['-w', '-E', '--wait'], operands: 1, assignments: false },
  watch: { valued: ['-n', '--interval'], operands: 0, assignments: false },
  xargs: { valued: ['-n', '-L', '-I', '-P', '-s', '-d', '-E', '-a'], operands: 0, assignments: false },
  screen: {
    valued: ['-S', '-t', '-c', '-h', '-s', '-e', '-p'],
    operands: 0,
    assignments: false,
    inert: ['-ls', '-list', '-wipe', '-X', '-r'],
  },
};

const SHELLS: ReadonlySet<string> = new Set(['sh', 'bash', 'dash', 'ash', 'ksh', 'mksh', 'zsh', 'hush', 'rbash']);

export function isShellName(name: string): boolean {
  return SHELLS.has(name);
}

/**
 * Index in `args` of the command that a wrapper runs, or -1 when `name` is no wrapper or runs none here.
 * `args` are the wrapper's words after quote removal.
 */
export function findWrappedCommand(name: string, args: readonly string[]): number {
  if (name === 'ip') return findNamespaceCommand(args);
  const syntax = Object.hasOwn(WRAPPERS, name) ? WRAPPERS[name] : undefined;
  if (syntax === undefined) return -1;
  let operands = syntax.operands;
  let options = true;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (options && arg === '--') options = false;
    else if (options && arg.length > 1 && arg.startsWith('-')) {
      if (syntax.inert?.includes(arg)) return -1;
      if (syntax.valued.includes(arg)) i++;
    } else if (syntax.assignments && isAssignment(arg)) continue;
    else if (operands > 0) operands--;
    else return i;
  }
  return -1;
}

/** `ip netns exec NAME command …` */
function findNamespaceCommand(args: readonly string[]): number {
  const start = args.findIndex((arg) => !arg.startsWith('-'));
  return args[start] === 'netns' && args[start + 1] === 'exec' && args.length > start + 3 ? start + 3 : -1;
}

function isAssignment(word: string): boolean {
  const equals = word.indexOf('=');
  return equals > 0 && /^[A-Za-z_]\w*$/.test(word.slice(0, equals));
}

/**
 * Index in `args` of the text that a shell is told to run (`sh -c TEXT`, `bash -ec TEXT`, `su -c TEXT`, `eval TEXT`), or -1.
 */
export function findShellText(name: string, args: readonly string[]): number {
  if (name === 'eval') return args.length === 1 ? 0 : -1;
  if (name !== 'su' && !isShellName(name)) return -1;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '-o') i++;
    else if (arg.startsWith('-') && !arg.startsWith('--')) {
      if (arg.includes('c')) return i + 1 < args.length ? i + 1 : -1;
    } else if (name !== 'su' && !arg.startsWith('+') && !arg.startsWith('--')) return -1;
  }
  return -1;
}

/** True when the shell reads its commands from standard input (`sh`, `sudo sh -eux`, `bash -s`). */
export function readsStandardInput(name: string, args: readonly string[]): boolean {
  if (!isShellName(name) || findShellText(name, args) >= 0) return false;
  return args.every((arg, i) => arg.startsWith('-') || args[i - 1] === '-o') || args.includes('-s');
}
