import { spawn } from 'node:child_process';

/** A command that did not end with 0. `output` is everything it wrote. */
export class StepError extends Error {
  /**
   * @param {string} message
   * @param {string} output
   */
  constructor(message, output) {
    super(message);
    this.name = 'StepError';
    this.output = output;
  }
}

/** Milliseconds between two signs of life when the output is no terminal. */
const HEARTBEAT = 15_000;

/**
 * Runs a long command and shows that it is alive: a running clock on a terminal, a line now and then in a log.
 * Its own output is held back and shown (its end) only when it fails.
 * @param {string} label what happens, for the person who waits
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeout?: number, goodEnough?: () => boolean }} [options] `timeout` in
 *   milliseconds; `goodEnough` is asked when the command fails, and true makes it a success
 * @returns {Promise<string>} what the command wrote
 * @throws {StepError} when the command cannot be started, fails, or takes too long
 */
export async function runStep(label, command, args, { cwd, env, timeout = 15 * 60_000, goodEnough } = {}) {
  const clock = startClock(label);
  let output = '';
  try {
    const status = await new Promise((resolve, reject) => {
      const child = spawn(command, [...args], {
        cwd,
        env: env ?? process.env,
        stdio: ['ignore', 'pipe', 'pipe'],
        timeout,
        // npm is a .cmd there, which only a shell starts.
        shell: process.platform === 'win32',
      });
      child.stdout.on('data', (data) => (output += data));
      child.stderr.on('data', (data) => (output += data));
      child.on('error', reject);
      child.on('close', (code, signal) => resolve(code ?? signal));
    });
    if (status !== 0 && goodEnough?.() !== true)
      throw new Error(`${[command, ...args].join(' ')} ended with ${status}`);
    clock.end('done');
    return output;
  } catch (error) {
    clock.end('failed');
    const tail = output.trimEnd().split('\n').slice(-25).join('\n');
    throw new StepError(`${label}: ${error.message}${tail === '' ? '' : `\n${tail}`}`, output);
  }
}

/**
 * Shows a label with the seconds gone by until it is ended.
 * @param {string} label
 * @returns {{ end: (outcome: string) => void }}
 */
function startClock(label) {
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  const terminal = process.stdout.isTTY;
  if (!terminal) console.log(`${label} …`);
  const draw = () => {
    if (terminal) process.stdout.write(`\r${label} … ${seconds()} s`);
    else console.log(`${label} … still at it after ${seconds()} s`);
  };
  if (terminal) draw();
  const timer = setInterval(draw, terminal ? 1000 : HEARTBEAT);
  return {
    end(outcome) {
      clearInterval(timer);
      console.log(`${terminal ? '\r' : ''}${label} … ${outcome} (${seconds()} s)`);
    },
  };
}

/**
 * The environment for an npm that works in another folder: what the npm around us set for its own run is taken out.
 * @returns {NodeJS.ProcessEnv}
 */
export function environmentForNestedNpm() {
  const env = { ...process.env };
  for (const name of Object.keys(env)) {
    const lower = name.toLowerCase();
    const ofOuterRun = ['npm_package_', 'npm_lifecycle_'].some((prefix) => lower.startsWith(prefix));
    if (ofOuterRun || ['npm_config_local_prefix', 'npm_config_ignore_scripts', 'init_cwd'].includes(lower))
      delete env[name];
  }
  return env;
}
