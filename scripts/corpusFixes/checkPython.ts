import { execFile, spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface, type Interface } from 'node:readline';

/** Reads one JSON string a line, answers with one: "" when Python compiles it, else why not. */
const COMPILER = `
import json, sys, warnings
warnings.simplefilter("ignore")
for line in sys.stdin:
    try:
        compile(json.loads(line), "fixed.py", "exec", dont_inherit=True)
        answer = ""
    except (SyntaxError, ValueError) as error:
        answer = str(error) or type(error).__name__
    print(json.dumps(answer), flush=True)
`;

/** One Python process that compiles text after text. */
export class PythonCompiler {
  private readonly process: ChildProcessWithoutNullStreams;
  private readonly lines: Interface;
  private readonly waiting: ((answer: string) => void)[] = [];

  constructor() {
    this.process = spawn('python3', ['-I', '-c', COMPILER]);
    this.lines = createInterface({ input: this.process.stdout });
    this.lines.on('line', (line) => this.waiting.shift()?.(JSON.parse(line) as string));
  }

  /** Why Python does not compile the text, or "". */
  compile(text: string): Promise<string> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.process.stdin.write(`${JSON.stringify(text)}\n`);
    });
  }

  close(): void {
    this.lines.close();
    this.process.stdin.end();
  }
}

/** A text to be linted, under the path that it has in its tree (some checks look at it). */
export interface LintedText {
  readonly path: string;
  readonly text: string;
}

const BATCH = 80;
/** Off in Tempest's own configuration, or a matter of taste between the two ways to break a line at an operator. */
const IGNORED = 'E125,E129,W503,W504';

/**
 * What flake8 with hacking, and Tempest's own checks, say of each text: `code message` without line numbers, sorted.
 * @param folder scratch; emptied before and after
 * @param tempestRoot import root of Tempest, for its checks
 */
export async function lintTexts(
  texts: readonly LintedText[],
  folder: string,
  tempestRoot: string,
): Promise<string[][]> {
  rmSync(folder, { recursive: true, force: true });
  const config = writeConfig(folder, tempestRoot);
  const said = texts.map((): string[] => []);
  for (let from = 0; from < texts.length; from += BATCH) {
    const batch = texts.slice(from, from + BATCH).map(({ path: relative, text }, i) => {
      // Never one character alone: Tempest's T115 takes `./tempest/…` and `5/tempest/…` for the same and complains of `12/tempest/…`.
      const file = path.join(folder, `text${from + i}`, relative);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
      return path.relative(folder, file);
    });
    for (const line of (await runFlake8(['--config', config, ...batch], folder)).split('\n')) {
      const [file = '', report] = line.split('\t');
      const index = Number(/^(?:\.\/)?text(\d+)\//.exec(file)?.[1]);
      if (report !== undefined) said[index]?.push(report);
    }
  }
  rmSync(folder, { recursive: true, force: true });
  return said.map((reports) => reports.sort());
}

function writeConfig(folder: string, tempestRoot: string): string {
  mkdirSync(folder, { recursive: true });
  const config = path.join(folder, 'flake8.ini');
  const checks = path.join(tempestRoot, 'tempest/hacking/checks.py');
  const source = existsSync(checks) ? readFileSync(checks, 'utf8') : '';
  // Checks that ask for the physical and the logical line at once do not run under this flake8.
  const names = [...source.matchAll(/@core\.flake8ext(?:\n@[^\n]+)*\ndef (\w+)\(([^)]*)\)/g)].flatMap(
    ([, name = '', parameters = '']) => (/physical_line[^]*logical_line/.test(parameters) ? [] : [name]),
  );
  const local = names.map((name, i) => `    T${String(100 + i)} = checks:${name}`);
  const lines = [
    '[flake8]',
    'max-line-length = 79',
    `ignore = ${IGNORED}`,
    'enable-extensions = H106,H203,H904',
    'format = %(path)s\t%(code)s %(text)s',
    'jobs = 1',
  ];
  if (local.length > 0)
    lines.push('[flake8:local-plugins]', 'extension =', ...local, `paths = ${path.dirname(checks)}`);
  writeFileSync(config, `${lines.join('\n')}\n`);
  return config;
}

/** @throws Error when flake8 did not run to its end. Its exit code 1 only says that it has something to say. */
function runFlake8(args: readonly string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile('flake8', [...args], { cwd, maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      if (error !== null && (error.code !== 1 || stderr.includes('Traceback')))
        reject(new Error(`flake8 failed (Debian: apt-get install python3-hacking): ${error.message}\n${stderr}`));
      else resolve(stdout);
    });
  });
}
